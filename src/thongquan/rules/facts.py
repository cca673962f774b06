"""Everything one decision was made from: stored with it, and enough to make it again bit for bit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from thongquan.rules.document import Document, Frozen
from thongquan.rules.law import LawOfDay
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.presented import Presented

FACTS_SCHEMA = 1
RULES_RELEASE = "2026.11"


class History(Frozen, frozen=True, kw_only=True):
    """What the trader did in the 365 days before the last reckoning: counts; `known_days` since its first lodging."""

    known_days: int = 0
    declarations: int = 0
    checked: int = 0
    found: int = 0
    acts: int = 0


class Standing(Frozen, frozen=True, kw_only=True):
    """What customs knows of the trader on the day, from compliance records.

    `level`: 1 priority, 2 very high, 3 high, 4 medium, 5 non-compliant, None when not assessed
    (Circular 81/2019/TT-BTC Art. 10 as amended by Circular 06/2024). `rank` is 1 to 9 (Art. 14).
    """

    level: int | None = None
    priority: bool = False
    barred: bool = False
    rank: int | None = None
    history: History | None = None


class Duplicate(Frozen, frozen=True, kw_only=True):
    """An earlier live declaration of the same declarant with the same invoice and goods."""

    number: str


class Draw(Frozen, frozen=True, kw_only=True):
    """The random draw of this declaration, a number in [0, 1): HMAC of declarant, invoice, goods and transport."""

    value: Decimal
    key_id: str


class ProfileHit(Frozen, frozen=True, kw_only=True):
    """A live risk profile that this declaration met: for analysts alone, save what to look at.

    `channel` is what it asks for (2 or 3), `source` its lawful basis, `look_at` what the officer is told.
    """

    profile: int
    revision: int
    name: str
    channel: int
    source: str
    look_at: str = ""


class Score(Frozen, frozen=True, kw_only=True):
    """What the model of risk said of a declaration while it was lodged: for officers and analysts, never the declarant.

    `model` and `past` are the versions of the model and of what it remembered of the past; `line` is the weightiest
    line, `probability` and `rank` are of it, `duty_vnd` what all lines together are expected to owe more. `rows` are
    the lines whose `vectors` are kept, one after the other: features as 32-bit numbers, the lowest byte first.
    `capped`: the model has opened as many of this trader today as it may.
    """

    model: str
    past: str
    line: int
    probability: Decimal
    rank: Decimal
    duty_vnd: Decimal
    capped: bool = False
    rows: tuple[int, ...] = ()
    vectors: bytes = b""


class Hour(Frozen, frozen=True, kw_only=True):
    """What the office can open in this hour, as it stood: from which rank on the model opens (None: nothing), and with
    which probability chance does. `key` names the office and the hour."""

    key: str
    share: Decimal
    threshold: Decimal | None = None


class Facts(Frozen, frozen=True, kw_only=True):
    """Input of `rules.clearance.decide`. `at` is the moment of lodging, timezone-aware.

    `certificates` are those registered ones that its lines name, each with the place of its law in `origin_laws`.
    `score` is there when a model opens goods in earnest, `hour` then too; without either the law's own share of chance
    stands alone.
    """

    schema: int = FACTS_SCHEMA
    rules_release: str = RULES_RELEASE
    at: datetime
    document: Document
    law: LawOfDay
    standing: Standing = Standing()
    duplicates: tuple[Duplicate, ...] = ()
    draw: Draw | None = None
    certificates: tuple[Presented, ...] = ()
    origin_laws: tuple[OriginLaw, ...] = ()
    profiles: tuple[ProfileHit, ...] = ()
    score: Score | None = None
    hour: Hour | None = None
