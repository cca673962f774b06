"""Addresses of the public services, all open to everyone."""

from django.urls import path

from thongquan.insight.public.views import agreements, calculating, procedures, tracking

app_name = "public"
urlpatterns = [
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<slug:key>/", procedures.procedure, name="procedure"),
    path("calculator/", calculating.calculator, name="calculator"),
    path("calculator/codes/", calculating.suggestions, name="codes"),
    path("calculator/duties.<slug:kind>", calculating.calculator_file, name="calculator_file"),
    path("calculator/agreements/", agreements.agreements, name="agreements"),
    path("calculator/agreements.<slug:kind>", agreements.agreements_file, name="agreements_file"),
    path("track/", tracking.track, name="track"),
]
