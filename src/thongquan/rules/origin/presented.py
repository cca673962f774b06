"""A registered certificate as the facts of a decision hold it, and what a declared line takes of it.

Legal basis: Circular 33/2023/TT-BTC Art. 11 (the declaration names its proof), 22 (balance sheet of partial shipments).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from thongquan.rules.origin.certificate import Paper
from thongquan.rules.origin.numbers import Likeness
from thongquan.rules.parts import Frozen

OPEN = frozenset({"registered", "accepted"})
"""States in which a certificate is used."""


class Alike(Frozen, frozen=True, kw_only=True):
    """Another live certificate and how it is like this one."""

    number: str
    kind: Likeness


class Presented(Frozen, frozen=True, kw_only=True):
    """A certificate that lines name: its state, its paper, what its items have left for this declaration (by their
    number).

    `own` False: it is registered for another trader, and then nothing of the paper but its number is told. `law` is the
    place of its law among the facts. `refused` are items that a verification ended against. `alike` are other
    certificates that resemble one nobody has accepted yet.

    `filed_on` is the day it was filed in time after lodging, `proved` that the criterion of the declared code was.
    """

    id: int
    state: str
    paper: Paper
    office: str = ""
    own: bool = True
    law: int = 0
    left: dict[str, Decimal] = {}
    refused: tuple[int, ...] = ()
    alike: tuple[Alike, ...] = ()
    filed_on: date | None = None
    proved: bool = False


class Take(Frozen, frozen=True, kw_only=True):
    """What a declared line takes of an item of a certificate, in the item's unit."""

    certificate: int
    item: int
    line: int
    quantity: Decimal
