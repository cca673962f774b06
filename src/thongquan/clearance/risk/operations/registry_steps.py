"""Two people for every step forward: one proposes the seat of the champion or its next mode, another decides.

Legal basis: Customs Law 54/2014/QH13 Art. 17; Circular 81/2019/TT-BTC Art. 5-7.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.risk.model_states import NEXT, SEATABLE, Asked, Mode, Role, Step
from thongquan.clearance.risk.models import ModelAlarm, ModelProposal, ModelVersion
from thongquan.clearance.risk.operations.registry import happened, locked, not_now, overtake, whole, worded
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.champions import forget_champion
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

APPROVED, REFUSED, WITHDRAWN = "approved", "refused", "withdrawn"


def propose_seat(*, actor: Actor, version: str, words: str, at: datetime) -> int:
    """Propose a version for the seat of the champion, in the mode it may have: the champion's, or shadow for the first
    one and for one that was let in less far. Gives the proposal.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-RSK-009, -040, -042, all at once.
    """
    check_may(actor, "risk.propose_model")
    with transaction.atomic():
        row = locked(version)
        return _propose(actor, row, Asked.SEAT, Mode.SHADOW, words, at, stands=row.role in SEATABLE)


def propose_mode(*, actor: Actor, version: str, words: str, at: datetime) -> int:
    """Propose to let the champion in one mode further. Raises as `propose_seat`."""
    check_may(actor, "risk.propose_model")
    with transaction.atomic():
        row = locked(version)
        further = NEXT.get(Mode(row.mode))
        stands = row.role == Role.CHAMPION and further is not None
        return _propose(actor, row, Asked.MODE, further or Mode(row.mode), words, at, stands=stands)


def _propose(
    actor: Actor, row: ModelVersion, asked: Asked, mode: Mode, words: str, at: datetime, *, stands: bool
) -> int:
    waiting = ModelProposal.objects.filter(model=row, outcome="").exists()
    faults = [*worded(words), *whole(row)]
    if not stands or waiting:
        faults.append(not_now(row))
    if faults:
        raise Refused(faults)
    made = ModelProposal.objects.create(
        model=row,
        asked=asked,
        mode=mode,
        why=storable(words).strip()[:2_000],
        proposed_by=actor.reference,
        proposed_at=at,
    )
    happened(row, Step.PROPOSE, actor.reference, at, words=words, data={"asked": str(asked), "to": str(mode)})
    return int(made.pk)


def approve_step(*, actor: Actor, version: str, words: str, at: datetime) -> None:
    """Approve what another person proposed: it holds from this moment.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-RSK-040, -041, -042, all at once.
    """
    check_may(actor, "risk.approve_model")
    with transaction.atomic():
        row = locked(version)
        proposal = _waiting(row)
        faults = whole(row)
        if actor.reference in (proposal.proposed_by, row.registered_by):
            faults.append(Fault(code=Code.TQ_RSK_041, path="actor", value=row.version[:8]))
        if not _still(row, proposal):
            faults.append(not_now(row))
        if faults:
            raise Refused(faults)
        _decide(proposal, APPROVED, actor, words, at)
        if proposal.asked == Asked.SEAT:
            _seat(row, proposal, actor, words, at)
        else:
            row.mode = proposal.mode
            row.save(update_fields=["mode"])
            _approved(row, proposal, actor, words, at)
        transaction.on_commit(forget_champion)


def refuse_step(*, actor: Actor, version: str, words: str, at: datetime) -> None:
    """Refuse what was proposed, with the reason. Raises `NotAllowed`, `NotFound`; `Refused` with TQ-RSK-009."""
    check_may(actor, "risk.approve_model")
    with transaction.atomic():
        row = locked(version)
        proposal = _waiting(row)
        if faults := worded(words):
            raise Refused(faults)
        _decide(proposal, REFUSED, actor, words, at)
        happened(row, Step.REFUSE, actor.reference, at, words=words, data={"asked": proposal.asked})


def withdraw_step(*, actor: Actor, version: str, words: str, at: datetime) -> None:
    """Take a proposal back. Raises as `refuse_step`, without words too."""
    check_may(actor, "risk.propose_model")
    with transaction.atomic():
        row = locked(version)
        proposal = _waiting(row)
        _decide(proposal, WITHDRAWN, actor, words, at)
        happened(row, Step.WITHDRAW, actor.reference, at, words=words, data={"asked": proposal.asked})


def _waiting(row: ModelVersion) -> ModelProposal:
    """What waits for a decision. Raises `Refused` with TQ-RSK-040."""
    found = ModelProposal.objects.select_for_update().filter(model=row, outcome="").first()
    if found is None:
        raise Refused([not_now(row)])
    return found


def _still(row: ModelVersion, proposal: ModelProposal) -> bool:
    """Whether what was proposed is still the next step."""
    if proposal.asked == Asked.SEAT:
        return row.role in SEATABLE
    return row.role == Role.CHAMPION and NEXT.get(Mode(row.mode)) == proposal.mode


def _decide(proposal: ModelProposal, outcome: str, actor: Actor, words: str, at: datetime) -> None:
    proposal.outcome, proposal.decided_by, proposal.decided_at = outcome, actor.reference, at
    proposal.words = storable(words).strip()[:2_000]
    proposal.save(update_fields=["outcome", "decided_by", "decided_at", "words"])


def _seat(row: ModelVersion, proposal: ModelProposal, actor: Actor, words: str, at: datetime) -> None:
    """Give the seat; who held it is kept to fall back to. A newcomer begins in the shadow: no mode is inherited."""
    before = ModelVersion.objects.filter(role=Role.CHAMPION).first()
    if before is not None:
        before.role = Role.RETIRED
        before.save(update_fields=["role"])
        overtake(before, actor.reference, at)
        happened(before, Step.REPLACED, actor.reference, at, data={"by": row.version})
    row.role, row.mode, row.seated_at, row.seated_by = Role.CHAMPION, proposal.mode, at, actor.reference
    row.failed_at, row.failure = None, ""
    row.save()
    ModelAlarm.objects.filter(model=row, ended_at=None).update(ended_at=at, ended_by=actor.reference)
    _approved(row, proposal, actor, words, at)


def _approved(row: ModelVersion, proposal: ModelProposal, actor: Actor, words: str, at: datetime) -> None:
    data = {"asked": proposal.asked, "to": proposal.mode, "proposed_by": proposal.proposed_by}
    happened(row, Step.APPROVE, actor.reference, at, words=words, data=data)


def proposal_of(version: str) -> ModelProposal:
    """The proposal that waits for a decision about a version. Raises `NotFound`."""
    found = ModelProposal.objects.filter(model__version=version, outcome="").first()
    if found is None:
        raise NotFound(version)
    return found
