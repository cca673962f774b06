from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "thongquan.base.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Connect the audit of sign-ins, and tell the low rooms how to find who acts."""
        import_module("thongquan.base.accounts.handlers")
