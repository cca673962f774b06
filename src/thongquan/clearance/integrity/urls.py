"""Addresses of the pages of integrity."""

from __future__ import annotations

from django.urls import path

from thongquan.clearance.integrity.views import control, own

app_name = "integrity"
urlpatterns = [
    path("", control.desk, name="desk"),
    path("signals/<int:signal_id>/", control.signal, name="signal"),
    path("cases/<int:case_id>/", control.case, name="case"),
    *(path(f"cases/<int:case_id>/{step}", control.step_view(step), name=step.value) for step in control.SPECS),
    path("questions/", own.questions, name="questions"),
    path("questions/<int:case_id>/", own.question, name="question"),
]
