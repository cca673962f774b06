"""Addresses of the status page, all open to everyone."""

from django.urls import path

from thongquan.insight.status import views

app_name = "status"
urlpatterns = [
    path("", views.status, name="status"),
    path("hours.csv", views.hours_file, name="hours_file"),
    path("times.csv", views.times_file, name="times_file"),
]
