"""Addresses of the law desk."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.lawdesk.views import baskets, runs
from thongquan.clearance.lawdesk.views.steps import SPECS

app_name = "lawdesk"
urlpatterns = [
    path("", baskets.listing, name="list"),
    path("dry-runs/", runs.runs, name="runs"),
    path("dry-runs/<int:run>/", runs.run, name="run"),
    path("dry-runs/<int:run>/declarations.<str:kind>", runs.rows, name="rows"),
    path("<int:workbasket>/", baskets.basket, name="basket"),
    *(path(f"<int:workbasket>/{name}", baskets.step_view(name), name=name) for name in SPECS),
]
