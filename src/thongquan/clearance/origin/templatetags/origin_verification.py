"""What the page of a certificate shows of its verifications."""

from __future__ import annotations

from typing import Any

from django import template

from thongquan.base.accounts.auth import actor_of_request
from thongquan.clearance.origin.permissions import may
from thongquan.clearance.origin.queries import CertificateFile, case_number
from thongquan.clearance.origin.queries.verification import cases_of_certificate, open_case_of
from thongquan.clearance.origin.states import State

register = template.Library()
DOUBTFUL = frozenset({State.REGISTERED, State.ACCEPTED, State.DOUBTED})


@register.inclusion_tag("origin/_verifications.html", takes_context=True)
def certificate_verifications(context: dict[str, Any], kept: CertificateFile) -> dict[str, Any]:
    """The cases a certificate was or is in, and the way to open one for those who may."""
    actor, row = actor_of_request(context["request"]), kept.row
    verifies = may(actor, "origin.verify", office=row.office, tax_code=row.tax_code)
    opens = verifies and row.state in DOUBTFUL and open_case_of(row.id) is None
    cases = [(key, case_number(key)) for key in cases_of_certificate(actor, row.id)]
    return {"cases": cases, "opens": opens, "row": row}
