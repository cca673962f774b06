from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "thongquan.base.notices"
    label = "notices"
    verbose_name = "Notices"
