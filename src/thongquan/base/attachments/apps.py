from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "thongquan.base.attachments"
    label = "attachments"
    verbose_name = "Attachments"
