"""The command `thongquan`: the same operations as the pages and the API, from a terminal.

Django is set up before the commands are imported, since they import operations; no database is opened by that.
"""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongquan.config.settings")
django.setup()

from thongquan.config.cli.main import main  # noqa: E402  (after the set-up above)

__all__ = ["main"]
