from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "thongquan.insight.public"
    label = "public"
    verbose_name = "Public services"
