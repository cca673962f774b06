"""Suggested codes as this or that person may see them: candidates, how sure they are, and the texts behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

import msgspec

from thongquan.base.accounts.permissions import is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.permissions import offices_for, own_enterprises
from thongquan.clearance.classification.queries.suggesting_knowledge import visible_to
from thongquan.clearance.classification.queries.suggesting_models import InForce, model_in_force
from thongquan.clearance.classification.suggesting_labels import NO_MODEL, QUESTIONS, SOURCES, UNSURE
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.goods import LINE, Goods, goods_named, lines_below
from thongquan.clearance.tariff.queries.goods import below as children
from thongquan.learning.suggest import Example, Suggestion, Vague, suggested_at
from thongquan.learning.text import MOST_CHARACTERS
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

LEVELS = (2, 4, 6, 8)
THRESHOLD = 0.5
"""Below this chance of being right no code is proposed: a wrong one would be more likely than a right one."""
MOST_AT_ONCE = 100
_SHOWN_TEXT, _MOST_LINES = 300, 20


class SuggestedText(msgspec.Struct, frozen=True):
    """A text that led to a candidate: what it says, its whole code, who says so, how often it was declared."""

    text: str
    code: str
    source: str
    said_by: str
    times: int


class SuggestedCode(msgspec.Struct, frozen=True):
    """A candidate. `sureness` is the chance that it is right, 0 to 1, None where that was never measured.

    `listed` is False when the nomenclature of the day has no such code; `opens` when there are more digits below it.
    """

    code: str
    name: str
    sureness: float | None
    listed: bool
    opens: bool
    evidence: tuple[SuggestedText, ...]


class SuggestedCodes(msgspec.Struct, frozen=True):
    """The answer to one description.

    `outcome`: proposed; unsure (candidates are shown, none is proposed); refused (`question` is what to ask); silent
    (there is no model). `model` is the version that answered, `trained_at` when it was trained.
    """

    outcome: str
    digits: int
    candidates: tuple[SuggestedCode, ...]
    question: str
    refusal: str = ""
    model: str = ""
    trained_at: datetime | None = None


class GoodsQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A description, the digits wanted, and the code that candidates must begin with."""

    description: str
    digits: int = 4
    under: str = ""


def may_ask(actor: Actor) -> bool:
    """`classification.ask`: whoever may read for an enterprise or for an office, and the program itself."""
    return bool(own_enterprises(actor) or offices_for(actor, "classification.see") or is_program(actor))


def check_may_ask(actor: Actor) -> None:
    """Raise `NotAllowed` unless `may_ask`."""
    if not may_ask(actor):
        raise NotAllowed("classification.ask")


def suggestion(*, actor: Actor, question: GoodsQuestion, on: date, language: str) -> SuggestedCodes:
    """Candidates for one description. Raises `NotAllowed`; `Refused` with TQ-CLS-085, -086."""
    return suggestions(actor=actor, questions=[question], on=on, language=language)[0]


def suggestions(*, actor: Actor, questions: Sequence[GoodsQuestion], on: date, language: str) -> list[SuggestedCodes]:
    """Candidates for several, in the order asked. Raises `NotAllowed`; `Refused` with TQ-CLS-083, -085, -086, all
    faults of all questions at once."""
    check_may_ask(actor)
    if faults := question_faults(questions):
        raise Refused(faults)
    force = model_in_force()
    if force is None:
        return [SuggestedCodes("silent", one.digits, (), str(NO_MODEL)) for one in questions]
    visible, vague = visible_to(actor), vague_of_day(on)
    found = [_asked(force, one, vague, visible) for one in questions]
    names = goods_named({one.code for each in found for one in each.candidates}, on, language)
    return [_told(force, one, names) for one in found]


def question_faults(questions: Sequence[GoodsQuestion]) -> list[Fault]:
    """Everything wrong with what is asked. A path tells the place of several: `items[3].digits`."""
    if len(questions) > MOST_AT_ONCE:
        values = {"limit": str(MOST_AT_ONCE)}
        return [Fault(code=Code.TQ_CLS_083, path="items", value=str(len(questions)), values=values)]
    return [fault for place, one in enumerate(questions) for fault in _faults(one, _path(place, len(questions)))]


def _path(place: int, count: int) -> str:
    return f"items[{place}]." if count > 1 else ""


def _faults(one: GoodsQuestion, path: str) -> Iterable[Fault]:
    if one.digits not in LEVELS:
        yield Fault(code=Code.TQ_CLS_085, path=f"{path}digits", value=str(one.digits)[:20])
    if one.under and not (one.under.isascii() and one.under.isdigit() and len(one.under) in (2, 4, 6)):
        yield Fault(code=Code.TQ_CLS_086, path=f"{path}under", value=one.under[:20])


def _asked(force: InForce, one: GoodsQuestion, vague: Vague, visible: Callable[[Example], bool]) -> Suggestion:
    text = one.description[:MOST_CHARACTERS]
    found = suggested_at(
        force.model, text, (one.digits,), under=one.under, threshold=THRESHOLD, vague=vague, visible=visible
    )
    return found[one.digits]


def vague_of_day(on: date) -> Vague:
    """The terms too vague to classify, as the law of the day lists them."""
    return _vague_of(current_law().vague_terms(on))


@lru_cache(maxsize=4)
def _vague_of(terms: frozenset[str]) -> Vague:
    return Vague(terms)


def _told(force: InForce, found: Suggestion, names: dict[str, Goods]) -> SuggestedCodes:
    if found.refusal is not None:
        question = str(QUESTIONS[found.refusal])
        return SuggestedCodes("refused", found.digits, (), question, found.refusal, force.version, force.trained_at)
    candidates = tuple(
        SuggestedCode(
            code=one.code,
            name=names[one.code].name if one.code in names else "",
            sureness=None if one.sureness is None else round(one.sureness, 3),
            listed=one.code in names,
            opens=one.code in names and names[one.code].opens,
            evidence=tuple(_evidence(text) for text in one.evidence),
        )
        for one in found.candidates
    )
    outcome = "unsure" if found.abstains else "proposed"
    question = str(UNSURE) if found.abstains else ""
    return SuggestedCodes(outcome, found.digits, candidates, question, "", force.version, force.trained_at)


def _evidence(text: Example) -> SuggestedText:
    return SuggestedText(
        text=text.description[:_SHOWN_TEXT],
        code=text.code,
        source=text.source,
        said_by=str(SOURCES[text.source]),
        times=text.times,
    )


def lines_under(under: str, found: SuggestedCodes, on: date, language: str) -> list[Goods]:
    """What the nomenclature has below a branch at the digits asked for and no candidate names yet, by code."""
    if not under or found.digits <= len(under):
        return []
    named = {one.code for one in found.candidates}
    below = lines_below(under, on, language) if found.digits == LINE else children(under, on, language)
    return [one for one in below if one.level == found.digits and one.code not in named][:_MOST_LINES]
