from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    name = "thongquan.clearance.declarations"
    label = "declarations"
    verbose_name = "Declarations"
