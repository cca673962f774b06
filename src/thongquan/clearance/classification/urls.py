"""Addresses of the pages of codes for goods."""

from __future__ import annotations

from django.urls import URLPattern

from thongquan.clearance.classification.ruling_urls import PATHS as RULINGS

app_name = "classification"
urlpatterns: list[URLPattern] = [*RULINGS]
