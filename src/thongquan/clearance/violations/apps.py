from django.apps import AppConfig


class ViolationsConfig(AppConfig):
    name = "thongquan.clearance.violations"
    label = "violations"
    verbose_name = "Violations"
