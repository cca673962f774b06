"""Who sees the pictures of an inspection, who may add them, and under whom they are kept."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.control.models import Inspection
from thongquan.clearance.control.permissions import READERS


def sees_photos(actor: Actor, subject: str) -> bool:
    """Officers of the office of the inspection (`inspection:12`)."""
    row = _inspection(subject)
    return row is not None and any(actor.holds(role, row.office) for role in READERS)


def adds_photos(actor: Actor, subject: str) -> bool:
    """The officers it is assigned to, as long as the act is open."""
    row = _inspection(subject)
    if row is None or row.concluded_at is not None:
        return False
    return row.assignments.filter(officer=actor.reference, until__isnull=True).exists()


def owner_of_photos(actor: Actor, subject: str) -> str:
    """The office of the inspection, for its officers; empty for all others."""
    row = _inspection(subject)
    return f"office:{row.office}" if row is not None and sees_photos(actor, subject) else ""


def _inspection(subject: str) -> Inspection | None:
    key = subject.partition(":")[2]
    return Inspection.objects.filter(id=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
