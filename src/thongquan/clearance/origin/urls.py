"""Addresses of the pages of certificates."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.origin.views import entry, entry_file, pages

app_name = "origin"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("new/", entry.new, name="entry_new"),
    path("new/file", entry_file.file, name="entry_file"),
    path("new/template.xlsx", entry.template_file, name="entry_template"),
    path("<int:proof_id>/", pages.certificate, name="certificate"),
    *(path(f"<int:proof_id>/{step}", pages.step_view(step), name=step.value) for step in pages.FORMS),
]
