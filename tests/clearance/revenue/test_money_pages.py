"""The pages of money: what a trader and an officer see and do there, and who is turned away."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.clearance.revenue.formats.files import camt, entry, row, table
from tests.clearance.revenue.money import OFFICE, guarantee, lodged
from tests.clearance.revenue.test_bank import DUE, number_of, take, today
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.clearance.revenue.models import BankLine, Guarantee
from thongquan.clearance.revenue.queries import balance_of

PAGES = ["/revenue/", "/revenue/bank/", "/revenue/guarantees/", "/revenue/guarantees/new/"]


def client(customs: World, role: str, language: str = "en") -> Client:
    signed_in = customs.client(role)
    signed_in.cookies["language"] = language
    return signed_in


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("sao-ke.csv", content)


def proposal(**changes: Any) -> dict[str, Any]:
    values = {
        "tax_code": ENTERPRISE,
        "number": "VCB-BL-0001",
        "kind": "single",
        "declaration": "100000000010",
        "guarantor": "Vietcombank",
        "office": OFFICE,
        "limit_vnd": "5000000",
        "valid_from": today().isoformat(),
        "valid_to": today().replace(year=today().year + 1, day=1).isoformat(),
    }
    return {**values, **changes}


def test_the_money_page_tells_the_whole_story(customs: World) -> None:
    subject = lodged()
    take(customs.actor("clearance_officer"), row(1_000_000, number_of(subject), on=today()))
    for role in ("declarant", "clearance_officer"):
        text = client(customs, role).get(f"/revenue/of/{subject}/").content.decode()
        for words in ("Where it stands", "4,020,000", "3,020,000", "1,000,000", "Every posting", "Assessed", "Paid"):
            assert words in text, words
    text = client(customs, "declarant", "vi").get(f"/revenue/of/{subject}/").content.decode()
    assert "3.020.000" in text


def test_a_trader_guarantees_what_is_open(customs: World) -> None:
    subject = lodged()
    trader = client(customs, "declarant")
    assert "No guarantee in force" in trader.get(f"/revenue/of/{subject}/").content.decode()
    name = guarantee(customs.actor("team_leader"), limit=5_000_000)
    assert trader.post(f"/revenue/of/{subject}/", {"guarantee": name}).status_code == 302
    assert balance_of(subject).settled
    page = trader.get(f"/revenue/of/{subject}/").content.decode()
    assert "Guaranteed or deferred" in page
    assert name in page


def test_a_guarantee_too_small_says_why(customs: World) -> None:
    subject, name = lodged(), guarantee(customs.actor("team_leader"), limit=1_000)
    answer = client(customs, "declarant").post(f"/revenue/of/{subject}/", {"guarantee": name})
    assert answer.status_code == 422
    assert "TQ-REV-003" in answer.content.decode()


def test_an_officer_takes_in_a_file_and_handles_what_is_left(customs: World) -> None:
    officer, subject = client(customs, "clearance_officer"), lodged()
    content = table(row(DUE, number_of(subject), on=today()), row(50, "khong ro", on=today()))
    assert officer.post("/revenue/bank/", {"office": OFFICE, "file": file(content)}).status_code == 302
    page = officer.get("/revenue/bank/").content.decode()
    assert "2 new bookings" in page
    assert "Names no declaration" in page
    again = officer.post("/revenue/bank/", {"office": OFFICE, "file": file(content)}, follow=True).content.decode()
    assert "nothing was posted again" in again
    other, line = lodged(), BankLine.objects.get(left_vnd=50)
    address = f"/revenue/bank/{line.pk}/"
    wrong = officer.post(address, {"number": "199999999990", "amount_vnd": "60"})
    assert (wrong.status_code, wrong.content.decode().count("TQ-REV-01")) == (422, 2)
    assert officer.post(address, {"number": "x", "amount_vnd": "abc"}).status_code == 422
    assert officer.post(address, {"number": number_of(other), "amount_vnd": "20"}).status_code == 302
    assert officer.post(f"{address}return").status_code == 302
    assert officer.post(f"{address}return").status_code == 422
    assert balance_of(other).paid_vnd == 20
    assert "Sent back to the payer" in officer.get(address).content.decode()


def test_a_bad_file_is_told_row_by_row(customs: World) -> None:
    officer = client(customs, "team_leader")
    content = camt(entry("x", "a", on=today()), entry(1, "b", on=today(), currency="USD"))
    answer = officer.post("/revenue/bank/", {"office": OFFICE, "file": file(content)})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(code in text for code in ("TQ-REV-016", "TQ-REV-011"))
    assert officer.post("/revenue/bank/", {"office": OFFICE}).status_code == 422


def test_a_guarantee_is_proposed_accepted_and_closed(customs: World) -> None:
    trader, officer = client(customs, "declarant"), client(customs, "team_leader")
    bad = trader.post("/revenue/guarantees/new/", proposal(declaration="1", valid_to="2020-01-01", office="99ZZ"))
    assert bad.status_code == 422
    assert all(code in bad.content.decode() for code in ("TQ-REV-015", "TQ-REV-019", "TQ-DEC-004"))
    assert trader.post("/revenue/guarantees/new/", {}).status_code == 422
    made = trader.post("/revenue/guarantees/new/", proposal())
    assert made.status_code == 302
    assert trader.post("/revenue/guarantees/new/", proposal()).status_code == 422
    address = made.headers["Location"]
    assert "Accept" in officer.get(address).content.decode()
    assert "Accept</button>" not in trader.get(address).content.decode()
    assert trader.post(f"{address}accept").status_code == 403
    assert officer.post(f"{address}accept").status_code == 302
    assert officer.post(f"{address}accept").status_code == 409
    assert officer.post(f"{address}close").status_code == 302
    assert "Closed" in trader.get("/revenue/guarantees/").content.decode()


def test_a_general_guarantee_shows_what_its_trader_lacks_and_is_refused(customs: World) -> None:
    trader, officer = client(customs, "broker"), client(customs, "clearance_officer")
    address = trader.post("/revenue/guarantees/new/", proposal(kind="general", declaration="")).headers["Location"]
    assert "365" in officer.get(address).content.decode()
    assert "TQ-REV-007" in officer.post(f"{address}accept").content.decode()
    assert officer.post(f"{address}refuse", {"reason": ""}).status_code == 422
    assert officer.post(f"{address}refuse", {"reason": "Chưa đủ 365 ngày"}).status_code == 302
    assert "Chưa đủ 365 ngày" in trader.get(address).content.decode()
    assert Guarantee.objects.get().state == "refused"


def test_a_guarantee_in_use_shows_what_it_stands_for(customs: World) -> None:
    officer, subject = client(customs, "team_leader"), lodged()
    name = guarantee(customs.actor("team_leader"), limit=5_000_000)
    client(customs, "declarant").post(f"/revenue/of/{subject}/", {"guarantee": name})
    address = f"/revenue/guarantees/{Guarantee.objects.get().pk}/"
    assert subject in officer.get(address).content.decode()
    assert officer.post(f"{address}close").status_code == 422


def test_what_is_owed_is_listed(customs: World) -> None:
    subject = lodged()
    for role in ("declarant", "clearance_officer"):
        assert subject in client(customs, role).get("/revenue/").content.decode()
    assert "Nothing is owed" in client(customs, "declarant").get("/revenue/?page=2").content.decode()


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans", "fr"])
@pytest.mark.parametrize("role", ["declarant", "clearance_officer"])
def test_pages_in_every_language(customs: World, language: str, role: str) -> None:
    subject = lodged(secured=10)
    visitor = client(customs, role, language)
    assert visitor.get(f"/revenue/of/{subject}/").status_code == 200
    for page in PAGES:
        allowed = (role == "declarant") != (page == "/revenue/bank/") or page in ("/revenue/", "/revenue/guarantees/")
        assert visitor.get(page).status_code == (200 if allowed else 403), page


def test_a_stranger_sees_no_money(customs: World) -> None:
    subject = lodged()
    outside = Client(SERVER_NAME="127.0.0.1")
    for page in (*PAGES, f"/revenue/of/{subject}/", "/revenue/bank/1/", "/revenue/guarantees/1/"):
        assert outside.get(page).status_code == 302, page
        assert outside.post(page).status_code == 302, page
    agency = client(customs, "partner_agency")
    for page in PAGES:
        assert agency.get(page).status_code == 403, page


def test_a_neighbor_sees_no_money_of_others(customs: World) -> None:
    officer = client(customs, "clearance_officer")
    elsewhere = lodged(office="20BB", tax_code=OTHER_ENTERPRISE)
    take(customs.actor("clearance_officer"), row(5, "x", on=today()))
    guarantee(customs.actor("team_leader"), limit=5, kind="single", declaration="100000000010")
    with connection.cursor() as sql:
        sql.execute("UPDATE revenue_bankstatement SET office = '20BB'")
        sql.execute("UPDATE revenue_guarantee SET office = '20BB', tax_code = %s", [OTHER_ENTERPRISE])
    line, given = BankLine.objects.get().pk, Guarantee.objects.get().pk
    pages = [f"/revenue/of/{elsewhere}/", f"/revenue/bank/{line}/", f"/revenue/guarantees/{given}/"]
    for page in pages:
        assert officer.get(page).status_code == 404, page
    for page in (
        f"/revenue/bank/{line}/return",
        *[f"/revenue/guarantees/{given}/{step}" for step in ("accept", "close")],
    ):
        assert officer.post(page).status_code == 404, page
    trader = client(customs, "declarant")
    assert trader.get(pages[0]).status_code == trader.get(pages[2]).status_code == 404
    listed = officer.get("/revenue/").content.decode()
    assert elsewhere not in listed
    assert balance_of(elsewhere).open_vnd == Decimal(DUE)
