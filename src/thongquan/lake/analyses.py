"""Questions asked of the lake, each once, for every engine.

A question is a function from tables to an expression; `ANALYSES` names them for the command line. Shares and changes
are fractions; a change is null where nothing was a year before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import ibis
import ibis.expr.types as ir

WHOLE_DONG = "decimal(38, 0)"


class Source(Protocol):
    """Tables by name."""

    def __getitem__(self, name: str) -> ir.Table:
        """The rows of a table."""


@dataclass(frozen=True)
class Analysis:
    """A question with its words and the order of its answer."""

    title: str
    question: Callable[[Source], ir.Table]


def in_force(rows: ir.Table) -> ir.Table:
    """Rows of the version in force of declarations that were not cancelled and did not expire."""
    return rows.filter(rows.in_force)


def total(dong: ir.Column) -> ir.Column:
    """The sum of whole dong, as whole dong."""
    return dong.sum().cast(WHOLE_DONG)


def turnover(tables: Source) -> ir.Table:
    """Customs value in dong by office, month and flow, beside the same month a year before.

    The lines are read once: a year before is looked up among the sums.
    """
    lines = in_force(tables["lines"])
    sums = (
        lines.group_by("office", "flow", "month")
        .agg(lines=lines.count(), value_vnd=total(lines.value_vnd))
        .mutate(year=lambda row: row.month.year(), of_year=lambda row: row.month.month())
    )
    same_month = ibis.window(group_by=["office", "flow", "of_year"], order_by="year")
    beside = sums.mutate(
        year_before=lambda row: row.year.lag().over(same_month),
        value_before=lambda row: row.value_vnd.lag().over(same_month),
    )
    told = beside.mutate(
        before_vnd=lambda row: ibis.cases((row.year_before == row.year - 1, row.value_before), else_=None)
    )
    return told.select(
        "office",
        "month",
        "flow",
        "lines",
        "value_vnd",
        "before_vnd",
        change=lambda row: row.value_vnd.cast("float64") / row.before_vnd.cast("float64").nullif(0) - 1,
    ).order_by("office", "flow", "month")


def distinct_declarations(tables: Source) -> ir.Table:
    """How many declarations have lines in force, by office and month.

    Declarations are told apart first and counted then: the sets may go to disk, as those of a count of distinct
    values may not.
    """
    each = in_force(tables["lines"]).select("office", "month", "declaration").distinct()
    return each.group_by("office", "month").agg(declarations=each.count()).order_by("office", "month")


def revenue(tables: Source) -> ir.Table:
    """Dong by month and tax: assessed in the declarations in force, and paid (each by its own month)."""
    duties, payments = in_force(tables["duties"]), tables["payments"]
    nothing = ibis.literal(0)
    money = duties.amount_vnd.type()
    assessed = duties.filter(duties.treatment == "due").select(
        "month", "tax", assessed_vnd=duties.amount_vnd, paid_vnd=nothing.cast(money)
    )
    paid = payments.filter(payments.kind == "payment", payments.credit == "receivable").select(
        "month", "tax", assessed_vnd=nothing.cast(money), paid_vnd=payments.amount_vnd
    )
    both = assessed.union(paid)
    sums = both.group_by("month", "tax").agg(assessed_vnd=total(both.assessed_vnd), paid_vnd=total(both.paid_vnd))
    return sums.order_by("month", "tax")


def channels(tables: Source) -> ir.Table:
    """Decisions in force by office, month and channel (1 green, 2 yellow, 3 red), and their share of that month."""
    decisions = in_force(tables["decisions"])
    counted = decisions.group_by("office", "month", "channel").agg(decisions=decisions.count())
    of_month = ibis.window(group_by=["office", "month"])
    share = counted.mutate(share=lambda row: row.decisions.cast("float64") / row.decisions.sum().over(of_month))
    return share.order_by("office", "month", "channel")


ANALYSES: Mapping[str, Analysis] = {
    "turnover": Analysis("Year on year turnover by office, month and flow", turnover),
    "distinct": Analysis("Distinct declarations by office and month", distinct_declarations),
    "revenue": Analysis("Revenue by month and tax, assessed and paid", revenue),
    "channels": Analysis("Decisions by office, month and channel", channels),
}
