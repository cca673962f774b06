"""Enterprises with people, and kinds of events, for the tests of notices. Imports wait until Django is set up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.base.notices.trade import Trade


@pytest.fixture
def trade(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trade]:
    """Two enterprises, a broker, and their people; keys in a directory of the test's own."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    from tests.base.notices.trade import made
    from thongquan.base.core.secrets import secret
    from thongquan.base.notices import kinds

    for name, cost in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        monkeypatch.setattr(Argon2PasswordHasher, name, cost)
    settings.SECRETS_DIR = tmp_path / "secrets"
    secret.cache_clear()
    before = kinds.event_kinds()
    kinds.register_kinds({"declaration.clear": "Cleared", "declaration.cancel": "Cancelled"})
    yield made()
    kinds.register_kinds(before)
    secret.cache_clear()
