"""Which realm the database is of: fixed once, asked often."""

from __future__ import annotations

import uuid
from datetime import datetime

from thongquan.base.core.models import Realm

REALMS = ("real", "practice", "sandbox")
MADE_UP = ("practice", "sandbox")
"""Realms where people, rates and goods may be invented; nothing of theirs ever meets real trade."""


def realm_name() -> str | None:
    """Name of the database's realm, or None before it was fixed."""
    return Realm.objects.values_list("name", flat=True).first()


def is_made_up() -> bool:
    """Whether the database is of a realm where things may be invented."""
    return realm_name() in MADE_UP


def realm_identity() -> uuid.UUID | None:
    """The number that tells this database from every other, or None before its realm was fixed."""
    return Realm.objects.values_list("identity", flat=True).first()


def fix_realm(*, name: str, at: datetime) -> bool:
    """Fix the realm of an empty database; True when this call did it.

    Raises ValueError when the name is unknown or the database is already of another realm.
    """
    if name not in REALMS:
        message = f"unknown realm {name!r}"
        raise ValueError(message)
    realm, made = Realm.objects.get_or_create(id=1, defaults={"name": name, "origin_at": at, "identity": uuid.uuid4()})
    if realm.name != name:
        message = f"this database is of the realm {realm.name!r}, not {name!r}"
        raise ValueError(message)
    return made
