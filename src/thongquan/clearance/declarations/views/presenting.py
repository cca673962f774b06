"""One-click pages of the declarant: documents filed, goods presented."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.operations.presenting import file_documents, present_goods
from thongquan.clearance.declarations.views.changing import back_with
from thongquan.clearance.declarations.views.common import actor_of_page


@page
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, number: str) -> HttpResponse:
    """The documents are filed."""
    if request.method == "POST":
        try:
            file_documents(actor=actor_of_page(request), number=number, at=now())
        except Refused as refused:
            return back_with(request, number, refused)
        messages.success(request, _("Customs is told that the documents are filed."))
    return redirect("declarations:file", number)


@page
@require_http_methods(["GET", "POST"])
def goods(request: HttpRequest, number: str) -> HttpResponse:
    """The goods are presented."""
    if request.method == "POST":
        try:
            present_goods(actor=actor_of_page(request), number=number, at=now())
        except Refused as refused:
            return back_with(request, number, refused)
        messages.success(request, _("Customs is told that the goods stand ready."))
    return redirect("declarations:file", number)
