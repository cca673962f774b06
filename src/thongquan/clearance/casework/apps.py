from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "thongquan.clearance.casework"
    label = "casework"
    verbose_name = "Casework"
