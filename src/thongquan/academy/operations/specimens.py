"""Keeping what really crossed beside the declarations of a practice world that were lodged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from django.db import connection

from thongquan.academy.filing import Slot
from thongquan.academy.models import Specimen
from thongquan.academy.worlds import Filing

_COLUMNS = ("line", "hs", "origin", "quantity", "value_usd", "net_weight_kg", "regime", "hidden_kg", "fraud")
_LATER = ("mechanism", "error", "evaded_vnd")
_TRUTHS = f"COPY academy_truth (specimen_id, {', '.join((*_COLUMNS, *_LATER))}) FROM STDIN"


class Kept(msgspec.Struct, frozen=True):
    """A slot that was lodged: the number it got, its office and its channel."""

    slot: Slot
    number: str
    office: str
    channel: int

    @property
    def subject(self) -> str:
        """The typed reference of the declaration."""
        return f"declaration:{self.number}"


def keep_truths(kept: Sequence[Kept], *, seed: int, at: datetime) -> None:
    """Write specimens and their truths, in the transaction of the caller."""
    made = Specimen.objects.bulk_create(_specimen(one, seed, at) for one in kept)
    with connection.cursor() as cursor, cursor.copy(_TRUTHS) as rows:
        for specimen, one in zip(made, kept, strict=True):
            for row in _truths(one.slot.filing):
                rows.write_row((specimen.pk, *row))


def _specimen(one: Kept, seed: int, at: datetime) -> Specimen:
    filing = one.slot.filing
    truths = filing.truths
    return Specimen(
        number=one.number,
        office=one.office,
        seed=seed,
        world_key=filing.head.declaration_key,
        moved_days=one.slot.moved.days,
        is_fraud=any(truth.fraud for truth in truths),
        is_clean=not any(truth.fraud or truth.error for truth in truths),
        evaded_vnd=sum(truth.evaded_vnd for truth in truths),
        loaded_at=at,
    )


def _truths(filing: Filing) -> Iterator[tuple[object, ...]]:
    """The truths as rows of `_TRUTHS` without their specimen."""
    for one in filing.truths:
        yield (
            one.line_no,
            one.hs,
            one.origin,
            one.quantity,
            one.value_usd,
            one.net_weight_kg,
            one.regime,
            one.hidden_kg,
            one.fraud,
            one.mechanism or "",
            one.error or "",
            one.evaded_vnd,
        )
