"""The conditions of release of a declaration as they stand now: facts of every room, judged by `rules.release`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.classification.queries.findings import search_of
from thongquan.clearance.control.models import Preservation, RequestedCheck, SpecializedInspection
from thongquan.clearance.control.queries.due import due_of, law_day
from thongquan.clearance.declarations.queries import Happened, Stand, events_of, facts_in_force, stand_of
from thongquan.clearance.declarations.states import State, Step
from thongquan.clearance.revenue.queries import balance_of
from thongquan.clearance.tariff.queries.releases import release_law_on
from thongquan.rules.facts import Facts
from thongquan.rules.release import (
    ACCEPT,
    AskedCheck,
    Condition,
    GoodsCondition,
    Purpose,
    ReleaseFacts,
    conditions_of,
    is_open,
)

AGREES = "agrees"
SIMILAR_GOODS = "similar_goods"
"""The search for the same goods under other codes, as a check that release waits for."""
VALUE_CONSULTATION = "valuation"
"""The consultation on the customs value: clearance waits for it, release does not (Customs Law Art. 36)."""
_CHANGES = frozenset({Step.AMEND, Step.COMPLETE, Step.CONFIRM_CORRECTION})
_CHECKS = frozenset({Step.DOCUMENTS_CHECKED, Step.GOODS_INSPECTED})


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The conditions of one declaration for one purpose; `is_open` when nothing is missing."""

    stand: Stand
    purpose: Purpose
    conditions: tuple[Condition, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return is_open(self.conditions)

    @property
    def missing(self) -> tuple[Condition, ...]:
        """What is missing, in the order of the law."""
        return tuple(one for one in self.conditions if not one.met)


def conditions_of_declaration(*, actor: Actor, number: str, purpose: Purpose) -> Standing:
    """What release or clearance still waits for; for whoever may see the declaration. Raises `NotFound`."""
    return conditions_for(stand_of(actor=actor, number=number), purpose)


def conditions_for(stand: Stand, purpose: Purpose, *, answered: bool = False) -> Standing:
    """The same for operations, which have checked who asks. `answered`: the final result is stated just now."""
    facts = release_facts(stand, answered=answered)
    if purpose == "release":
        left = tuple(check for check in facts.checks if check.name != VALUE_CONSULTATION)
        facts = msgspec.structs.replace(facts, checks=left)
    return Standing(
        stand=stand, purpose=purpose, conditions=conditions_of(facts, release_law_on(law_day(stand)), purpose)
    )


def release_facts(stand: Stand, *, answered: bool = False) -> ReleaseFacts:
    """Everything that the conditions of release read."""
    events, lodged = events_of(stand.number), facts_in_force(stand.number)
    balance, due = balance_of(stand.subject), due_of(stand)
    preserved = Preservation.objects.filter(declaration_id=stand.key, granted=True).order_by("-id").first()
    return ReleaseFacts(
        channel=stand.channel,
        settled=balance.settled,
        guaranteed=balance.guaranteed_vnd > 0,
        open_vnd=balance.uncovered_vnd,
        gate=lodged.document.gate or "",
        documents_due=due.documents,
        goods_due=due.goods,
        documents_good=documents_are_good(events),
        goods_good=goods_are_good(events),
        goods=_goods(lodged, _results(stand)),
        checks=_asked(stand, events),
        question=_question(stand, events),
        answered=answered,
        preserved=stand.state == State.PRESERVED,
        preserved_good=preserved is not None and preserved.result == "passed",
    )


def documents_are_good(events: Sequence[Happened]) -> bool:
    """Whether the last document check agreed and nothing was amended since."""
    last = _last(events, {Step.DOCUMENTS_CHECKED})
    return last >= 0 and events[last].data.get("outcome") == AGREES and _last(events, _CHANGES) < last


def goods_are_good(events: Sequence[Happened]) -> bool:
    """Whether the goods agreed with the declaration, or what was found was taken over by an amendment since.

    An inspection is not made again because papers were put right: then it is the document check of the new version
    that says whether it now tells what the inspectors found.
    """
    last = _last(events, {Step.GOODS_INSPECTED})
    if last < 0:
        return False
    return events[last].data.get("outcome") == AGREES or (_last(events, _CHANGES) > last and documents_are_good(events))


def _last(events: Sequence[Happened], kinds: Iterable[str]) -> int:
    """Place of the last event of these kinds; -1 when there is none."""
    wanted = frozenset(kinds)
    return max((place for place, event in enumerate(events) if event.kind in wanted), default=-1)


Results = dict[tuple[str, str], list[tuple[frozenset[int], bool]]]


def _results(stand: Stand) -> Results:
    """Specialized inspections by kind and code: the lines they are about (none for all) and whether they passed."""
    rows = SpecializedInspection.objects.filter(declaration_id=stand.key, result_at__isnull=False).order_by("id")
    found: Results = {}
    for row in rows:
        found.setdefault((row.kind, row.code), []).append((frozenset(row.lines), row.result == "passed"))
    return found


def _passed(results: Results, kind: str, code: str, line: int) -> bool:
    """Whether the latest result that concerns the line is a good one."""
    told = [good for lines, good in results.get((kind, code), []) if not lines or line in lines]
    return bool(told) and told[-1]


def _goods(lodged: Facts, results: Results) -> tuple[GoodsCondition, ...]:
    document = lodged.document
    return tuple(
        GoodsCondition(
            line=line.number,
            hs=line.hs or "",
            kind=condition.kind,
            code=condition.code,
            gates=condition.gates,
            fulfilled=bool(line.permits or document.permits)
            if condition.kind == "licence"
            else _passed(results, condition.kind, condition.code, line.number),
            source=condition.source,
            verified=condition.verified,
        )
        for line, law in zip(document.lines, lodged.law.lines, strict=True)
        for condition in law.conditions
        if not condition.origins or line.origin in condition.origins
    )


def _asked(stand: Stand, events: Sequence[Happened]) -> tuple[AskedCheck, ...]:
    """Checks asked for; a bad report is answered by a check of documents or goods that agreed afterwards."""
    agreed = [event.at for event in events if event.kind in _CHECKS and event.data.get("outcome") == AGREES]
    found = []
    for row in RequestedCheck.objects.filter(declaration_id=stand.key).order_by("id"):
        outcome = row.outcome or "waiting"
        if outcome == "bad" and row.reported_at and any(at > row.reported_at for at in agreed):
            outcome = "good"
        found.append(AskedCheck(name=row.name, outcome=outcome))  # type: ignore[arg-type]  # written by us alone
    if all(one.name != SIMILAR_GOODS for one in found):
        found.append(AskedCheck(name=SIMILAR_GOODS, outcome=_searched(stand)))
    return tuple(found)


def _searched(stand: Stand) -> Literal["waiting", "good"]:
    """Whether the version in force was held against all other lines, and an alarm has had its effect on the channel."""
    search = search_of(stand.key)
    if search is None or search.version < stand.version:
        return "waiting"
    return "waiting" if search.alarms and stand.channel == ACCEPT else "good"


def _question(stand: Stand, events: Sequence[Happened]) -> str:
    """What was left open when the goods were released and are not cleared yet."""
    last = _last(events, {Step.RELEASE})
    return str(events[last].data.get("question", "")) if stand.state == State.RELEASED and last >= 0 else ""
