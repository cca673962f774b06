"""The language of profiles: CEL over declared facts and history, bounded before it is let in. No Django."""

from thongquan.clearance.risk.expressions.facts import VARIABLES, given
from thongquan.clearance.risk.expressions.language import (
    MOST_CHARACTERS,
    Compiled,
    Problem,
    compiled,
    evaluated,
    problems_of,
)
from thongquan.clearance.risk.expressions.limits import BUDGET_SECONDS

__all__ = [
    "BUDGET_SECONDS",
    "MOST_CHARACTERS",
    "VARIABLES",
    "Compiled",
    "Problem",
    "compiled",
    "evaluated",
    "given",
    "problems_of",
]
