"""Addresses of control's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from thongquan.clearance.control.views import checks, duty, inspections, specialized, worklists

app_name = "control"
CHECKS: list[URLPattern] = [
    path("", worklists.worklists, name="worklists"),
    path("duty/", duty.roster, name="duty"),
    path("<declaration:number>/documents", checks.documents, name="documents"),
    path("<declaration:number>/documents/begin", checks.begin, name="documents_begin"),
    path("<declaration:number>/documents/point", checks.point, name="documents_point"),
    path("<declaration:number>/documents/conclude", checks.conclude, name="documents_conclude"),
    path("<declaration:number>/inspection", inspections.inspection, name="inspection"),
    path("<declaration:number>/inspection/assign", inspections.assign, name="assign"),
    path("<declaration:number>/inspection/reassign", inspections.reassign, name="reassign"),
    path("<declaration:number>/inspection/place", inspections.place, name="place"),
    path("<declaration:number>/inspection/line", inspections.line, name="line"),
    path("<declaration:number>/inspection/finding", inspections.finding, name="finding"),
    path("<declaration:number>/inspection/samples", inspections.sample, name="samples"),
    path("<declaration:number>/inspection/sign", inspections.sign, name="sign"),
    path("<declaration:number>/specialized", specialized.specialized, name="specialized"),
]
urlpatterns = [*CHECKS]
