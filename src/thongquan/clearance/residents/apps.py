from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "thongquan.clearance.residents"
    label = "residents"
    verbose_name = "Border residents"
