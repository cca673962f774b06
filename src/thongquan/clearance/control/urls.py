"""Addresses of control's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from thongquan.clearance.control.views import (
    channels,
    checks,
    duty,
    gate,
    inspections,
    kept,
    preserving,
    releasing,
    slips,
    specialized,
    worklists,
)

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
    path("<declaration:number>/inspection/kept", kept.kept, name="kept"),
    path("<declaration:number>/inspection/photo", kept.photo, name="photo"),
    path("act-worker.js", kept.worker, name="act_worker"),
    path("<declaration:number>/inspection/sign", inspections.sign, name="sign"),
    path("<declaration:number>/specialized", specialized.specialized, name="specialized"),
]
RELEASE: list[URLPattern] = [
    path("gate/", gate.gate, name="gate"),
    path("gate/offline/", gate.offline, name="gate_offline"),
    path("gate/uses/", gate.uses, name="gate_uses"),
    path("gate/worker.js", gate.worker, name="gate_worker"),
    path("gate/slip-key.json", gate.key, name="slip_key"),
    path("lowered/", channels.lowered, name="lowered"),
    path("preservations/", preserving.preservations, name="preservations"),
    path("<declaration:number>/release/", releasing.release, name="release"),
    path("<declaration:number>/channel/", channels.channel, name="channel"),
    path("<declaration:number>/preservation/", preserving.preservation, name="preservation"),
    path("<declaration:number>/slips/", slips.slips, name="slips"),
    path("<declaration:number>/slips/<slug:serial>/", slips.slip, name="slip"),
]
urlpatterns = [*CHECKS, *RELEASE]
