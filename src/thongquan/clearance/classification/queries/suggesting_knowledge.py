"""What suggestions are learned from: declared lines, precedents in force, the nomenclature and search references."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files

from django.db import connection
from django.db.models import Q

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.classification.models import DeclaredLine, Precedent
from thongquan.clearance.classification.permissions import offices_for, own_enterprises
from thongquan.clearance.tariff.queries.goods import every_name
from thongquan.learning.suggest import Example, Source

_OFFICE, _TRADER = "office:", "enterprise:"
_BATCH = 5_000
# Equal wordings under one code are one text; who wrote them stands beside it, so that nobody sees a stranger's.
# What officers said is wrong is not learned from: wordings under a code that a standing outcome rejects and none
# accepts, and lines whose code was wrong against a precedent.
_HISTORY_SQL = """
    WITH said AS (
        SELECT line.goods_id AS goods, outcome <> 'first' AS wrong
        FROM classification_finding found JOIN classification_declaredline line ON line.id = found.line_id
        WHERE outcome IN ('first', 'second', 'neither')
        UNION ALL
        SELECT line.goods_id, outcome <> 'second'
        FROM classification_finding found JOIN classification_declaredline line ON line.id = found.partner_id
        WHERE outcome IN ('first', 'second', 'neither')
    ), wrong AS (
        SELECT goods FROM said WHERE goods IS NOT NULL GROUP BY goods HAVING bool_and(wrong)
    )
    SELECT description, code, count(*),
        array_to_string((array_agg(DISTINCT 'office:' || office))[1:40]
            || (array_agg(DISTINCT 'enterprise:' || importer))[1:40], ' ')
    FROM classification_declaredline line
    WHERE live AND length(code) >= 4 AND description <> ''
        AND NOT EXISTS (SELECT 1 FROM wrong WHERE wrong.goods = line.goods_id)
        AND NOT EXISTS (
            SELECT 1 FROM classification_precedentmet met
            WHERE met.outcome = 'wrong_code' AND met.declared = line.code AND met.description = line.description
        )
    GROUP BY description, code ORDER BY count(*) DESC, description, code
"""


def history() -> Iterator[Example]:
    """Wordings that were declared, the most frequent first. `reference` names the offices and traders that used it.

    Nothing that officers judged wrong: see the statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY_SQL)
        while rows := cursor.fetchmany(_BATCH):
            for description, code, times, owners in rows:
                yield Example(description, code, Source.HISTORY, owners, times)


def lines_of_history() -> int:
    """How many lines there are to learn from."""
    return DeclaredLine.objects.filter(live=True).exclude(code="").count()


def precedents(on: date) -> Iterator[Example]:
    """What customs ruled and what holds on the day. One that was told to a trader alone is named as that trader's."""
    held = Precedent.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on, withdrawn_at=None)
    for number, kind, told, hs, text in held.order_by("id").values_list(
        "number", "kind", "addressee", "hs", "description"
    ):
        owner = f" {_TRADER}{told}" if told else ""
        yield Example(text, hs, Source.PRECEDENT, f"{kind}:{number.replace(' ', '_')}{owner}")


def books(on: date) -> Iterator[Example]:
    """The nomenclature in force and the search references that are shipped."""
    for code, name in every_name(on):
        yield Example(name, code, Source.NOMENCLATURE, code)
    yield from _references()


@cache
def _references() -> tuple[Example, ...]:
    text = files("thongquan.reference").joinpath("goods/search_references.json").read_text(encoding="utf-8")
    return tuple(Example(words, code, Source.REFERENCE) for words, code in json.loads(text)["references"])


def knowledge(on: date) -> list[Example]:
    """All of it. Texts of books stand behind what was declared."""
    return [*history(), *precedents(on), *books(on)]


def offices_of(one: Example) -> frozenset[str]:
    """The offices at which a wording was declared."""
    return frozenset(owner.removeprefix(_OFFICE) for owner in one.reference.split() if owner.startswith(_OFFICE))


def visible_to(actor: Actor) -> Callable[[Example], bool]:
    """Which texts this actor may be shown as evidence.

    Books, and precedents told to everyone, are for all. Traders see what they declared and were told themselves,
    officers what was declared at their offices and every precedent.
    """
    return _seen_with(_keys(offices_for(actor, "classification.see"), own_enterprises(actor)))


def _keys(offices: Iterable[str], enterprises: Iterable[str]) -> frozenset[str]:
    return frozenset([*(f"{_OFFICE}{code}" for code in offices), *(f"{_TRADER}{code}" for code in enterprises)])


def _seen_with(keys: frozenset[str]) -> Callable[[Example], bool]:
    officer = any(key.startswith(_OFFICE) for key in keys)

    def seen(one: Example) -> bool:
        owners = one.reference.split()
        if one.source is Source.PRECEDENT:
            return officer or len(owners) < 2 or not keys.isdisjoint(owners)
        return one.source is not Source.HISTORY or not keys.isdisjoint(owners)

    return seen
