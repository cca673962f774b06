"""How batches are called: `P-000012` to people, `parcels:12` to other rooms."""

from __future__ import annotations

PREFIX = "parcels:"


def subject_of(batch: int) -> str:
    """The typed reference of a batch."""
    return f"{PREFIX}{batch}"


def batch_of_subject(subject: str) -> int | None:
    """The batch a reference names, None for a reference to something else."""
    number = subject.removeprefix(PREFIX)
    return int(number) if subject.startswith(PREFIX) and number.isascii() and number.isdigit() else None


def name_of(batch: int) -> str:
    """The name of a batch."""
    return f"P-{batch:06d}"
