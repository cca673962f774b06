"""A declaration: the thing, its story, why it was decided so, and every figure with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import can_lodge
from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json
from thongquan.base.core.sentences import Told, sentence
from thongquan.base.ledger.queries import EntryFilters, ledger_page
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.actions import buttons_for, panels_for
from thongquan.clearance.declarations.clocking import clock_html
from thongquan.clearance.declarations.formats.wco import write_declaration
from thongquan.clearance.declarations.labels import ACTIONS, DOORS, EVIDENCE, FLOWS, LEVELS, STATES, TAXES, TREATMENTS
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.declarations.plain import plain_state
from thongquan.clearance.declarations.queries import File, Stand, declaration_file, events_of, stand_of, stored_facts
from thongquan.clearance.declarations.queries.clocks import Due, clocks_of_declaration
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.declarations.views.common import actor_of_page, attached, fragment, language_now
from thongquan.clearance.declarations.views.lists import as_table
from thongquan.clearance.declarations.views.queueing import queue_bar, remember
from thongquan.clearance.declarations.views.reckoning import Reckoning, reckoning_of, table_of
from thongquan.rules.decision import Audience, Reason
from thongquan.rules.derivation import derive
from thongquan.rules.facts import Facts

STORY = 60
TOLD_TO_TRADERS = frozenset(
    {
        Step.AMEND,
        Step.AMEND_AFTER,
        Step.CANCEL,
        Step.CONFIRM_CORRECTION,
        Step.EXPIRE,
        Step.INSTRUCT,
        Step.REFUSE_AMENDMENT,
        Step.REFUSE_CANCEL,
        Step.REQUEST_AMENDMENT,
        Step.REQUEST_CANCEL,
    }
)
"""Steps whose reason is written for the declarant; the words of the others stay among officers."""
OFFICERS: frozenset[Audience] = frozenset({"officer", "analyst", "internal_control"})


@dataclass(frozen=True)
class Why:
    """A reason as a person reads it: its sentence, its law, its evidence."""

    reason: Reason
    told: Told
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Event:
    """Something that happened to the declaration, and the reason given for it."""

    text: str
    at: datetime
    by: str
    reason: str = ""


@page
@never_cache
@require_GET
def declaration(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a declaration, as much of it as this person may read."""
    actor = actor_of_page(request)
    kept = declaration_file(actor=actor, number=number)
    stand = stand_of(actor=actor, number=number)
    facts, _bytes, _stored = stored_facts(actor=actor, number=number)
    clocks, due = clocks_of_declaration(actor=actor, stand=stand, at=now())
    context: dict[str, Any] = {
        "file": kept,
        "document": kept.document,
        "decision": kept.decision,
        "strip": _strip(kept, due),
        "plain": plain_state(kept.summary, mine=kept.audience == "declarant"),
        "clocks": clocks,
        "flow": FLOWS.get(kept.summary.flow, kept.summary.flow),
        "door": DOORS.get(kept.summary.source, kept.summary.source),
        "reasons": _reasons(kept),
        "warnings": [sentence(fault) for fault in kept.decision.faults],
        "reckoning": reckoning_of(kept.document, kept.decision, derive(facts)),
        "law_on": facts.law.on,
        "facts": _facts(facts, kept.audience) if kept.audience in OFFICERS else None,
        "buttons": buttons_for(actor, stand),
        "panels": panels_for(actor, stand),
        "events": _story(stand, actor, kept),
        "proof_url": _proof_url(stand.subject),
        "can_copy": can_lodge(actor, kept.summary.tax_code),
        "language": language_now(),
    }
    bar = queue_bar(request, actor, stand)
    return remember(request, render(request, "declarations/file.html", {**context, "queue_bar": bar}), bar)


def _strip(kept: File, due: Due | None) -> dict[str, object]:
    summary = kept.summary
    return {
        "number": summary.number,
        "regime": summary.regime,
        "channel": summary.channel,
        "state": STATES.get(summary.state, summary.state),
        "at": summary.registered_at,
        "clock": clock_html(due, short=False) if due else None,
        "due_vnd": summary.due_vnd,
    }


def _reasons(kept: File) -> list[Why]:
    """Reasons in order of weight: those that ask for the stricter channel first."""
    ordered = sorted(kept.decision.reasons, key=lambda reason: (-reason.channel, reason.line or 0))
    return [Why(reason, sentence(reason), _evidence(reason)) for reason in ordered]


