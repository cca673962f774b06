"""Pages and API of webhooks: a secret shown once, the log, sending again; strangers and neighbors outside."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from django.test import Client
from standardwebhooks import Webhook

from tests.base.accounts.people import acting, person, signed_in
from tests.base.notices.receiver import HOST, network, receiving
from tests.base.notices.trade import CLEARED, OTHER, OWNER, Trade, queued, the_endpoint, tried
from thongquan.base.accounts.operations import create_token
from thongquan.base.core.clock import now
from thongquan.base.notices import outside
from thongquan.base.notices.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db
URL = f"https://{HOST}/in"


@pytest.fixture(autouse=True)
def reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and programs take the network of the test."""
    for name in ("views.webhooks", "api"):
        monkeypatch.setattr(f"thongquan.base.notices.{name}.network_of_installation", network)


def browser(user: Any) -> Client:
    client = signed_in(user)
    client.cookies["language"] = "en"
    return client


def program(user: Any, *scopes: str) -> Client:
    made = create_token(actor=acting(user), name="x", scopes=scopes, days=1, at=now())
    return Client(headers={"authorization": f"Bearer {made.secret}", "accept-language": "en"})


def test_a_webhook_by_hand_from_making_to_deleting(trade: Trade) -> None:
    page = browser(trade.owner)
    with receiving() as receiver:
        bad = page.post("/webhooks/", {"owner": OWNER, "url": "https://10.0.0.1/", "kinds": [CLEARED]})
        assert bad.status_code == 422
        assert "not a public address" in bad.content.decode()
        made = page.post("/webhooks/", {"owner": OWNER, "url": receiver.url(), "name": "Kho", "kinds": [CLEARED]})
        secret = re.findall(r"whsec_[A-Za-z0-9+/=]+", made.content.decode())[0]
        assert "whsec_" not in page.get("/webhooks/").content.decode()
        path = f"/webhooks/{the_endpoint().pk}/"
        page.post(f"{path}test")
        delivery = queued()
        assert tried()
        assert tried()
        Webhook(secret).verify(receiver.requests[1].body, receiver.requests[1].headers)
        log = page.get(path).content.decode()
        assert log.count("Received") >= 2
        one = page.get(f"{path}deliveries/{delivery.pk}/").content.decode()
        assert delivery.body_sha256 in one
        assert "thanks" in one
        page.post(f"{path}deliveries/{delivery.pk}/replay")
        assert Delivery.objects.get(pk=delivery.pk).state == "waiting"
        page.post(f"{path}replay", {"since": f"{delivery.at:%Y-%m-%dT00:00}"})
        again = page.post(f"{path}replay", {"since": "yesterday"}, follow=True).content.decode()
        assert "Give a date and a time." in again
        rotated = page.post(f"{path}rotate").content.decode()
        assert re.findall(r"whsec_[A-Za-z0-9+/=]+", rotated)[0] != secret
        page.post(path, {"owner": OWNER, "url": receiver.url("/other"), "name": "", "kinds": ["declaration.cancel"]})
        assert the_endpoint().kinds == ["declaration.cancel"]
        page.post(f"{path}pause")
        assert "Paused" in page.get(path).content.decode()
        refused = page.post(f"{path}test", follow=True).content.decode()
        assert "that cannot be done with it now" in refused
        page.post(f"{path}resume")
        page.post(f"{path}delete")
    assert the_endpoint().state == "deleted"
    assert page.get(path).status_code == 404


def test_a_webhook_by_program(trade: Trade) -> None:
    mine = program(trade.owner, "webhooks:manage")

    def ask(method: str, path: str = "", body: object = None) -> Any:
        raw = msgspec.json.encode(body) if body is not None else b""
        answer = mine.generic(method, f"/api/v1/webhooks/{path}", raw, content_type="application/json")
        assert answer.status_code < 300, answer.content.decode()
        return answer.json()

    made = ask("POST", body={"owner": OWNER, "url": URL, "kinds": [CLEARED]})
    key = made["webhook"]["id"]
    assert made["secret"].startswith("whsec_")
    assert "secret" not in ask("GET")["webhooks"][0]
    assert ask("GET")["kinds"] == [CLEARED, "declaration.cancel"]
    assert ask("PUT", f"{key}", {"url": URL + "/2", "kinds": [CLEARED]})["url"] == URL + "/2"
    assert ask("POST", f"{key}/rotate")["secret"] != made["secret"]
    assert ask("POST", f"{key}/test") == {"deliveries": 1}
    delivery = queued()
    rows = ask("GET", f"{key}/deliveries?state=waiting")["rows"]
    assert [row["kind"] for row in rows] == [CLEARED, "webhook.test"]
    assert msgspec.json.decode(ask("GET", f"{key}/deliveries/{delivery.pk}")["body"])["kind"] == CLEARED
    assert ask("POST", f"{key}/deliveries/{delivery.pk}/replay") == {"deliveries": 1}
    assert ask("POST", f"{key}/replay", {"since": now()})["deliveries"] == 0
    assert ask("POST", f"{key}/pause")["state"] == "paused"
    assert ask("POST", f"{key}/resume")["state"] == "active"
    assert ask("DELETE", f"{key}") == {"deleted": key}
    assert ask("GET")["webhooks"] == []


