"""Procedures with the numbers, papers and names of the law in force on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import msgspec

from thongquan.clearance.tariff.queries import current_law, required_documents
from thongquan.clearance.tariff.queries.code_lists import Listed, code_name, code_values
from thongquan.clearance.tariff.queries.tables import parameters_on
from thongquan.insight.public.guide import GUIDE, Procedure
from thongquan.rules.law import Parameter
from thongquan.rules.terms import Length, length_of
from thongquan.rules.text import fold

PAPERS = "attachment_kind"


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number of the law: `length` where it is a time, `amount` where it is one of money or a count."""

    name: str
    label: str
    length: Length | None
    amount: Decimal | None
    value: str
    unit: str
    source: str
    verified: bool


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of the file: what it is, when it is needed, and of which regime alone (empty: of every one)."""

    name: str
    when: str
    regime: str
    source: str
    verified: bool


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure with everything the law in hand says of it on the day."""

    procedure: Any
    terms: tuple[Number, ...]
    fees: tuple[Number, ...]
    papers: tuple[Paper, ...]
    regimes: tuple[Listed, ...]


def explained(key: str, on: date, language: str) -> Explained | None:
    """One procedure, or None for an unknown key."""
    found = next((one for one in GUIDE if one.key == key), None)
    return _explained(found, current_law().version, on, language) if found else None


@lru_cache(maxsize=256)
def _explained(procedure: Procedure, version: str, on: date, language: str) -> Explained:
    """Held per law version: a new version is a new key."""
    numbers = _numbers(version, on, language)
    regimes = [one for one in code_values("regime", on, language) if procedure.flow and one.group == procedure.flow]
    return Explained(
        procedure=procedure,
        terms=tuple(numbers[name] for name in procedure.terms if name in numbers),
        fees=tuple(numbers[name] for name in procedure.fees if name in numbers),
        papers=_papers(procedure.flow, regimes, on, language) if procedure.flow else (),
        regimes=tuple(regimes),
    )


@lru_cache(maxsize=16)
def _numbers(version: str, on: date, language: str) -> dict[str, Number]:
    return {row["name"]: _number(row) for row in parameters_on(on, language)}


def _number(row: dict[str, Any]) -> Number:
    read = Parameter(value=row["value"], unit=row["unit"], valid_from=row["valid_from"], source=row["source"])
    return Number(
        name=row["name"],
        label=row["name_shown"],
        length=length_of(read),
        amount=_amount(row["value"]),
        value=row["value"],
        unit=row["unit"],
        source=row["source"],
        verified=row["verified"],
    )


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _papers(flow: str, regimes: list[Listed], on: date, language: str) -> tuple[Paper, ...]:
    """Papers of every regime first, then those of one regime alone."""
    short, seen, found = language.split("-")[0], set(), []
    for regime in ("", *(one.code for one in regimes)):
        for paper in required_documents(regime, flow, on):
            if (paper.kind, paper.condition) not in seen:
                seen.add((paper.kind, paper.condition))
                found.append(
                    Paper(
                        name=code_name(PAPERS, paper.kind, on, language) or paper.kind,
                        when=paper.when.get(short) or paper.when.get("en", ""),
                        regime=regime,
                        source=paper.article or paper.source,
                        verified=paper.verified,
                    )
                )
    return tuple(found)


def procedures_with(text: str, on: date, language: str) -> list[Explained]:
    """Procedures that hold every word, in their title, steps, papers or law; all of them for no words."""
    version = current_law().version
    every = [_explained(one, version, on, language) for one in GUIDE]
    words = fold(text).split()[:8]
    return [one for one in every if all(word in _folded(one) for word in words)]


def _folded(one: Explained) -> str:
    told = one.procedure
    parts = [told.title, told.what, told.who, *told.steps, *told.laws, *told.papers]
    parts += [number.label for number in (*one.terms, *one.fees)] + [paper.name for paper in one.papers]
    parts += [f"{regime.code} {regime.name}" for regime in one.regimes]
    return fold(" ".join(map(str, parts)))
