"""The specimen book as it is read: what an issuer's signature and stamp looked like on a day."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from django.db.models import Q

from thongquan.base.core.errors import NotFound
from thongquan.clearance.origin.models import Specimen

MOST = 200
BESIDE = 12


class SpecimenShown(msgspec.Struct, frozen=True, kw_only=True):
    """A specimen without its picture; `[valid_from, valid_to)`."""

    id: int
    country: str
    issuer: str
    kind: str
    holder: str
    valid_from: date
    valid_to: date | None
    source: str
    entered_at: datetime
    withdrawn_at: datetime | None
    words: str


def specimens(*, country: str = "", issuer: str = "") -> list[SpecimenShown]:
    """The book, by country and issuer, newest first; withdrawn ones stay in it and say so."""
    rows = Specimen.objects.order_by("country", "issuer", "-valid_from", "-id")
    if country:
        rows = rows.filter(country=country.upper())
    if issuer:
        rows = rows.filter(issuer__icontains=issuer)
    return [_shown(row) for row in rows.defer("picture")[:MOST]]


def specimens_for(*, country: str, issuer: str, on: date) -> list[SpecimenShown]:
    """What held on a day for a country, those of the very issuer first."""
    holds = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    rows = list(Specimen.objects.filter(holds, country=country, withdrawn_at=None).defer("picture").order_by("-id"))
    wanted = issuer.casefold()
    rows.sort(key=lambda row: row.issuer.casefold() not in wanted and wanted not in row.issuer.casefold())
    return [_shown(row) for row in rows[:BESIDE]]


def specimen_picture(specimen: int) -> bytes:
    """The picture of a specimen, without place and device. Raises `NotFound`."""
    row = Specimen.objects.filter(id=specimen).first() if 0 < specimen < 2**63 else None
    if row is None:
        raise NotFound(str(specimen))
    return bytes(row.picture)


def _shown(row: Specimen) -> SpecimenShown:
    return SpecimenShown(**{name: getattr(row, name) for name in SpecimenShown.__struct_fields__})
