"""Shared pages: home, rail, theme, help, and what people see when something fails."""

from __future__ import annotations

import gzip
import re
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from tests.base.accounts.people import before, person, signed_in
from thongquan.base.accounts.operations import load_offices
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.realm import fix_realm
from thongquan.base.core.registry import Desk, registry
from thongquan.base.web.context import rail_of
from thongquan.base.web.guard import open_page
from thongquan.base.web.views import server_error

LANGUAGES = ["vi", "en", "zh-hans", "fr"]


@pytest.fixture(autouse=True)
def office(db: None) -> None:
    """A practice realm with its offices."""
    fix_realm(name="practice", at=before())
    load_offices(at=before())


@pytest.fixture
def officer() -> Client:
    """A clearance officer's browser."""
    return signed_in(person("clearance_officer", "customs_office", "15BB"))


@pytest.mark.parametrize("path", ["/", "/rail/"])
def test_a_stranger_is_sent_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/accounts/login/")


def test_a_neighbor_sees_the_own_desks_only(officer: Client) -> None:
    trader = signed_in(person("declarant", "enterprise", "9999900011"))
    assert 'href="/people/"' not in officer.get("/").content.decode()
    assert 'href="/people/"' not in trader.get("/rail/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/help/keyboard/", "/tokens/", "/accounts/2fa/", "/no-such-page/"])
def test_pages_are_made_in_every_language(officer: Client, language: str, path: str) -> None:
    page = officer.get(path, headers={"Accept-Language": language})
    text = page.content.decode()
    assert page.status_code == (404 if path == "/no-such-page/" else 200)
    assert f'<html lang="{language}"' in text
    assert text.count("<h1>") == 1
    assert re.search(r"<h1>\s*\S", text)
    assert 'href="#main"' in text
    assert 'id="main"' in text


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/no-such-page/", "/help/keyboard/"])
def test_every_answer_forbids_what_is_inline(officer: Client, path: str) -> None:
    policy = officer.get(path)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/accounts/login/", "/help/keyboard/"])
def test_the_first_view_weighs_little(client: Client, path: str) -> None:
    html = client.get(path).content
    files = re.findall(rb'(?:href|src)="/static/([^"#]+)"', html)
    plain = {re.sub(r"\.[0-9a-f]{12}(?=\.)", "", name.decode()) for name in files}
    assert len(plain) >= 8
    weight = len(gzip.compress(html, 6))
    for name in plain:
        found = finders.find(name)
        assert isinstance(found, str), name
        with open(found, "rb") as file:
            weight += len(gzip.compress(file.read(), 6))
    assert weight <= 150 * 1024


def test_the_theme_is_kept_and_forgotten(client: Client) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": "https://evil.example"})["Location"] == "/"
    assert 'data-theme="dark" data-bs-theme="dark"' in client.get("/accounts/login/").content.decode()
    client.post("/theme/", {"theme": "system"})
    assert "data-theme=" not in client.get("/accounts/login/").content.decode()
    assert client.post("/theme/", {"theme": "pink"}).status_code == 404
    assert client.get("/theme/").status_code == 405


def test_a_strangers_theme_form_needs_its_token() -> None:
    assert Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"}).status_code == 403


def test_cards_are_shown_to_those_they_have_something_for(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [
        ("web/_card.html", lambda actor: {"title": "Chờ kiểm tra", "count": 1234, "url": "/x/", "action": "Xem"}),
        ("web/_card.html", lambda actor: None),
    ]
    monkeypatch.setattr(registry, "home_cards", cards)
    text = officer.get("/").content.decode()
    assert "Chờ kiểm tra" in text
    assert "1.234" in text
    assert text.count('class="tq-card"') == 1


def test_the_rail_has_seven_desks_at_most_counts_them_and_knows_where_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = SimpleNamespace(roles=frozenset({"gate_officer"}))
    desks = [Desk(f"d{n}", f"D{n}", "keyboard", count=lambda _actor: 3) for n in range(9)]
    monkeypatch.setattr(registry, "desks", [Desk("gone", "X", "no-such-name"), Desk("h", "H", "home"), *desks])
    entries = rail_of(actor, "/help/keyboard/more")
    assert len(entries) <= 7
    assert "gone" not in {entry.key for entry in entries}
    assert [entry.here for entry in entries][:2] == [False, True]
    assert entries[1].count == 3


@pytest.mark.parametrize(("error", "status"), [(Conflict("x"), 409), (NotAllowed(), 403), (NotFound(), 404)])
def test_refusals_of_operations_are_pages(
    officer: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def refuse(actor: object) -> None:
        raise error

    monkeypatch.setattr(registry, "home_cards", [("web/_card.html", refuse)])
    page = officer.get("/")
    assert page.status_code == status
    assert "<h1>" in page.content.decode()


def test_a_guarded_view_keeps_its_name() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.path)

    assert open_page(view).__name__ == "view"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_last_resort_need_no_database(
    language: str, django_assert_num_queries: object, rf: RequestFactory
) -> None:
    told = SimpleNamespace(text="Không có kết nối", remedy="Thử lại sau.")
    with translation.override(language), django_assert_num_queries(0):  # type: ignore[operator]  # no public type
        page = server_error(rf.get("/"))
        plain = render_to_string("web/plain_error.html", {"told": told, "code": "TQ-API-007"})
    assert page.status_code == 500
    assert "<h1>" in page.content.decode()
    assert "TQ-API-007" in plain
    assert "Không có kết nối" in plain
