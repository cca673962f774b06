"""A practice world: months of trade at an invented border region, what was declared and, apart, what is true.

`build` writes one as Parquet, `compared` and `told` report on one, `faults_of` checks a directory against the contract
of `docs/practice-world.md`, `look_ups` is the leak alarm.
"""

from thongquan.practice.world.build import REGIONS, START, Made, Plan, build
from thongquan.practice.world.check import faults_of
from thongquan.practice.world.leaks import ALARM, auc, look_ups
from thongquan.practice.world.report import TOLERANCE, Compared, compared
from thongquan.practice.world.telling import Told, told

__all__ = [
    "ALARM",
    "REGIONS",
    "START",
    "TOLERANCE",
    "Compared",
    "Made",
    "Plan",
    "Told",
    "auc",
    "build",
    "compared",
    "faults_of",
    "look_ups",
    "told",
]
