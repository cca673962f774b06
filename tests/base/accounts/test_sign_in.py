"""Signing in: password, second factor, limits, and their audit."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction
from django.test import Client

from tests.base.accounts.people import PASSWORD, person, signed_in
from thongquan.base.accounts.models import User
from thongquan.base.accounts.operations import close_person
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.ledger.models import Entry

LOGIN = "/accounts/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    """Status of the answer to a sign-in."""
    return client.post(LOGIN, {"login": email, "password": password}).status_code


def code_of(secret: str) -> str:
    """The code an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


@pytest.fixture
def trader() -> User:
    """A declarant."""
    return person("declarant", "enterprise", "9999900011")


@pytest.fixture
def officer() -> User:
    """A clearance officer."""
    return person("clearance_officer", "customs_office", "15BB")


def test_a_trader_signs_in_with_a_password(trader: User, client: Client) -> None:
    assert sign_in(client, trader.email.upper()) == 302
    assert client.get("/").status_code == 200
    assert User.objects.get(pk=trader.pk).password.startswith("argon2")


def test_the_sixth_wrong_password_is_refused_and_then_the_right_one_too(trader: User, client: Client) -> None:
    for _try in range(5):
        assert sign_in(client, trader.email, "wrong") == 200
    refused = client.post(LOGIN, {"login": trader.email, "password": PASSWORD})
    assert refused.status_code == 200
    assert "_auth_user_id" not in client.session
    assert Entry.objects.filter(action="accounts.sign_in_failed").count() == 5, "the sixth never reached the password"


def test_sign_ins_and_failures_are_noted_without_the_address(trader: User, client: Client) -> None:
    sign_in(client, trader.email, "wrong")
    sign_in(client, "nobody@thongquan.example", "wrong")
    sign_in(client, trader.email)
    client.post("/accounts/logout/")
    rows = Entry.objects.filter(action__startswith="accounts.sign").order_by("id")
    assert [(row.action.split(".")[1], row.subject) for row in rows] == [
        ("sign_in_failed", f"user:{trader.pk}"),
        ("sign_in_failed", "user:unknown"),
        ("signed_in", f"user:{trader.pk}"),
        ("signed_out", f"user:{trader.pk}"),
    ]
    assert not any(b"thongquan.example" in bytes(row.details) for row in rows)


def test_a_closed_account_cannot_sign_in(trader: User, client: Client) -> None:
    close_person(actor=system_actor("tests"), user_id=trader.pk, at=now())
    sign_in(client, trader.email)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/", "/accounts/social/"])
def test_nobody_signs_up_alone(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/tokens/", "/accounts/2fa/", "/people/"])
def test_an_officer_sets_up_the_second_factor_before_anything_else(officer: User, client: Client, path: str) -> None:
    sign_in(client, officer.email)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/")


def test_an_officer_without_second_factor_is_refused_at_the_api_too(officer: User) -> None:
    answer = signed_in(officer, mfa=False).get("/api/v1/declarations/")
    assert answer.status_code == 403
    assert answer.json()["faults"][0]["code"] == "TQ-ACC-001"


def test_the_second_factor_from_set_up_to_the_next_sign_in(
    officer: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_: call())  # the test's own transaction stays open
    sign_in(client, officer.email)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'tq-secret">([A-Z2-7]+)<', page)
    assert found
    assert "data:image/svg+xml;base64" in page
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(found[1])})
    assert done["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/").status_code == 200, "the code just typed counts for this session"
    stored = Authenticator.objects.get(user=officer, type="totp").data["secret"]
    assert found[1] not in stored, "the seed rests encrypted"
    client.post("/accounts/logout/")
    sign_in(client, officer.email)
    assert "_auth_user_id" not in client.session, "a password alone is half a sign-in"
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    codes = Authenticator.objects.get(user=officer, type="recovery_codes").wrap().get_unused_codes()
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert client.get("/").status_code == 200
    assert Entry.objects.filter(action="accounts.second_factor_failed", subject=f"user:{officer.pk}").count() == 1


def test_an_officer_who_gave_only_half_of_it_confirms_the_other_half(officer: User) -> None:
    Authenticator.objects.create(user=officer, type="totp", data={})
    answer = signed_in(officer, mfa=False).get("/")
    assert answer["Location"] == "/accounts/2fa/reauthenticate/"


def test_sessions_end_after_eight_hours(trader: User, client: Client) -> None:
    sign_in(client, trader.email)
    assert client.session.get_expiry_age() <= 8 * 3600


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(trader: User, client: Client) -> None:
    sign_in(client, trader.email)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_in_needs_the_forms_own_token(trader: User) -> None:
    assert sign_in(Client(enforce_csrf_checks=True), trader.email) == 403


def test_an_old_sign_in_must_be_confirmed_before_security_is_touched(trader: User, client: Client) -> None:
    sign_in(client, trader.email)
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")


def test_a_wrong_password_is_told_in_their_language(trader: User, client: Client) -> None:
    page = client.post(LOGIN, {"login": trader.email, "password": "wrong"}).content.decode()
    assert "Địa chỉ thư điện tử hoặc mật khẩu không đúng." in page


def test_a_flood_of_sign_ins_is_answered_429(client: Client) -> None:
    answers = [sign_in(client, f"person{number}@thongquan.example", "wrong") for number in range(31)]
    assert answers[-1] == 429
