"""Choosing the rarest features of all entries of the index anew, by what is rare now.

An entry is found by what was rare when it was written; an index that began small is therefore read more and more.
Run by the clock: the search goes on meanwhile, and only counting keeps new lines waiting.
"""

from __future__ import annotations

from django.db import connection, transaction

from thongquan.clearance.classification.queries.lines import goods_in_all
from thongquan.learning.nearness import RAREST_GROUPS, RAREST_WORDS

PORTION = 5_000
# While features are counted nobody adds to them: what is added afterwards counts on top.
_LOCK = "LOCK TABLE classification_feature IN SHARE ROW EXCLUSIVE MODE"
_COUNT_GOODS = """
    WITH counted AS (
        SELECT number, count(*)::int AS times FROM classification_goods, unnest(own) AS number GROUP BY number
    )
    UPDATE classification_feature feature SET goods = counted.times
    FROM counted WHERE counted.number = feature.number AND counted.times <> feature.goods
"""
_COUNT_HELD = """
    WITH counted AS (
        SELECT number, count(*)::int AS times FROM classification_goods, unnest(rare) AS number GROUP BY number
    )
    UPDATE classification_feature feature SET held = coalesce(counted.times, 0)
    FROM classification_feature every LEFT JOIN counted USING (number)
    WHERE every.number = feature.number AND feature.held <> coalesce(counted.times, 0)
"""
_CHOOSE = """
    WITH spread AS (
        SELECT entry.id, feature.number, feature.goods,
            row_number() OVER (
                PARTITION BY entry.id, feature.number & 1 ORDER BY feature.goods, feature.number
            ) AS place
        FROM classification_goods entry, unnest(entry.own) AS own(number)
            JOIN classification_feature feature USING (number)
        WHERE entry.id > %(after)s AND entry.id <= %(last)s
    ), chosen AS (
        SELECT id, array_agg(number ORDER BY goods, number)
                FILTER (WHERE place <= CASE number & 1 WHEN 1 THEN %(groups)s ELSE %(words)s END) AS rare,
            sum(power(ln(1 + %(total)s::float8 / greatest(goods, 1)), 2)) AS square
        FROM spread GROUP BY id
    )
    UPDATE classification_goods entry SET rare = chosen.rare, square = chosen.square
    FROM chosen
    WHERE chosen.id = entry.id
        AND (entry.rare <> chosen.rare OR abs(entry.square - chosen.square) > 1e-6 * chosen.square)
"""


def rebuild_index() -> int:
    """Count features, choose the rarest of every entry, and count by which entries are found; how many changed."""
    _counted(_COUNT_GOODS)
    last = goods_in_all()
    changed = 0
    for after in range(0, last, PORTION):
        values = {
            "after": after,
            "last": after + PORTION,
            "total": last,
            "words": RAREST_WORDS,
            "groups": RAREST_GROUPS,
        }
        with connection.cursor() as sql:
            sql.execute(_CHOOSE, values)
            changed += sql.rowcount
    _counted(_COUNT_HELD)
    return changed


def _counted(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute(_LOCK)
        sql.execute(statement)
