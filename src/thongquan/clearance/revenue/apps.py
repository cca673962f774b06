from django.apps import AppConfig


class RevenueConfig(AppConfig):
    name = "thongquan.clearance.revenue"
    label = "revenue"
    verbose_name = "Revenue"
