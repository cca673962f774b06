"""What must be true before goods are released or cleared: each condition with whether it is met, and what is missing.

Legal basis: Customs Law 54/2014/QH13 Art. 35 (specialized inspection), 36 (release: eligible goods, the self-assessed
tax paid or guaranteed, the final tax not known yet) and 37 (clearance), in force from 2015-01-01; Law 107/2016/QH13
Art. 9 (payment before release or clearance); Circular 38/2015/TT-BTC Art. 19.3 (channels) and 32 (preservation) as
amended by 39/2018 and 121/2025. Which conditions exist on a day is data (`release_conditions.csv`), each row with its
own source; what each asks of the facts is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from thongquan.rules.codes import Code
from thongquan.rules.document import Frozen

Purpose = Literal["release", "clear"]
ACCEPT = 1


class ReleaseLaw(Frozen, frozen=True, kw_only=True):
    """A condition that the law of the day knows: its name and what it is asked for, release or clearance or both."""

    name: str
    purposes: tuple[str, ...]
    valid_from: date
    source: str
    verified: bool = True


class GoodsCondition(Frozen, frozen=True, kw_only=True):
    """A condition that the law attaches to the goods of a line: license, quarantine, prohibition, gate, inspection.

    `fulfilled` says that its paper is there: a license declared, a good result recorded.
    """

    line: int
    hs: str
    kind: str
    code: str
    gates: tuple[str, ...] = ()
    fulfilled: bool = False
    source: str = ""
    verified: bool = True


class AskedCheck(Frozen, frozen=True, kw_only=True):
    """A check that some room asked for: what came of it so far."""

    name: str
    outcome: Literal["waiting", "good", "bad", "timed_out"]


class ReleaseFacts(Frozen, frozen=True, kw_only=True):
    """What is known of a declaration at the moment; dong. `gate` is the declared border gate, empty when none.

    `documents_due` and `goods_due` are the checks to be carried out after exemptions; `_good` that the last outcome
    was good. `question` is what was left open when the goods were released, empty when they were not.
    """

    channel: int
    settled: bool
    guaranteed: bool = False
    open_vnd: Decimal = Decimal(0)
    gate: str = ""
    documents_due: bool = False
    goods_due: bool = False
    documents_good: bool = False
    goods_good: bool = False
    goods: tuple[GoodsCondition, ...] = ()
    checks: tuple[AskedCheck, ...] = ()
    question: str = ""
    answered: bool = False
    preserved: bool = False
    preserved_good: bool = False


class Condition(Frozen, frozen=True, kw_only=True):
    """One condition: `why` is the code of what is missing, or, when met, a word for how (`paid`, `exempt`)."""

    name: str
    met: bool
    why: str
    source: str
    verified: bool = True
    line: int | None = None
    values: dict[str, str] = {}


Found = tuple[bool, str, dict[str, str]]
"""Whether it is met, why, and the values of the sentence."""


def conditions_of(facts: ReleaseFacts, law: Iterable[ReleaseLaw], purpose: Purpose) -> tuple[Condition, ...]:
    """Give every condition that the law of the day asks for this purpose, in the order of the law's rows."""
    rows = [one for one in law if purpose in one.purposes]
    return tuple(condition for row in rows for condition in _conditions(facts, row))


def is_open(conditions: Iterable[Condition]) -> bool:
    """Whether nothing is missing; never so when the law of the day names no condition at all."""
    found = tuple(conditions)
    return bool(found) and all(one.met for one in found)


def _conditions(facts: ReleaseFacts, row: ReleaseLaw) -> Iterator[Condition]:
    if row.name in _GOODS:
        yield from (_of_goods(facts, row, one) for one in facts.goods if one.kind == row.name)
    elif row.name == "checks":
        yield from (_of_check(row, one) for one in facts.checks)
    elif row.name in _SINGLE:
        found = _SINGLE[row.name](facts)
        if found is not None:
            met, why, values = found
            yield Condition(name=row.name, met=met, why=why, source=row.source, verified=row.verified, values=values)


def _duties(facts: ReleaseFacts) -> Found | None:
    if facts.settled:
        return True, "guaranteed" if facts.guaranteed else "paid", {}
    return False, Code.TQ_CTL_060, {"open_vnd": f"{facts.open_vnd:f}"}


def _documents(facts: ReleaseFacts) -> Found | None:
    return _check(facts, due=facts.documents_due, good=facts.documents_good, from_channel=2, code=Code.TQ_CTL_066)


def _goods(facts: ReleaseFacts) -> Found | None:
    return _check(facts, due=facts.goods_due, good=facts.goods_good, from_channel=3, code=Code.TQ_CTL_067)


def _check(facts: ReleaseFacts, *, due: bool, good: bool, from_channel: int, code: str) -> Found | None:
    if good:
        return True, "done", {}
    if facts.channel < from_channel:
        return True, "not_asked", {}
    if not due:
        return True, "exempt", {}
    return False, code, {"channel": str(facts.channel)}


def _final(facts: ReleaseFacts) -> Found | None:
    if not facts.question:
        return None
    return facts.answered, "stated" if facts.answered else Code.TQ_CTL_069, {"question": facts.question}


def _preservation(facts: ReleaseFacts) -> Found | None:
    if not facts.preserved:
        return None
    return facts.preserved_good, "result" if facts.preserved_good else Code.TQ_CTL_079, {}


_SINGLE: dict[str, Callable[[ReleaseFacts], Found | None]] = {
    "duties": _duties,
    "documents": _documents,
    "goods": _goods,
    "final_result": _final,
    "preservation_result": _preservation,
}
_GOODS: dict[str, tuple[str, str]] = {
    "licence": (Code.TQ_CTL_061, "declared"),
    "quarantine": (Code.TQ_CTL_062, "result"),
    "specialized_inspection": (Code.TQ_CTL_063, "result"),
    "prohibited": (Code.TQ_CTL_064, ""),
    "gate": (Code.TQ_CTL_065, "open_here"),
}
NAMES = (*_SINGLE, *_GOODS, "checks")
"""Every name that a row of the law may have."""


def _of_goods(facts: ReleaseFacts, row: ReleaseLaw, one: GoodsCondition) -> Condition:
    """A condition on the goods of a line; prohibited goods are never let go, a gate is open when it is among those."""
    code, word = _GOODS[one.kind]
    met = one.fulfilled
    if one.kind == "gate":
        met = not one.gates or facts.gate in one.gates
    elif one.kind == "prohibited":
        met = False
    values = {"hs": one.hs, "condition": one.code, "line": str(one.line)}
    if one.kind == "gate":
        values |= {"gate": facts.gate or "-", "gates": ", ".join(one.gates)}
    return Condition(
        name=row.name,
        met=met,
        why=word if met else code,
        source=one.source or row.source,
        verified=one.verified and row.verified,
        line=one.line,
        values=values,
    )


def _of_check(row: ReleaseLaw, one: AskedCheck) -> Condition:
    """A check that was asked for; one that ran out of time no longer holds the goods, and that is written down."""
    code = {"waiting": Code.TQ_CTL_068, "bad": Code.TQ_CTL_071}.get(one.outcome)
    words = {"good": "reported", "timed_out": "timed_out"}
    return Condition(
        name=row.name,
        met=code is None,
        why=code or words[one.outcome],
        source=row.source,
        verified=row.verified,
        values={"check": one.name},
    )
