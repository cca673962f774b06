"""A few thousand lines of which some stand under a wrong code, written in other ways."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from tests.learning.samples import history
from thongquan.learning.twins import rewritten

WAYS = ("case", "boilerplate", "no diacritics", "units")
RATES = {"61091010": 0.2, "64041190": 0.3, "84672100": 0.0, "85166010": 0.25, "08081000": 0.1}
FIRST = date(2026, 1, 1)


def lines(count: int = 2_000, *, wrong: int = 25, seed: int = 5) -> list[dict[str, Any]]:
    """So many lines, every `wrong`-th under the code of other goods; the id of such a line begins with `wrong`."""
    chance = random.Random(seed)
    goods = history()
    return [_line(number, goods, wrong, chance) for number in range(count)]


def _line(number: int, goods: list[Any], wrong: int, chance: random.Random) -> dict[str, Any]:
    one = goods[number % len(goods)]
    is_wrong = number % wrong == wrong - 1
    code = goods[(number + 48 * (1 + number // wrong % 5)) % len(goods)].code if is_wrong else one.code
    value = chance.randrange(1, 900) * 1_000_000
    return {
        "id": f"{'wrong' if is_wrong else 'right'}:{number:06d}",
        "description": rewritten(one.description, chance.choice(WAYS), seed=number),
        "code": code,
        "importer": f"{chance.randrange(30):010d}",
        "office": f"LS{chance.randrange(1, 4):02d}",
        "origin": "CN",
        "on": FIRST + timedelta(days=chance.randrange(300)),
        "price_usd": float(chance.randrange(1, 90)),
        "value_vnd": value,
        "duty_vnd": int(value * RATES[code]) if code in RATES else None,
    }
