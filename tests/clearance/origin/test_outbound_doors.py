"""Export certificates over pages, API, the sheet of costs and the public check, each within its scope."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from openpyxl import load_workbook

from tests.clearance.origin.exports import NUMBER, application, handed, issued, prepared
from tests.rules.origin.outbound_papers import grown, line
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.formats.costs import costs_workbook, read_costs
from thongquan.clearance.origin.queries.outbound import outbound_file
from thongquan.clearance.origin.views.outbound_check import check_throttle
from thongquan.rules.codes import Code

API, PAGE = "/api/v1/origin/outbound", "/origin/outbound/"
WORDS = {
    "vi": "C/O xuất khẩu",
    "en": "Export certificates",
    "zh-hans": "出口原产地证",
    "fr": "Certificats d’exportation",
}
STEPS = ("submit", "question", "issue", "refuse", "replace", "cancel")


def post(client: Client, address: str, body: Any = None) -> tuple[int, dict[str, Any]]:
    answer = client.post(address, msgspec.json.encode(body or {}), content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def typed_line(**changes: str) -> dict[str, Any]:
    """A line as a person types it in Vietnamese: bags worth 1.000,5 made of Chinese cloth."""
    return {
        "hs": "420292",
        "description": "Travel bags",
        "quantity": "1.200",
        "unit": "pce",
        "gross_weight_kg": "350,5",
        "fob": "1.000,5",
        "invoice": "BM-1",
        "invoice_on": localdate(now()).isoformat(),
        "m_name": ["Cloth", "", ""],
        "m_hs": ["540752", "", ""],
        "m_origin": ["cn", "", ""],
        "m_value": ["555", "", ""],
        "m_originating": ["no", "no", "no"],
        "m_proof": ["", "", ""],
        **changes,
    }


def test_a_program_prepares_judges_changes_and_follows_an_application(customs: World) -> None:
    trader = customs.api("declarant")
    status, made = post(trader, API, {"tax_code": ENTERPRISE, "application": application()})
    assert status == 201
    address = f"{API}/{made['id']}"
    judged = post(trader, f"{API}/judge", application(line()))[1]
    assert Code.TQ_ORI_116 in {one["code"] for one in judged["faults"]}
    changed = {"application": msgspec.to_builtins(application(port="Friendship Pass")), "edition": 1}
    answer = trader.put(address, json.dumps(changed, default=str), content_type="application/json")
    assert answer.json()["edition"] == 2
    assert trader.put(address, json.dumps(changed, default=str), content_type="application/json").status_code == 409
    assert post(trader, f"{address}/submit")[1]["row"]["state"] == "submitted"
    day = localdate(now()).isoformat()
    given = {"number": NUMBER, "issued_on": day, "issuer": "Ministry"}
    assert post(trader, f"{address}/issue", given)[1]["row"]["issued_number"] == NUMBER
    assert post(trader, f"{address}/replace")[1]["replaces"] == NUMBER
    assert post(trader, f"{address}/fly")[0] == 404
    assert [row["id"] for row in trader.get(f"{API}?number={NUMBER}").json()] == [made["id"]]
    assert trader.get(f"{address}/form.pdf").content.startswith(b"%PDF")


def test_a_bad_body_names_every_fault(customs: World) -> None:
    status, told = post(customs.api("declarant"), API, {"tax_code": 5, "application": {"lines": [{"fob": "x"}]}})
    assert status == 422
    assert len(told["faults"]) >= 3


def test_a_trader_prepares_on_pages_and_sees_the_regional_value_while_typing(customs: World) -> None:
    trader = customs.client("declarant")
    head = {
        "agreement": "ACFTA/E",
        "tax_code": ENTERPRISE,
        "exporter": "Binh Minh",
        "exporter_address": "Lang Son",
        "consignee": "Guangxi",
        "destination": "cn",
        "departed_on": localdate(now()).isoformat(),
        "currency": "usd",
        "office": "15BB",
    }
    answer = trader.post(f"{PAGE}new/", head)
    assert answer.status_code == 302
    address = answer.headers["Location"]
    root = address.removesuffix("lines/1/")
    shown = trader.post(f"{address}judged/", typed_line()).content.decode()
    assert "(1.000,5 − 555) / 1.000,5" in shown
    assert "44,52 %" in shown
    assert trader.post(address, typed_line(fob="abc")).status_code == 422
    assert trader.post(address, {**typed_line(), "act": "rows"}).status_code == 200
    assert trader.post(address, {**typed_line(), "act": "another"}).headers["Location"] == f"{root}lines/2/"
    assert trader.post(f"{root}lines/2/", {**typed_line(fob="5"), "act": "save"}).status_code == 302
    assert trader.post(f"{root}submit").status_code == 422
    assert trader.post(f"{root}lines/2/", {"act": "remove"}).status_code == 302
    assert trader.post(f"{root}head/", {**head, "port": "Pingxiang"}).status_code == 302
    assert trader.post(f"{root}submit").status_code == 302
    assert trader.post(f"{root}issue", {"issue-number": ""}).status_code == 422
    day = localdate(now()).isoformat()
    given = {"issue-number": NUMBER, "issue-issued_on": day, "issue-issuer": "Ministry"}
    assert trader.post(f"{root}issue", given).status_code == 302
    assert NUMBER in trader.get(root).content.decode()
    assert NUMBER in trader.get(f"{PAGE}?state=issued&number={NUMBER}").content.decode()
    assert trader.get(f"{root}lines/9/").status_code == 404
    assert customs.client("clearance_officer").get(root).status_code == 200


@pytest.mark.parametrize("language", WORDS)
def test_the_pages_speak_four_languages(customs: World, language: str) -> None:
    key, trader = prepared(customs), customs.client("declarant")
    said = {"accept-language": language}
    assert WORDS[language] in trader.get(PAGE, headers=said).content.decode()
    for address in (f"{PAGE}{key}/", f"{PAGE}{key}/head/", f"{PAGE}{key}/lines/2/", f"{PAGE}new/", f"{PAGE}check/"):
        assert trader.get(address, headers=said).status_code == 200


def test_a_filled_sheet_of_costs_goes_into_the_lines(customs: World) -> None:
    key, trader = prepared(customs), customs.client("declarant")
    sheet = trader.get(f"{PAGE}{key}/costs.xlsx")
    book = load_workbook(io.BytesIO(b"".join(sheet)) if sheet.streaming else io.BytesIO(sheet.content))
    book.worksheets[0].append([2, "material", "Zip", "960711", "VN", 4.5, "yes", ""])
    book.worksheets[0].append([2, "labor", "", "", "", 40])
    out = io.BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("costs.xlsx", out.getvalue())
    assert trader.post(f"{PAGE}{key}/costs/", {"file": upload}).status_code == 302
    kept = outbound_file(actor=customs.actor("declarant"), outbound=key, at=now()).application
    assert [one.name for one in kept.lines[1].costs.materials] == ["cloth", "Zip"]
    assert kept.lines[1].costs.added == 40
    assert trader.post(f"{PAGE}{key}/costs/", {}).status_code == 422
    bad = SimpleUploadedFile("costs.xlsx", b"PK\x03\x04 broken")
    assert trader.post(f"{PAGE}{key}/costs/", {"file": bad}).status_code == 422


def test_every_fault_of_a_sheet_is_told_with_its_row() -> None:
    given = application()
    book = load_workbook(io.BytesIO(costs_workbook(given)))
    for row in ([9, "material", "x", "", "", 1], [1, "gold", "", "", "", 1], [1, "labor", "", "", "", "abc"]):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused) as refused:
        read_costs(out.getvalue(), given, language="vi")
    assert [(one.code, one.path) for one in refused.value.faults] == [
        (Code.TQ_ORI_132, "row[3]"),
        (Code.TQ_ORI_133, "row[4]"),
        (Code.TQ_FMT_018, "row[5]"),
    ]
    book.worksheets[0].delete_cols(6)
    book.save(out := io.BytesIO())
    with pytest.raises(Refused) as refused:
        read_costs(out.getvalue(), given, language="vi")
    assert [one.code for one in refused.value.faults] == [Code.TQ_ORI_128]


def test_anybody_with_the_square_of_the_paper_is_told_and_guesses_are_few(customs: World, settings: Any) -> None:
    key = issued(customs)
    kept = outbound_file(actor=customs.actor("declarant"), outbound=key, at=now())
    anybody = Client(SERVER_NAME="127.0.0.1")
    shown = anybody.get(f"{PAGE}check/", {"number": NUMBER, "code": kept.code}).content.decode()
    assert NUMBER in shown
    for secret in (kept.application.exporter, kept.application.consignee, "Fresh durian", ENTERPRISE):
        assert secret not in shown
    wrong = anybody.get(f"{PAGE}check/", {"number": NUMBER, "code": "00000-00000"})
    assert wrong.status_code == 404
    assert Code.TQ_ORI_127.value in wrong.content.decode()
    assert anybody.get(f"{PAGE}check/", {"number": NUMBER}).status_code == 422
    settings.TRACK_RATE_LIMIT = "2/minute"
    check_throttle.forget()
    found = [anybody.get(f"{PAGE}check/", {"number": "E0", "code": "x"}).status_code for _ in range(3)]
    check_throttle.forget()
    assert found == [404, 404, 429]


def test_a_stranger_gets_nothing_but_the_check(customs: World) -> None:
    key, stranger = handed(customs), Client(SERVER_NAME="127.0.0.1")
    for address in (API, f"{API}/{key}", f"{API}/{key}/form.pdf"):
        assert stranger.get(address).status_code == 401
    assert post(stranger, f"{API}/judge")[0] == 401
    for address in (PAGE, f"{PAGE}{key}/", f"{PAGE}{key}/form.pdf", f"{PAGE}{key}/costs.xlsx", f"{PAGE}{key}/lines/1/"):
        assert stranger.get(address).status_code in (302, 403)
    for step in STEPS:
        assert stranger.post(f"{PAGE}{key}/{step}").status_code in (302, 403)
        assert post(stranger, f"{API}/{key}/{step}")[0] == 401


def test_a_neighbor_of_another_enterprise_or_office_finds_nothing(customs: World) -> None:
    program = system_actor("test", enterprises=[OTHER_ENTERPRISE])
    key = handed(customs, application(grown()), actor=program, tax_code=OTHER_ENTERPRISE, office="20BB")
    for role in ("declarant", "clearance_officer"):
        browser, api = customs.client(role), customs.api(role)
        assert api.get(f"{API}/{key}").status_code == 404
        assert api.get(API).json() == []
        for address in ("", "head/", "form.pdf", "costs.xlsx", "lines/1/"):
            assert browser.get(f"{PAGE}{key}/{address}").status_code == 404
        for step in (*STEPS, "costs/", "lines/1/judged/"):
            assert browser.post(f"{PAGE}{key}/{step}").status_code == 404
        for step in STEPS:
            assert post(api, f"{API}/{key}/{step}", {"words": "x"})[0] == 404
    assert post(customs.api("declarant"), API, {"tax_code": OTHER_ENTERPRISE, "application": application()})[0] == 403
    assert customs.client("gate_officer").get(PAGE).status_code == 403


def test_the_archive_of_a_sheet_is_opened_under_limits() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    with pytest.raises(Refused):
        read_costs(out.getvalue(), application(), language="vi")
