"""The invitation to consult and the decision as official papers, in Vietnamese."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override

from thongquan.base.accounts.queries import name_of, office_and_region
from thongquan.base.core.papers import dong_in_words, pdf
from thongquan.base.core.sentences.labels import TAXES
from thongquan.clearance.valuation.labels import METHODS, name_of_term
from thongquan.clearance.valuation.queries.consultations import ConsultationFile, Determined

FOLDER = Path(__file__).parent


def invitation_pdf(kept: ConsultationFile) -> bytes:
    """The invitation: which lines, on what ground, what is asked by which day, and that goods may be released."""
    with override("vi"):
        return pdf(FOLDER / "invitation.typ", invitation_data(kept))


def decision_pdf(kept: ConsultationFile) -> bytes:
    """The decision with every value found, how it was found, and the duties that follow."""
    with override("vi"):
        return pdf(FOLDER / "decision.typ", decision_data(kept))


def invitation_data(kept: ConsultationFile) -> dict[str, Any]:
    """What the invitation says."""
    return {
        **_common(kept, kept.row.opened_at, "Thông báo", "Tham vấn trị giá hải quan"),
        "questions": [{"text": one.text, "due": one.due_on} for one in kept.questions],
        "due": kept.row.due_on,
        "signature": _signature("Công chức hải quan", kept.row.opened_by),
    }


def decision_data(kept: ConsultationFile) -> dict[str, Any]:
    """What the decision says. Raises ValueError before it is decided."""
    if kept.row.decided_at is None:
        raise ValueError(kept.row.id)
    return {
        **_common(kept, kept.row.decided_at, "Thông báo", "Kết quả tham vấn trị giá hải quan"),
        "rejected": kept.outcome == "rejected",
        "reasoning": kept.reasoning,
        "values": [_value(one) for one in kept.standing] if kept.outcome == "rejected" else [],
        "differences": [
            {
                "line": str(one.line),
                "tax": gettext(TAXES[one.tax]) if one.tax in TAXES else one.tax,
                "declared": one.declared_vnd,
                "found": one.found_vnd,
                "short": one.short_vnd,
            }
            for one in kept.differences
        ],
        "short": kept.short_vnd,
        "words": dong_in_words(abs(kept.short_vnd)),
        "signature": _signature("Người quyết định", kept.decided_by),
    }


def _value(one: Determined) -> dict[str, Any]:
    chosen = one.tree.candidates[one.tree.chosen]
    return {
        "line": str(one.line),
        "method": str(METHODS[one.method]),
        "declared": one.declared_vnd,
        "found": one.value_vnd,
        "terms": [
            {"name": name_of_term(one.method, term.name), "amount": _plain(term.amount_vnd)} for term in chosen.terms
        ],
        "unit": _plain(one.unit_vnd),
        "quantity": _plain(one.tree.quantity),
        "refusals": [{"method": str(METHODS[no.method]), "words": no.words} for no in one.tree.refusals],
    }


def _plain(amount: Decimal) -> str:
    """A number as it is written in Vietnamese, with the decimals it has."""
    whole, _, rest = f"{amount.normalize():f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{rest}" if rest else grouped


def _common(kept: ConsultationFile, at: datetime, title: str, about: str) -> dict[str, Any]:
    office, region = office_and_region(kept.row.office)
    return {
        "head": {
            "parent": region,
            "agency": office,
            "number": f"V-{kept.row.id:06d}",
            "place": "",
            "on": timezone.localdate(at),
            "title": title,
            "about": about,
        },
        "trader": kept.row.trader_name,
        "tax_code": kept.row.tax_code,
        "declaration": kept.row.number,
        "registered": timezone.localdate(kept.row.registered_at),
        "lines": ", ".join(map(str, kept.row.lines)),
        "ground": kept.ground,
        "recipients": [kept.row.trader_name, office],
    }


def _signature(title: str, reference: str) -> dict[str, str]:
    """Who signs; traders read the name on the paper as on every paper of customs."""
    return {"capacity": "", "title": title, "name": name_of(reference) if reference else "", "note": ""}