ROUTES = [
    ("GET", ""),
    ("POST", ""),
    ("GET", "{key}"),
    ("PUT", "{key}"),
    ("DELETE", "{key}"),
    *(("POST", f"{{key}}/{act}") for act in ("pause", "resume", "rotate", "test", "replay", "deliveries/{one}/replay")),
    ("GET", "{key}/deliveries"),
    ("GET", "{key}/deliveries/{one}"),
]
PAGES = [
    "",
    *(f"{act}" for act in ("pause", "resume", "rotate", "test", "replay", "delete", "deliveries/{one}/replay")),
]


def bodies(method: str, path: str) -> bytes:
    if path.endswith("}/replay") and "deliveries" not in path:
        return msgspec.json.encode({"since": now()})
    given = {"owner": OWNER, "url": URL, "kinds": [CLEARED]}
    return msgspec.json.encode({name: given[name] for name in given if name != "owner" or not path})


def test_a_stranger_to_webhooks_gets_nothing(trade: Trade) -> None:
    made = trade.webhook(URL)
    one = queued()
    officer = browser(person("clearance_officer", "customs_office", "15BB"))
    reader = program(trade.owner, "declarations:read", "declarations:lodge")
    for method, path in ROUTES:
        address = f"/api/v1/webhooks/{path.format(key=made.endpoint, one=one.pk)}"
        body = bodies(method, path)
        assert Client().generic(method, address, body, content_type="application/json").status_code == 401
        assert reader.generic(method, address, body, content_type="application/json").status_code == 403
    for path in PAGES:
        address = f"/webhooks/{made.endpoint}/{path.format(one=one.pk)}"
        assert Client().post(address)["Location"].startswith("/accounts/login/")
        assert officer.post(address).status_code in {302, 403}
    assert the_endpoint().state == "active"


def test_a_neighbor_to_webhooks_finds_nothing(trade: Trade) -> None:
    made = trade.webhook(URL)
    one = queued()
    neighbor, page = program(trade.other, "webhooks:manage"), browser(trade.other)
    for method, path in ROUTES:
        address = f"/api/v1/webhooks/{path.format(key=made.endpoint, one=one.pk)}"
        answer = neighbor.generic(method, address, bodies(method, path), content_type="application/json")
        if (method, path) == ("GET", ""):
            assert answer.json()["webhooks"] == []
        else:
            assert answer.status_code == 404, (method, path)
    for path in PAGES:
        assert page.post(f"/webhooks/{made.endpoint}/{path.format(one=one.pk)}").status_code == 404, path
    assert page.get(f"/webhooks/{made.endpoint}/deliveries/{one.pk}/").status_code == 404
    assert Endpoint.objects.filter(owner=OTHER).count() == 0


def test_only_a_practice_installation_that_says_so_calls_itself(settings: Any) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = False
    assert not outside.network_of_installation()._plain_at_all()
    settings.WEBHOOKS_TO_LOOPBACK = True
    assert outside.network_of_installation().check_url("http://127.0.0.1:9000/in")


def test_the_pages_of_e_mails_are_the_administrators(trade: Trade, settings: Any, tmp_path: Any) -> None:
    settings.MAIL_DIR = tmp_path
    chief, other = signed_in(person("administrator", "region", "VI")), browser(trade.owner)
    assert other.get("/notices/mail/").status_code == 403
    assert other.get("/notices/mail/20261122T000000-0123456789ab.eml/").status_code == 403
    assert chief.get("/notices/mail/20261122T000000-0123456789ab.eml/").status_code in {302, 404}
