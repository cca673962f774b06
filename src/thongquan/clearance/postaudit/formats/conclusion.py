"""The conclusion of an audit as an official paper, in Vietnamese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from thongquan.base.accounts.queries import name_of, office_and_region
from thongquan.base.core.papers import dong_in_words, pdf
from thongquan.clearance.postaudit.labels import name_of_field, name_of_tax
from thongquan.clearance.postaudit.queries import AuditFile

TEMPLATE = Path(__file__).parent / "conclusion.typ"


def conclusion_pdf(kept: AuditFile) -> bytes:
    """The conclusion of a signed audit, with the findings that stand and every difference of duty."""
    with override("vi"):
        return pdf(TEMPLATE, conclusion_data(kept))


def conclusion_data(kept: AuditFile) -> dict[str, Any]:
    """What the paper says. Raises ValueError before it is signed."""
    row = kept.row
    if row.signed_at is None:
        raise ValueError(row.id)
    office, region = office_and_region(row.office)
    return {
        "head": {
            "parent": region,
            "agency": office,
            "number": f"A-{row.id:06d}",
            "place": "",
            "on": timezone.localdate(row.signed_at),
            "title": "Kết luận",
            "about": "Kiểm tra sau thông quan",
        },
        "trader": row.trader_name,
        "tax_code": row.tax_code,
        "declaration": row.number,
        "registered": timezone.localdate(row.registered_at),
        "findings": [
            {
                "line": str(one.line or "–"),
                "field": name_of_field(one.field),
                "declared": one.declared or "–",
                "found": one.found or "–",
                "ground": one.ground,
            }
            for one in kept.standing
        ],
        "differences": [
            {
                "line": str(one.line),
                "tax": name_of_tax(one.tax),
                "declared": one.declared_vnd,
                "found": one.found_vnd,
                "short": one.short_vnd,
            }
            for one in kept.differences
        ],
        "short": kept.short_vnd,
        "words": dong_in_words(kept.short_vnd),
        "conclusion": kept.conclusion,
        "object_by": row.object_by,
        "signature": {"capacity": "", "title": "Người ký kết luận", "name": name_of(row.signed_by), "note": ""},
        "recipients": [row.trader_name, office],
    }
