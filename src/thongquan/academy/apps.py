from django.apps import AppConfig


class AcademyConfig(AppConfig):
    name = "thongquan.academy"
    label = "academy"
    verbose_name = "Academy"
