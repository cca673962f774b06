"""Addresses of the pages of codes for goods."""

from __future__ import annotations

from django.urls import URLPattern

from thongquan.clearance.classification.ruling_urls import PATHS as RULINGS
from thongquan.clearance.classification.suggesting_urls import PATHS as SUGGESTING
from thongquan.clearance.classification.two_code_urls import PATHS as TWO_CODES

app_name = "classification"
urlpatterns: list[URLPattern] = [*TWO_CODES, *RULINGS, *SUGGESTING]
