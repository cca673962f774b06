"""Rates of a chapter, heading or code as a file."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongquan.base.core.errors import NotFound
from thongquan.clearance.tariff.formats.downloads import CSV_TYPE, EXCEL_TYPE, as_csv, as_excel
from thongquan.clearance.tariff.queries import goods, rates
from thongquan.clearance.tariff.views import on_a_day
from thongquan.clearance.tariff.wording import box_text, tax_name


@on_a_day
def rates_file(request: HttpRequest, on: date, hs: str, kind: str) -> HttpResponse:
    """Every line below a code with its rates on the day, as `csv` or `xlsx`."""
    language = get_language() or "vi"
    lines = goods.lines_below(hs, on, language) if hs.isdigit() and 2 <= len(hs) <= 8 else []
    if not lines or kind not in ("csv", "xlsx"):
        raise NotFound(hs)
    head, rows = _table(lines, on)
    content = as_csv(head, rows) if kind == "csv" else as_excel(f"{hs} {on.isoformat()}", head, rows)
    answer = HttpResponse(content, content_type=CSV_TYPE if kind == "csv" else EXCEL_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="rates-{hs}-{on.isoformat()}.{kind}"'
    return answer


def _table(lines: list[goods.Goods], on: date) -> tuple[list[str], list[list[str]]]:
    """One row per line; one column per tax and schedule that occurs, as published."""
    found: dict[tuple[str, str], dict[str, rates.CellRow]] = {}
    for cell in rates.cells_of([line.code for line in lines]):
        if cell.holds(on) and not cell.repealed:
            found.setdefault((cell.tax, cell.schedule), {})[cell.hs] = cell
    order = sorted(found, key=lambda key: (rates.TAX_ORDER.index(key[0]), key[1]))
    head = [_("Code"), _("Goods"), _("Unit"), *(f"{tax_name(tax)} {schedule}".strip() for tax, schedule in order)]
    rows = [
        [line.code, line.name, line.unit, *(_shown(found[key].get(line.code)) for key in order), _open(line, found)]
        for line in lines
    ]
    return [*head, _("Unverified")], rows


def _shown(cell: rates.CellRow | None) -> str:
    return "" if cell is None else cell.raw or box_text(cell)


def _open(line: goods.Goods, found: dict[tuple[str, str], dict[str, rates.CellRow]]) -> str:
    """Names of the columns of this line that nobody has verified."""
    cells = [by[line.code] for by in found.values() if line.code in by]
    return ", ".join(f"{cell.tax} {cell.schedule}".strip() for cell in cells if not cell.verified)
