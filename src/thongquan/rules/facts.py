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


class Facts(Frozen, frozen=True, kw_only=True):
    """Input of `rules.clearance.decide`. `at` is the moment of lodging, timezone-aware.

    `certificates` are those registered ones that its lines name, each with the place of its law in `origin_laws`.
    Two-code findings and the risk score enter here as fields of their own when their rooms are built.
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
