"""Grounds of compliance in words: amounts, days and levels as the reader's language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import formats

from thongquan.base.core.law_words import legal
from thongquan.base.web.templatetags.tq import money, number
from thongquan.clearance.risk.labels import GROUNDS, LEVELS
from thongquan.rules.compliance import Ground

_DAYS = frozenset({"on", "until"})


@dataclass(frozen=True)
class Told:
    """One ground as a sentence, with its source; `is_verified` False: the law's own number is not at hand."""

    text: str
    source: str
    is_verified: bool


def told(grounds: Iterable[Ground]) -> list[Told]:
    """Grounds as sentences, in their order."""
    return [Told(_sentence(one), legal(one.source.removeprefix("unverified: ")), one.verified) for one in grounds]


def _sentence(ground: Ground) -> str:
    values = {name: _value(name, text) for name, text in ground.values.items()}
    return str(GROUNDS[ground.key]).format(**values)


def _value(name: str, text: str) -> str:
    if name in _DAYS:
        return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    if name == "amount":
        return money(Decimal(text))
    if name == "level":
        return str(LEVELS[int(text)])
    return number(text)
