"""Fields that few declarations need: temporary regimes, permits, adjustments, notes."""

from __future__ import annotations

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.declarations.formats.fields.shape import Field, Section

SLOTS = 5


def _with_number(label: Promise, place: int) -> str:
    return str(label) % {"number": place + 1}


numbered = lazy(_with_number, str)
"""A label with the number of its slot, in the language in which it is shown."""


def _permit_slot(place: int) -> tuple[Field, ...]:
    before = f"permits[{place}]."
    return (
        Field(
            key=before + "kind",
            label=numbered(_("Permit %(number)d: kind"), place),
            kind="code",
            listed="permit_kind",
            width="short",
        ),
        Field(key=before + "number", label=numbered(_("Permit %(number)d: number"), place), length=20, width="short"),
        Field(
            key=before + "issued_on",
            label=numbered(_("Permit %(number)d: issued on"), place),
            kind="date",
            width="short",
        ),
    )


def _adjustment_slot(place: int) -> tuple[Field, ...]:
    before = f"adjustments[{place}]."
    return (
        Field(
            key=before + "code",
            label=numbered(_("Adjustment %(number)d: code"), place),
            kind="code",
            listed="adjustment",
            width="short",
        ),
        Field(
            key=before + "amount",
            label=numbered(_("Adjustment %(number)d: amount"), place),
            kind="amount",
            decimals=4,
            width="short",
        ),
        Field(
            key=before + "currency",
            label=numbered(_("Adjustment %(number)d: currency"), place),
            kind="code",
            listed="currency",
            width="tiny",
        ),
    )


SPECIAL = Section(
    key="special",
    title=_("Permits, adjustments and temporary regimes"),
    folded=True,
    fields=(
        Field(
            key="temporary_until",
            label=_("Temporary until"),
            hint=_("Only for temporary import or export."),
            kind="date",
            width="short",
        ),
        Field(
            key="temporary_reference",
            label=_("Earlier declaration"),
            hint=_("Only for re-export or re-import: the number of the temporary declaration."),
            length=12,
        ),
        *(field for place in range(SLOTS) for field in _permit_slot(place)),
        *(field for place in range(SLOTS) for field in _adjustment_slot(place)),
        Field(key="notes", label=_("Notes"), kind="long", length=100, width="full"),
    ),
)
