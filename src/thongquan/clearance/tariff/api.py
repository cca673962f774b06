"""The law over HTTP, for everyone: law is public, so reading it asks for no sign-in; nothing can be changed here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Router

from thongquan.base.core.errors import NotFound
from thongquan.base.core.json import answer_json
from thongquan.base.core.openapi import FAULTS, described
from thongquan.clearance.tariff.days import day_asked
from thongquan.clearance.tariff.queries import current_law, goods, rates, tables

router = Router(tags=["law"], auth=None)
ANSWERS = described(
    {
        200: ("The law of that day", {"type": "object"}),
        404: ("Nothing of that name on that day", FAULTS),
        422: ("A parameter cannot be read", FAULTS),
    },
    open_to_all=True,
)


def _language() -> str:
    return get_language() or "vi"


@router.get(
    "/search", url_name="law_search", summary="Find goods by words or by the beginning of a code", openapi_extra=ANSWERS
)
def search(request: HttpRequest, q: str, on: str | None = None) -> HttpResponse:
    """Words in Vietnamese (with or without accents), English, Chinese or French; at most 60 results."""
    day = day_asked(on)
    found = goods.search(q[:200], day, _language())
    return answer_json({"on": day, "law": current_law().version, "results": found})


@router.get(
    "/codes/{hs}",
    url_name="law_code",
    summary="A goods code with its rates and conditions on a day",
    openapi_extra=ANSWERS,
)
def code(request: HttpRequest, hs: str, on: str | None = None) -> HttpResponse:
    """`hs` has 2, 4, 6 or 8 digits; rates stand on the eight-digit codes."""
    day = day_asked(on)
    one = goods.goods_of(hs, day, _language())
    if one is None:
        raise NotFound(hs)
    body: dict[str, Any] = {
        "on": day,
        "law": current_law().version,
        "goods": one,
        "cells": current_law().cells_on(hs, day),
        "conditions": rates.conditions_of(hs, day, _language()),
        "below": [] if one.is_line else goods.below(hs, day, _language()),
    }
    return answer_json(body)


@router.get("/rates", url_name="law_rates", summary="Exchange rates that serve on a day", openapi_extra=ANSWERS)
def exchange_rates(request: HttpRequest, on: str | None = None) -> HttpResponse:
    """Dong per unit of each currency for declarations registered in the week of the day."""
    day = day_asked(on)
    law = current_law()
    return answer_json({"on": day, "law": law.version, "rates": law.rates_on(day)})


@router.get(
    "/parameters", url_name="law_parameters", summary="Numbers and words of the law on a day", openapi_extra=ANSWERS
)
def parameters(request: HttpRequest, on: str | None = None) -> HttpResponse:
    """Each with its unit, the day it holds from, its source, and whether it was verified."""
    day = day_asked(on)
    names = ("name", "value", "unit", "valid_from", "source", "verified")
    rows = [{name: row[name] for name in names} for row in tables.parameters_on(day, _language())]
    return answer_json({"on": day, "law": current_law().version, "parameters": rows})
