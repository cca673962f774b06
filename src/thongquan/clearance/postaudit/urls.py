"""Addresses of the pages of audits."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.postaudit.views import case, lists
from thongquan.clearance.postaudit.views.steps import SPECS

app_name = "postaudit"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("open/<slug:number>/", lists.open_case, name="open"),
    path("selections/", lists.selections, name="selections"),
    path("selections/<int:selection_id>/", lists.selection, name="selection"),
    path("<int:audit_id>/", case.case, name="case"),
    path("<int:audit_id>/conclusion.pdf", case.conclusion, name="conclusion"),
    *(path(f"<int:audit_id>/{step}", case.step_view(step), name=step.value) for step in SPECS),
]
