"""Copying declared lines into the index: a version at a time, the same however often it is told.

Lines that tell of the same goods under the same code are one entry of the index; how rare each feature is, is counted
over entries. The rarest features of an entry are chosen when it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log1p
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from thongquan.clearance.classification.models import DeclaredLine, Feature, Finding, Goods
from thongquan.clearance.classification.queries.lines import goods_in_all
from thongquan.clearance.classification.subjects import Given, GivenLine
from thongquan.learning.nearness import RAREST_GROUPS, RAREST_WORDS, features_of
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import MOST_CHARACTERS, canonical, fingerprint
from thongquan.learning.twins.index import numbers_of
from thongquan.rules.text import storable

_COUNT = """
    INSERT INTO classification_feature (number, goods, held)
    SELECT * FROM unnest(%s::int[], %s::int[], %s::int[])
    ON CONFLICT (number) DO UPDATE
    SET goods = classification_feature.goods + excluded.goods, held = classification_feature.held + excluded.held
"""
_TIMES = """
    UPDATE classification_goods goods SET times = goods.times + more.times
    FROM unnest(%s::bigint[], %s::int[]) AS more(id, times) WHERE goods.id = more.id
"""
Key = tuple[UUID, str]


class _Read(NamedTuple):
    """A line with its text read."""

    row: DeclaredLine
    key: Key | None


def index_declarations(given: Sequence[Given]) -> list[DeclaredLine]:
    """Bring the index in line with declarations as they stand; gives the lines that are new in it.

    A version replaces the one before; the lines of a declaration that ended count no more. In one transaction of the
    caller.
    """
    _retire(given)
    fresh = _fresh(given)
    _join(fresh)
    return DeclaredLine.objects.bulk_create([one.row for one in fresh])


def _retire(given: Iterable[Given]) -> None:
    """Lines of other versions and of ended declarations count no more, and open findings on them are closed."""
    versions = {one.declaration: one.version if one.live else None for one in given}
    rows = DeclaredLine.objects.filter(declaration__in=versions, live=True)
    gone = [
        (key, goods)
        for key, goods, declaration, version in rows.values_list("id", "goods_id", "declaration", "version")
        if versions[declaration] != version
    ]
    if not gone:
        return
    keys = [key for key, _goods in gone]
    DeclaredLine.objects.filter(id__in=keys).update(live=False)
    Finding.objects.filter(line__in=keys, outcome="").update(closed=True)
    Finding.objects.filter(partner__in=keys, outcome="").update(closed=True)
    count_times(-one for one in (goods for _key, goods in gone) if one)


def count_times(changes: Iterable[int]) -> None:
    """Count lines of goods: the number of the goods for one more, the same negative for one less."""
    found: Counter[int] = Counter()
    for one in changes:
        found[abs(one)] += 1 if one > 0 else -1
    if found:
        with connection.cursor() as sql:
            sql.execute(_TIMES, [list(found), list(found.values())])


def _fresh(given: Iterable[Given]) -> list[_Read]:
    live = {(one.declaration, one.version): one for one in given if one.live}
    rows = DeclaredLine.objects.filter(declaration__in={key for key, _version in live})
    known = set(rows.values_list("declaration", "version", "number"))
    return [_read(one, line) for key, one in live.items() for line in one.lines if (*key, line.number) not in known]


def _read(one: Given, line: GivenLine) -> _Read:
    description = storable(line.description[:MOST_CHARACTERS])
    code, same = digits_of(line.code), fingerprint(canonical(description))
    row = DeclaredLine(
        declaration=one.declaration,
        version=one.version,
        number=line.number,
        flow=one.flow,
        office=one.office[:6],
        importer=one.importer[:14],
        importer_name=one.importer_name[:300],
        supplier=line.supplier[:300],
        maker=line.maker[:300],
        origin=line.origin[:8],
        code=code,
        schedule=line.schedule[:8],
        description=description,
        price_usd=line.price_usd,
        value_vnd=line.value_vnd,
        due_vnd=line.due_vnd,
        on=one.on,
    )
    return _Read(row, (UUID(same), code) if same and code else None)


def _join(fresh: Sequence[_Read]) -> None:
    """Give every line its entry of the index, new ones written."""
    first: dict[Key, DeclaredLine] = {}
    for one in fresh:
        if one.key:
            first.setdefault(one.key, one.row)
    known = _known(first)
    new = {key: row for key, row in first.items() if key not in known}
    known |= _written(new)
    for one in fresh:
        if one.key:
            one.row.goods_id = known[one.key]
    count_times(one.row.goods_id for one in fresh if one.row.goods_id)


def _known(keys: Iterable[Key]) -> dict[Key, int]:
    rows = Goods.objects.filter(fingerprint__in={same for same, _code in keys})
    return {(same, code): key for key, same, code in rows.values_list("id", "fingerprint", "code")}


def _written(new: dict[Key, DeclaredLine]) -> dict[Key, int]:
    features = {key: features_of(canonical(row.description)).tolist() for key, row in new.items()}
    counted = Counter(number for own in features.values() for number in own)
    goods = _goods_with(counted) + counted
    total = goods_in_all() + len(new)
    entries = [_entry(key, row, features[key], goods, total) for key, row in new.items()]
    held = Counter(number for one in entries for number in one.rare)
    if counted:
        numbers = sorted(counted)
        with connection.cursor() as sql:
            sql.execute(_COUNT, [numbers, [counted[one] for one in numbers], [held[one] for one in numbers]])
    return {(one.fingerprint, one.code): one.pk for one in Goods.objects.bulk_create(entries)}


def _goods_with(numbers: Iterable[int]) -> Counter[int]:
    rows = Feature.objects.filter(number__in=list(numbers))
    return Counter(dict(rows.values_list("number", "goods")))


def _entry(key: Key, row: DeclaredLine, own: list[int], goods: Counter[int], total: int) -> Goods:
    return Goods(
        fingerprint=key[0],
        code=key[1],
        description=row.description,
        own=own,
        rare=rarest(own, goods),
        numbers=numbers_of(canonical(row.description)).tolist(),
        square=sum(log1p(total / goods[number]) ** 2 for number in own),
        price_usd=row.price_usd,
        importer=row.importer,
        supplier=row.supplier,
        maker=row.maker,
        origin=row.origin,
    )


def rarest(own: Iterable[int], goods: Counter[int]) -> list[int]:
    """The rarest features of each sort, rarest first: ten of words, numbers and models, five groups of letters."""
    ordered = sorted(own, key=lambda number: (goods[number], number))
    words = [number for number in ordered if not number & 1][:RAREST_WORDS]
    groups = [number for number in ordered if number & 1][:RAREST_GROUPS]
    return sorted([*words, *groups], key=lambda number: (goods[number], number))
