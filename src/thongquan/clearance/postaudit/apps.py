from django.apps import AppConfig


class PostauditConfig(AppConfig):
    name = "thongquan.clearance.postaudit"
    label = "postaudit"
    verbose_name = "Audit after clearance"
