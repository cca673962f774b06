"""Lodged exports as applications for certificates begin from them: rooms above this one read them, said at start-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.rules.document import Document


class ExportRow(msgspec.Struct, frozen=True, kw_only=True):
    """An export of a list."""

    number: str
    tax_code: str
    office: str
    registered_at: datetime


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A live export declaration with the document in force."""

    number: str
    tax_code: str
    trader_name: str
    office: str
    document: Document


ReadOne = Callable[[Actor, str], Export]
ReadRecent = Callable[[Actor, int], list[ExportRow]]
_readers: list[tuple[ReadOne, ReadRecent]] = []


def read_exports_by(one: ReadOne, recent: ReadRecent) -> None:
    """Say who reads an export by its number (raises `NotFound`), and the newest ones of an actor."""
    _readers[:] = [(one, recent)]


def export_of(actor: Actor, number: str) -> Export:
    """A live export. Raises `NotFound` for anything else, and where the actor may not see it."""
    if not _readers:
        raise NotFound(number)
    return _readers[0][0](actor, number)


def recent_exports(actor: Actor, limit: int) -> list[ExportRow]:
    """The newest exports in the actor's scope."""
    return _readers[0][1](actor, limit) if _readers else []
