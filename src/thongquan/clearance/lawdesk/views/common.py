"""What the pages of the law desk share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.tariff.queries.goods import goods_of
from thongquan.rules.decision import Fault


def actor_of_page(request: HttpRequest, at: datetime) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, at)


def problems_of(faults: Iterable[Fault], prefix: str = "") -> list[Problem]:
    """Faults as an error summary shows them, each leading to its field; of a file the place stands before."""
    found = []
    for fault in faults:
        told = sentence(fault)
        is_field = fault.path.isidentifier()
        text = told.text if is_field or ":" not in fault.path else f"{fault.path}: {told.text} [{fault.value}]"
        anchor = f"id_{prefix}{fault.path}" if is_field and fault.path.startswith(("reason_", "since", "words")) else ""
        found.append(Problem(text, anchor, told.remedy, fault.code, told.example, told.basis))
    return found


def chapter_names(codes: Iterable[str], at: datetime) -> dict[str, str]:
    """Names of chapters in the reader's language."""
    language = get_language() or "vi"
    found = {code: goods_of(code, at.date(), language) for code in codes}
    return {code: one.name for code, one in found.items() if one is not None}
