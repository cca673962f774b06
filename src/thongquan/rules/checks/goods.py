"""Rules of a line: code, description, units, price, weights, origin, exemption.

Legal basis: Circular 31/2022/TT-BTC (nomenclature, 8 digits); Circular 38/2015/TT-BTC Art. 18 and Annex II; VNACCS
checks R1088 (price), R1094 and S1108 (exemption list), E1012 and E1014 (origin and tariff); Circular 33/2023/TT-BTC
Art. 10-12 (proof of origin).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from thongquan.rules.checks.amounts import FIRST_DAY, LAST_DAY, out_of_bounds
from thongquan.rules.checks.form import missing
from thongquan.rules.checks.header import dated_later
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Certificate, Line, Reference
from thongquan.rules.law import LawOfDay, LineLaw
from thongquan.rules.promised import is_guaranteed
from thongquan.rules.text import vague_key

Report = list[Fault]


def _fault(code: Code, index: int, line: Line, field: str, value: str, **values: str) -> Fault:
    return Fault(code=code, path=f"lines[{index}].{field}", line=line.number, value=value[:40], values=values)


def check_hs(index: int, line: Line, line_law: LineLaw, law: LawOfDay, report: Report) -> bool:
    """TQ-DEC-011, TQ-DEC-012: a code of 8 digits that the nomenclature holds on the day (Circular 31/2022)."""
    hs = line.hs
    if not hs:
        return False
    if len(hs) != 8 or not (hs.isascii() and hs.isdigit()):
        report.append(_fault(Code.TQ_DEC_011, index, line, "hs", hs, length=str(len(hs))))
        return False
    if not line_law.exists:
        report.append(_fault(Code.TQ_DEC_012, index, line, "hs", hs, on=law.on.isoformat()))
        return False
    return True


def check_description(index: int, line: Line, law: LawOfDay, shortest: int, report: Report) -> None:
    """TQ-DEC-013, TQ-DEC-014: the goods are named so that they can be classified (Annex II; vague terms are data)."""
    text = line.description
    if not text:
        return
    if len(text.strip()) < shortest:
        report.append(_fault(Code.TQ_DEC_013, index, line, "description", text, limit=str(shortest)))
        return
    if law.vague_terms and vague_key(text) in law.vague_terms:
        report.append(_fault(Code.TQ_DEC_014, index, line, "description", text, term=text.strip()[:40]))


def check_units(index: int, line: Line, line_law: LineLaw, report: Report) -> None:
    """TQ-DEC-015, TQ-DEC-016: the unit of the nomenclature (told), the additional unit (required)."""
    wanted, second = line_law.unit, line_law.additional_unit
    units = (line.unit, line.unit2)
    if wanted and line.unit and wanted not in units:
        fault = _fault(Code.TQ_DEC_015, index, line, "unit", line.unit, unit=wanted)
        report.append(replace(fault, severity="warning"))
    if second and second not in units:
        report.append(_fault(Code.TQ_DEC_016, index, line, "unit2", line.unit2 or "", unit=second))
    if (line.quantity2 is None) != (line.unit2 is None):
        missing(report, f"lines[{index}].{'unit2' if line.unit2 is None else 'quantity2'}", line.number)


def check_price(index: int, line: Line, tolerance: Decimal, report: Report) -> None:
    """TQ-VAL-001: |price × quantity − value| is at most the tolerance, one unit of the currency (R1088)."""
    price, quantity, value = line.unit_price, line.quantity, line.value
    if price is None or quantity is None or value is None:
        return
    product = price * quantity
    if abs(product - value) > tolerance:
        report.append(_fault(Code.TQ_VAL_001, index, line, "value", str(value), product=str(product)[:40]))


def check_line_weights(index: int, line: Line, report: Report) -> None:
    """TQ-DEC-017: the gross weight of a line is not below its net weight."""
    net, gross = line.net_weight_kg, line.gross_weight_kg
    if net is not None and gross is not None and gross < net:
        report.append(_fault(Code.TQ_DEC_017, index, line, "gross_weight_kg", str(gross), net=str(net)[:40]))


def check_origin(
    index: int, line: Line, law: LawOfDay, report: Report, *, waived: frozenset[str] = frozenset()
) -> None:
    """TQ-ORI-001, TQ-ORI-002, TQ-LAW-005: a preference needs a member, and proof of origin where it is not waived.

    Circular 33/2023/TT-BTC Art. 10.
    """
    if not line.schedule or f"schedule/{line.schedule}" not in law.known_codes:
        return
    rules, code = law.schedules.get(line.schedule), line.schedule
    if rules is None:
        report.append(_fault(Code.TQ_LAW_005, index, line, "schedule", code, schedule=code, on=law.on.isoformat()))
        return
    if not rules.preferential:
        return
    if (
        not is_guaranteed(line)
        and code not in waived
        and (line.certificate is None or not line.certificate.number.strip())
    ):
        report.append(_fault(Code.TQ_ORI_001, index, line, "certificate", code, schedule=code))
    if line.origin and rules.members and line.origin not in rules.members:
        hs = line.hs or ""
        report.append(_fault(Code.TQ_ORI_002, index, line, "schedule", code, schedule=code, origin=line.origin, hs=hs))


def check_line_papers(index: int, line: Line, latest: date, report: Report) -> None:
    """TQ-DEC-025, TQ-DEC-029, TQ-FMT-008: papers of a line are not dated later, their line is 1 to 50 (S1108)."""
    papers: list[tuple[str, Certificate | Reference]] = []
    if line.certificate is not None:
        papers.append(("certificate", line.certificate))
    if line.permits:
        papers += [(f"permits[{place}]", permit) for place, permit in enumerate(line.permits)]
    for name, paper in papers:
        day = paper.issued_on
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            out_of_bounds(report, f"lines[{index}].{name}.issued_on", day, line.number)
        elif day is not None and day > latest:
            dated_later(report, f"lines[{index}].{name}.issued_on", day, latest, line.number)
        if paper.line is not None and not 1 <= paper.line <= 50:
            report.append(_fault(Code.TQ_DEC_029, index, line, f"{name}.line", str(paper.line)))


def check_exemption(index: int, line: Line, report: Report) -> None:
    """TQ-DEC-028: a line of an exemption list needs the exemption code (R1094)."""
    if line.exemption_line and not line.exemption:
        report.append(_fault(Code.TQ_DEC_028, index, line, "exemption", line.exemption_line))
