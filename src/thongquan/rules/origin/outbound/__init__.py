"""Export certificates: the application of an exporter, and whether its goods meet the agreement's rule of the day.

Legal basis: Decree 31/2018/NĐ-CP (origin of goods; its text is not at hand) and the agreements' own rules as dated
data. Customs does not issue these certificates: an application is prepared, handed to the issuer, and the issuer's
answer is recorded.
"""

from thongquan.rules.origin.outbound.application import Application, CostStatement, GoodsLine, Process, UsedMaterial
from thongquan.rules.origin.outbound.examining import examine
from thongquan.rules.origin.outbound.judging import LineOrigin, Way, judge, judge_line

__all__ = [
    "Application",
    "CostStatement",
    "GoodsLine",
    "LineOrigin",
    "Process",
    "UsedMaterial",
    "Way",
    "examine",
    "judge",
    "judge_line",
]
