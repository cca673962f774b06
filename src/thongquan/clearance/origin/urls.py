"""Addresses of the pages of certificates."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.origin.views import pages

app_name = "origin"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("<int:proof_id>/", pages.certificate, name="certificate"),
    *(path(f"<int:proof_id>/{step}", pages.step_view(step), name=step.value) for step in pages.FORMS),
]
