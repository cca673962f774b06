from django.apps import AppConfig


class ControlConfig(AppConfig):
    name = "thongquan.clearance.control"
    label = "control"
    verbose_name = "Control"
