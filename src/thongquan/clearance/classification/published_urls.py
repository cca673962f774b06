"""Addresses of published rulings, open to everyone."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.classification.views import published

app_name = "rulings"
urlpatterns = [
    path("", published.published, name="published"),
    path("one/", published.published_one, name="one"),
]
