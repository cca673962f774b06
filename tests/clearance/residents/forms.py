"""Forms to test with: a person, goods of the list, and what a counter does with them."""

from __future__ import annotations

import itertools
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.residents.operations import inspect_goods, register_form, release_form
from thongquan.clearance.residents.queries.forms import FormSeen
from thongquan.clearance.residents.shapes import FormGiven, GoodsGiven, PersonGiven

OFFICE = "15BB"
APPLES, SHOES = "08081000", "64029990"
_numbers = itertools.count(20_099_000_000)


def person(**changes: Any) -> PersonGiven:
    """Somebody who never came before."""
    words: dict[str, Any] = {
        "kind": "card",
        "number": f"{next(_numbers):012d}",
        "full_name": "Hoàng Thị Mến",
        "commune": "Bảo Lâm",
        "phone": "0912 345 678",
    }
    return PersonGiven(**(words | changes))


def goods(value: int = 1_500_000, hs: str = APPLES, rate: str = "10", quantity: str = "50") -> GoodsGiven:
    return GoodsGiven(hs=hs, quantity=Decimal(quantity), value=Decimal(value), rate=rate)


def given(*lines: GoodsGiven, **changes: Any) -> FormGiven:
    return FormGiven(**({"lines": lines or (goods(),)} | changes))


def registered(
    customs: World,
    form: FormGiven | None = None,
    who: PersonGiven | None = None,
    *,
    role: str = "gate_officer",
    at: datetime | None = None,
    **words: Any,
) -> FormSeen:
    """A form registered at the demo office."""
    return register_form(
        actor=customs.actor(role),
        office=OFFICE,
        given=form or given(),
        person=who or person(),
        at=at or now(),
        **words,
    )


def released(customs: World, form: FormGiven | None = None, who: PersonGiven | None = None) -> FormSeen:
    """A form within the quota, released."""
    made = registered(customs, form, who)
    return release_form(actor=customs.actor("gate_officer"), number=made.number, at=now())


def inspected(customs: World, number: str) -> FormSeen:
    return inspect_goods(actor=customs.actor("clearance_officer"), number=number, agrees=True, at=now())
