"""Addresses of the pages of precedents, rulings and attributes."""

from __future__ import annotations

from django.urls import URLPattern, path

from thongquan.clearance.classification.views import attributes, precedents, rulings

PATHS: list[URLPattern] = [
    path("precedents/", precedents.listing, name="precedents"),
    path("precedents/sheet", precedents.sheet, name="precedents_sheet"),
    path("precedents/template.xlsx", precedents.template, name="precedents_template"),
    path("precedents/against/", precedents.against, name="against"),
    path("precedents/against/<int:met_id>", precedents.judge, name="judge_met"),
    path("precedents/<int:precedent_id>/", precedents.one, name="precedent"),
    path("precedents/<int:precedent_id>/withdraw", precedents.withdraw, name="precedent_withdraw"),
    path("attributes/", attributes.table, name="attributes"),
    path("attributes/<int:attribute_id>/<slug:step>", attributes.step, name="attribute_step"),
    path("rulings/", rulings.listing, name="rulings"),
    path("rulings/new/", rulings.new, name="ruling_new"),
    path("rulings/<int:ruling_id>/", rulings.one, name="ruling"),
    path("rulings/<int:ruling_id>/<slug:step>", rulings.step, name="ruling_step"),
]
