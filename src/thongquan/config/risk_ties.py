"""What a declaration names that ties it to others: the foreign party, the truck, the agent, addresses and people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thongquan.clearance.risk.operations.tying import CopiedTie
from thongquan.rules.document import Document
from thongquan.rules.text import fold

_NOT_PLATE = re.compile(r"[^0-9a-z]")
_SPACES = re.compile(r"[\s,.;-]+")


def ties_of(document: Document, lodged_by: str) -> tuple[CopiedTie, ...]:
    """The ties of one declaration. Texts are folded, so that two ways to write one name are the same."""
    return tuple(one for one in _named(document, lodged_by) if one.key)


def _named(document: Document, lodged_by: str) -> Iterator[CopiedTie]:
    seller, agent, vehicle, trader = document.counterpart, document.agent, document.vehicle, document.trader
    if seller and seller.name:
        yield CopiedTie("seller", _plain(seller.name), seller.name)
    if agent and agent.tax_code:
        yield CopiedTie("agent", agent.tax_code, agent.name or agent.tax_code)
    if vehicle and vehicle.identifier:
        yield CopiedTie("vehicle", _NOT_PLATE.sub("", fold(vehicle.identifier)), vehicle.identifier)
    if trader and trader.address:
        said = ", ".join(part for part in (trader.address.street, trader.address.city, trader.address.region) if part)
        yield CopiedTie("address", _plain(said), said)
    for contact in trader.contacts if trader else ():
        if contact.value:
            yield CopiedTie("contact", _NOT_PLATE.sub("", fold(contact.value)), contact.value)
    if lodged_by.startswith("user:"):
        yield CopiedTie("person", lodged_by, lodged_by)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", fold(text)).strip()
