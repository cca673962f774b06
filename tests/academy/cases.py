"""Cases to train on: declarations really lodged, with a truth beside each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tests.world import World, import_document
from thongquan.academy.models import Case, Exercise, Specimen, Truth
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations import lodge_declaration

OFFICE = "15BB"


def specimen(customs: World, place: int, *, fraud: Iterable[int] = (), error: Iterable[int] = ()) -> Specimen:
    """A declaration of five lines; some hide fraud worth a million each, some an honest error."""
    fraud, error = set(fraud), set(error)
    document = import_document(invoice=f"TR-{place:04d}")
    lodged = lodge_declaration(actor=customs.actor("declarant"), document=document, at=now(), source="practice")
    made = Specimen.objects.create(
        number=lodged.number,
        office=OFFICE,
        seed=7,
        world_key=place,
        moved_days=14,
        is_fraud=bool(fraud),
        is_clean=not (fraud or error),
        evaded_vnd=Decimal(1_000_000 * len(fraud)),
        loaded_at=now(),
    )
    Truth.objects.bulk_create(
        Truth(
            specimen=made,
            line=line.number,
            hs="99999999" if line.number in fraud else line.hs,
            origin=line.origin,
            quantity=line.quantity,
            value_usd=line.value,
            net_weight_kg=line.net_weight_kg or 0,
            regime="A11",
            hidden_kg=0,
            fraud=line.number in fraud,
            mechanism="cheaper_code" if line.number in fraud else "",
            error="value" if line.number in error else "",
            evaded_vnd=1_000_000 if line.number in fraud else 0,
        )
        for line in document.lines
    )
    return made


def enough(customs: World, count: int = 10) -> list[Specimen]:
    """Cases for an exercise, the first of them with fraud on lines 2 and 4, the second with an error on line 1."""
    return [
        specimen(customs, place, fraud=(2, 4) if place == 1 else (), error=(1,) if place == 2 else ())
        for place in range(1, count + 1)
    ]


def of_another(customs: World, number: str = "") -> tuple[int, str]:
    """An exercise of another officer, its case open: its id and the number of its declaration, made unless given."""
    made = specimen(customs, 900, fraud=(1,)) if not number else _of_number(number)
    exercise = Exercise.objects.create(officer="user:999999", office=OFFICE, started_at=now())
    Case.objects.create(exercise=exercise, place=1, specimen=made, opened_at=now())
    return exercise.pk, made.number


def _of_number(number: str) -> Specimen:
    return Specimen.objects.create(
        number=number,
        office=OFFICE,
        seed=7,
        world_key=901,
        moved_days=14,
        is_fraud=False,
        is_clean=True,
        evaded_vnd=0,
        loaded_at=now(),
    )
