"""Offices and a realm for the tests of accounts. Imports wait: this file is read before Django is set up."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A practice realm with the shipped offices; nothing remembered from another test, and passwords cheap to check."""
    from django.contrib.auth.hashers import Argon2PasswordHasher
    from django.core.cache import cache

    from tests.base.accounts.people import before
    from thongquan.base.accounts.operations import load_offices
    from thongquan.base.accounts.queries import forget_actors
    from thongquan.base.core.realm import fix_realm

    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 8)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)
    fix_realm(name="practice", at=before())
    load_offices(at=before())
    forget_actors()
    cache.clear()
