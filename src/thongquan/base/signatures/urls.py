"""Addresses of the certificates' pages."""

from __future__ import annotations

from django.urls import path

from thongquan.base.signatures import views

app_name = "signatures"
urlpatterns = [
    path("", views.certificates, name="certificates"),
    path("practice", views.practice, name="practice"),
    path("<int:certificate_id>/withdraw", views.withdraw, name="withdraw"),
]
