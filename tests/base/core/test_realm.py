"""A database is of one realm for ever."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from thongquan.base.core.models import Realm
from thongquan.base.core.realm import fix_realm, realm_name

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_realm_is_fixed_once() -> None:
    assert realm_name() is None
    assert fix_realm(name="practice", at=AT)
    assert not fix_realm(name="practice", at=AT)
    assert realm_name() == "practice"


def test_another_realm_is_refused() -> None:
    fix_realm(name="real", at=AT)
    with pytest.raises(ValueError, match="real"):
        fix_realm(name="practice", at=AT)


def test_an_unknown_realm_is_refused() -> None:
    with pytest.raises(ValueError, match="fancy"):
        fix_realm(name="fancy", at=AT)


@pytest.mark.parametrize("change", [lambda: Realm.objects.update(name="real"), lambda: Realm.objects.all().delete()])
def test_the_database_itself_refuses_a_change(change: object) -> None:
    fix_realm(name="practice", at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        change()  # type: ignore[operator]  # a parametrized callable
    assert realm_name() == "practice"
