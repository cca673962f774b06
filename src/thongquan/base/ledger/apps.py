from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "thongquan.base.ledger"
    label = "ledger"
    verbose_name = "Ledger"
