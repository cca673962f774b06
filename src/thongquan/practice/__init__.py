"""Invented trade to learn and to show with: pure, the same for the same seed, no files, no clock."""

from thongquan.practice.day import sample_day
from thongquan.practice.enterprises import Enterprise, invented_enterprises
from thongquan.practice.goods import Goods, goods_of

__all__ = ["Enterprise", "Goods", "goods_of", "invented_enterprises", "sample_day"]
