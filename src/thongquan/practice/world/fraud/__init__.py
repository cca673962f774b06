"""Planted fraud: each mechanism in its own function, the marks it leaves, and how it is drawn."""

from thongquan.practice.world.fraud.case import Case
from thongquan.practice.world.fraud.marks import MARKS, Mark
from thongquan.practice.world.fraud.mechanisms import MECHANISMS, NONE, SPLIT, rates_of_lines, split_rate

__all__ = ["MARKS", "MECHANISMS", "NONE", "SPLIT", "Case", "Mark", "rates_of_lines", "split_rate"]
