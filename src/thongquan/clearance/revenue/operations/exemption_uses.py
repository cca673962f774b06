"""Writing an exemption list down: what the lines of a declaration take from it, never more than it has.

Legal basis: Decree 134/2016/NĐ-CP Art. 30-31 as amended by 18/2021.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from thongquan.clearance.revenue.models import ExemptionLine, ExemptionUse
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document, Line

LIST_DIGITS = 12


class Use(msgspec.Struct, frozen=True):
    """What a declaration line asks of a line of a list."""

    index: int
    line: Line
    list_number: str
    list_line: int

    def fault(self, code: Code, **values: str) -> Fault:
        """A fault that names the declaration line and what it asks for."""
        return Fault(
            code=code,
            path=f"lines[{self.index}].exemption_line",
            line=self.line.number,
            value=self.line.exemption_line or "",
            values=values,
        )


def names_a_list(document: Document) -> bool:
    """Whether a declaration uses exemption lists at all; the others are spared every look at them."""
    return any(line.exemption_line for line in document.lines)


def use_exemptions(*, subject: str, document: Document | None, on: date, at: datetime) -> list[Fault]:
    """Make what `subject` takes from lists exactly what its document says; None gives everything back.

    Runs in the caller's transaction and locks the lines of the lists, in the order of their numbers, until it ends.
    Returns every fault (TQ-REV-050 unknown, 051 not in force, 052 other goods or unit, 053 not enough left), and has
    then changed nothing: the caller refuses. Quantities are in the unit of the list.
    """
    lines = document.lines if document else ()
    tax_code = (document.trader.tax_code if document and document.trader else None) or ""
    uses, faults = _read(lines)
    with transaction.atomic():
        before = list(ExemptionUse.objects.filter(subject=subject))
        held = _locked(uses, before)
        asked = [(use, held.get((use.list_number, use.list_line))) for use in uses]
        own = {taken.line_id for taken in before}
        faults += [fault for use, row in asked if (fault := _unfit(use, row, own, tax_code, on))]
        if faults:
            return faults
        faults = _too_much(asked, before)
        if not faults:
            _write(subject, asked, before, at)
    return faults


def exemption_faults(*, document: Document, on: date, subject: str = "") -> list[Fault]:
    """What would refuse the uses of a document now; takes nothing and locks nothing. `subject` keeps what it has."""
    tax_code = (document.trader.tax_code if document.trader else None) or ""
    uses, faults = _read(document.lines)
    before = list(ExemptionUse.objects.filter(subject=subject)) if subject else []
    held = _held(uses, before)
    asked = [(use, held.get((use.list_number, use.list_line))) for use in uses]
    own = {taken.line_id for taken in before}
    faults += [fault for use, row in asked if (fault := _unfit(use, row, own, tax_code, on))]
    return faults or _too_much(asked, before)


def give_back(*, subject: str, at: datetime) -> None:
    """A declaration ended: what it took from lists is there again. Does nothing twice."""
    use_exemptions(subject=subject, document=None, on=timezone.localdate(at), at=at)


def _read(lines: Sequence[Line]) -> tuple[list[Use], list[Fault]]:
    """Read `<list number>-<line>`, such as 926000000012-3."""
    uses, faults = [], []
    for index, line in enumerate(lines):
        if not line.exemption_line:
            continue
        number, _dash, place = line.exemption_line.partition("-")
        fits = len(number) == LIST_DIGITS and (number + place).isascii() and number.isdigit() and place.isdigit()
        use = Use(index, line, number, int(place) if fits else 0)
        if fits:
            uses.append(use)
        else:
            faults.append(use.fault(Code.TQ_REV_050))
    return uses, faults


def _locked(uses: Iterable[Use], before: Iterable[ExemptionUse]) -> dict[tuple[str, int], ExemptionLine]:
    """Lock what is asked for and what was taken before, always in the same order, so that nobody waits in a ring."""
    return _by_number(_rows(uses, before).select_for_update(of=("self",)))


def _held(uses: Iterable[Use], before: Iterable[ExemptionUse]) -> dict[tuple[str, int], ExemptionLine]:
    return _by_number(_rows(uses, before))


def _rows(uses: Iterable[Use], before: Iterable[ExemptionUse]) -> QuerySet[ExemptionLine]:
    wanted = Q(pk__in=[use.line_id for use in before])
    for use in uses:
        wanted |= Q(list__number=use.list_number, number=use.list_line)
    return ExemptionLine.objects.select_related("list").filter(wanted).order_by("pk")


def _by_number(rows: Iterable[ExemptionLine]) -> dict[tuple[str, int], ExemptionLine]:
    return {(row.list.number, row.number): row for row in rows}


def _unfit(use: Use, row: ExemptionLine | None, own: set[int], tax_code: str, on: date) -> Fault | None:
    """What is wrong with a use. A list that was closed meanwhile still serves the declarations that used it before."""
    if row is None or row.list.tax_code != tax_code:
        return use.fault(Code.TQ_REV_050)
    ended = row.list.valid_to is not None and row.list.valid_to <= on
    if (row.list.state != "registered" or ended) and row.pk not in own:
        return use.fault(Code.TQ_REV_051, state=row.list.state)
    if row.unit != use.line.unit or not (use.line.hs or "").startswith(row.hs):
        return use.fault(Code.TQ_REV_052, unit=row.unit, hs=row.hs or "…")
    return None


def _too_much(asked: list[tuple[Use, ExemptionLine | None]], before: list[ExemptionUse]) -> list[Fault]:
    """Count down line by line in the order of the declaration; what it took before is its own to take again."""
    left: dict[int, Decimal] = {}
    own: dict[int, Decimal] = {}
    for taken in before:
        own[taken.line_id] = own.get(taken.line_id, Decimal(0)) + taken.quantity
    faults = []
    for use, row in asked:
        if row is None:
            continue
        rest = left.setdefault(row.pk, row.quantity - row.used + own.get(row.pk, Decimal(0)))
        quantity = use.line.quantity or Decimal(0)
        if quantity > rest:
            faults.append(
                use.fault(Code.TQ_REV_053, left=f"{rest.normalize():f}", unit=row.unit, asked=f"{quantity:f}")
            )
        else:
            left[row.pk] = rest - quantity
    return faults


def _write(
    subject: str, asked: list[tuple[Use, ExemptionLine | None]], before: list[ExemptionUse], at: datetime
) -> None:
    change: dict[int, Decimal] = {}
    for taken in before:
        change[taken.line_id] = change.get(taken.line_id, Decimal(0)) - taken.quantity
    ExemptionUse.objects.filter(subject=subject).delete()
    for use, row in asked:
        quantity = use.line.quantity or Decimal(0)
        if row is None or quantity <= 0:
            continue
        change[row.pk] = change.get(row.pk, Decimal(0)) + quantity
        ExemptionUse.objects.create(
            line=row, subject=subject, declaration_line=use.line.number, quantity=quantity, at=at
        )
    for pk, more in sorted(change.items()):
        if more:
            row = ExemptionLine.objects.get(pk=pk)
            row.used += more
            row.save(update_fields=["used"])
