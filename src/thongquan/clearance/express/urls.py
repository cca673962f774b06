"""Addresses of the pages of parcels."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.express.views import batches, lanes, parcels

app_name = "express"
urlpatterns = [
    path("", batches.listing, name="list"),
    path("new/", batches.new, name="new"),
    path("sample.csv", batches.sample, name="sample"),
    path("held/", parcels.held, name="held"),
    path("carriers/", lanes.carriers, name="carriers"),
    path("carriers/<int:carrier_id>/end", lanes.end, name="end"),
    path("lanes/", lanes.lanes, name="lanes"),
    path("<int:batch>/", batches.batch, name="batch"),
    path("<int:batch>/progress", batches.progress, name="progress"),
    path("<int:batch>/results.<slug:kind>", batches.results, name="results"),
    path("<int:batch>/<int:place>/", parcels.parcel, name="parcel"),
]
