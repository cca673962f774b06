"""Codes found by words, for the boxes of the form."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from thongquan.base.web.guard import page
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER
from thongquan.clearance.declarations.views.common import fragment, language_now, today
from thongquan.clearance.tariff.queries import goods
from thongquan.clearance.tariff.queries.code_lists import Listed, find_codes

LISTS = frozenset(field.listed for field in (*HEADER.values(), *COLUMNS.values()) if field.listed) - {"tax"}
SHOWN = 12


@page
@require_GET
def codes(request: HttpRequest, name: str) -> HttpResponse:
    """Values of a list that fit what was typed, as options; HS codes by code or by words in any language."""
    if name not in LISTS:
        raise Http404
    text = request.GET.get("q", "")[:80].strip()
    found = _goods(text) if name == "hs" else _values(name, text, request.GET.get("flow", ""))
    return fragment(request, "declarations/_codes.html", {"found": found, "text": text})


def _values(name: str, text: str, flow: str) -> list[Listed]:
    group = flow if name == "regime" and flow in ("import", "export") else ""
    return find_codes(name, text, today(), language_now(), group=group, limit=SHOWN)


def _goods(text: str) -> list[Listed]:
    """Only national lines: a declaration names nothing above them."""
    if len(text) < 2:
        return []
    found = [one for one in goods.search(text, today(), language_now()) if one.is_line]
    return [Listed(code=one.code, name=one.name, folded="") for one in found[:SHOWN]]
