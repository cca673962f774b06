"""The whole history searched for goods under two codes: steps that work on tables, on one machine or on many."""

from thongquan.learning.twins.scan.cases import Case, Code
from thongquan.learning.twins.scan.running import STEPS, Flow, Outcome, scanned
from thongquan.learning.twins.scan.tables import LINES, NEEDED

__all__ = ["LINES", "NEEDED", "STEPS", "Case", "Code", "Flow", "Outcome", "scanned"]
