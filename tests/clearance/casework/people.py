"""Colleagues and neighbors of the demo office."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.world import World
from thongquan.base.accounts.models import Membership, Organization, User
from thongquan.base.accounts.queries import Actor, actor_of

OFFICE, NEXT_DOOR = "15BB", "20BB"


def person(
    email: str, name: str, role: str, at: datetime, *, office: str = OFFICE, kind: str = "customs_office"
) -> Actor:
    """Somebody with a role at a place, second factor given."""
    place = Organization.objects.get(kind=kind, code=office)
    user = User.objects.create_user(email, full_name=name, joined_at=at)
    Membership.objects.create(user=user, organization=place, role=role, valid_from=at - timedelta(days=30))
    return actor_of(user, at, mfa=True)


def colleague(at: datetime, name: str = "Lê Văn Hòa") -> Actor:
    """Another clearance officer of the office."""
    return person(f"{abs(hash(name))}@example.vn", name, "clearance_officer", at)


def neighbor(at: datetime, role: str = "clearance_officer") -> Actor:
    """The same role at the office next door."""
    return person(f"{role}.next@example.vn", f"Người bên cạnh {role}", role, at, office=NEXT_DOOR)


def ledger_of(customs: World, prefix: str) -> list[tuple[str, str, str]]:
    """Action, subject and content of the ledger's rows on subjects of a kind, in order."""
    rows = customs.run_sql(
        "SELECT action, subject, details FROM ledger_entry WHERE subject LIKE %s ORDER BY id", f"{prefix}:%"
    )
    return [(action, subject, bytes(content).decode()) for action, subject, content in rows]


def notices(customs: World) -> list[tuple[str, str, str]]:
    """Reader, kind and subject of every notice, in order."""
    return customs.run_sql("SELECT reader, kind, subject FROM notices_notice ORDER BY id")
