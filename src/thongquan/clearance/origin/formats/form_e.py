"""The form of an export certificate as PDF, in English as the form demands: boxes 1 to 13 in a layout of our own.

Legal basis: Circular 12/2019/TT-BCT (Form E, 13 boxes) as collected; its text is not at hand. The paper is prepared for
the issuer: box 12 stays empty until number and day of the issuer are recorded, and is signed by nobody here.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import segno
from django.urls import reverse
from django.utils import timezone

from thongquan.base.core.papers import pdf
from thongquan.clearance.origin.queries.outbound import OutboundFile
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.rules.origin.outbound import GoodsLine

TEMPLATE = Path(__file__).parent / "form_e.typ"
MARKS = {
    "retroactive": "ISSUED RETROACTIVELY",
    "exhibition": "EXHIBITION",
    "back_to_back": "MOVEMENT CERTIFICATE (BACK-TO-BACK)",
    "third_party": "THIRD PARTY INVOICING",
    "certified_copy": "CERTIFIED TRUE COPY",
}
COUNTRY = "VIET NAM"


def form_pdf(kept: OutboundFile, root: str, at: datetime) -> bytes:
    """The form of an application; `root` is the address of this installation, for the square of a recorded one."""
    address = check_address(kept, root)
    return pdf(TEMPLATE, form_data(kept, address, timezone.localdate(at)), {"/code.svg": _square(address or root)})


def check_address(kept: OutboundFile, root: str) -> str:
    """Where the paper is proved; '' before it was handed over, or for a reader who may not hand its code on."""
    if not kept.code:
        return ""
    asked = urlencode({"number": kept.row.reference, "code": kept.code})
    return f"{root.rstrip('/')}{reverse('origin:outbound_check')}?{asked}"


def form_data(kept: OutboundFile, address: str, today: date) -> dict[str, Any]:
    """What stands in each box."""
    row, given = kept.row, kept.application
    destination = code_name("country", given.destination, today, "en").upper() or given.destination
    criteria = {one.line: one.criterion for one in kept.judged}
    lines = [_line(line, criteria.get(line.number, ""), given.currency) for line in given.lines]
    return {
        "form": row.form,
        "agreement": row.agreement,
        "number": row.issued_number,
        "reference": row.reference,
        "issued_on": row.issued_on,
        "issuer": kept.issuer,
        "state": row.state,
        "exporter": [given.exporter, given.exporter_address, COUNTRY],
        "consignee": [given.consignee, given.consignee_address, destination],
        "transport": [
            ("Departure date", _day(given.departed_on)),
            ("Vessel's name / aircraft / vehicle", given.vehicle),
            ("Port of discharge", given.port),
            ("Route", given.route),
        ],
        "destination": destination,
        "place": given.place,
        "today": today,
        "lines": lines,
        "marks": [{"name": MARKS[mark], "held": mark in kept.marks} for mark in MARKS],
        "remarks": _remarks(kept),
        "code": kept.code,
        "address": address,
    }


def _line(line: GoodsLine, criterion: str, currency: str) -> list[str]:
    """One item as the boxes 5 to 10 hold it; the value stands only where the criterion is a regional value."""
    amounts = [f"G.W. {_plain(line.gross_weight_kg)} kg", f"{_plain(line.quantity)} {line.unit}"]
    if "RVC" in criterion and line.fob is not None:
        amounts.append(f"FOB {currency} {_plain(line.fob)}")
    invoice = " ".join(part for part in (line.invoice, _day(line.invoice_on)) if part)
    return [
        str(line.number),
        line.marks or "N/M",
        f"{line.description}\nHS {line.hs}",
        criterion.replace("&", " + "),
        "\n".join(amounts),
        invoice,
    ]


def _remarks(kept: OutboundFile) -> list[str]:
    given, told = kept.application, []
    if given.third_party:
        told.append(f"Invoice issued by {given.third_party}, {given.third_party_country}")
    if given.original_number:
        told.append(f"Original certificate {given.original_number}, {given.original_country}")
    if given.exhibition:
        told.append(f"Exhibition: {given.exhibition}")
    if given.copy_of:
        told.append(f"Copy of certificate {given.copy_of} of {_day(given.copy_of_on)}")
    if kept.replaces:
        told.append(f"Replaces certificate {kept.replaces}")
    return told


def _day(on: date | None) -> str:
    return on.strftime("%d %b %Y").upper() if on else ""


def _plain(amount: Decimal | None) -> str:
    return f"{amount.normalize():,f}" if amount is not None else ""


def _square(text: str) -> bytes:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, scale=4)
    return out.getvalue()
