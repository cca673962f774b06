from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "thongquan.base.core"
    label = "core"
    verbose_name = "Core"