def _evidence(reason: Reason) -> tuple[tuple[str, str], ...]:
    """The line, and the values that have a name, in words where they are codes of ours."""
    line = ((_("Line"), str(reason.line)),) if reason.line is not None else ()
    words: dict[str, dict[str, Promise]] = {"tax": TAXES, "treatment": TREATMENTS}
    told = (
        (str(EVIDENCE[name]), str(words.get(name, {}).get(value, value)))
        for name, value in sorted(reason.values.items())
        if value and name in EVIDENCE
    )
    return (*line, *told)


def _facts(facts: Facts, audience: str) -> list[tuple[str, str]]:
    """What the decision was made from, for officers; the draw itself only for internal control."""
    level = LEVELS.get(facts.standing.level or 0, _("not assessed"))
    known = [
        (_("Compliance level"), str(level)),
        (_("Priority enterprise"), _("yes") if facts.standing.priority else _("no")),
        (_("Barred from simplified treatment"), _("yes") if facts.standing.barred else _("no")),
        (_("Same goods declared before"), ", ".join(one.number for one in facts.duplicates) or _("none")),
        (_("Law of"), facts.law.on.isoformat()),
        (_("Law version"), facts.law.version),
        (_("Rules release"), facts.rules_release),
        (_("Form of the facts"), str(facts.schema)),
    ]
    if audience == "internal_control" and facts.draw is not None:
        known.append((_("Random draw"), f"{facts.draw.value:.6f} ({facts.draw.key_id})"))
    return known


def _story(stand: Stand, actor: Actor, kept: File) -> list[Event]:
    """What the ledger has of it, newest first; officers see who acted, traders only people of their own side."""
    rows = ledger_page(EntryFilters(subject=stand.subject), size=STORY).rows
    names = names_of({row.actor for row in rows}) if kept.audience in OFFICERS else {actor.reference: actor.name}
    is_officer = kept.audience in OFFICERS
    told = (one for one in events_of(stand.number) if is_officer or one.kind in TOLD_TO_TRADERS)
    reasons = {(f"declaration.{one.kind}", one.at): one.reason for one in told}
    return [
        Event(
            str(ACTIONS.get(row.action, row.action)),
            row.at,
            names.get(row.actor, ""),
            reasons.get((row.action, row.at), ""),
        )
        for row in rows
    ]


def _proof_url(subject: str) -> str:
    try:
        return reverse("ledger:proof", args=[subject])
    except NoReverseMatch:
        return ""


@page
@never_cache
@require_http_methods(["GET", "POST"])
def replay(request: HttpRequest, number: str) -> HttpResponse:
    """Decide again from the stored facts and compare every byte. Changes nothing."""
    if request.method != "POST":
        return redirect("declarations:file", number)
    again = replay_declaration(actor=actor_of_page(request), number=number)
    context = {"again": again, "number": number}
    if request.headers.get("HX-Request"):
        return fragment(request, "declarations/_replayed.html", context)
    return render(request, "declarations/replayed.html", context)


@page
@require_GET
def document_json(request: HttpRequest, number: str) -> HttpResponse:
    """The document as the API takes it."""
    kept = declaration_file(actor=actor_of_page(request), number=number)
    return attached(answer_json(kept.document).content, "application/json", f"{number}.json")


@page
@require_GET
def document_xml(request: HttpRequest, number: str) -> HttpResponse:
    """The document as a WCO message. Raises `Conflict` when it holds what XML cannot carry."""
    kept = declaration_file(actor=actor_of_page(request), number=number)
    try:
        content = write_declaration(kept.document)
    except Refused as error:
        raise Conflict(number) from error
    return attached(content, "application/xml", f"{number}.xml")


@page
@require_GET
def duties_file(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Every duty with base, rate, amount and source, as a table."""
    head = [
        _("Line"),
        _("Goods code (HS)"),
        _("Description of the goods"),
        _("Customs value (VND)"),
        _("Tax"),
        _("Base (VND)"),
    ]
    head += [_("Rate (%)"), _("Amount per unit (VND)"), _("Amount (VND)"), _("Treatment"), _("Tariff schedule")]
    head += [_("Source"), _("Valid from"), _("Unverified")]
    return as_table(kind, f"{number}-duties", head, table_of(_reckoned(request, number)))


def _reckoned(request: HttpRequest, number: str) -> Reckoning:
    actor = actor_of_page(request)
    kept = declaration_file(actor=actor, number=number)
    facts, _bytes, _stored = stored_facts(actor=actor, number=number)
    return reckoning_of(kept.document, kept.decision, derive(facts))
