"""Addresses of the pages of values."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.valuation.views import case, lists, methods, prices
from thongquan.clearance.valuation.views.steps import SPECS

app_name = "valuation"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("proposals/", lists.proposed, name="proposals"),
    path("open/<slug:number>/", lists.open_case, name="open"),
    path("prices/", prices.prices, name="prices"),
    path("prices/<int:reference_id>/confirm", prices.confirm, name="confirm_price"),
    path("prices/<int:reference_id>/withdraw", prices.withdraw, name="withdraw_price"),
    path("<int:consultation_id>/", case.case, name="case"),
    path("<int:consultation_id>/method/", methods.method, name="method"),
    path("<int:consultation_id>/<slug:name>.pdf", case.letter, name="letter"),
    *(path(f"<int:consultation_id>/{step}", case.step_view(step), name=step.value) for step in SPECS),
]
