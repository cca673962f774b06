"""The declarations a dry run found, as a file: Excel, CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from django.utils.translation import gettext as _

from thongquan.base.core.tables import Value, csv_table, excel_table
from thongquan.clearance.lawdesk.trying import Outcome, Row

KINDS = ("xlsx", "csv", "json")
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_encode = msgspec.json.Encoder(decimal_format="string").encode


def rows_file(kind: str, outcome: Outcome, rows: Sequence[Row]) -> bytes:
    """The file of one of `KINDS`; JSON holds the sums beside the declarations."""
    if kind == "json":
        return _encode({"outcome": outcome, "declarations": rows})
    if kind == "csv":
        return csv_table(_head(), _lines(rows))
    return excel_table(_("Dry run"), _head(), _lines(rows))


def _head() -> list[str]:
    return [
        _("Declaration"),
        _("Office"),
        _("Tax code"),
        _("Trader"),
        _("Stays valid"),
        _("Due before (VND)"),
        _("Due after (VND)"),
        _("Difference (VND)"),
        _("Channel before"),
        _("Channel after"),
        _("Goods codes"),
        _("Errors"),
    ]


def _lines(rows: Iterable[Row]) -> list[list[Value]]:
    return [
        [
            row.number,
            row.office,
            row.tax_code,
            row.trader_name,
            _("yes") if row.stands else _("no"),
            row.due_before_vnd,
            row.due_after_vnd if row.stands else None,
            row.difference_vnd if row.stands else None,
            row.channel_before,
            row.channel_after or None,
            " ".join(row.goods),
            " ".join(row.reasons),
        ]
        for row in rows
    ]
