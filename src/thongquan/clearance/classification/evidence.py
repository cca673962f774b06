"""The evidence of a finding as a page shows it: words marked, both codes down the tree, money side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest

import msgspec
from django.utils.translation import gettext

from thongquan.base.core.sentences import Told, sentence
from thongquan.base.core.sentences.labels import TAXES
from thongquan.clearance.classification.labels import CONDITIONS
from thongquan.clearance.classification.queries.attributes import attributes
from thongquan.clearance.classification.queries.certified import CertificateSays
from thongquan.clearance.classification.queries.duties import Owed, TaxUnder
from thongquan.clearance.tariff.queries.goods import Goods, path_to
from thongquan.learning.text import canonical
from thongquan.rules.decision import Fault
from thongquan.rules.origin.checks.codes import TOLD
from thongquan.rules.text import fold

_PIECE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_MOST_QUESTIONS = 2


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a description: '' shared or between words, `word` or `number` where the other does not say it."""

    text: str
    mark: str = ""


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """One level of the tree for both codes; `parts` where they part first."""

    one: Goods | None
    other: Goods | None
    parts: bool
    below: bool


class TaxBeside(msgspec.Struct, frozen=True, kw_only=True):
    """A tax under both codes, dong."""

    name: str
    one: TaxUnder | None
    other: TaxUnder | None
    difference_vnd: Decimal


def certificate_told(said: CertificateSays) -> Told:
    """What follows from the certificate's code, in the words of the checks of origin."""
    values = {"declared": said.declared, "stated": said.stated, "criterion": said.criterion or "–", "row": said.row}
    return sentence(Fault(code=TOLD[said.answer][0], path="hs", value=said.declared, values=values))


def pieces(text: str, other: str) -> list[Piece]:
    """A description cut where the other one differs."""
    known, told = {fold(match[0]) for match in _PIECE.finditer(other)}, _told_of_goods(text)
    found: list[Piece] = []
    end = 0
    for match in _PIECE.finditer(text):
        if fold(match[0]) in known or not told[match.start() : match.end()].strip():
            continue
        if match.start() > end:
            found.append(Piece(text[end : match.start()]))
        found.append(Piece(match[0], "number" if match[0][0].isdigit() else "word"))
        end = match.end()
    return [*found, Piece(text[end:])] if end < len(text) else found


def _told_of_goods(text: str) -> str:
    """The text with what stands under every line ("hàng mới 100%") blanked, sign for sign; the text itself where its
    form has another length."""
    bare = canonical(text).text
    return bare if len(bare) == len(text) else text


def tree_of(code: str, other: str, on: date, language: str) -> list[Level]:
    """Both codes from the section down; levels above the parting are the same on both sides."""
    paths = [{one.level: one for one in path_to(each, on, language)} for each in (code, other)]
    found: list[Level] = []
    parted = False
    for level in sorted({*paths[0], *paths[1]}):
        one, two = paths[0].get(level), paths[1].get(level)
        differ = (one and one.code) != (two and two.code)
        found.append(Level(one=one, other=two, parts=differ and not parted, below=differ))
        parted = parted or differ
    return found


def taxes_beside(owed: tuple[Owed, Owed]) -> list[TaxBeside]:
    """Every tax under both codes in the order of the law."""
    sides = [{one.tax: one for one in each.taxes} for each in owed]
    return [
        TaxBeside(
            name=gettext(TAXES[tax]) if tax in TAXES else tax,
            one=sides[0].get(tax),
            other=sides[1].get(tax),
            difference_vnd=_amount(sides[1].get(tax)) - _amount(sides[0].get(tax)),
        )
        for tax in dict.fromkeys([*sides[0], *sides[1]])
    ]


def _amount(one: TaxUnder | None) -> Decimal:
    return one.amount_vnd if one else Decimal(0)


def conditions_beside(owed: tuple[Owed, Owed]) -> list[tuple[str, str]]:
    """What is asked for under one code and not under the other, in words, beside one another."""
    sides = [{(one.kind, one.code) for one in each.conditions} for each in owed]
    own, other = sorted(sides[0] - sides[1]), sorted(sides[1] - sides[0])
    return list(zip_longest(_told(own), _told(other), fillvalue=""))


def _told(conditions: Sequence[tuple[str, str]]) -> Iterable[str]:
    return (f"{CONDITIONS[kind]} {code}".strip() for kind, code in conditions)


def questions_of(code: str, other: str, language: str) -> list[str]:
    """The one or two attributes that decide between the codes, as officers keep them."""
    known = {one.id: one for each in (code, other) for one in attributes(code=each) if one.state != "proposed"}
    deciding = sorted(known.values(), key=lambda one: (-len(one.prefix), one.id))
    return list(dict.fromkeys(one.called(language) for one in deciding))[:_MOST_QUESTIONS]
