"""Every page of accounts: a stranger is sent away, a neighbor finds nothing, the right person gets the work done."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.base.accounts.people import acting, person, place, signed_in
from thongquan.base.accounts.models import ApiToken, Membership, User
from thongquan.base.accounts.operations import create_token
from thongquan.base.core.clock import now

PAGES = ["/tokens/", "/people/", "/people/new/", "/people/1/roles/", "/accounts/2fa/", "/accounts/password/change/"]
POSTS = ["/tokens/1/withdraw/", "/people/1/roles/end/", "/people/1/renew/", "/people/1/close/", "/people/new/"]


@pytest.fixture
def target() -> User:
    """A colleague in region VI."""
    return person("gate_officer", "customs_office", "15BB")


@pytest.fixture
def chief() -> Client:
    """The browser of region VI's administrator."""
    return signed_in(person("administrator", "region", "VI"))


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("path", POSTS)
def test_a_stranger_changes_nothing(client: Client, path: str) -> None:
    assert client.post(path)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["director", "clearance_officer", "internal_control"])
@pytest.mark.parametrize("path", ["/people/", "/people/new/"])
def test_a_stranger_to_administration_is_refused(role: str, path: str) -> None:
    kind, code = ("customs_office", "15BB") if role == "clearance_officer" else ("region", "VI")
    assert signed_in(person(role, kind, code)).get(path).status_code == 403


@pytest.mark.parametrize("verb", ["close", "renew", "roles/end"])
def test_a_neighbor_administrator_changes_nobody_here(target: User, verb: str) -> None:
    other = signed_in(person("administrator", "region", "VIII"))
    given = {"role": "gate_officer", "place": str(place("customs_office", "15BB"))}
    assert other.post(f"/people/{target.pk}/{verb}/", given).status_code in (403, 404)
    fresh = User.objects.get(pk=target.pk)
    assert (fresh.is_active, fresh.password) == (True, target.password)
    assert acting(fresh).roles == {"gate_officer"}


def test_a_neighbor_administrator_sees_nobody_here(target: User) -> None:
    other = signed_in(person("administrator", "region", "VIII"))
    assert target.email not in other.get("/people/").content.decode()
    assert other.get(f"/people/{target.pk}/roles/").status_code == 404
    offered = other.get("/people/new/").content.decode()
    assert "20BB" in offered
    assert "15BB" not in offered


def test_a_neighbor_cannot_make_people_by_naming_another_office(target: User) -> None:
    other = signed_in(person("administrator", "region", "VIII"))
    given = {
        "full_name": "Lò Thị Mới",
        "email": "moi@thongquan.example",
        "role": "gate_officer",
        "place": place("customs_office", "15BB"),
    }
    assert other.post("/people/new/", given).status_code == 400
    assert not User.objects.filter(email="moi@thongquan.example").exists()


def test_a_neighbor_cannot_withdraw_my_token() -> None:
    owner = person("declarant", "enterprise", "9999900011")
    made = create_token(actor=acting(owner), name="kho", scopes=["declarations:read"], days=1, at=now())
    other = signed_in(person("declarant", "enterprise", "5700100016"))
    assert other.post(f"/tokens/{made.id}/withdraw/").status_code == 404
    assert ApiToken.objects.get(pk=made.id).revoked_at is None


def test_people_are_found_without_diacritics(chief: Client, target: User) -> None:
    assert target.email in chief.get("/people/?q=duc").content.decode()
    assert target.email not in chief.get("/people/?q=zzz").content.decode()


def test_a_new_person_gets_a_password_shown_once(chief: Client) -> None:
    given = {
        "full_name": "Lò Thị Mới",
        "email": "moi@thongquan.example",
        "role": "gate_officer",
        "place": place("customs_office", "15BB"),
    }
    page = chief.post("/people/new/", given)
    found = re.search(r'tq-secret">([^<]+)<', page.content.decode())
    assert found
    assert "no-store" in page["Cache-Control"]
    assert User.objects.get(email="moi@thongquan.example").check_password(found[1])
    again = chief.post("/people/new/", given)
    assert again.status_code == 400
    assert 'href="#id_email"' in again.content.decode(), "the summary leads to the field"


