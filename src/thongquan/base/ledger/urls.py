"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import path

from thongquan.base.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.ledger, name="list"),
    path("heads.json", views.heads, name="heads"),
    path("proof/<str:subject>/", views.proof, name="proof"),
]
