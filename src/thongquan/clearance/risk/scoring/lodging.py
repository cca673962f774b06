"""Selection while a declaration is lodged: score and hour become facts, and the rules decide with them.

Without a champion, or with one that is not let in this far, nothing is done. A model, a past or an hour that is not
there or does not fit leaves rules and chance, and an alarm: lodging never waits for the model and never fails by it.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from django.db import transaction
from msgspec.structs import replace

from thongquan.clearance.risk.model_alarms import raise_alarm
from thongquan.clearance.risk.model_states import Mode, Trouble
from thongquan.clearance.risk.models import ModelVersion
from thongquan.clearance.risk.queries.champions import Champion, champion
from thongquan.clearance.risk.scoring.memory import FRESH, Held, HeldHour, held, hour_of
from thongquan.clearance.risk.scoring.scores import score_of
from thongquan.learning.risk.model import ModelError
from thongquan.rules.clearance import decide
from thongquan.rules.decision import Decision
from thongquan.rules.facts import Facts, Score
from thongquan.rules.selection import is_touched

log = logging.getLogger(__name__)
USUAL_TRADE_OFF = 0.05
"""While no hour was reckoned."""
_UNFIT = (ModelError, ValueError, LookupError, ArithmeticError, TypeError, RuntimeError, StopIteration)
"""What a model or a past that does not fit may raise."""
_told_at: dict[str, datetime] = {}


def forget_alarms() -> None:
    """Let the next trouble be told at once."""
    _told_at.clear()


def selected(facts: Facts, decision: Decision) -> tuple[Facts, Decision]:
    """Facts and decision of an accepted declaration with what the model and the hour of the office add."""
    one = champion(facts.at)
    if one is None or one.mode is not Mode.ACTIVE:
        return facts, decision
    known = held(facts.at)
    hour = hour_of(known, facts.document.office or "", facts.at)
    score = scored(facts, decision, one, known, hour)
    more = replace(facts, score=score, hour=hour.fact if hour else None)
    return more, decide(more) if is_touched(more) else decision


def scored(facts: Facts, decision: Decision, one: Champion, known: Held, hour: HeldHour | None) -> Score | None:
    """What the champion says of an accepted declaration; None, with an alarm, when it cannot say."""
    if known.past is None:
        _alarm(one, Trouble.MISSING, facts.at)
        return None
    trade_off = hour.trade_off if hour else USUAL_TRADE_OFF
    try:
        score = score_of(facts, decision, known.past, one.scorer, trade_off=trade_off)
    except _UNFIT:
        log.exception("the model of risk %s could not score; rules and chance select", one.version)
        _alarm(one, Trouble.FOREIGN, facts.at)
        return None
    trader = facts.document.trader
    capped = bool(hour and trader and trader.tax_code in hour.capped)
    return replace(score, capped=True) if capped else score


def _alarm(one: Champion, trouble: Trouble, at: datetime) -> None:
    """Raise the alarm once what is under way is written, at most every thirty seconds from this process."""
    before = _told_at.get(one.version)
    if before is not None and abs(at - before) < FRESH:
        return
    _told_at[one.version] = at
    transaction.on_commit(partial(_raise, one.version, trouble, at), robust=True)


def _raise(version: str, trouble: Trouble, at: datetime) -> None:
    row = ModelVersion.objects.filter(version=version).first()
    if row is not None:
        raise_alarm(model=row.pk, trouble=trouble, instead="", at=at)
