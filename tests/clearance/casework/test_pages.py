"""Pages of notes and questions as people of each side meet them."""

from __future__ import annotations

from django.test import Client

from tests.clearance.casework.people import colleague
from tests.clearance.control.yard import lodged, put_on_duty
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.casework.operations.notes import write_note
from thongquan.clearance.casework.operations.questions import ask_question

SECRET = "Nghi khai sai mã, không cho người khai biết"


def test_an_officer_writes_a_note_on_the_declaration_and_no_trader_ever_reads_it(customs: World) -> None:
    at = now()
    other, number = colleague(at), lodged(customs, at)
    officer = customs.client("clearance_officer")
    page = officer.get(f"/declarations/{number}/").content.decode()
    assert f'action="/notes/{number}/"' in page
    assert other.name in page
    sent = officer.post(f"/notes/{number}/", {"text": f"{SECRET}\n<script>@Lê Văn Hòa", "mention": other.reference})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/declarations/{number}/#notes")
    page = officer.get(f"/declarations/{number}/").content.decode()
    assert f'{SECRET}<br>&lt;script&gt;<strong class="cw-named">@Lê Văn Hòa</strong>' in page
    refused = officer.post(f"/notes/{number}/", {"text": ""})
    assert (refused.status_code, "TQ-CSW-001" in refused.content.decode()) == (422, True)

    for role in ("declarant", "broker"):
        client = customs.client(role)
        for address in (f"/declarations/{number}/", f"/ledger/proof/declaration:{number}/", "/", "/declarations/"):
            assert SECRET not in client.get(address).content.decode()
        assert client.get(f"/notes/{number}/").status_code == 404
        assert client.get("/ledger/proof/note:1/").status_code in {403, 404}
        api = customs.api(role)
        assert SECRET not in api.get(f"/api/v1/declarations/{number}").content.decode()


def test_a_neighbor_and_a_stranger_get_no_notes_page(customs: World) -> None:
    at = now()
    number = lodged(customs, at, office="20BB")
    for role in ("clearance_officer", "partner_agency", "neighbor_customs"):
        client = customs.client(role)
        assert client.get(f"/notes/{number}/").status_code == 404
        assert client.post(f"/notes/{number}/", {"text": "x"}).status_code == 404
    assert customs.client("partner_agency").get("/mentions/").status_code == 403
    assert Client(SERVER_NAME="127.0.0.1").get(f"/notes/{number}/").status_code == 302


def test_a_mention_waits_on_the_home_page_until_it_is_dealt_with(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    note = write_note(
        actor=colleague(at), number=lodged(customs, at), text=f"@{officer.name} xem giúp", mentions=[], at=at
    )
    client = customs.client("clearance_officer")
    assert "/mentions/" in client.get("/").content.decode()
    assert "xem giúp" in client.get("/mentions/").content.decode()
    assert client.post(f"/mentions/{note}/done").status_code == 302
    assert "xem giúp" not in client.get("/mentions/").content.decode()
    assert "/mentions/" not in client.get("/").content.decode()


def test_a_declarant_asks_and_reads_the_answer_without_the_officers_name(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    put_on_duty(customs, officer, at)
    number = lodged(customs, at)
    trader, office = customs.client("declarant"), customs.client("clearance_officer")
    assert f"/questions/ask/{number}/" in trader.get(f"/declarations/{number}/").content.decode()
    refused = trader.post(f"/questions/ask/{number}/", {"topic": "Trị giá", "text": ""})
    assert (refused.status_code, "Trị giá" in refused.content.decode()) == (422, True)
    sent = trader.post(f"/questions/ask/{number}/", {"topic": "Trị giá", "text": "Dòng 1\nDòng 2"})
    address = sent.headers["Location"]
    assert "Dòng 1<br>Dòng 2" in trader.get(address).content.decode()
    queue = office.get("/questions/").content.decode()
    assert address in queue
    assert "cw-clock" in queue
    assert address in office.get(f"/declarations/{number}/").content.decode()
    assert office.post(address, {"act": "say", "text": "Theo bảng giá."}).status_code == 302
    answered = trader.get(address).content.decode()
    assert "Theo bảng giá." in answered
    assert officer.name not in answered
    assert "/questions/?state=answered" in trader.get("/").content.decode()
    assert trader.post(address, {"act": "close"}).status_code == 302
    assert trader.post(address, {"act": "say", "text": "x"}).status_code == 422
    assert trader.post(address, {"act": "reopen", "text": "Còn nữa"}).status_code == 302
    assert office.post(address, {"act": "answer_close", "text": "Xong."}).status_code == 302


def test_a_neighbor_and_a_stranger_get_no_question(customs: World) -> None:
    at = now()
    number = lodged(customs, at, office="20BB")
    thread = ask_question(actor=customs.actor("declarant"), number=number, topic="a", text="b", at=at)
    for role in ("clearance_officer", "partner_agency", "neighbor_customs"):
        client = customs.client(role)
        assert client.get(f"/questions/{thread}/").status_code == 404
        assert client.post(f"/questions/{thread}/", {"text": "x"}).status_code == 404
        assert client.get(f"/questions/ask/{number}/").status_code == 404
    assert customs.client("partner_agency").get("/questions/").status_code == 403
    assert Client(SERVER_NAME="127.0.0.1").get(f"/questions/{thread}/").status_code == 302
