from django.apps import AppConfig


class ClassificationConfig(AppConfig):
    name = "thongquan.clearance.classification"
    label = "classification"
    verbose_name = "Classification of goods"
