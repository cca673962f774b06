"""Mandates at the pages: an enterprise gives and withdraws them, a broker sees what it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.base.accounts.people import acting, person, signed_in
from thongquan.base.accounts.models import User
from thongquan.base.core.clock import now

pytestmark = pytest.mark.django_db
ENTERPRISE, BROKER = "9999900011", "9999900029"
GIVEN = {"enterprise": ENTERPRISE, "broker": BROKER, "last_day": ""}


@pytest.fixture
def owner() -> User:
    return person("declarant", "enterprise", ENTERPRISE)


@pytest.fixture
def broker() -> User:
    return person("broker", "broker", BROKER)


def test_an_enterprise_gives_a_mandate_and_withdraws_it(owner: User, broker: User) -> None:
    mine, theirs = signed_in(owner), signed_in(broker)
    assert mine.post("/mandates/", GIVEN).status_code == 302
    assert acting(broker).enterprises == {ENTERPRISE}
    assert f"enterprise {ENTERPRISE}" in theirs.get("/mandates/").text
    assert mine.post(f"/mandates/{ENTERPRISE}/{BROKER}/withdraw/").status_code == 302
    assert acting(broker).enterprises == frozenset()
    assert mine.post(f"/mandates/{ENTERPRISE}/{BROKER}/withdraw/").status_code == 404, "it has ended already"


def test_a_mandate_with_a_last_day_ends_by_itself_and_can_be_withdrawn_before(owner: User, broker: User) -> None:
    mine, today = signed_in(owner), localdate(now())
    last = today + timedelta(days=30)
    assert mine.post("/mandates/", GIVEN | {"last_day": last.isoformat()}).status_code == 302
    assert acting(broker).enterprises == {ENTERPRISE}
    assert mine.post("/mandates/", GIVEN).status_code == 422, "there is one already"
    assert mine.post(f"/mandates/{ENTERPRISE}/{BROKER}/withdraw/").status_code == 302
    assert acting(broker).enterprises == frozenset()
    assert mine.post("/mandates/", GIVEN).status_code == 302


@pytest.mark.parametrize(
    ("change", "field"),
    [({"broker": "0101010101"}, "broker"), ({"broker": ""}, "broker"), ({"last_day": "2001-01-01"}, "last_day")],
)
def test_what_cannot_be_given_is_told_at_its_field(
    owner: User, broker: User, change: dict[str, str], field: str
) -> None:
    answer = signed_in(owner).post("/mandates/", GIVEN | change)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert acting(broker).enterprises == frozenset()


def test_a_neighbor_enterprise_gives_and_withdraws_nothing_for_another(owner: User, broker: User) -> None:
    signed_in(owner).post("/mandates/", GIVEN)
    neighbor = signed_in(person("declarant", "enterprise", "9999900045"))
    assert neighbor.post("/mandates/", GIVEN).status_code == 422, "not an enterprise of theirs"
    assert neighbor.post(f"/mandates/{ENTERPRISE}/{BROKER}/withdraw/").status_code == 403
    assert BROKER not in neighbor.get("/mandates/").text
    assert signed_in(broker).post("/mandates/", GIVEN).status_code == 403, "a broker hands nothing on"
    assert acting(broker).enterprises == {ENTERPRISE}


def test_a_stranger_sees_no_mandates(owner: User) -> None:
    for stranger in (Client(), signed_in(person("clearance_officer", "customs_office", "15BB"))):
        assert stranger.get("/mandates/").status_code in {302, 403}
        assert stranger.post(f"/mandates/{ENTERPRISE}/{BROKER}/withdraw/").status_code in {302, 403}
