"""What the public pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from thongquan.base.core.sentences import sentence
from thongquan.base.core.tables import csv_table
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.tariff.queries import goods
from thongquan.insight.public.reader import language_now
from thongquan.rules.decision import Fault

FRESH_SECONDS = 300
FOUND_AT_ONCE, SHORTEST = 30, 2
FIELDS = {
    "lines[0].hs": "hs",
    "lines[0].origin": "origin",
    "lines[0].value": "value",
    "lines[0].quantity": "quantity",
    "lines[0].quantity2": "quantity2",
    "lines[0].in_quota": "in_quota",
    "lines[0].net_weight_kg": "net_weight_kg",
    "invoice.amount": "value",
    "invoice.currency": "currency",
    "invoice.incoterm": "term",
    "freight": "freight",
    "freight.amount": "freight",
    "freight.currency": "currency",
    "insurance": "insurance",
    "insurance.amount": "insurance",
    "regime": "regime",
}
"""Where a fault of the declaration stands in the form of the calculator."""


def problems_of(faults: Iterable[Fault], *, anchors: str = "id_") -> list[Problem]:
    """Faults as an error summary; each leads to the field that it is about."""
    found: dict[str, Problem] = {}
    for fault in faults:
        told = sentence(fault)
        name = FIELDS.get(fault.path, "")
        anchor = f"{anchors}{name}" if name else ""
        found.setdefault(told.text, Problem(told.text, anchor, told.remedy, str(fault.code), told.example, told.basis))
    return list(found.values())


def goods_named(text: str, on: date) -> list[goods.Goods]:
    """Whole codes that fit words, the nearest first; none for words too short."""
    if len(text) < SHORTEST:
        return []
    return [one for one in goods.search(text, on, language_now()) if one.is_line][:FOUND_AT_ONCE]


def kept_a_while(answer: HttpResponse, *, seconds: int = FRESH_SECONDS) -> HttpResponse:
    """The browser may keep the page: it says the same to this person for some minutes."""
    patch_cache_control(answer, private=True, max_age=seconds)
    return answer


def file_of(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def csv_of(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table to keep."""
    return file_of(csv_table(head, rows), "text/csv; charset=utf-8", f"{name}.csv")
