"""The demo door: one click in a practice realm on this machine, and nowhere else whatever the request claims."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.base.accounts.people import move_to_realm
from thongquan.base.accounts.operations import create_demo_people
from thongquan.base.core.clock import now

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}
BUTTON = 'name="role" value="clearance_officer"'


@pytest.fixture(autouse=True)
def people(settings: Settings) -> None:
    """The demo people, and a server that answers to any host name."""
    settings.ALLOWED_HOSTS = ["*"]
    create_demo_people(at=now())


def door(given: dict[str, str]) -> tuple[bool, int, Client]:
    """Whether the page offers the door, and what a try of it gives."""
    client = Client()
    offered = BUTTON in client.get("/accounts/login/", **given).content.decode()  # type: ignore[arg-type]  # headers
    status = client.post("/demo/", {"role": "clearance_officer"}, **given).status_code  # type: ignore[arg-type]
    return offered, status, client


@pytest.mark.parametrize(
    "given",
    [
        HERE,
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"},
        {"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"},
    ],
)
def test_one_click_steps_into_a_role_without_second_factor(given: dict[str, str]) -> None:
    offered, status, client = door(given)
    assert (offered, status) == (True, 302)
    page = client.get("/", **given)  # type: ignore[arg-type]  # headers
    assert page.status_code == 200
    assert "Nguyễn Thị Lan" in page.content.decode()


@pytest.mark.parametrize("realm", ["real", "sandbox"])
def test_the_door_cannot_exist_in_another_realm(realm: str) -> None:
    move_to_realm(realm)
    assert door(HERE)[:2] == (False, 404)


def test_the_door_cannot_exist_where_the_process_is_of_the_real_realm(settings: Settings) -> None:
    settings.REALM = "real"
    assert door(HERE)[:2] == (False, 404)


def test_the_door_cannot_exist_before_a_realm_is_fixed() -> None:
    move_to_realm("")
    assert door(HERE)[:2] == (False, 404)


@pytest.mark.parametrize(
    "claim",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "not an address"},
        {"HTTP_HOST": "hq.example"},
        {"HTTP_HOST": "127.0.0.1.hq.example"},
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
    ],
)
def test_a_stranger_from_elsewhere_finds_no_door_whatever_the_headers_say(claim: dict[str, str]) -> None:
    assert door(HERE | claim)[:2] == (False, 404)


def test_a_session_of_the_door_loses_its_second_factor_when_the_realm_is_real() -> None:
    _offered, _status, client = door(HERE)
    move_to_realm("real")
    assert client.get("/", **HERE)["Location"] == "/accounts/2fa/totp/activate/"  # type: ignore[arg-type]  # headers


def test_a_session_of_the_door_is_worth_nothing_from_another_machine() -> None:
    _offered, _status, client = door(HERE)
    away = HERE | {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/", **away).status_code == 302  # type: ignore[arg-type]  # headers


def test_the_door_needs_the_pages_own_token_and_a_known_role() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/", {"role": "director"}, **HERE).status_code == 403  # type: ignore[arg-type]  # headers
    assert Client().post("/demo/", {"role": "king"}, **HERE).status_code == 404  # type: ignore[arg-type]  # headers
    assert Client().get("/demo/", **HERE).status_code == 405  # type: ignore[arg-type]  # headers
