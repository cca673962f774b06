"""Invented trade to learn and to show with: pure, the same for the same seed, no clock.

The catalog opens the one file that it ships with; otherwise files are opened only where a path is given.
"""

from thongquan.practice.day import sample_day
from thongquan.practice.enterprises import Enterprise, invented_enterprises
from thongquan.practice.goods import Goods, goods_of

__all__ = ["Enterprise", "Goods", "goods_of", "invented_enterprises", "sample_day"]