def test_a_role_is_given_and_ended_on_the_page(chief: Client, target: User) -> None:
    given = {"role": "team_leader", "place": place("customs_office", "15BC")}
    assert chief.post(f"/people/{target.pk}/roles/", given).status_code == 302
    assert acting(target).roles == {"gate_officer", "team_leader"}
    assert chief.post(f"/people/{target.pk}/roles/end/", given).status_code == 302
    assert acting(target).roles == {"gate_officer"}
    assert chief.post(f"/people/{target.pk}/roles/", given | {"role": "declarant"}).status_code == 400


def test_renewing_ends_the_sessions_of_the_person(chief: Client, target: User) -> None:
    theirs = signed_in(target)
    assert theirs.get("/").status_code == 200
    assert chief.post(f"/people/{target.pk}/renew/").status_code == 200
    assert theirs.get("/")["Location"].startswith("/accounts/login/")


def test_closing_ends_the_sessions_of_the_person(chief: Client, target: User) -> None:
    theirs = signed_in(target)
    assert chief.post(f"/people/{target.pk}/close/").status_code == 302
    assert theirs.get("/")["Location"].startswith("/accounts/login/")


def test_a_tokens_secret_is_shown_once_and_withdrawn(client: Client) -> None:
    mine = signed_in(person("declarant", "enterprise", "9999900011"))
    page = mine.post("/tokens/", {"name": "kho", "scopes": ["declarations:lodge"], "days": 30})
    found = re.search(r'id="secret">(tq_[^<]+)<', page.content.decode())
    assert found
    assert "no-store" in page["Cache-Control"]
    again = mine.get("/tokens/").content.decode()
    assert found[1] not in again
    assert found[1][:10] in again
    token = ApiToken.objects.get()
    assert mine.post(f"/tokens/{token.pk}/withdraw/").status_code == 302
    assert found[1][:10] not in mine.get("/tokens/").content.decode()


def test_faults_of_a_token_are_told_at_once() -> None:
    mine = signed_in(person("declarant", "enterprise", "9999900011"))
    page = mine.post("/tokens/", {"name": "", "days": 999})
    assert page.status_code == 400
    assert page.content.decode().count('class="tq-field-error"') == 3


@pytest.mark.parametrize(
    ("code", "word"), [("vi", "Đăng nhập"), ("en", "Sign in"), ("zh-hans", "登录"), ("fr", "Se connecter")]
)
def test_the_sign_in_page_speaks_the_browsers_language(client: Client, code: str, word: str) -> None:
    page = client.get("/accounts/login/", headers={"Accept-Language": code}).content.decode()
    assert f'<h1 id="sign-in">{word}</h1>' in page


def test_vietnamese_is_spoken_where_nothing_is_known(client: Client) -> None:
    page = client.get("/accounts/login/", headers={"Accept-Language": "de,sv"})
    assert page["Content-Language"] == "vi"


def test_a_stranger_may_choose_a_language_and_it_stays(client: Client) -> None:
    assert client.get("/language/").status_code == 405
    assert client.post("/language/", {"language": "xx"}).status_code == 404
    assert client.post("/language/", {"language": "fr", "next": "https://evil.example/"})["Location"] == "/"
    assert client.get("/accounts/login/", headers={"Accept-Language": "en"})["Content-Language"] == "fr"


def test_the_persons_choice_wins_over_cookie_and_browser() -> None:
    user = person("declarant", "enterprise", "9999900011")
    mine = signed_in(user)
    mine.post("/language/", {"language": "zh-hans"})
    mine.cookies["language"] = "fr"
    assert mine.get("/", headers={"Accept-Language": "en"})["Content-Language"] == "zh-hans"


def test_a_person_without_roles_reaches_home_and_no_more() -> None:
    user = person("declarant", "enterprise", "9999900011")
    Membership.objects.filter(user=user).update(valid_to=now())
    assert signed_in(user).get("/").status_code == 200
    assert signed_in(user).get("/people/").status_code == 403
