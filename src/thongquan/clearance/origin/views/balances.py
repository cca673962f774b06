"""The balance sheet of a certificate: what is used, what is left, who used it and when; also as Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.tables import Value, excel_table
from thongquan.base.web.guard import page
from thongquan.clearance.origin import labels
from thongquan.clearance.origin.queries import CertificateFile, certificate_file
from thongquan.clearance.origin.queries.balances import sheets_of
from thongquan.clearance.origin.queries.worklist import DUE_DAYS, ends_of
from thongquan.clearance.origin.views.desk import local_day

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page
@never_cache
@require_GET
def balance(request: HttpRequest, proof_id: int) -> HttpResponse:
    """What is left of each line as a bar, and the declarations that used it."""
    kept = certificate_file(actor=actor_of_request(request, now()), certificate=proof_id)
    ends = ends_of(kept.row.id, local_day())
    context: dict[str, Any] = {
        "kept": kept,
        "state": labels.STATES[kept.row.state],
        "sheets": sheets_of(kept),
        "ends_on": ends,
        "days_left": (ends - local_day()).days if ends else None,
        "soon": DUE_DAYS,
    }
    return render(request, "origin/balance.html", context)


@page
@never_cache
@require_GET
def balance_file(request: HttpRequest, proof_id: int) -> HttpResponse:
    """The same as a workbook: a row for each use, and one for each line that nobody uses."""
    kept = certificate_file(actor=actor_of_request(request, now()), certificate=proof_id)
    head = [_("Certificate"), _("Line"), _("HS code"), _("Goods"), _("Unit"), _("Certified"), _("Used"), _("Left")]
    head += [_("Declaration"), _("Declared line"), _("Quantity"), _("Used on")]
    answer = HttpResponse(excel_table(_("Balance"), head, _rows(kept)), content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="c-o-{kept.row.id}.xlsx"'
    return answer


def _rows(kept: CertificateFile) -> Iterator[list[Value]]:
    for sheet in sheets_of(kept):
        line = sheet.line
        first: list[Value] = [kept.row.number, line.number, line.hs, line.description, line.unit]
        first += [line.quantity, line.used, line.left]
        for use in sheet.uses:
            yield [*first, use.subject.partition(":")[2], use.line, use.quantity, _local(use.at)]
        if not sheet.uses:
            yield [*first, None, None, None, None]


def _local(at: datetime) -> datetime:
    return timezone.localtime(at)
