"""Addresses of the pages of suggested codes and of the models behind them."""

from __future__ import annotations

from django.urls import URLPattern, path

from thongquan.clearance.classification.views import suggesting, suggesting_models, suggesting_sheets

PATHS: list[URLPattern] = [
    path("suggest/", suggesting.suggest, name="suggest"),
    path("suggest/options", suggesting.options, name="suggest_options"),
    path("suggest/sheets/", suggesting_sheets.sheets, name="suggest_sheets"),
    path("suggest/sheets/template.xlsx", suggesting_sheets.template, name="suggest_template"),
    path("suggest/sheets/<int:sheet_id>/", suggesting_sheets.sheet, name="suggest_sheet"),
    path("suggest/sheets/<int:sheet_id>/answers.xlsx", suggesting_sheets.answers, name="suggest_answers"),
    path("suggest/models/", suggesting_models.models, name="suggest_models"),
    path("suggest/models/figures.<str:kind>", suggesting_models.download, name="suggest_figures"),
    path("suggest/models/<slug:version>/", suggesting_models.model, name="suggest_model"),
    path("suggest/models/<slug:version>/step", suggesting_models.step, name="suggest_step"),
]
