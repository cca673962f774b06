"""Pages of residents over HTTP: phone to counter to exit, lists, vehicles, carriers, papers; and who is kept out."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.utils.timezone import localdate
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.clearance.residents.forms import APPLES, given, goods, person, registered, released
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now

LANGUAGES = ["vi", "en", "zh-hans", "fr"]
WHO = {
    "kind": "card",
    "number": "020099123456",
    "full_name": "Nông Văn Páo",
    "commune": "Thanh Lòa",
    "phone": "0987654321",
}


def typed(*lines: tuple[str, str, str, str], **changes: str) -> dict[str, object]:
    rows = lines or ((APPLES, "100", "3.500.000", "10"),)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("hs", "quantity", "value", "rate"))}
    return {**WHO, "office": "15BB", "flow": "import", "purpose": "own", "currency": "VND", **columns, **changes}


def test_from_the_phone_over_the_counter_to_the_exit(customs: World) -> None:
    phone, officer = Client(SERVER_NAME="127.0.0.1"), customs.client("gate_officer")
    assert "Táo tươi" in phone.get("/residents/prepare/").content.decode()
    bad = phone.post("/residents/prepare/", typed(("1", "", "0", ""), number="7"))
    assert bad.status_code == 422
    for code in ("TQ-RES-001", "TQ-RES-002", "TQ-RES-006"):
        assert code in bad.content.decode()
    page = phone.post("/residents/prepare/", typed(("08081000 Táo tươi", "100", "3.500.000", "")))["Location"]
    shown = phone.get(page).content.decode()
    assert "<svg" in shown
    assert WHO["number"] not in shown
    code = page.split("/")[-2]
    assert officer.get("/residents/counter/?code=0000000000").status_code == 404
    counter = officer.get(f"/residents/counter/?code={code}").content.decode()
    for words in (WHO["number"], "Nông Văn Páo", APPLES, "3500000"):
        assert words in counter
    asked = officer.post("/residents/counter/", typed(("08081000", "100", "3.500.000", ""), act="register", code=code))
    assert (asked.status_code, "TQ-TAX-001" in asked.content.decode()) == (422, True)
    reckoned = officer.post("/residents/counter/", typed(act="reckon", code=code))
    assert 'id="preview"' in reckoned.content.decode()
    assert customs.run_sql("SELECT count(*) FROM residents_quotause") == [(0,)]
    address = officer.post("/residents/counter/", typed(act="register", code=code, attempt="x1"))["Location"]
    assert officer.post("/residents/counter/", typed(act="register", code=code, attempt="x1"))["Location"] == address

    def act(step: str, **words: str) -> int:
        return officer.post(f"{address}{step}", words).status_code

    early = officer.post(f"{address}pay")
    assert (early.status_code, "TQ-RES-004" in early.content.decode()) == (422, True)
    assert act("nonsense") == 404
    assert act("inspect", outcome="differs") == 422
    assert [act("inspect", outcome="agrees"), act("pay"), act("release")] == [302, 302, 302]
    assert act("cancel", words="x") == 422
    seen = phone.get(f"/residents/prepared/{code}/", follow=True).content.decode()
    assert "Nông Văn Páo" not in seen
    assert address.split("/")[-2] in seen
    assert act("exit") == 302
    paper = officer.get(f"{address}receipt.pdf")
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages).split())
    for words in ("HQ2019/TKNKBG", "Nông Văn Páo", "Táo tươi", "1.500.000", "Đã nộp lúc", "đúng khai báo"):
        assert words in text, words


def test_the_counter_finds_a_person_by_the_document(customs: World) -> None:
    who, officer = person(), customs.client("clearance_officer")
    registered(customs, given(goods(1_200_000)), who)
    shown = officer.get("/residents/counter/person/", {"kind": "card", "number": who.number}).content.decode()
    assert "Hoàng Thị Mến" in shown
    assert "800.000" in shown
    fresh = officer.get("/residents/counter/person/", {"kind": "card", "number": "030099000000", "full_name": "Mới"})
    assert "2.000.000" in fresh.content.decode()
    assert "Mới" in fresh.content.decode()


def test_the_desk_finds_forms(customs: World) -> None:
    one, other = registered(customs), registered(customs, given(goods(3_000_000), plate="12C-99"))
    officer = customs.client("team_leader")
    shown = officer.get("/residents/").content.decode()
    assert one.number in shown
    assert one.number not in officer.get("/residents/", {"q": "12C99"}).content.decode()
    assert other.number in officer.get("/residents/", {"q": "12C99"}).content.decode()
    assert one.number in officer.get("/residents/", {"q": "Mến"}).content.decode()
    assert one.number not in officer.get("/residents/", {"state": "released"}).content.decode()
    assert officer.get("/residents/", {"page": "9", "state": "held"}).status_code == 200


def test_the_rows_that_stand_in_for_the_list_of_goods_are_counted_as_unverified(customs: World) -> None:
    page = customs.client("gate_officer").get("/law/unverified/", headers={"accept-language": "en"})
    shown = page.content.decode()
    assert "02/2018/TT-BCT" in shown
    assert "134/2016/NĐ-CP" in shown


def test_a_list_over_http(customs: World) -> None:
    forms = [released(customs), released(customs)]
    trader, officer = customs.client("declarant"), customs.client("gate_officer")
    opened = {"tax_code": ENTERPRISE, "office": "15BB", "collected_on": localdate(now()).isoformat()}
    bad = trader.post("/residents/collections/", {**opened, "collected_on": "soon"})
    assert (bad.status_code, "TQ-FMT-018" in bad.content.decode()) == (422, True)
    address = trader.post("/residents/collections/", opened)["Location"]
    wrong = trader.post(address, {"act": "gather", "codes": "ZZZ"})
    assert (wrong.status_code, "TQ-RES-007" in wrong.content.decode()) == (422, True)
    codes = f"{forms[0].code}\n{forms[1].number}"
    assert trader.post(address, {"act": "gather", "codes": codes}).status_code == 302
    assert address in officer.get("/residents/collections/").content.decode()
    held = officer.post(f"/residents/forms/{forms[0].number}/exit")
    assert (held.status_code, "TQ-RES-012" in held.content.decode()) == (422, True)
    incomplete = trader.post(address, {"act": "lodge"})
    assert (incomplete.status_code, "TQ-DEC-001" in incomplete.content.decode()) == (422, True)
    lodge = {"act": "lodge", "plate": "12C-1", "packages": "9", "gross_weight_kg": "120,5", "unloading_place": "VNHNG"}
    assert trader.post(address, {**lodge, "vat_rate": "10"}).status_code == 302
    shown = officer.get(address).content.decode()
    declaration = re.search(r'href="(/declarations/1\d{11}/)"', shown)
    assert declaration is not None
    assert address in trader.get(declaration[1]).content.decode()
    assert "Mến" not in shown
    other = trader.post("/residents/collections/", opened)["Location"]
    assert trader.post(other, {"act": "withdraw"}).status_code == 302


def test_vehicles_over_http(customs: World) -> None:
    officer = customs.client("gate_officer")
    words = {"office": "15BB", "plate": "12A-1", "driver": "Sơn", "purpose": "Chở hàng"}
    assert officer.post("/residents/vehicles/", words).status_code == 302
    again = officer.post("/residents/vehicles/", words)
    assert (again.status_code, "TQ-RES-015" in again.content.decode()) == (422, True)
    stay = re.search(r'name="stay" value="(\d+)"', officer.get("/residents/vehicles/").content.decode())
    assert stay is not None
    assert officer.post("/residents/vehicles/", {"stay": stay[1]}).status_code == 302
    assert 'name="stay"' not in officer.get("/residents/vehicles/", {"q": "12a1"}).content.decode()
    assert officer.post("/residents/vehicles/", {"stay": "x"}).status_code == 404


def test_carriers_open_only_with_a_purpose_and_go_out_harmless(customs: World) -> None:
    for _place in range(5):
        registered(customs, given(goods(100_000), plate="12C-7", buyer="=HYPERLINK(1)"), person(phone=""))
    leader = customs.client("team_leader")
    assert "12C7" not in leader.get("/residents/carriers/").content.decode()
    assert leader.post("/residents/carriers/", {"purpose": ""}).status_code == 422
    shown = leader.post("/residents/carriers/", {"purpose": "Rà soát"}).content.decode()
    assert "12C7" in shown
    assert "Rà soát" in leader.get("/residents/carriers/").content.decode()
    csv = leader.post("/residents/carriers/", {"purpose": "Rà soát", "act": "csv"}).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in csv
    book = load_workbook(io.BytesIO(leader.post("/residents/carriers/", {"purpose": "x", "act": "xlsx"}).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert {cell.data_type for cell in cells if "HYPERLINK" in str(cell.value)} == {"s"}
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'residents.looked'") == [(3,)]
    assert customs.client("clearance_officer").get("/residents/carriers/").status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_the_language_asked_for(customs: World, language: str) -> None:
    form = registered(customs, given(goods(3_000_000)))
    leader = customs.client("team_leader")
    for path in ("", "counter/", f"forms/{form.number}/", "collections/", "vehicles/", "carriers/", "prepare/"):
        answer = leader.get(f"/residents/{path}", headers={"accept-language": language})
        assert answer.status_code == 200, path
        assert f'<html lang="{language}"' in answer.content.decode()
    desk = leader.get("/residents/", headers={"accept-language": language}).content.decode()
    assert ("Register a form" in desk) is (language == "en")


def test_a_stranger_is_led_to_sign_in_and_a_neighbor_finds_nothing(customs: World) -> None:
    form = registered(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    customs.run_sql("UPDATE residents_shortform SET office = '20BB'")
    officer, trader = customs.client("gate_officer"), customs.client("declarant")
    for path in (f"forms/{form.number}/", f"forms/{form.number}/receipt.pdf"):
        assert stranger.get(f"/residents/{path}").status_code == 302
        assert officer.get(f"/residents/{path}").status_code == 404
        assert trader.get(f"/residents/{path}").status_code == 404
    assert officer.post(f"/residents/forms/{form.number}/release").status_code == 404
    for path in ("", "counter/", "counter/person/", "vehicles/", "carriers/"):
        assert stranger.get(f"/residents/{path}").status_code == 302
        assert trader.get(f"/residents/{path}").status_code == 403
    assert stranger.get("/residents/check/0000000000/").status_code == 404
    assert officer.post("/residents/counter/", typed(act="register", office="20BB")).status_code == 403


def test_a_phone_that_floods_is_asked_to_come_to_the_counter(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thongquan.clearance.residents.limits.MOST_AN_HOUR", 1)
    phone = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="198.51.100.7")
    assert phone.post("/residents/prepare/", typed()).status_code == 302
    full = phone.post("/residents/prepare/", typed())
    assert (full.status_code, full["Retry-After"]) == (429, "3600")
    body = {"person": {"number": "020099123456", "full_name": "P", "commune": "T"}, "form": {"lines": []}}
    program = phone.post("/api/v1/residents/prepared", body, content_type="application/json")
    assert program.status_code == 429
