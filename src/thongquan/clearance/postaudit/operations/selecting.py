"""Choosing what to audit: by criteria, by a random share that nobody can steer, and by a risk score where one is given.

Legal basis: Customs Law 54/2014/QH13 Art. 78; Circular 81/2019/TT-BTC Art. 17 (random selection is a factor).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

import msgspec
from django.conf import settings
from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.core.secrets import secret
from thongquan.base.ledger.operations import record
from thongquan.clearance.postaudit.criteria import ONE, Criteria, criteria_faults
from thongquan.clearance.postaudit.models import Candidate, Selection
from thongquan.clearance.postaudit.operations.steps import missing_words
from thongquan.clearance.postaudit.permissions import offices_for
from thongquan.clearance.postaudit.queries import candidates_for
from thongquan.rules import draw
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MOST = 5_000
"""Declarations one selection looks at, at most: the newest."""


def make_selection(
    *,
    actor: Actor,
    name: str,
    criteria: Criteria,
    random_share: Decimal,
    at: datetime,
    score_at_least: Decimal | None = None,
) -> int:
    """Write down a selection over the offices the actor selects for; gives its identity.

    `random_share` is the fraction (0 to 1) of the declarations of the period that is drawn besides. Raises
    `NotAllowed`; `Refused` with TQ-AUD-004, TQ-AUD-012, all at once.
    """
    offices = sorted(offices_for(actor, "postaudit.select"))
    if not offices:
        raise NotAllowed("postaudit.select")
    faults = [*missing_words(name=name), *criteria_faults(criteria)]
    for field, share in (("random_share", random_share), ("score_at_least", score_at_least)):
        if share is not None and not (share.is_finite() and 0 <= share <= ONE):
            faults.append(Fault(code=Code.TQ_AUD_012, path=field, value=str(share), values={"field": field}))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        row = Selection.objects.create(
            name=name.strip(),
            criteria=msgspec.to_builtins(criteria),
            random_share=random_share,
            score_at_least=score_at_least,
            made_at=at,
            made_by=actor.reference,
            offices=offices,
        )
        _tell(row, "made", actor, at, {"random_share": str(random_share)})
        return row.id


def run_selection(
    *, actor: Actor, selection: int, at: datetime, scores: Mapping[int, Decimal] | None = None
) -> dict[str, int]:
    """Choose: what meets the criteria, what the draw takes, and what scores high enough; gives how many by why.

    `scores` are risk scores by the eleven-digit key, for a later risk model. A selection runs once. Raises `NotFound`,
    `Conflict`.
    """
    with transaction.atomic():
        row = Selection.objects.select_for_update().filter(id=selection).first()
        offices = sorted(set(row.offices) & offices_for(actor, "postaudit.select")) if row else []
        if row is None or not offices:
            raise NotFound(str(selection))
        if row.run_at is not None:
            raise Conflict(str(selection))
        criteria = msgspec.convert(row.criteria, Criteria, strict=False)
        everything, matching = candidates_for(actor, offices, criteria)
        matched = set() if criteria.is_empty else set(matching.order_by("-id").values_list("id", flat=True)[:MOST])
        found = everything.order_by("-id").values_list("id", "office")[:MOST]
        chosen = list(_chosen(row, found, matched, scores or {}))
        Candidate.objects.bulk_create(chosen)
        row.run_at = at
        row.save(update_fields=["run_at"])
        counts = {why: sum(one.why == why for one in chosen) for why in ("criteria", "random", "score")}
        _tell(row, "run", actor, at, {"chosen": counts})
        return counts


def _chosen(
    row: Selection, found: Iterable[tuple[int, str]], matched: set[int], scores: Mapping[int, Decimal]
) -> Iterable[Candidate]:
    """The reason told is the first that holds: criteria, then score, then the draw."""
    for key, office in found:
        drawn, score = _draw(row.id, key), scores.get(key)
        why = _why(row, drawn, score, matches=key in matched)
        if why:
            yield Candidate(selection=row, declaration_id=key, office=office, why=why, draw=drawn, score=score)


def _why(row: Selection, drawn: Decimal, score: Decimal | None, *, matches: bool) -> str:
    if matches:
        return "criteria"
    if score is not None and row.score_at_least is not None and score >= row.score_at_least:
        return "score"
    return "random" if drawn < row.random_share else ""


def _draw(selection: int, key: int) -> Decimal:
    """A number in [0, 1) that nobody can foresee or repeat at will: HMAC of selection and declaration."""
    goods = f"postaudit:{selection}:{key}".encode()
    return draw.draw_from(goods, secret=secret(settings.DRAW_SECRET_NAME), key_id=settings.DRAW_SECRET_NAME).value


def _tell(row: Selection, verb: str, actor: Actor, at: datetime, details: Mapping[str, object]) -> None:
    kind, subject = f"audit_selection.{verb}", f"audit_selection:{row.id}"
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=kind, subject=subject, payload=dict(details), at=at)
