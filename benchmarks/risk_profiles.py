"""What 20 live profiles cost a declaration while lodging: its facts given once, every expression asked in one go.

Without the database, which is asked for a newer set at most once a second; lists of risk goods come on top of a hit.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from thongquan.clearance.risk.expressions import VARIABLES, compiled, evaluated, given
from thongquan.rules.document import Document
from thongquan.rules.facts import History, Standing
from thongquan.rules.law import ExchangeRate, LawOfDay, RegimeLaw

CHEAP_FIRST = [
    f'known_days < {30 + n} && goods.exists(g, g.hs.startsWith("{n + 10}08") && g.kg_value_vnd < {5000 + n}.0)'
    for n in range(20)
]
"""As the page advises: what is cheap and rarely true stands first."""
WALKING = [
    f'goods.exists(g, g.hs.startsWith("{n + 10}08") && g.kg_value_vnd > 0.0 && g.kg_value_vnd < {5000 + n}.0)'
    for n in range(20)
]
"""The dearest that people write: each walks over all goods of every declaration."""
LINES, ROUNDS, TIMES = 5, 7, 10
KEPT = Path(__file__).with_name("documents.jsonl")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def measured() -> dict[str, float]:
    """Microseconds of processor time a declaration of 5 lines: medians of seven rounds."""
    return {"profiles_20_us": _cost(CHEAP_FIRST), "profiles_20_walking_us": _cost(WALKING)}


def _cost(expressions: Sequence[str]) -> float:
    programs, law, standing = compiled(expressions), _law(), Standing(history=History(known_days=400, declarations=90))
    kept = msgspec.json.Decoder(Document).decode_lines(KEPT.read_bytes())
    documents = [replace(one, lines=(one.lines * LINES)[:LINES]) for one in kept]
    at, proofs = datetime(2026, 11, 23, 3, tzinfo=UTC), {name: 0 for name in VARIABLES if name.startswith("proof_")}
    rounds = []
    for _round in range(ROUNDS):
        begun = time.process_time()
        for _again in range(TIMES):
            for document in documents:
                evaluated(programs, given(document, standing, law, at, ZONE, proofs))
        rounds.append((time.process_time() - begun) / (TIMES * len(documents)))
    return round(statistics.median(rounds) * 1e6, 1)


def _law() -> LawOfDay:
    day = date(2026, 11, 23)
    rates = {
        code: ExchangeRate(currency=code, vnd=Decimal(vnd), valid_from=day, source="", verified=True)
        for code, vnd in (("USD", 26_000), ("CNY", 3_600))
    }
    regime = RegimeLaw(code="A11", exists=True, flow="import")
    return LawOfDay(on=day, version="benchmark", regime=regime, rates=rates)
