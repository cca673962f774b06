"""Versions side by side: what changed, who, why, and what it did to duties and channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import names_of
from thongquan.base.core.figures import number_shown
from thongquan.base.core.sentences import Told, sentence
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.changes import Change
from thongquan.clearance.declarations.fieldpaths import field_name
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER
from thongquan.clearance.declarations.labels import ACTIONS, tax_label
from thongquan.clearance.declarations.permissions import audience_of
from thongquan.clearance.declarations.queries import Kept, TaxChange, comparison_of, stand_of, versions_of
from thongquan.clearance.declarations.views.common import actor_of_page, language_now

WHOLE: dict[str, Promise] = {
    "fee": gettext_lazy("Customs fee"),
    "secured": gettext_lazy("Secured by guarantee, not paid now"),
    "due": gettext_lazy("To be paid"),
}


@dataclass(frozen=True)
class Row:
    """One change in words."""

    name: str
    kind: str
    before: str
    after: str
    is_number: bool


@dataclass(frozen=True)
class Money:
    """One total in words; `is_whole` is the sum of all."""

    name: str
    before: Decimal
    after: Decimal
    difference: Decimal
    is_whole: bool


@dataclass(frozen=True)
class Compared:
    """What a page shows of two versions."""

    rows: tuple[Row, ...]
    taxes: tuple[Money, ...]
    channel_before: int
    channel_after: int


def compared(
    changes: Iterable[Change], taxes: Iterable[TaxChange], *, channel_before: int, channel_after: int
) -> Compared:
    """Changes in words."""
    return Compared(
        rows=tuple(_row(change) for change in changes),
        taxes=tuple(_money(tax) for tax in taxes),
        channel_before=channel_before,
        channel_after=channel_after,
    )


def _row(change: Change) -> Row:
    whole_line = change.path.startswith("lines[") and change.path.endswith("]")
    name = _("Line %(number)d") % {"number": change.line or 0} if whole_line else field_name(change.path)
    field = COLUMNS.get(change.field.removeprefix("lines.")) if change.line is not None else HEADER.get(change.field)
    if field is None or field.kind not in ("amount", "count"):
        return Row(name, change.kind, change.before, change.after, is_number=False)
    language = language_now()
    before, after = (number_shown(text, language) if text else "" for text in (change.before, change.after))
    return Row(name, change.kind, before, after, is_number=True)


def _money(tax: TaxChange) -> Money:
    name = str(WHOLE.get(tax.tax) or tax_label(tax.tax))
    return Money(name, tax.before_vnd, tax.after_vnd, tax.difference_vnd, tax.tax == "due")


@page
@never_cache
@require_GET
def versions(request: HttpRequest, number: str) -> HttpResponse:
    """Two versions, the last two unless others are asked for by `before` and `after`."""
    actor = actor_of_page(request)
    stand = stand_of(actor=actor, number=number)
    kept = versions_of(actor=actor, number=number)
    after = _chosen(request, "after", stand.version)
    before = _chosen(request, "before", max(after - 1, 0))
    comparison = comparison_of(actor=actor, number=number, before=before, after=after)
    is_officer = audience_of(actor) != "declarant"
    names = names_of({one.actor for one in kept}) if is_officer else {actor.reference: actor.name}
    context = {
        "stand": stand,
        "versions": [_told(one, names) for one in kept],
        "before": before,
        "after": after,
        "one": _told(comparison.before, names),
        "other": _told(comparison.after, names),
        "compared": compared(
            comparison.changes,
            comparison.taxes,
            channel_before=comparison.before.channel,
            channel_after=comparison.after.channel,
        ),
    }
    return render(request, "declarations/versions.html", context)


@dataclass(frozen=True)
class ToldVersion:
    """A version in words."""

    kept: Kept
    what: Promise | str
    who: str
    consequences: tuple[Told, ...]


def _told(kept: Kept, names: dict[str, str]) -> ToldVersion:
    return ToldVersion(
        kept=kept,
        what=ACTIONS.get("declaration.lodged" if kept.kind == "lodged" else f"declaration.{kept.kind}", kept.kind),
        who=names.get(kept.actor, ""),
        consequences=tuple(sentence(fault) for fault in kept.consequences),
    )


def _chosen(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else default
