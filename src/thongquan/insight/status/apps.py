from django.apps import AppConfig


class StatusConfig(AppConfig):
    name = "thongquan.insight.status"
    label = "status"
    verbose_name = "Status"
