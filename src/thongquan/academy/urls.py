"""Addresses of the exercise room."""

from __future__ import annotations

from django.urls import path

from thongquan.academy import views

app_name = "academy"
urlpatterns = [
    path("", views.room, name="room"),
    path("start", views.start, name="start"),
    path("<int:exercise_id>/", views.exercise, name="exercise"),
    path("<int:exercise_id>/next", views.following, name="next"),
    path("cases/<slug:number>/decide", views.decide, name="decide"),
]
