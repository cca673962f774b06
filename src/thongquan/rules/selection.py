"""Selection by chance and by the model of risk: what either adds to the channel, from stored facts alone.

Legal basis: Customs Law 54/2014/QH13 Art. 17 and 33; Circular 81/2019/TT-BTC Art. 16-17 (risk management, random
selection). The model can add a control and never take one away; how it came to its score is no matter of this module.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.codes import Code
from thongquan.rules.decision import Reason
from thongquan.rules.facts import Facts
from thongquan.rules.parameters import number

GOODS = 3
_RANDOM, _MODEL = "Customs Law 54/2014/QH13 Art. 33", "Customs Law 54/2014/QH13 Art. 17"


def share_of_chance(facts: Facts) -> Decimal:
    """The probability with which chance opens this declaration: the share of the day, or that of the hour if larger."""
    share = number(facts.law, "random_share")
    return max(share, facts.hour.share) if facts.hour else share


def random_reasons(facts: Facts) -> list[Reason]:
    """TQ-CHN-010: the draw of the declaration falls within the share of chance."""
    share = share_of_chance(facts)
    if facts.draw is None or facts.draw.value >= share:
        return []
    values = {"share": f"{(share * 100).normalize():f} %", "key": facts.draw.key_id}
    return [Reason(code=Code.TQ_CHN_010, channel=GOODS, source=_RANDOM, values=values)]


def model_opens(facts: Facts) -> bool:
    """Whether the model asks for an inspection: its rank reaches that of the hour, and no cap holds it back."""
    score, hour = facts.score, facts.hour
    if score is None or hour is None or hour.threshold is None or score.capped:
        return False
    return score.rank >= hour.threshold


def score_reasons(facts: Facts) -> list[Reason]:
    """TQ-CHN-030, TQ-CHN-031: the model opens; officers learn what it expects, analysts by which version and rank."""
    score, hour = facts.score, facts.hour
    if score is None or hour is None or not model_opens(facts):
        return []
    share = f"{(score.probability * 100).quantize(Decimal('0.1')):f} %"
    told = {"line": str(score.line), "probability": share, "amount": f"{score.duty_vnd:f}"}
    by = {"version": score.model, "rank": f"{score.rank:f}", "threshold": f"{hour.threshold:f}", "hour": hour.key}
    return [
        Reason(code=Code.TQ_CHN_030, channel=GOODS, source=_MODEL, line=score.line, values=told),
        Reason(code=Code.TQ_CHN_031, channel=GOODS, source=_MODEL, audience="analyst", values=by),
    ]


def is_touched(facts: Facts) -> bool:
    """Whether score and hour change the decision at all: else it is the same as without them."""
    if model_opens(facts):
        return True
    share = share_of_chance(facts)
    return share > number(facts.law, "random_share") and facts.draw is not None and facts.draw.value < share
