"""The card of a model as a paper to print, dated, in the reader's language; no legal form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongquan.base.core.papers import pdf
from thongquan.clearance.risk.model_cards import card_of, facts_of, share_of
from thongquan.clearance.risk.model_labels import KEYS
from thongquan.clearance.risk.queries.versions import ModelFile
from thongquan.rules.origin.shares import Share

TEMPLATE = Path(__file__).parent / "model_card.typ"


def model_card(kept: ModelFile, *, on: date) -> bytes:
    """The card of a version with its newest week of drift, as of a day."""
    language = get_language() or "vi"
    card = card_of(kept.row)
    data = {
        "language": language.split("-")[0],
        "on": on.isoformat(),
        "words": {
            "title": _("Card of a model of risk"),
            "practice": _("PRACTICE"),
            "footer": _("As of %(day)s. A model adds controls and takes none away; people decide.")
            % {"day": date_format(on, "SHORT_DATE_FORMAT")},
            "limits": _("What it is not good at"),
        },
        "facts": [list(pair) for pair in facts_of(kept.row, card)],
        "parts": [_data(card.labels), *_worth(card), *_drift(kept)],
        "limits": card.limits,
    }
    return pdf(TEMPLATE, data)


def _data(labels: Any) -> dict[str, Any]:
    rows = [[str(one.name), _figure(one.lines), _figure(one.found)] for one in labels]
    return _part(
        _("What it learned from"),
        [_("Where it became known"), _("Lines of goods"), _("Something found")],
        rows,
        _("A finding counts from the moment it was known. Adjusted values are labels and never features."),
    )


def _worth(card: Any) -> list[dict[str, Any]]:
    if not card.worths:
        return []
    heads = [_("Model"), _("Found among the top tenth"), _("Interval"), _("Average precision"), _("Calibration error")]
    rows = [
        [
            one.name,
            _percent(one.top.value),
            _interval(one.top),
            _percent(one.average_precision),
            _percent(one.calibration),
        ]
        for one in card.worths
    ]
    return [_part(_("What it is worth on later lines"), heads, rows)]


def _drift(kept: ModelFile) -> list[dict[str, Any]]:
    if not kept.weeks:
        return []
    week = kept.weeks[0]
    lane, told = share_of(week.told["random_lane"]), week.told
    rows = [
        [_("Random lane, something found"), f"{_percent(lane.value)} ({_interval(lane)})"],
        [_("Calibration error"), _percent(Decimal(told["calibration"]))],
        [_("Features that moved too far"), ", ".join(told["alarms"]) or "–"],
        *_new(told["new"]),
    ]
    day = date_format(week.on, "SHORT_DATE_FORMAT")
    return [_part(_("The last four weeks before %(day)s") % {"day": day}, [_("Measure"), _("Value")], rows)]


def _new(shares: Mapping[str, float]) -> list[list[str]]:
    return [
        [_("Never seen before: %(what)s") % {"what": KEYS[name]}, _percent(Decimal(value))]
        for name, value in shares.items()
        if name in KEYS
    ]


def _part(title: str, heads: list[str], rows: list[list[str]], note: str = "") -> dict[str, Any]:
    return {"title": title, "heads": heads, "rows": rows, "note": note}


def _interval(one: Share) -> str:
    return f"{_percent(one.low)} – {_percent(one.high)}"


def _percent(value: Decimal | None) -> str:
    return "–" if value is None else f"{number_format(value * 100, 1)} %"


def _figure(value: int) -> str:
    return number_format(value, force_grouping=True)
