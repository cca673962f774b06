"""Addresses of the pages of risk."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.risk.views import compliance

app_name = "risk"
urlpatterns = [
    path("compliance/", compliance.listing, name="compliance"),
    path("compliance/<str:enterprise>/", compliance.enterprise, name="enterprise"),
]
