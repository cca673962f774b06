"""Addresses of shared pages."""

from __future__ import annotations

from django.urls import path

from thongquan.base.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("rail/", views.rail, name="rail"),
    path("theme/", views.theme, name="theme"),
    path("help/keyboard/", views.keyboard, name="keyboard"),
]
