from django.apps import AppConfig

from thongquan.base.notices.own_words import register_own


class NoticesConfig(AppConfig):
    name = "thongquan.base.notices"
    label = "notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        register_own()
