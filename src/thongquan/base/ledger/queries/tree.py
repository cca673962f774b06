"""Reading hashes of the tree: leaves and cached subtrees, by their places."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from thongquan.base.ledger.merkle import Frontier, Place, cover

_LEAVES_SQL = "SELECT index, hash FROM ledger_leaf WHERE index = ANY(%s)"
_NODES_SQL = """
    SELECT n.level, n.index, n.hash FROM unnest(%s::smallint[], %s::bigint[]) AS wanted(level, index)
    JOIN ledger_node n USING (level, index)
"""
_COMPLETED_SQL = """
    SELECT n.level, n.index, n.hash
    FROM unnest(%s::smallint[], %s::bigint[], %s::bigint[]) AS wanted(level, first, beyond)
    JOIN ledger_node n ON n.level = wanted.level AND n.index >= wanted.first AND n.index < wanted.beyond
"""


def hashes_at(places: Iterable[Place]) -> dict[Place, bytes]:
    """The hashes of these complete subtrees, in two reads."""
    wanted = list(set(places))
    leaves = [place.index for place in wanted if place.level == 0]
    nodes = [place for place in wanted if place.level]
    found: dict[Place, bytes] = {}
    with connection.cursor() as sql:
        if leaves:
            sql.execute(_LEAVES_SQL, [leaves])
            found |= {Place(0, index): bytes(value) for index, value in sql.fetchall()}
        if nodes:
            sql.execute(_NODES_SQL, [[place.level for place in nodes], [place.index for place in nodes]])
            found |= {Place(level, index): bytes(value) for level, index, value in sql.fetchall()}
    return found


def frontier_of(size: int) -> Frontier:
    """The right edge of the tree over the first `size` leaves."""
    places = cover(0, size)
    found = hashes_at(places)
    return Frontier(size=size, hashes=[found[place] for place in places])


def completed_by(start: int, end: int) -> dict[int, list[tuple[int, bytes]]]:
    """The cached subtrees whose last leaf lies in [start, end): by that leaf, level and hash, lowest first."""
    levels = list(range(1, end.bit_length() + 1))
    first = [-(-(start + 1) >> level) - 1 for level in levels]
    beyond = [end >> level for level in levels]
    found: dict[int, list[tuple[int, bytes]]] = {}
    with connection.cursor() as sql:
        sql.execute(_COMPLETED_SQL, [levels, first, beyond])
        for level, index, value in sorted(sql.fetchall(), key=lambda row: (row[0], row[1])):
            found.setdefault(((index + 1) << level) - 1, []).append((level, bytes(value)))
    return found
