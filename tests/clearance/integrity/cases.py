"""Officers' acts made up, signals of them, and cases in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.world import World
from thongquan.base.accounts.models import Membership
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.integrity.models import DoneAct, Signal
from thongquan.clearance.integrity.operations.cases import answer_case, ask_officer, propose_end
from thongquan.clearance.integrity.operations.signals import reckon_signals

PROGRAM = system_actor("integrity")


def acted(officer: str, count: int, *, days_ago: int = 5, **changes: Any) -> None:
    """So many checks of documents by an officer, each of a declaration of its own."""
    at = now() - timedelta(days=days_ago)
    start = 88_000_000_000 + DoneAct.objects.count()
    fields: dict[str, Any] = {
        "place": 0,
        "office": "15BB",
        "step": "documents_checked",
        "at": at,
        "lodger": "9999900011",
        "hour": 9,
        "minutes": 40,
        "outcome": "agrees",
        **changes,
    }
    DoneAct.objects.bulk_create(DoneAct(declaration=start + place, officer=officer, **fields) for place in range(count))


def reckoned() -> int:
    """Reckon the signals of today."""
    return reckon_signals(actor=PROGRAM, on=timezone.localdate(now()), at=now())


def officer(customs: World) -> Actor:
    """The officer that signals of these tests are about."""
    return customs.actor("clearance_officer")


def signal(customs: World) -> Signal:
    """A signal: the officer lowered channels far more than colleagues."""
    mine = officer(customs).reference
    acted(mine, 30, step="propose_lower_channel", outcome="")
    acted("user:9001", 400)
    reckoned()
    return Signal.objects.get(kind="overrides")


def asked(customs: World) -> int:
    """A case in which the officer was asked."""
    return ask_officer(
        actor=customs.actor("internal_control"), signal=signal(customs).pk, question="Vì sao hạ luồng?", at=now()
    )


def answered(customs: World) -> int:
    """The officer answered."""
    case = asked(customs)
    answer_case(actor=officer(customs), case=case, answer="Theo kết quả soi chiếu", at=now())
    return case


def proposed(customs: World) -> int:
    """An end was proposed."""
    case = answered(customs)
    propose_end(
        actor=customs.actor("internal_control"), case=case, end="explained", ground="Có ảnh soi chiếu", at=now()
    )
    return case


def second_controller(customs: World) -> Actor:
    """Another person of internal control: the auditor, given the role too."""
    membership = Membership.objects.get(user=customs.user("internal_control"))
    membership.pk, membership.user = None, customs.user("auditor")
    membership.save()
    return customs.actor("auditor")
