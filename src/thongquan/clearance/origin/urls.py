"""Addresses of the pages of certificates."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.origin.views import entry, entry_file, outbound, outbound_check, outbound_line, pages

app_name = "origin"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("new/", entry.new, name="entry_new"),
    path("new/file", entry_file.file, name="entry_file"),
    path("new/template.xlsx", entry.template_file, name="entry_template"),
    path("outbound/", outbound.listing, name="outbound_list"),
    path("outbound/new/", outbound.new, name="outbound_new"),
    path("outbound/check/", outbound_check.check, name="outbound_check"),
    path("outbound/<int:outbound_id>/", outbound.application, name="outbound"),
    path("outbound/<int:outbound_id>/head/", outbound.head, name="outbound_head"),
    path("outbound/<int:outbound_id>/form.pdf", outbound.printed, name="outbound_form"),
    path("outbound/<int:outbound_id>/costs.xlsx", outbound_line.sheet, name="outbound_sheet"),
    path("outbound/<int:outbound_id>/costs/", outbound_line.upload, name="outbound_upload"),
    path("outbound/<int:outbound_id>/lines/<int:line>/", outbound_line.line, name="outbound_line"),
    path("outbound/<int:outbound_id>/lines/<int:line>/judged/", outbound_line.judged, name="outbound_judged"),
    path("outbound/<int:outbound_id>/<slug:step>", outbound.take_step, name="outbound_step"),
    path("<int:proof_id>/", pages.certificate, name="certificate"),
    *(path(f"<int:proof_id>/{step}", pages.step_view(step), name=step.value) for step in pages.FORMS),
]
