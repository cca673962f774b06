"""The doors of the API, and how many requests pass them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from ninja.errors import HttpError
from pytest_django.fixtures import Settings

from tests.base.accounts.people import acting, person, signed_in
from thongquan.base.accounts.auth import BearerToken, SessionAuth, actor_of_request
from thongquan.base.accounts.operations import close_person, create_token
from thongquan.base.accounts.queries import system_actor
from thongquan.base.accounts.throttle import ApiThrottle
from thongquan.base.core.clock import now

FACTORY = RequestFactory()


def test_a_token_stands_for_its_person() -> None:
    owner = person("declarant", "enterprise", "9999900011")
    made = create_token(actor=acting(owner), name="kho", scopes=["declarations:lodge"], days=1, at=now())
    request = FACTORY.get("/", headers={"Authorization": f"Bearer {made.secret}"})
    actor = BearerToken()(request)
    assert actor is not None
    assert actor.reference == f"user:{owner.pk}"
    assert actor_of_request(request) is actor


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer tq_unknown", "Basic tq_x", "Bearer \x00"])
def test_a_stranger_with_no_good_token_is_refused(header: str) -> None:
    assert BearerToken()(FACTORY.get("/", headers={"Authorization": header})) is None


def test_the_token_of_a_closed_account_is_refused() -> None:
    owner = person("declarant", "enterprise", "9999900011")
    made = create_token(actor=acting(owner), name="kho", scopes=["declarations:lodge"], days=1, at=now())
    close_person(actor=system_actor("tests"), user_id=owner.pk, at=now())
    assert BearerToken()(FACTORY.get("/", headers={"Authorization": f"Bearer {made.secret}"})) is None


def test_a_session_needs_its_csrf_token_at_the_api() -> None:
    mine = signed_in(person("declarant", "enterprise", "9999900011"))
    request = FACTORY.post("/api/v1/x")
    request.COOKIES["sessionid"] = mine.cookies["sessionid"].value
    with pytest.raises(HttpError) as refusal:
        SessionAuth()(request)
    assert refusal.value.status_code == 403


def test_a_session_reads_at_the_api() -> None:
    user = person("declarant", "enterprise", "9999900011")
    request = FACTORY.get("/api/v1/x")
    request.COOKIES["sessionid"] = "x"
    request.user, request.session = user, SessionStore()
    actor = SessionAuth()(request)
    assert actor is not None
    assert actor.enterprises == {"9999900011"}


def test_a_stranger_without_session_is_refused() -> None:
    request = FACTORY.get("/api/v1/x")
    request.user = AnonymousUser()
    assert SessionAuth()(request) is None
    request.COOKIES["sessionid"] = "x"
    request.session = SessionStore()
    assert SessionAuth()(request) is None


def test_an_officers_session_without_second_factor_is_refused() -> None:
    request = FACTORY.get("/api/v1/x")
    request.COOKIES["sessionid"] = "x"
    request.user, request.session = person("clearance_officer", "customs_office", "15BB"), SessionStore()
    assert SessionAuth()(request) is None


def test_the_limit_holds_per_person_and_says_when_to_come_back(settings: Settings) -> None:
    settings.API_RATE_LIMIT = "3/minute"
    throttle = ApiThrottle()
    request, other = FACTORY.get("/"), FACTORY.get("/", REMOTE_ADDR="192.0.2.7")
    assert [throttle.allow_request(request) for _ in range(4)] == [True, True, True, False]
    wait = throttle.wait()
    assert wait is not None
    assert 1 <= wait <= 60
    assert throttle.allow_request(other), "another address has its own count"
    throttle.forget()
    assert throttle.allow_request(request)


def test_a_forwarding_header_does_not_buy_a_fresh_count(settings: Settings) -> None:
    settings.API_RATE_LIMIT = "1/minute"
    throttle = ApiThrottle()
    assert throttle.allow_request(FACTORY.get("/"))
    assert not throttle.allow_request(FACTORY.get("/", headers={"X-Forwarded-For": "192.0.2.99"}))
