"""Form and fields of a proof of origin.

Legal basis: Circular 33/2023/TT-BTC Art. 10-11, 15; boxes, forms and criteria of each agreement are dated data.
"""

from __future__ import annotations

from thongquan.rules.codes import Code
from thongquan.rules.origin.criteria import read_criterion
from thongquan.rules.origin.findings import Examined, OriginFinding, found


def check_agreement(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-012: the agreement is in force on the day (Art. 10.1a)."""
    if given.law.agreement is not None:
        return []
    code, on = given.certificate.agreement, given.law.on.isoformat()
    return [found(Code.TQ_ORI_012, "refuse", "10.1", "agreement", code, values={"agreement": code, "on": on})]


def check_form(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-011: the form is one of the agreement (Art. 15)."""
    certificate, law = given.certificate, given.law
    if law.agreement is None or certificate.form in law.forms:
        return []
    values = {"form": certificate.form, "agreement": certificate.agreement}
    return [found(Code.TQ_ORI_011, "refuse", "15", "form", certificate.form, values=values)]


def check_boxes(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-010: every box that the form asks for is filled, by its field or by its text (Art. 15)."""
    return [
        found(
            Code.TQ_ORI_010,
            "doubt",
            "15",
            box.field or f"boxes.{box.box}",
            values={"box": box.box, "form": given.certificate.form},
        )
        for box in given.law.boxes
        if box.required and not _filled(given, box.box, box.field)
    ]


def _filled(given: Examined, box: str, field: str) -> bool:
    """A box of items is filled when every item fills it; text of the box itself fills it too."""
    certificate = given.certificate
    if certificate.boxes.get(box, "").strip():
        return True
    if field.startswith("lines."):
        name = field.removeprefix("lines.")
        return bool(certificate.lines) and all(getattr(line, name) not in ("", None) for line in certificate.lines)
    value = getattr(certificate, field) if field else ""
    return bool(value.strip() if isinstance(value, str) else value)


def check_lines(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-014, TQ-ORI-015: items are numbered 1 to n, each with a quantity above zero (Art. 22)."""
    lines = given.certificate.lines
    told = []
    if [line.number for line in lines] != list(range(1, len(lines) + 1)) or not lines:
        told.append(found(Code.TQ_ORI_014, "refuse", "15", "lines", len(lines)))
    for place, line in enumerate(lines):
        if line.quantity is None or not line.quantity.is_finite() or line.quantity <= 0:
            path, value = f"lines[{place}].quantity", "" if line.quantity is None else line.quantity
            told.append(
                found(Code.TQ_ORI_015, "refuse", "22", path, value, item=line.number, values={"item": str(line.number)})
            )
    return told


def check_criteria(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-013: the criterion of each item is one that the agreement knows (Art. 15)."""
    known = given.law.criteria
    told = []
    for place, line in enumerate(given.certificate.lines):
        read = read_criterion(line.criterion)
        names = {read.key, read.kind, "RVC" if read.kind == "RVC" else read.key} if read else set()
        if not names & known and (known or read is None):
            path = f"lines[{place}].criterion"
            values = {"criterion": line.criterion, "agreement": given.certificate.agreement}
            told.append(found(Code.TQ_ORI_013, "doubt", "15", path, line.criterion, item=line.number, values=values))
    return told


def check_exhibition(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-040: the mark for an exhibition names the exhibition's place (Form E box 13)."""
    certificate = given.certificate
    if certificate.exhibition and not certificate.exhibition_place.strip():
        return [found(Code.TQ_ORI_040, "doubt", "15", "exhibition_place")]
    return []
