from django.apps import AppConfig


class LawdeskConfig(AppConfig):
    name = "thongquan.clearance.lawdesk"
    label = "lawdesk"
    verbose_name = "Law desk"
