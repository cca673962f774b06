"""Keeping what the model said of declarations, from the outbox: with its reasons, and also where it is not let in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from thongquan.clearance.risk.model_states import Mode
from thongquan.clearance.risk.models import DeclarationScore
from thongquan.clearance.risk.queries.champions import Champion, champion, scorer_of
from thongquan.clearance.risk.scoring.lodging import scored
from thongquan.clearance.risk.scoring.memory import held, hour_of
from thongquan.clearance.risk.scoring.scores import reasons_of
from thongquan.learning.risk.model import ModelError
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision
from thongquan.rules.facts import Facts, Score
from thongquan.rules.selection import model_opens, share_of_chance


class LodgedFacts(msgspec.Struct, frozen=True):
    """A declaration as it was lodged: its number, facts and decision."""

    number: str
    facts: Facts
    decision: Decision


def keep_scores(lodged: Iterable[LodgedFacts], *, at: datetime) -> int:
    """Keep the score of each; gives how many. A score that entered the decision is kept as it was, else it is made now.

    Nothing without a champion. What is kept already stays.
    """
    one = champion(at)
    if one is None:
        return 0
    rows = [row for each in lodged if (row := _row(each, one, at)) is not None]
    DeclarationScore.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _row(each: LodgedFacts, one: Champion, at: datetime) -> DeclarationScore | None:
    facts, entered = each.facts, each.facts.score
    known = held(at)
    hour = hour_of(known, facts.document.office or "", facts.at)
    if entered is None and facts.hour is not None:
        return None
    score = entered or scored(facts, each.decision, one, known, hour)
    if score is None:
        return None
    judged = facts if entered else msgspec.structs.replace(facts, score=score, hour=hour.fact if hour else None)
    trader = facts.document.trader
    codes = {reason.code for reason in each.decision.reasons}
    return DeclarationScore(
        number=each.number,
        office=facts.document.office or "",
        tax_code=(trader and trader.tax_code) or "",
        at=facts.at,
        mode=str(Mode.ACTIVE if entered else min(one.mode, Mode.INFORMED, key=list(Mode).index)),
        model=score.model,
        past=score.past,
        line=score.line,
        probability=score.probability,
        rank=score.rank,
        duty_vnd=score.duty_vnd,
        threshold=judged.hour.threshold if judged.hour else None,
        share=share_of_chance(facts),
        drawn=Code.TQ_CHN_010 in codes,
        opened=Code.TQ_CHN_030 in codes,
        would=model_opens(judged),
        channel=each.decision.channel or 0,
        reasons=_reasons(score, one),
        rows=list(score.rows),
        vectors=score.vectors,
    )


def _reasons(score: Score, one: Champion) -> list[list[object]]:
    """Three to five meanings with their weights; none when that version cannot be read any more."""
    try:
        scorer = one.scorer if one.version == score.model else scorer_of(score.model)
    except ModelError:
        return []
    return [[str(reason.meaning), round(reason.weight, 4)] for reason in reasons_of(score, scorer)]
