from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "thongquan.base.web"
    label = "web"
    verbose_name = "Web"
