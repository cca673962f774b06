"""Release and clearance: only when every condition of the law of the day is met, else each missing one is named.

Legal basis: Customs Law 54/2014/QH13 Art. 36 (release while the final tax is open, final within 30 days) and Art. 37
(clearance); Circular 38/2015/TT-BTC Art. 19.3 (channel 1: accepted as declared, so the program itself clears).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.permissions import is_program
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.common import given_reason, locked_stand, plain_words, refuse
from thongquan.clearance.control.queries.conditions import Standing, conditions_for
from thongquan.clearance.control.queries.due import law_day
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.release import ACCEPT, Condition, Purpose

CLEARER = "clearance"
QUESTIONS = ("code", "value", "other")
"""What may be open at release: VNACCS release reasons A, B, C."""


def release_goods(*, actor: Actor, number: str, question: str, reason: str, at: datetime) -> Stand:
    """Let goods go while the final tax is open; `question` says what is open (`code`, `value`, `other`).

    Raises `Refused` with a fault for every unmet condition (TQ-CTL-060 to -071), TQ-CTL-051 without a reason,
    TQ-LIF-001; `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        stand = _asked_for(actor, number, Step.RELEASE)
        words = given_reason(reason)
        if question not in QUESTIONS:
            raise refuse(Code.TQ_CTL_051, path="question", value=question)
        _check_conditions(stand, "release")
        data = {"question": question}
        return take_step(actor=actor, number=number, step=Step.RELEASE, at=at, reason=words, data=data, details=data)


def clear_goods(*, actor: Actor, number: str, result: str = "", at: datetime) -> Stand:
    """Clear goods; where they were released before, `result` states the answer to what was open then.

    The program clears the green channel alone. Raises `Refused` with a fault for every unmet condition, `NotAllowed`.
    """
    with transaction.atomic():
        stand = _asked_for(actor, number, Step.CLEAR)
        if is_program(actor) and (stand.channel != ACCEPT or stand.state != State.SETTLED):
            raise NotAllowed("control.clear")
        _check_conditions(stand, "clear", answered=bool(plain_words(result)))
        details = {"automatic": is_program(actor)}
        return take_step(
            actor=actor,
            number=number,
            step=Step.CLEAR,
            at=at,
            reason=plain_words(result),
            data=details,
            details=details,
        )


def clear_by_itself(*, stand: Stand, at: datetime) -> bool:
    """Clear a settled declaration of the green channel as the program, when nothing is missing; else leave it."""
    if stand.channel != ACCEPT or stand.state != State.SETTLED:
        return False
    if not conditions_for(stand, "clear").is_open:
        return False
    try:
        clear_goods(actor=system_actor(CLEARER), number=stand.number, at=at)
    except (Refused, NotAllowed):  # somebody was faster: the channel or the state is another by now
        return False
    return True


def fault_of(condition: Condition) -> Fault:
    """What is missing, as a fault."""
    return Fault(code=condition.why, path=condition.name, line=condition.line, values=condition.values)


def _asked_for(actor: Actor, number: str, step: Step) -> Stand:
    """The declaration, locked, with the permission asked first."""
    return locked_stand(actor=actor, number=number, permission=STEPS[step].who)


def _check_conditions(stand: Stand, purpose: Purpose, *, answered: bool = False) -> None:
    found: Standing = conditions_for(stand, purpose, answered=answered)
    if not found.conditions:
        raise refuse(Code.TQ_CTL_070, on=law_day(stand).isoformat())
    if found.missing:
        raise Refused([fault_of(one) for one in found.missing])
