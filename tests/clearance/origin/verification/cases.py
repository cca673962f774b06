"""Cases of verification in the office of `tests.world`: opened, asked, written to, answered, closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.clearance.origin.papers import lodged, registered
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.origin.operations import (
    close_verification,
    open_verification,
    record_answer,
    sign_letter,
    use_certificate,
    write_letter,
)

ADDRESSEE, CONTACT = "Guangxi Customs District, Nanning", "Phòng Giám sát quản lý, 0205 0000 000"


def opened(
    customs: World, *certificates: int, words: str = "Con dấu lạ", at: datetime | None = None, **more: Any
) -> int:
    """A case opened by the officer of Hữu Nghị, on a newly registered certificate unless some are given."""
    keys = certificates or (registered(customs),)
    officer = customs.actor("clearance_officer")
    return open_verification(actor=officer, certificates=keys, words=words, at=at or now(), **more)


def used(customs: World) -> tuple[int, str]:
    """A certificate and the declaration that used it up."""
    key, number = registered(customs), lodged(customs)
    use_certificate(actor=customs.actor("clearance_officer"), certificate=key, declaration=number, at=now())
    return key, number


def requested(customs: World, case: int, *, kind: str = "request", at: datetime | None = None) -> int:
    """A letter written by the officer and signed by the leader."""
    moment = at or now()
    letter = write_letter(
        actor=customs.actor("clearance_officer"),
        verification=case,
        kind=kind,
        addressee=ADDRESSEE,
        contact=CONTACT,
        at=moment,
    )
    sign_letter(actor=customs.actor("team_leader"), verification=case, letter=letter, at=moment)
    return letter


def ended(customs: World, case: int, answer: str, outcome: str, *, at: datetime | None = None, **more: Any) -> datetime:
    """Requested, answered and closed by the leader; gives the moment of the end."""
    moment = at or now()
    requested(customs, case, at=moment)
    over = moment + timedelta(days=190) if answer == "no_answer" else moment
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")
    record_answer(actor=officer, verification=case, answer=answer, words="Công văn trả lời", at=over)
    close_verification(actor=leader, verification=case, outcome=outcome, words="Theo trả lời", at=over, **more)
    return over
