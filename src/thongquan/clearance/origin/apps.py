from django.apps import AppConfig


class OriginConfig(AppConfig):
    name = "thongquan.clearance.origin"
    label = "origin"
    verbose_name = "Certificates of origin"
