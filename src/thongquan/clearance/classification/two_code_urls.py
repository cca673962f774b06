"""Addresses of the pages of two codes."""

from __future__ import annotations

from django.urls import URLPattern, path

from thongquan.clearance.classification.views import cases, workbench

PATHS: list[URLPattern] = [
    path("", workbench.listing, name="workbench"),
    path("<int:finding_id>/", workbench.finding, name="finding"),
    path("<int:finding_id>/card.pdf", workbench.finding_pdf, name="finding_pdf"),
    path("cases/", cases.listing, name="cases"),
    path("cases/<int:case_id>/", cases.case, name="case"),
]
