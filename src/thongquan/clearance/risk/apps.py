from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "thongquan.clearance.risk"
    label = "risk"
    verbose_name = "Risk"
