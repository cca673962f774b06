"""Stored values as rows of the lake's tables. Documents are read for their gate, decisions for their duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from thongquan.clearance.control.queries.bulk import CheckRow
from thongquan.clearance.declarations.queries.bulk import EventRow, LineRow, VersionRow
from thongquan.clearance.revenue.queries.bulk import PaymentRow
from thongquan.lake.files import Row
from thongquan.lake.schemas import month_of
from thongquan.rules.decision import Decision, TaxAmount
from thongquan.rules.encoding import decoded_decision

Written = tuple[str, list[Row]]
"""Rows of one table."""
FEE = "fee"
_NINE_PLACES = Decimal("1e-9")


class _Gated(msgspec.Struct):
    """The one field of a document that is wanted here: the rest is not even read."""

    gate: str | None = None


_GATED = msgspec.msgpack.Decoder(_Gated)


def versions_written(versions: Iterable[VersionRow], lines: Iterable[LineRow]) -> list[Written]:
    """Declarations, decisions and duties of these versions, and their lines."""
    known = {(one.declaration, one.version): (one, _shared(one)) for one in versions}
    declarations: list[Row] = []
    decisions: list[Row] = []
    duties: list[Row] = []
    for one, shared in known.values():
        decision = decoded_decision(one.decision)
        declarations.append(_declaration(one, decision, shared))
        decisions.append(_decision(one, decision, shared))
        duties.extend(_duties(decision, shared))
    of_lines: list[Row] = []
    for line in lines:
        found = known.get((line.declaration, line.version))
        if found is not None:  # else it came between the two reads, and its own message follows
            of_lines.append(_line(line, *found))
    return [("declarations", declarations), ("decisions", decisions), ("duties", duties), ("lines", of_lines)]


def _shared(one: VersionRow) -> Row:
    return {
        "declaration": one.declaration,
        "version": one.version,
        "flow": one.flow,
        "office": one.office,
        "gate": _GATED.decode(one.document).gate,
        "in_force": one.in_force,
        "month": month_of(one.registered_at),
    }


def _declaration(one: VersionRow, decision: Decision, shared: Row) -> Row:
    return {
        **shared,
        "number": f"{one.declaration}{one.version}",
        "regime": one.regime,
        "tax_code": one.tax_code,
        "source": one.source,
        "actor": one.actor,
        "registered_at": one.registered_at,
        "at": one.at,
        "lines": len(decision.lines),
        "value_vnd": sum((line.value_vnd for line in decision.lines), Decimal(0)),
        "due_vnd": decision.due_vnd,
        "secured_vnd": decision.secured_vnd,
        "fee_vnd": decision.fee_vnd,
    }


def _decision(one: VersionRow, decision: Decision, shared: Row) -> Row:
    return {
        **shared,
        "at": one.at,
        "channel": decision.channel,
        "reasons": [reason.code for reason in decision.reasons],
        "warnings": [fault.code for fault in decision.faults],
        "law_version": one.law_version,
        "rules_release": one.rules_release,
        "facts": one.facts,
        "decision": one.decision,
        "facts_size": len(one.facts),
    }


def _duties(decision: Decision, shared: Row) -> Iterator[Row]:
    for line in decision.lines:
        for place, tax in enumerate(line.taxes):
            yield _duty(line.number, place, tax, shared)
    if decision.fee_vnd:
        fee = TaxAmount(tax="vat", treatment="due", base_vnd=Decimal(0), amount_vnd=decision.fee_vnd)
        yield {**_duty(0, 0, fee, shared), "tax": FEE}


def _duty(line: int, place: int, tax: TaxAmount, shared: Row) -> Row:
    return {
        **shared,
        "line": line,
        "place": place,
        "tax": tax.tax,
        "treatment": tax.treatment,
        "schedule": tax.schedule,
        "rate": None if tax.rate is None else tax.rate.quantize(_NINE_PLACES),
        "base_vnd": tax.base_vnd,
        "amount_vnd": tax.amount_vnd,
        "verified": tax.verified,
    }


def _line(line: LineRow, one: VersionRow, shared: Row) -> Row:
    own = line._asdict()
    own["line"] = own.pop("number")
    return {**shared, **own, "tax_code": one.tax_code}


def checks_written(checks: Iterable[CheckRow]) -> Written:
    """Concluded checks."""
    rows: list[Row] = [
        {
            "kind": one.kind,
            "inspection": one.id,
            "declaration": one.declaration,
            "version": one.version,
            "flow": one.flow,
            "office": one.office,
            "opened_at": one.opened_at,
            "at": one.concluded_at,
            "outcome": one.outcome,
            "findings": len(one.found),
            "found": list(one.found),
            "month": month_of(one.concluded_at),
        }
        for one in checks
    ]
    return "inspections", rows


def payments_written(payments: Iterable[PaymentRow]) -> Written:
    """Postings by which debts are paid, given back or let go."""
    return "payments", [{**one._asdict(), "month": month_of(one.at)} for one in payments]


def events_written(events: Iterable[EventRow]) -> Written:
    """Steps of declarations."""
    return "events", [{**one._asdict(), "month": month_of(one.at)} for one in events]
