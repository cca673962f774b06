"""Addresses of the pages of violations."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.violations.views import case, lists

app_name = "violations"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("new/", lists.record, name="record"),
    path("<int:violation_id>/", case.case, name="case"),
    path("<int:violation_id>/propose", case.propose, name="propose"),
    path("<int:violation_id>/decide", case.decide, name="decide"),
    path("<int:violation_id>/return", case.give_back, name="return"),
    path("<int:violation_id>/drop", case.drop, name="drop"),
    path("<int:violation_id>/annul", case.annul, name="annul"),
    path("<int:violation_id>/decision.pdf", case.decision, name="decision"),
]
