"""Addresses of control's pages."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "control"
urlpatterns: list[URLPattern] = []
