from django.apps import AppConfig


class ValuationConfig(AppConfig):
    name = "thongquan.clearance.valuation"
    label = "valuation"
    verbose_name = "Valuation"
