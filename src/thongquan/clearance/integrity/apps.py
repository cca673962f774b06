from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    name = "thongquan.clearance.integrity"
    label = "integrity"
    verbose_name = "Integrity"
