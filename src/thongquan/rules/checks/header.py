"""Rules of the whole declaration: number of lines, sums, dates, regime, duplicates.

Legal basis: Circular 38/2015/TT-BTC Art. 18 (lines, invoice, deadlines) and 22 (lapse) as amended by 39/2018;
VNACCS checks R1000-R1003 (regime), R1088 (price); Customs Law 54/2014/QH13 Art. 25 (deadlines); ISO 6346 (containers).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from thongquan.rules.checks.amounts import LAST_DAY
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document, Party
from thongquan.rules.facts import Facts
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO
from thongquan.rules.parameters import number
from thongquan.rules.worktime import HANOI

Report = list[Fault]

_TAX_CODE = re.compile(r"\d{10}(-?\d{3})?")
_CONTAINER = re.compile(r"[A-Z]{3}[UJZ]\d{7}")
_ONE_DAY = timedelta(days=1)
_LETTERS = {letter: 10 + index + (index + 9) // 10 for index, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def check_tax_codes(document: Document, report: Report) -> None:
    """TQ-DEC-010: tax codes of trader and agent have 10 digits, or 13 with the branch (Law on Tax Administration)."""
    parties: tuple[tuple[str, Party | None], ...] = (("trader", document.trader), ("agent", document.agent))
    for path, party in parties:
        code = party.tax_code if party else None
        if code and not (code.isascii() and _TAX_CODE.fullmatch(code)):
            field = f"{path}.tax_code"
            report.append(Fault(code=Code.TQ_DEC_010, path=field, value=code[:40], values={"field": field}))


def check_line_count(document: Document, law: LawOfDay, report: Report) -> None:
    """TQ-DEC-005: at most 50 lines; more goods go on further declarations (Art. 18.2)."""
    limit, count = number(law, "max_lines"), len(document.lines)
    if limit and count > limit:
        parts = -(-count // max(int(limit), 1))
        values = {"count": str(count), "limit": str(limit), "parts": str(parts)}
        report.append(Fault(code=Code.TQ_DEC_005, path="lines", value=str(count), values=values))


def check_line_numbers(document: Document, report: Report) -> None:
    """TQ-DEC-006: lines are numbered 1, 2, 3 … without a gap and none twice."""
    numbers = [line.number for line in document.lines]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        given = ", ".join(map(str, numbers))[:80]
        report.append(Fault(code=Code.TQ_DEC_006, path="lines", value=given, values={"count": str(len(numbers))}))


def check_invoice_sum(document: Document, law: LawOfDay, report: Report) -> None:
    """TQ-VAL-002: the values of the lines sum to the invoice amount, within the tolerance (R1088 by analogy)."""
    amount = document.invoice.amount if document.invoice else None
    if amount is None or any(line.value is None for line in document.lines):
        return
    total = sum((line.value or ZERO for line in document.lines), ZERO)
    if abs(total - amount) > number(law, "price_tolerance"):
        values = {"total": _plain(total), "amount": _plain(amount)}
        report.append(Fault(code=Code.TQ_VAL_002, path="invoice.amount", value=_plain(amount), values=values))


def check_weights(document: Document, report: Report) -> None:
    """TQ-DEC-018: net weights of the lines do not exceed the gross weight of the consignment."""
    gross = document.gross_weight_kg
    net = sum((line.net_weight_kg or ZERO for line in document.lines), ZERO)
    if gross is not None and net > gross:
        values = {"net": _plain(net), "gross": _plain(gross)}
        report.append(Fault(code=Code.TQ_DEC_018, path="gross_weight_kg", value=_plain(gross), values=values))


def check_packages(document: Document, report: Report) -> None:
    """TQ-DEC-019: when every line tells its packages, they sum to the packages of the consignment."""
    if document.packages is None or not document.lines or not all(line.packages for line in document.lines):
        return
    total = sum((pack.quantity or ZERO for line in document.lines for pack in line.packages), ZERO)
    if total != document.packages:
        values = {"total": _plain(total), "packages": str(document.packages)}
        report.append(Fault(code=Code.TQ_DEC_019, path="packages", value=str(document.packages), values=values))


def check_containers(document: Document, report: Report) -> None:
    """TQ-DEC-030: a container number ends in its check digit (ISO 6346); a warning, since odd boxes do travel."""
    for index, container in enumerate(document.containers):
        box = container.identifier
        if box and not _is_container(box):
            path = f"containers[{index}].identifier"
            report.append(Fault(code=Code.TQ_DEC_030, path=path, value=box[:40], severity="warning"))


def _is_container(box: str) -> bool:
    if not box.isascii() or not _CONTAINER.fullmatch(box):
        return False
    total = sum((_LETTERS.get(mark) or int(mark)) << place for place, mark in enumerate(box[:10]))
    return total % 11 % 10 == int(box[10])


def check_regime(document: Document, law: LawOfDay, report: Report) -> None:
    """TQ-REG-001, TQ-REG-007: the regime exists on the day and is of the flow of the declaration (Decision 1357)."""
    code, regime = document.regime, law.regime
    if not code:
        return
    if not regime.exists:
        values = {"on": law.on.isoformat()}
        report.append(Fault(code=Code.TQ_REG_007, path="regime", value=code[:40], values=values))
    elif regime.flow is not None and regime.flow != document.flow:
        values = {"flow": regime.flow, "declared": document.flow}
        report.append(Fault(code=Code.TQ_REG_001, path="regime", value=code, values=values))


def check_temporary(document: Document, law: LawOfDay, report: Report) -> None:
    """TQ-REG-002 to 006: temporary regimes carry their date, re-exports their reference (R1000-1003)."""
    regime, until, reference = law.regime, document.temporary_until, document.temporary_reference
    values = {"regime": document.regime or ""}
    if not regime.exists:
        return
    if regime.needs_temporary_date and until is None:
        report.append(Fault(code=Code.TQ_REG_002, path="temporary_until", values=values))
    if regime.needs_reference and not reference:
        report.append(Fault(code=Code.TQ_REG_003, path="temporary_reference", values=values))
    if until is not None and not regime.needs_temporary_date:
        given = until.isoformat()
        report.append(Fault(code=Code.TQ_REG_004, path="temporary_until", value=given, values=values))
    elif until is not None and until < law.on:
        values = {"on": law.on.isoformat()}
        report.append(Fault(code=Code.TQ_REG_006, path="temporary_until", value=until.isoformat(), values=values))
    if reference and not regime.needs_reference:
        values = {"regime": document.regime or ""}
        report.append(Fault(code=Code.TQ_REG_005, path="temporary_reference", value=reference[:40], values=values))


def check_deadline(document: Document, law: LawOfDay, report: Report) -> None:
    """TQ-DEC-020, TQ-DEC-021, TQ-DEC-023, TQ-DEC-024: lodged in time (Customs Law Art. 25; Art. 18.8, 22.1a).

    Warnings: late goods must still be declared, and a penalty is another procedure. An export must be lodged four
    hours before exit; a date alone cannot show hours, so a departure on the day of lodging is told.
    """
    day = document.arrival_on if document.flow == "import" else document.departure_on
    if day is None:
        return
    code, limit, path = None, "", "arrival_on" if document.flow == "import" else "departure_on"
    if document.flow == "import":
        late, ahead = number(law, "lodge_days_after_arrival"), number(law, "void_after_days")
        if (law.on - day).days > late:
            code, limit = Code.TQ_DEC_020, str(late)
        elif (day - law.on).days > ahead:
            code, limit = Code.TQ_DEC_021, str(ahead)
    elif day <= law.on:
        code = Code.TQ_DEC_023 if day == law.on else Code.TQ_DEC_024
    if code is not None:
        values = {"on": law.on.isoformat(), "days": limit}
        report.append(Fault(code=code, path=path, value=day.isoformat(), values=values, severity="warning"))


def check_paper_dates(document: Document, latest: date, report: Report) -> None:
    """TQ-DEC-025: invoice and permits are not dated after the day they are declared; one day is left for time zones."""
    if document.invoice is not None:
        _check_not_later(document.invoice.issued_on, "invoice.issued_on", latest, report)
    for index, permit in enumerate(document.permits):
        _check_not_later(permit.issued_on, f"permits[{index}].issued_on", latest, report)


def _check_not_later(day: date | None, path: str, latest: date, report: Report) -> None:
    """TQ-DEC-025: one paper; dates out of all bounds are told by TQ-FMT-008 alone."""
    if day is not None and latest < day <= LAST_DAY:
        dated_later(report, path, day, latest)


def latest_day(facts: Facts) -> date:
    """Give the last day that a paper may bear: the day after it is declared, as papers may come from an eastern zone.

    It is declared on the day of registration, or later by an amendment, which the law of that day still judges.
    """
    declared_on = facts.at.astimezone(HANOI).date()
    return max(facts.law.on, declared_on) + _ONE_DAY


def dated_later(report: Report, path: str, day: date, latest: date, line: int | None = None) -> None:
    """TQ-DEC-025: tell a paper that is dated after the day it is declared."""
    values = {"on": (latest - _ONE_DAY).isoformat(), "field": path.rsplit("].", 1)[-1]}
    report.append(Fault(code=Code.TQ_DEC_025, path=path, line=line, value=day.isoformat(), values=values))


def check_duplicates(facts: Facts, report: Report) -> None:
    """TQ-DEC-022: the declarant's own live declaration of the same invoice and goods (Art. 18.1)."""
    for earlier in facts.duplicates:
        values = {"number": earlier.number}
        report.append(Fault(code=Code.TQ_DEC_022, path="invoice.number", value=earlier.number, values=values))


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f") if abs(amount.adjusted()) < 40 else str(amount)
