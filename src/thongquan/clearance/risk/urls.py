"""Addresses of the pages of risk."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.risk.views import compliance, desk, profiles
from thongquan.clearance.risk.views.steps import SPECS

app_name = "risk"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("goods/", desk.goods, name="goods"),
    path("fairness/", desk.fairness, name="fairness"),
    path("compliance/", compliance.listing, name="compliance"),
    path("compliance/<str:enterprise>/", compliance.enterprise, name="enterprise"),
    path("profiles/", profiles.listing, name="profiles"),
    path("profiles/new/", profiles.new, name="new_profile"),
    path("profiles/<int:profile_id>/", profiles.profile, name="profile"),
    path("profiles/<int:profile_id>/edit/", profiles.edit, name="edit_profile"),
    *(path(f"profiles/<int:profile_id>/{name}", profiles.step_view(name), name=f"profile_{name}") for name in SPECS),
]
