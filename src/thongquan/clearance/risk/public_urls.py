"""The address of what everyone may read: how groups of traders are treated."""

from django.urls import path

from thongquan.clearance.risk.views.public import treatment

app_name = "fairness"
urlpatterns = [path("", treatment, name="page")]
