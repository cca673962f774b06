"""The six methods: which come before which, what each is computed from, and the computation with its whole derivation.

Legal basis: WTO Valuation Agreement Art. 1 and 8 (transaction value), 2 (identical goods: the lowest where there are
several, Art. 2.3), 3 (similar goods), 4 (the order, which the importer may turn round for the next two), 5 (deductive),
6 (computed), 7 (fall-back). Decree 08/2015/NĐ-CP Art. 20 and Circular 39/2015/TT-BTC follow it; their articles are not
at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO, exact, rounded
from thongquan.rules.parts import Frozen

METHODS = ("transaction", "identical", "similar", "deductive", "computed", "fallback")
VNACCS = {"transaction": "6", "identical": "1", "similar": "2", "deductive": "3", "computed": "4", "fallback": "9"}
"""The code of each method in the declaration."""
COMPARING = frozenset({"identical", "similar"})
"""Methods that choose among transactions: the lowest."""
TERMS: dict[str, tuple[tuple[str, int], ...]] = {
    "transaction": (("price", 1), ("additions", 1), ("deductions", -1)),
    "identical": (("price", 1), ("quantity", 0), ("level", 0), ("transport", 0)),
    "similar": (("price", 1), ("quantity", 0), ("level", 0), ("transport", 0)),
    "deductive": (
        ("sale", 1),
        ("commission", -1),
        ("inland", -1),
        ("taxes", -1),
        ("processing", -1),
    ),
    "computed": (("materials", 1), ("production", 1), ("profit", 1), ("transport", 1)),
    "fallback": (("price", 1), ("quantity", 0), ("level", 0), ("transport", 0)),
}
"""What a unit's value is made of, first what must be told; 1 is added, -1 taken off, 0 has the sign it is given."""
MOST_COMPARABLES = 5
_MOST_DIGITS = 18
_PLACES = Decimal("0.0001")


class MethodRefusal(Frozen, frozen=True, kw_only=True):
    """Why a method that comes before does not hold."""

    method: str
    words: str


class Comparable(Frozen, frozen=True, kw_only=True):
    """What a value is computed from: a transaction, a sale or a calculation; amounts of a unit in dong, by term."""

    source: str
    on: date | None
    terms: tuple[tuple[str, Decimal | None], ...]


class Asked(Frozen, frozen=True, kw_only=True):
    """A value to find: of which line, by which method; `turned`: the importer asked for computed before deductive."""

    line: int
    method: str
    quantity: Decimal
    refusals: tuple[MethodRefusal, ...] = ()
    comparables: tuple[Comparable, ...] = ()
    words: str = ""
    turned: bool = False


class Term(Frozen, frozen=True, kw_only=True):
    """One step of the derivation, in dong a unit, with its sign applied."""

    name: str
    amount_vnd: Decimal


class Candidate(Frozen, frozen=True, kw_only=True):
    """What one comparable comes to, in dong a unit."""

    source: str
    on: date | None
    terms: tuple[Term, ...]
    unit_vnd: Decimal


class Valued(Frozen, frozen=True, kw_only=True):
    """The value found with everything it follows from. `chosen` is the place among the candidates."""

    line: int
    method: str
    quantity: Decimal
    refusals: tuple[MethodRefusal, ...]
    candidates: tuple[Candidate, ...]
    chosen: int
    words: str
    turned: bool
    unit_vnd: Decimal
    value_vnd: Decimal


def before(method: str, *, turned: bool = False) -> tuple[str, ...]:
    """The methods that must be shown not to hold first."""
    order = list(METHODS)
    if turned:
        order[3], order[4] = order[4], order[3]
    return tuple(order[: order.index(method)]) if method in order else ()


def value_faults(asked: Asked) -> list[Fault]:
    """Everything that is wrong, at once: TQ-CVL-006 (why a method does not hold), -007 (an amount), -008, -009."""
    if asked.method not in METHODS[1:]:
        return [Fault(code=Code.TQ_CVL_012, path="method", value=asked.method)]
    faults = [*_unreasoned(asked), *_words(asked)]
    for place, one in enumerate(asked.comparables):
        faults += _of_comparable(asked, one, place)
    if not faults:
        faults += [
            Fault(code=Code.TQ_CVL_008, path=f"price_{place}", value=f"{one.unit_vnd:f}")
            for place, one in enumerate(_candidate(asked.method, one) for one in asked.comparables)
            if one.unit_vnd <= 0
        ]
    return faults


def _unreasoned(asked: Asked) -> Iterator[Fault]:
    told = {one.method for one in asked.refusals if one.words.strip()}
    for method in before(asked.method, turned=asked.turned):
        if method not in told:
            yield Fault(code=Code.TQ_CVL_006, path=f"not_{method}", values={"method": method})


def _words(asked: Asked) -> Iterator[Fault]:
    if not asked.comparables:
        yield Fault(code=Code.TQ_CVL_009, path="source_0")
    if asked.method == "fallback" and not asked.words.strip():
        yield Fault(code=Code.TQ_CVL_002, path="words", values={"field": "words"})


def _of_comparable(asked: Asked, one: Comparable, place: int) -> Iterator[Fault]:
    if not one.source.strip():
        yield Fault(code=Code.TQ_CVL_009, path=f"source_{place}")
    told, names = dict(one.terms), TERMS[asked.method]
    for index, (name, sign) in enumerate(names):
        amount, path = told.get(name), f"{name}_{place}"
        if amount is None:
            if index == 0:
                yield Fault(code=Code.TQ_CVL_007, path=path, values={"field": name})
        elif not amount.is_finite() or abs(amount.adjusted()) > _MOST_DIGITS or (sign and amount < 0):
            yield Fault(code=Code.TQ_CVL_007, path=path, value=str(amount)[:40], values={"field": name})


def _candidate(method: str, one: Comparable) -> Candidate:
    told = dict(one.terms)
    with exact():
        terms = tuple(
            Term(name=name, amount_vnd=(told.get(name) or ZERO) * (sign or 1))
            for name, sign in TERMS[method]
            if told.get(name) is not None
        )
        unit = sum((term.amount_vnd for term in terms), ZERO)
    return Candidate(source=one.source.strip(), on=one.on, terms=terms, unit_vnd=unit)


def value_line(asked: Asked, *, rounding: str) -> Valued:
    """The value of the line in dong; of several comparables the lowest. Call after `value_faults` found nothing."""
    candidates = tuple(_candidate(asked.method, one) for one in asked.comparables)
    chosen = min(range(len(candidates)), key=lambda place: candidates[place].unit_vnd)
    with exact():
        unit = candidates[chosen].unit_vnd
        value = rounded(unit * asked.quantity, rounding)
        shown = unit.quantize(_PLACES)
    return Valued(
        line=asked.line,
        method=asked.method,
        quantity=asked.quantity,
        refusals=asked.refusals,
        candidates=candidates,
        chosen=chosen,
        words=asked.words.strip(),
        turned=asked.turned,
        unit_vnd=shown,
        value_vnd=value,
    )
