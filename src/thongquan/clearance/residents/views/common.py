"""What the pages of residents share: forms read into structs, refusals told, choices in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from msgspec.structs import replace

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.residents.labels import FIELDS, STATES, STEPS
from thongquan.clearance.residents.shapes import FormGiven, GoodsGiven, PersonGiven
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.rules.decision import Fault

LONGEST = 200


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


def text_of(posted: QueryDict, name: str, longest: int = LONGEST) -> str:
    """A posted field without blanks around it, cut to what a field may hold."""
    return posted.get(name, "").strip()[:longest]


def form_of(posted: QueryDict) -> FormGiven:
    """The form as typed; rows in which nothing was typed are left out. Numbers that cannot be read are None."""
    currency = text_of(posted, "currency", 3) or "VND"
    columns = [posted.getlist(name) for name in ("hs", "quantity", "value", "rate")]
    rows = zip(*[[*column, *[""] * 60][:60] for column in columns], strict=True)
    lines = tuple(
        GoodsGiven(
            hs=hs.strip().partition(" ")[0][:12],
            quantity=_number(quantity),
            value=_number(value, whole=currency == "VND"),
            rate=rate.strip()[:10],
        )
        for hs, quantity, value, rate in rows
        if hs.strip() or quantity.strip() or value.strip()
    )
    return FormGiven(
        flow=text_of(posted, "flow", 6) or "import",
        purpose=text_of(posted, "purpose", 6) or "own",
        currency=currency,
        lines=lines,
        plate=text_of(posted, "plate", 20),
        buyer=text_of(posted, "buyer", 120),
    )


def _number(text: str, *, whole: bool = False) -> Decimal | None:
    """A number as people type it; dong have no decimals, so there points and commas only group digits."""
    plain = "".join(text.split())[:24]
    plain = plain.replace(".", "").replace(",", "") if whole else plain.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def person_of_form(posted: QueryDict) -> PersonGiven:
    """The person as typed."""
    return PersonGiven(
        kind=text_of(posted, "kind", 4) or "card",
        number=text_of(posted, "number", 24),
        full_name=text_of(posted, "full_name", 120),
        commune=text_of(posted, "commune", 120),
        phone=text_of(posted, "phone", 24),
        other_kind=text_of(posted, "other_kind", 4),
        other_number=text_of(posted, "other_number", 24),
    )


def labelled(fault: Fault) -> Fault:
    """A fault whose state, step and field are told in the reader's language."""
    values = dict(fault.values)
    field = values.get("field") or fault.path.rpartition(".")[2]
    if field in FIELDS:
        values["field"] = str(FIELDS[field])
    if values.get("step") in STEPS:
        values["step"] = str(STEPS[values["step"]])
    if values.get("state") in STATES:
        values["state"] = str(STATES[values["state"]])
    return replace(fault, values=values)


def problems_of(faults: Iterable[Fault]) -> list[Problem]:
    """Faults as an error summary shows them, each leading to its field."""
    found = []
    for fault in faults:
        told = sentence(labelled(fault))
        name = fault.path.rpartition(".")[2]
        anchor = f"{name}-{fault.line}" if fault.line else f"id_{name}" if name.isidentifier() else ""
        found.append(Problem(told.text, anchor, told.remedy, str(fault.code), told.example, told.basis))
    return found


def day_of(text: str) -> date | None:
    """A day as browsers send it; None for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def page_number(request: HttpRequest) -> int:
    """The page asked for, 1 for nonsense."""
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def read_number(text: str) -> Decimal | None:
    """A number with a point or comma before decimals; None for anything else."""
    return _number(text)


def unit_name(code: str, on: date) -> str:
    """A unit as people call it, in the reader's language; its code when the list does not hold it."""
    return code_name("unit", code, on, language_now()) or code
