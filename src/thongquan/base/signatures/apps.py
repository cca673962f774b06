from django.apps import AppConfig


class SignaturesConfig(AppConfig):
    name = "thongquan.base.signatures"
    label = "signatures"
    verbose_name = "Signatures"
