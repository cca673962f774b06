"""Addresses of the pages of codes for goods."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "classification"
urlpatterns: list[URLPattern] = []
