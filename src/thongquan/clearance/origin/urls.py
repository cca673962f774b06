"""Addresses of the pages of certificates."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.origin.views import (
    balances,
    desk,
    desk_side,
    entry,
    entry_file,
    entry_papers,
    history,
    outbound,
    outbound_check,
    outbound_line,
    pages,
    specimens,
    verification,
    verification_letters,
    verification_statistics,
)

app_name = "origin"
urlpatterns = [
    path("", desk.listing, name="list"),
    path("counts", desk.counts, name="counts"),
    path("history/exporter/", history.of("exporter"), name="exporter"),
    path("history/issuer/", history.of("issuer"), name="issuer"),
    path("new/", entry.new, name="entry_new"),
    path("new/file", entry_file.file, name="entry_file"),
    path("new/template.xlsx", entry.template_file, name="entry_template"),
    path("new/<int:entry>/", entry_papers.paper, name="entry_paper"),
    path("new/<int:entry>/progress", entry_papers.progress, name="entry_progress"),
    path("new/<int:entry>/drop", entry_papers.drop, name="entry_drop"),
    path("new/<int:entry>/page-<int:place>.jpg", entry_papers.picture, name="entry_page"),
    path("<int:proof_id>/paper", entry_papers.of_certificate, name="paper"),
    path("specimens/", specimens.book, name="specimens"),
    path("specimens/<int:specimen>/withdraw", specimens.withdraw, name="specimen_withdraw"),
    path("specimens/<int:specimen>/picture.jpg", specimens.picture, name="specimen_picture"),
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
    path("verifications/", verification.listing, name="verification_list"),
    path("verifications/statistics/", verification_statistics.statistics, name="verification_statistics"),
    path("verifications/statistics.<slug:kind>", verification_statistics.download, name="verification_download"),
    path("verifications/<int:verification_id>/", verification.verification, name="verification"),
    path(
        "verifications/<int:verification_id>/letters/<int:paper_id>/<slug:language>.pdf",
        verification_letters.letter,
        name="verification_letter",
    ),
    path(
        "verifications/<int:verification_id>/letters/<int:paper_id>/",
        verification_letters.signatures,
        name="verification_signatures",
    ),
    path("verifications/<int:verification_id>/<slug:step>", verification.step, name="verification_step"),
    path("<int:proof_id>/", pages.certificate, name="certificate"),
    path("<int:proof_id>/desk/", desk_side.side, name="desk"),
    path("<int:proof_id>/balance/", balances.balance, name="balance"),
    path("<int:proof_id>/balance.xlsx", balances.balance_file, name="balance_file"),
    path("<int:proof_id>/verify/", verification.opening, name="verification_open"),
    *(path(f"<int:proof_id>/{step}", pages.step_view(step), name=step.value) for step in pages.FORMS),
]
