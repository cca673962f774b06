"""Offices and a realm for the tests of accounts. Imports wait: this file is read before Django is set up."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def office(db: None) -> None:
    """A practice realm with the shipped offices; nothing remembered from another test."""
    from django.core.cache import cache

    from tests.base.accounts.people import before
    from thongquan.base.accounts.operations import load_offices
    from thongquan.base.accounts.queries import forget_actors
    from thongquan.base.core.realm import fix_realm

    fix_realm(name="practice", at=before())
    load_offices(at=before())
    forget_actors()
    cache.clear()
