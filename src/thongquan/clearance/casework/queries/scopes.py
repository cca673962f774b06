"""Who may see a note or a question that a typed reference names: for files on them and for proofs of the ledger."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.casework import permissions
from thongquan.clearance.casework.models import Note, Thread
from thongquan.clearance.casework.states import Side, State


def sees_note(actor: Actor, subject: str) -> bool:
    """Customs of the office of the note; nobody else."""
    office = Note.objects.filter(pk=_id_of(subject)).values_list("office", flat=True).first()
    return office is not None and permissions.is_colleague(actor, office)


def sees_question(actor: Actor, subject: str) -> bool:
    """Both sides of the question."""
    row = _thread(subject)
    return row is not None and permissions.sees_threads(actor, office=row.office, tax_code=row.tax_code)


def adds_to_question(actor: Actor, subject: str) -> bool:
    """Whoever speaks in it, until it is closed."""
    row = _thread(subject)
    return row is not None and row.state != State.CLOSED and bool(_owner(actor, row))


def owner_for_question(actor: Actor, subject: str) -> str:
    """The enterprise for the side that asks, the office for the side that answers; empty for all others."""
    row = _thread(subject)
    return _owner(actor, row) if row else ""


def _owner(actor: Actor, row: Thread) -> str:
    side = permissions.side_of(actor, office=row.office, tax_code=row.tax_code)
    if side is None:
        return ""
    return f"enterprise:{row.tax_code}" if side is Side.TRADER else f"office:{row.office}"


def _thread(subject: str) -> Thread | None:
    return Thread.objects.filter(pk=_id_of(subject)).first()


def _id_of(subject: str) -> int:
    text = subject.partition(":")[2]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
