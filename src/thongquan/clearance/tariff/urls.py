"""Addresses of the law explorer, all open to everyone."""

from django.urls import path

from thongquan.clearance.tariff import downloads, views

app_name = "tariff"
urlpatterns = [
    path("", views.explorer, name="explorer"),
    path("below/<str:code>/", views.below, name="below"),
    path("codes/<str:hs>/", views.code, name="code"),
    path("codes/<str:hs>/rates.<str:kind>", downloads.rates_file, name="download"),
    path("parameters/", views.parameters, name="parameters"),
    path("regimes/", views.regimes, name="regimes"),
    path("rates/", views.exchange_rates, name="rates"),
    path("offices/", views.offices, name="offices"),
    path("unverified/", views.unverified, name="unverified"),
]
