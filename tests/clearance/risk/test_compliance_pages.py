"""Compliance as people read it: the own enterprise with why and what would raise it, officers of their offices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.clearance.risk.cases import copied, reckoned, today, traded
from tests.clearance.risk.languages import leftovers
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.clearance.risk.models import Compliance, Reckoning
from thongquan.clearance.risk.operations.copying import keep_copies

PAGE = f"/risk/compliance/{ENTERPRISE}/"
API = f"/api/v1/risk/compliance/{ENTERPRISE}"


@pytest.fixture
def standing(customs: World) -> World:
    """An enterprise at the third level since yesterday, at the second today."""
    traded(40)
    reckoned(today() - timedelta(days=1))
    traded(120)
    reckoned()
    return customs


def test_the_enterprise_reads_why_and_what_would_raise_it(customs: World) -> None:
    traded(12)
    reckoned()
    client = customs.client("declarant")
    assert client.get("/risk/compliance/")["Location"] == PAGE
    shown = client.get(PAGE, headers={"accept-language": "en"}).content.decode()
    for words in ("Declarations in the window: 12", "Declarations still missing in the window", "18", "730"):
        assert words in shown, words
    assert "unverified" in shown
    assert "/risk/compliance/" in client.get("/").content.decode()


def test_the_history_is_told(standing: World) -> None:
    told = standing.api("declarant").get(API).json()
    assert [one["level"] for one in told["history"]] == [2, 3]
    assert told["now"]["rank"] == 2
    assert told["assessed"]["grounds"]


def test_a_failed_reckoning_is_said(standing: World) -> None:
    Reckoning.objects.create(on=today(), started_at=now(), state="failed")
    assert standing.api("declarant").get(API).json()["is_late"] is True
    shown = standing.client("declarant").get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "The newest reckoning failed" in shown


def test_officers_read_the_traders_of_their_offices(standing: World) -> None:
    for role in ("clearance_officer", "risk_analyst", "director"):
        client = standing.client(role)
        assert ENTERPRISE in client.get("/risk/compliance/").content.decode(), role
        assert client.get(PAGE).status_code == 200, role
    shown = standing.client("risk_analyst").get("/risk/compliance/?level=5").content.decode()
    assert ENTERPRISE not in shown
    assert [row["level"] for row in standing.api("risk_analyst").get("/api/v1/risk/compliance").json()] == [2]


@pytest.mark.parametrize("address", ["/risk/compliance/", PAGE])
def test_a_stranger_is_sent_to_sign_in(address: str) -> None:
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("address", ["/api/v1/risk/compliance", API])
def test_a_stranger_gets_nothing_over_the_api(customs: World, address: str) -> None:
    assert Client(SERVER_NAME="127.0.0.1").get(address).status_code == 401


def test_a_neighbor_reads_no_other_enterprise(standing: World) -> None:
    keep_copies([copied(900, at=now() - timedelta(days=3), tax_code=OTHER_ENTERPRISE, office="20BB")])
    reckoned()
    assert Compliance.objects.filter(tax_code=OTHER_ENTERPRISE).exists()
    other = f"/risk/compliance/{OTHER_ENTERPRISE}/"
    for role in ("declarant", "broker", "clearance_officer", "partner_agency"):
        assert standing.client(role).get(other).status_code == 404, role
        assert standing.api(role).get(f"/api/v1{other[:-1]}").status_code == 404, role
    assert standing.client("broker").get(PAGE).status_code == 404
    assert OTHER_ENTERPRISE not in standing.client("clearance_officer").get("/risk/compliance/").content.decode()


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_pages_speak_the_readers_language(standing: World, language: str) -> None:
    for role, address in (("declarant", PAGE), ("risk_analyst", "/risk/compliance/")):
        assert leftovers(standing.client(role), address, language) == []
