"""What the pages of checks share: reading a form into a struct, telling refusals, going on after a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar, get_origin, get_type_hints
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from msgspec.structs import replace

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import read_values
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.control.labels import KINDS, OUTCOMES
from thongquan.clearance.control.queries.inspections import Found, findings_of
from thongquan.clearance.declarations.labels import STATES
from thongquan.clearance.declarations.queries import Stand
from thongquan.rules.decision import Fault

T = TypeVar("T")


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


def posted(request: HttpRequest, kind: type[T]) -> T:
    """The posted form as a struct; empty fields are left out, `yes` and `no` are truths.

    Raises `Refused` with every field that cannot be read.
    """
    raw: dict[str, Any] = {}
    for name, hint in get_type_hints(kind).items():
        values = [value.strip() for value in request.POST.getlist(name)]
        if get_origin(hint) is tuple:
            raw[name] = [value for value in values if value]
        elif values and values[-1]:
            raw[name] = _TRUTHS.get(values[-1], values[-1]) if hint is bool else values[-1]
    return read_values(raw, kind)


_TRUTHS: dict[str, object] = {"yes": True, "no": False}


def problems_of(faults: Iterable[Fault], names: Mapping[str, str] | None = None) -> list[Problem]:
    """Faults as the summary above a page tells them; `names` are words for the codes of points."""
    told = ((fault, sentence(_named(fault, names or {}))) for fault in faults)
    return [
        Problem(
            text.text,
            anchor=f"point-{fault.path}" if fault.path in (names or {}) else f"line-{fault.line}" if fault.line else "",
            remedy=text.remedy,
            code=str(fault.code),
            example=text.example,
            basis=text.basis,
        )
        for fault, text in told
    ]


def _named(fault: Fault, names: Mapping[str, str]) -> Fault:
    values = dict(fault.values)
    if "points" in values:
        values["points"] = "; ".join(names.get(code, code) for code in values["points"].split(", "))
    if fault.path in names:
        values["field"] = names[fault.path]
    return replace(fault, values=values)


SUGGESTED = {
    "quantity": "short_duty_detected",
    "weight": "short_duty_detected",
    "value": "short_duty_detected",
    "code": "short_duty_detected",
    "origin": "wrong_origin",
    "prohibited": "prohibited_goods",
    "ipr": "counterfeit_goods",
    "missing": "documents_missing",
}
"""The act that a finding suggests first; the officer who records it chooses."""


class ActLink(NamedTuple):
    """The way to record an act for one finding, its facts already in the form."""

    kind: Promise | str
    line: int | None
    url: str


def act_links(stand: Stand, missing: Iterable[str] = ()) -> list[ActLink]:
    """A link for each finding of a declaration, and one for each paper that is missing, by name."""
    found = [
        _act_link(stand, one.kind, KINDS[one.kind], one.line, one.declared, _plainly(one))
        for one in findings_of(stand.key)
    ]
    return found + [_act_link(stand, "missing", name, None, name, str(OUTCOMES["missing"])) for name in missing]


def _act_link(stand: Stand, kind: str, word: Promise | str, line: int | None, declared: str, found: str) -> ActLink:
    facts = {
        "subject": stand.subject,
        "act": SUGGESTED.get(kind, ""),
        "line": str(line or ""),
        "declared": declared if declared == word else f"{word}: {declared or '–'}",
        "found": found if kind == "missing" else f"{word}: {found}",
    }
    told = {name: value for name, value in facts.items() if value}
    return ActLink(word, line, f"{reverse('violations:record')}?{urlencode(told)}")


def _plainly(one: Found) -> str:
    return " · ".join(part for part in (f"{one.found} {one.unit}".strip(), one.note) if part)


def strip_of(stand: Stand) -> dict[str, object]:
    """The decision strip of a declaration."""
    return {
        "number": stand.number,
        "regime": stand.regime,
        "channel": stand.channel,
        "state": STATES.get(stand.state, stand.state),
        "at": stand.registered_at,
        "due_vnd": stand.due_vnd,
    }


def carried_out(
    request: HttpRequest,
    verb: Callable[[], object],
    *,
    again: Callable[[list[Problem]], HttpResponse],
    to: str,
    names: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Do it and go on to `to`, or show the page again with everything that was refused, as 422."""
    try:
        verb()
    except Refused as refused:
        problems = problems_of(refused.faults, names)
        if request.headers.get("HX-Request"):
            answer = render(request, "control/_refused.html", {"problems": problems}, status=422)
        else:
            answer = again(problems)
            answer.status_code = 422
        return answer
    return redirect(to)
