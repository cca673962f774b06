from django.apps import AppConfig


class TariffConfig(AppConfig):
    name = "thongquan.clearance.tariff"
    label = "tariff"
    verbose_name = "Tariff"
