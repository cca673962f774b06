"""What a suggesting model is worth, as a paper to print: the figures of its report with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongquan.base.web.templatetags.tq import number, rate
from thongquan.clearance.classification.formats.report import Section, report_pdf
from thongquan.clearance.classification.queries.suggesting_models import ModelRow
from thongquan.clearance.classification.suggesting_labels import STANDS
from thongquan.clearance.tariff.queries.goods import goods_named

Level = Mapping[str, Any]
NONE = "–"
MOST_CHAPTERS = 40


def model_pdf(row: ModelRow, levels: Sequence[Level], strange: Sequence[Level]) -> bytes:
    """A measured model; `levels` and `strange` as the page shows them, shares as fractions with their intervals."""
    trained = timezone.localtime(row.trained_at)
    office = row.report["strange"]["office"]
    return report_pdf(
        title=_("Model %(version)s of code suggestion") % {"version": row.version[:8]},
        on=trained.date(),
        facts=[
            (_("State"), str(STANDS[row.state])),
            (_("Trained"), date_format(trained, "SHORT_DATETIME_FORMAT")),
            (_("Declared lines"), number(row.counts["lines"])),
            (_("Precedents"), number(row.counts["precedent"])),
            (_("Texts of books"), number(row.counts["nomenclature"] + row.counts["reference"])),
            (_("Version"), row.version),
        ],
        sections=[
            Section(
                title=_("How often it is right"),
                text=_("Goods held out, near-duplicates kept apart; brackets hold the true share, at 95 percent."),
                heads=(_("Digits"), _("Goods asked"), _("Right at once"), _("Within five"), _("Calibration error")),
                rows=[_level(one) for one in levels],
                widths=(0, 0, 1, 1, 1),
                right=(1, 2, 3, 4),
            ),
            Section(
                title=_("An office never seen: %(office)s") % {"office": office}
                if office
                else _("The first day of an office"),
                heads=(_("Digits"), _("Goods asked"), _("Right at once"), _("Within five")),
                rows=[_level(one)[:4] for one in strange],
                widths=(0, 0, 1, 1),
                right=(1, 2, 3),
            ),
            _surest(row.report),
            _chapters(row.report, trained.date()),
        ],
    )


def _level(one: Level) -> tuple[str, ...]:
    error = one.get("error")
    return (
        str(one["digits"]),
        number(one["asked"]),
        _span(one.get("top1")),
        _span(one.get("top5")),
        NONE if error is None else rate(error),
    )


def _span(share: Sequence[Any] | None) -> str:
    return f"{rate(share[0])} [{rate(share[1])}–{rate(share[2])}]" if share else NONE


def _surest(report: Mapping[str, Any]) -> Section:
    return Section(
        title=_("Right among the surest"),
        heads=(_("Digits"), _("Surest part"), _("Right at once")),
        rows=[
            (digits, rate(share), rate(round(right, 3)))
            for digits, level in report["levels"].items()
            for share, right in level["curve"]
        ],
        widths=(0, 1, 1),
        right=(1, 2),
    )


def _chapters(report: Mapping[str, Any], on: Any) -> Section:
    """By chapter at six digits, the most asked first."""
    rows = sorted(report["levels"]["6"]["chapters"], key=lambda one: -one[1])[:MOST_CHAPTERS]
    names = goods_named([code for code, _asked, _right in rows], on, get_language() or "vi")
    return Section(
        title=_("By chapter"),
        heads=(_("Chapter"), _("Goods"), _("Goods asked"), _("Right at once")),
        rows=[
            (code, names[code].name if code in names else NONE, number(asked), rate(round(right, 3)))
            for code, asked, right in rows
        ],
        widths=(0, 1, 0, 0),
        right=(2, 3),
    )
