"""Rulings for everyone, without signing in: searched by words and code, without applicants and trade secrets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thongquan.base.accounts.throttle import open_to_public
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.web.guard import open_page
from thongquan.clearance.classification.queries.published import published_document, published_documents
from thongquan.clearance.classification.ruling_labels import FIELDS
from thongquan.clearance.classification.views.ruling_common import language_now, words_asked
from thongquan.clearance.tariff.queries.code_lists import code_name


@require_safe
@open_page
@open_to_public
def published(request: HttpRequest) -> HttpResponse:
    """Published rulings, newest first."""
    text, code = words_asked(request), words_asked(request, "code")
    rows = published_documents(text=text, code=code, on=now().date())
    return render(request, "classification/published.html", {"rows": rows, "text": text, "code": code})


@require_safe
@open_page
@open_to_public
def published_one(request: HttpRequest) -> HttpResponse:
    """One of them, by its number."""
    on = now().date()
    found = published_document(request.GET.get("number", ""), on=on)
    if found is None:
        raise NotFound("number")
    told = [(FIELDS[name], getattr(found, name)) for name in FIELDS if getattr(found, name, "")]
    office = code_name("office", found.office, on, language_now()) or found.office
    return render(request, "classification/published_one.html", {"found": found, "told": told, "office": office})
