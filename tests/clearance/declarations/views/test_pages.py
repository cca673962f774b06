"""The declaration's page, lists, search, codes and home cards, each within its scope."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest
from django.test import Client
from msgspec.structs import replace

from tests.clearance.declarations.views.test_drafts import lodged
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.clearance.declarations.formats.wco import read_declaration
from thongquan.config.subscriptions import SUBSCRIPTIONS

PARTS = ("", "document.json", "document.xml", "duties.csv", "duties.xlsx")


def test_the_page_shows_the_thing_its_duties_and_why(customs: World) -> None:
    number = lodged(customs.client("broker"))
    page = customs.client("clearance_officer").get(f"/declarations/{number}/").content.decode()
    for words in (number, "Táo tươi giống Fuji", "GX-2611-001", "桂FA1234", "118/2022", "TQ-CHN-"):
        assert words in page
    assert "× 10" in page
    assert page.count('class="tq-unfold"') >= 6
    assert f"/ledger/proof/declaration:{number}/" in page


def test_a_declarant_reads_no_facts_of_risk(customs: World) -> None:
    number = lodged(customs.client("broker"))
    mine = customs.client("broker").get(f"/declarations/{number}/").content.decode()
    theirs = customs.client("clearance_officer").get(f"/declarations/{number}/").content.decode()
    inside = customs.client("internal_control").get(f"/declarations/{number}/").content.decode()
    assert "dc-facts" not in mine
    assert "dc-facts" in theirs
    assert "draw.key" not in mine + theirs
    assert "draw.key" in inside
    for code in ("TQ-CHN-007", "TQ-CHN-008", "TQ-CHN-010"):
        assert code not in mine


def test_replay_is_equal_bit_for_bit(customs: World) -> None:
    number = lodged(customs.client("broker"))
    officer = customs.client("clearance_officer")
    part = officer.post(f"/declarations/{number}/replay", headers={"hx-request": "true"}).content.decode()
    assert "2026.11" in part
    assert "is-danger" not in part
    assert number in officer.post(f"/declarations/{number}/replay").content.decode()
    assert officer.get(f"/declarations/{number}/replay").status_code == 302


def test_replay_says_when_the_stored_decision_was_touched(customs: World) -> None:
    number = lodged(customs.client("broker"))
    customs.run_sql("ALTER TABLE declarations_version DISABLE TRIGGER ALL")
    customs.run_sql("UPDATE declarations_version SET decision = set_byte(decision, length(decision) - 1, 1)")
    part = customs.client("clearance_officer").post(f"/declarations/{number}/replay", headers={"hx-request": "true"})
    assert "is-danger" in part.content.decode()


def test_the_document_is_taken_away_whole(customs: World) -> None:
    client = customs.client("broker")
    number = lodged(client)
    document = import_document()
    kept = json.loads(client.get(f"/declarations/{number}/document.json").content)
    assert kept["invoice"]["number"] == "GX-2611-001"
    xml = client.get(f"/declarations/{number}/document.xml").content
    assert read_declaration(xml).document.lines == document.lines


def test_duties_are_taken_away_with_their_sources(customs: World) -> None:
    client = customs.client("broker")
    number = lodged(client)
    rows = list(csv.reader(io.StringIO(client.get(f"/declarations/{number}/duties.csv").content.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == set("12345")
    amounts = sum(int(row[8]) for row in rows[1:])
    ((due, fee),) = customs.run_sql("SELECT due_vnd, fee_vnd FROM revenue_liability")
    assert amounts + fee == due
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/declarations/{number}/duties.xlsx").content), read_only=True)
    assert sum(1 for _row in book.worksheets[0].iter_rows()) == len(rows)
    book.close()


def test_the_list_is_narrowed_by_its_address(customs: World) -> None:
    client = customs.client("broker")
    number = lodged(client)
    for query, there in (
        ("", True),
        ("flow=import", True),
        ("flow=export", False),
        ("regime=A12", False),
        ("office=15BB", True),
        ("since=2020-01-01", True),
        ("until=2020-01-01", False),
        ("since=nonsense&channel=9&page=x", True),
        (f"q={number}", True),
        ("q=9999900011", True),
        ("after=0.1", False),
        ("after=nonsense", True),
    ):
        assert (number in client.get(f"/declarations/?{query}").content.decode()) is there, query
    table = client.get("/declarations/list.csv").content.decode()
    assert number in table
    head, row = csv.reader(io.StringIO(table.lstrip("\ufeff")))
    assert head[-3:] == ["Thời hạn", "Hết hạn lúc", "Thời hạn bằng lời"]
    assert row[-3].startswith("Hết giá trị")
    assert client.get("/declarations/list.xlsx").content.startswith(b"PK")
    part = client.get("/declarations/", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part


def test_pages_follow_one_another(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from thongquan.clearance.declarations.views import lists

    monkeypatch.setattr(lists, "PAGE", 2)
    client = customs.client("broker")
    for place in range(3):
        lodged(client, invoice=replace(import_document().invoice, number=f"P-{place}"))  # type: ignore[type-var]
    first = client.get("/declarations/?flow=import").content.decode()
    assert 'rel="prev"' not in first
    (url,) = re.findall(r'rel="next" href="([^"]*)"', first)
    assert url.startswith("?queue=all&amp;flow=import&amp;after=")
    second = client.get(f"/declarations/{url.replace('&amp;', '&')}").content.decode()
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


def test_search_finds_numbers_and_words_without_accents(customs: World) -> None:
    client = customs.client("broker")
    number = lodged(client)
    for subscription in SUBSCRIPTIONS:
        relay(subscription, at=now())
    assert client.get(f"/search/?q={number}")["location"] == f"/declarations/{number}/"
    spaced = f"{number[:6]}+{number[6:]}"
    assert client.get(f"/search/?q={spaced}")["location"] == f"/declarations/{number}/"
    page = client.get("/search/?q=tao+tuoi+giong").content.decode()
    assert number in page
    assert "/law/" in client.get("/search/?q=0808").content.decode()
    assert client.get("/search/").status_code == 200


def test_codes_are_found_by_words(customs: World) -> None:
    client = customs.client("broker")
    assert 'data-code="CN"' in client.get("/declarations/codes/country/?q=trung+quoc").content.decode()
    assert 'data-code="08081000"' in client.get("/declarations/codes/hs/?q=0808.10").content.decode()
    exports = client.get("/declarations/codes/regime/?flow=export&q=").content.decode()
    assert 'data-code="B11"' in exports
    assert 'data-code="A11"' not in exports
    assert client.get("/declarations/codes/nonsense/?q=a").status_code == 404


def test_home_tells_what_matters(customs: World) -> None:
    client = customs.client("broker")
    number = lodged(client)
    for role in ("broker", "clearance_officer"):
        page = customs.client(role).get("/").content.decode()
        assert number in page
        assert "dc-card-channels" in page
    assert "dc-card-channels" not in customs.client("partner_agency").get("/").content.decode()


def test_a_stranger_sees_nothing(customs: World) -> None:
    number = lodged(customs.client("broker"))
    paths = [f"/declarations/{number}/{part}" for part in PARTS]
    paths += ["/declarations/", "/declarations/list.csv", "/search/?q=a", "/declarations/codes/country/"]
    for path in paths:
        assert "login" in Client().get(path)["location"], path
    assert "login" in Client().post(f"/declarations/{number}/replay")["location"]
    agency = customs.client("partner_agency")
    for part in PARTS:
        assert agency.get(f"/declarations/{number}/{part}").status_code == 404
    assert agency.post(f"/declarations/{number}/replay").status_code == 404
    assert agency.get("/declarations/").status_code == 403
    assert agency.get("/declarations/list.csv").status_code == 403
    assert f"/declarations/{number}/" not in agency.get(f"/search/?q={number}").content.decode()


def test_a_neighbor_sees_nothing(customs: World) -> None:
    """An officer of another office than the declaration's."""
    number = lodged(customs.client("broker"), office="20BB")
    officer = customs.client("clearance_officer")
    for part in PARTS:
        assert officer.get(f"/declarations/{number}/{part}").status_code == 404
    assert officer.post(f"/declarations/{number}/replay").status_code == 404
    for path in ("/declarations/", "/declarations/list.csv", "/search/?q=tao", "/"):
        assert number not in officer.get(path).content.decode()
    answer = officer.get(f"/search/?q={number}")
    assert answer.status_code == 200
    assert officer.get("/declarations/codes/country/?q=cn").status_code == 200  # lists are law: the same for everyone


def test_pages_speak_every_language(customs: World) -> None:
    client = customs.client("broker")
    number = lodged(client)
    for language, word in (("vi", "Vì sao?"), ("en", "Why?"), ("zh-hans", "为什么？"), ("fr", "Pourquoi ?")):
        client.post("/language/", {"language": language})
        assert word in client.get(f"/declarations/{number}/").content.decode()
