"""Side by side: the certificate, the declaration that names it, its papers, and the rule of each line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.attachments.viewing import Viewed, viewed_now
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.sentences import Told
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import number as grouped
from thongquan.clearance.origin import labels
from thongquan.clearance.origin.desk_words import FIELDS, LIKENESSES
from thongquan.clearance.origin.forms import AcceptForm, CheckForm, WordsForm
from thongquan.clearance.origin.permissions import may
from thongquan.clearance.origin.queries import CertificateFile, certificate_file
from thongquan.clearance.origin.states import STEPS, State, Step
from thongquan.clearance.origin.subjects import Claim, claim_of
from thongquan.clearance.origin.views.desk import local_day, queue_bar, works
from thongquan.clearance.tariff.queries.origins import origin_law_on
from thongquan.rules.origin.checks import pairs_of
from thongquan.rules.origin.declared import DeclaredLine
from thongquan.rules.origin.findings import GRADES, OriginFinding, Pair
from thongquan.rules.origin.law import OriginLaw, ProductRule
from thongquan.rules.origin.side import Sided, line_sides, paper_sides

DECLARATION = "declaration:"
DOUBTFUL = ("doubt", "pending")
DAYS, AMOUNTS = frozenset({"issued_on"}), frozenset({"quantity", "gross_weight_kg"})


@dataclass(frozen=True)
class Value:
    """A value on both papers with its name and how they compare, in words."""

    name: Promise
    side: Sided
    stated: str
    declared: str
    word: Promise


@dataclass(frozen=True)
class Found:
    """A finding of the last check in words."""

    told: Told
    grade: str
    word: Promise
    code: str
    article: str


@dataclass(frozen=True)
class SideLine:
    """A declared line with its line of the certificate, the rule of its code, and what the check said of it."""

    pair: Pair
    values: list[Value]
    rule: ProductRule | None
    found: list[Found]
    outcome: Promise | str
    differs: bool


@page
@never_cache
@require_GET
def side(request: HttpRequest, proof_id: int) -> HttpResponse:
    """The certificate beside a declaration that names it: the one asked for, else the newest that is known."""
    actor = actor_of_request(request, now())
    kept = certificate_file(actor=actor, certificate=proof_id)
    if not works(actor):
        raise NotAllowed("origin.see")
    claims = claims_of(actor, kept, request.GET.get("declaration", "")[:12])
    context: dict[str, Any] = {
        "kept": kept,
        "state": labels.STATES[kept.row.state],
        "grade": labels.GRADES[kept.row.grade],
        "claims": claims,
        "queue": queue_bar(request, actor, proof_id),
        **_compared(kept, claims[0] if claims else None),
        **_steps(actor, kept, claims[0] if claims else None),
        "viewed": papers_of(actor, kept, claims, request),
    }
    return render(request, "origin/desk.html", context)


def claims_of(actor: Actor, kept: CertificateFile, wanted: str) -> list[Claim]:
    """The declarations known to name the certificate, the wanted one first; those out of scope are left out."""
    known = [wanted] if wanted else []
    subjects = [kept.check.subject if kept.check else "", *(one.subject for one in kept.uses)]
    known += [one.removeprefix(DECLARATION) for one in subjects if one.startswith(DECLARATION)]
    found = []
    for number in dict.fromkeys(known):
        try:
            found.append(claim_of(actor, number, kept.paper.number))
        except NotFound:
            if number == wanted:
                raise
    return found


def _compared(kept: CertificateFile, claim: Claim | None) -> dict[str, Any]:
    """Values of the papers as a whole and of each line, with what the last check of this declaration found."""
    if claim is None:
        alone = tuple(Pair(line=DeclaredLine(number=0), item=item) for item in kept.paper.lines)
        law = origin_law_on(kept.paper.agreement, kept.paper.form, local_day(), kept.paper.issued_on)
        lines = [_line(pair, law, kept, []) for pair in alone]
        return {"lines": lines, "whole": [], "checked": kept.check is not None, "found": _found(kept, None)}
    declared = claim.declared
    law = origin_law_on(kept.paper.agreement, kept.paper.form, declared.on, kept.paper.issued_on)
    checked = kept.check is not None and kept.check.subject == claim.subject
    outcomes = list(kept.check.outcomes) if checked and kept.check else []
    return {
        "whole": [_value(one) for one in paper_sides(kept.paper, declared)],
        "lines": [_line(pair, law, kept, outcomes) for pair in pairs_of(kept.paper, declared)],
        "found": _found(kept, None) if checked else [],
        "checked": checked,
        "claim": claim,
    }


def _value(one: Sided) -> Value:
    stated, declared = _worded(one.field, one.stated), _worded(one.field, one.declared)
    return Value(FIELDS[one.field], one, stated, declared, LIKENESSES[one.likeness])


def _worded(field: str, value: str) -> str:
    """A value as people write it: days and amounts in the language of the page."""
    if field in DAYS and value:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if field in AMOUNTS and value:
        amount, _space, unit = value.partition(" ")
        return f"{grouped(amount)} {unit}".strip()
    return value


def _line(pair: Pair, law: OriginLaw, kept: CertificateFile, outcomes: list[Any]) -> SideLine:
    values = [_value(one) for one in line_sides(pair, law, kept.paper.issuing_country)]
    found = _found(kept, pair.line.number) if outcomes else []
    said = next((labels.RESULTS[one.result] for one in outcomes if one.line == pair.line.number), "")
    hs = pair.item.hs if pair.item else pair.line.hs
    differs = any(one.side.likeness == "differs" for one in values) or any(one.grade in DOUBTFUL for one in found)
    return SideLine(pair, values, law.rule_for(hs) if hs else None, found, said, differs)


def _found(kept: CertificateFile, line: int | None) -> list[Found]:
    """What the last check found of a line, or of the paper as a whole; the gravest first."""
    if kept.check is None:
        return []
    findings: list[OriginFinding] = [one for one in kept.check.findings if one.line == line]
    ordered = sorted(findings, key=lambda one: GRADES.index(one.grade), reverse=True)
    on, language = kept.check.at.date(), get_language() or "vi"
    return [
        Found(labels.told(one, on, language), one.grade, labels.WEIGHTS[one.grade], one.code, one.article)
        for one in ordered
    ]


def _steps(actor: Actor, kept: CertificateFile, claim: Claim | None) -> dict[str, Any]:
    """The forms that state and permission open; accepting asks for words first where the check doubts."""
    row, state = kept.row, State(kept.row.state)

    def is_open(step: Step) -> bool:
        allowed = may(actor, STEPS[step].who, office=row.office, tax_code=row.tax_code)
        return allowed and state in STEPS[step].moves

    number = claim.number if claim else ""
    accepts = is_open(Step.ACCEPT) and bool(row.grade) and row.grade != "refuse"
    return {
        "check_form": CheckForm(prefix="check", initial={"declaration": number}) if is_open(Step.CHECK) else None,
        "accept_form": AcceptForm(prefix="accept") if accepts else None,
        "doubt_form": WordsForm(prefix="doubt") if is_open(Step.DOUBT) else None,
        "asks_words": row.grade in DOUBTFUL,
    }


def papers_of(actor: Actor, kept: CertificateFile, claims: list[Claim], request: HttpRequest) -> Viewed | None:
    """The papers filed with the declaration, else those filed with the certificate; None where none may be read."""
    for subject in [*(one.subject for one in claims[:1]), f"origin:{kept.row.id}"]:
        try:
            shown = viewed_now(actor, subject, request.GET)
        except (NotFound, NotAllowed):
            continue
        if shown.file is not None or not subject.startswith("origin:"):
            return shown
    return None
