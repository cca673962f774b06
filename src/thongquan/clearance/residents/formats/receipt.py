"""The paper of a resident's form: declared, within and above the quota, taxed, paid, released; with a square."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.utils import timezone
from django.utils.translation import override

from thongquan.base.accounts.queries import office_and_region
from thongquan.base.core.papers import dong_in_words, pdf
from thongquan.clearance.control.formats.slips import shown_serial
from thongquan.clearance.residents.labels import FLOWS, FORMS, PURPOSES, STATES, TAXES
from thongquan.clearance.residents.queries.forms import FormSeen
from thongquan.clearance.tariff.queries.code_lists import code_name

TEMPLATE = Path(__file__).parent / "receipt.typ"


def receipt_pdf(kept: FormSeen, address: str) -> bytes:
    """The paper of a registered form; `address` is where its code is verified."""
    with override("vi"):
        return pdf(TEMPLATE, receipt_data(kept), {"/code.svg": _square(address)})


def receipt_data(kept: FormSeen) -> dict[str, Any]:
    """What the paper says, in Vietnamese."""
    office, region = office_and_region(kept.office)
    total = kept.due_vnd
    return {
        "head": {
            "parent": region,
            "agency": office,
            "number": kept.number,
            "place": "",
            "on": kept.on,
            "title": f"Tờ khai cư dân biên giới {str(FLOWS[kept.flow]).lower()}",
            "about": f"Mẫu {FORMS[kept.flow]}",
        },
        "person": kept.full_name,
        "document": kept.document,
        "commune": kept.commune,
        "purpose": str(PURPOSES[kept.purpose]),
        "plate": kept.plate,
        "state": str(STATES[kept.state]),
        "registered": timezone.localtime(kept.registered_at).isoformat(),
        "paid": timezone.localtime(kept.paid_at).isoformat() if kept.paid_at else "",
        "lines": [
            [
                str(one.number),
                one.description,
                one.hs,
                f"{one.quantity.normalize():f}",
                code_name("unit", one.unit, kept.on, "vi") or one.unit,
                one.value_vnd,
                one.over_vnd,
            ]
            for one in kept.lines
        ],
        "value": kept.value_vnd,
        "over": kept.over_vnd,
        "free": kept.free_vnd,
        "owed": _owed(kept),
        "total": total,
        "words": dong_in_words(total),
        "inspected": bool(kept.inspected_at),
        "must_inspect": kept.must_inspect,
        "missing": [str(TAXES.get(tax, tax)) for tax in kept.missing],
        "code": shown_serial(kept.code),
        "signature": {"capacity": "", "title": "Công chức hải quan", "name": "", "note": ""},
        "recipients": [],
    }


def _owed(kept: FormSeen) -> list[list[Any]]:
    rows: list[list[Any]] = [[str(TAXES[tax]), kept.totals_vnd[tax]] for tax in TAXES if tax in kept.totals_vnd]
    return [*rows, ["Lệ phí hải quan", kept.fee_vnd]] if kept.fee_vnd else rows


def _square(text: str) -> bytes:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, scale=4)
    return out.getvalue()
