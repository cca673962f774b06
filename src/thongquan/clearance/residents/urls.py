"""Addresses of residents' forms."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.residents.views import carriers, counter, forms, gathering, public, vehicles

app_name = "residents"
urlpatterns = [
    path("", forms.desk, name="desk"),
    path("counter/", counter.counter, name="counter"),
    path("counter/person/", counter.person, name="person"),
    path("prepare/", public.prepare, name="resident_prepare"),
    path("prepared/<slug:code>/", public.prepared, name="resident_prepared"),
    path("check/<slug:code>/", public.check, name="resident_check"),
    path("forms/<slug:form>/", forms.form, name="form"),
    path("forms/<slug:form>/receipt.pdf", forms.receipt, name="receipt"),
    path("forms/<slug:form>/<slug:step>", forms.step, name="step"),
    path("collections/", gathering.collections, name="collections"),
    path("collections/<slug:collection>/", gathering.collection, name="collection"),
    path("vehicles/", vehicles.vehicles, name="vehicles"),
    path("carriers/", carriers.carriers, name="carriers"),
]
