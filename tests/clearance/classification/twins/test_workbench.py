"""The workbench of two codes: its pages and its API, who may see and say what."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.clearance.classification.twins.lines import BOARD, ELSEWHERE, OFFICE, ROUTER, TEXT, given, searched, stock
from tests.clearance.control.yard import browser, officers
from tests.world import World
from thongquan.base.accounts.operations import create_token
from thongquan.base.accounts.scopes import SCOPES
from thongquan.base.core.clock import now
from thongquan.clearance.classification.models import Case, Finding, Label

API = "/api/v1/classification"


def alarm(*, office: str = OFFICE) -> Finding:
    """One alarm: a router declared as a board after somebody else declared it as a router."""
    stock()
    searched(given((TEXT, ROUTER), importer="9999900099", office=office))
    assert searched(given((f"{TEXT}, hàng mới 100%, model <b>C6</b> v2", BOARD), office=office)) == 1
    return Finding.objects.get()


def program(actor: Any) -> Client:
    """A program of this person."""
    secret = create_token(actor=actor, name="test", scopes=SCOPES, days=1, at=now()).secret
    return Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {secret}", "accept-language": "en"})


def post(client: Client, path: str, **body: str) -> Any:
    return client.post(f"{API}{path}", body, "application/json")


def test_the_card_shows_both_lines_and_what_hangs_on_them(customs: World) -> None:
    found = alarm()
    client = customs.client("clearance_officer")
    client.cookies["language"] = "en"
    page = client.get(reverse("classification:workbench")).content.decode()
    assert reverse("classification:finding", args=[found.pk]) in page
    page = client.get(reverse("classification:finding", args=[found.pk])).content.decode()
    assert '<mark class="is-number">2</mark>' in page or "<mark>" in page
    assert "<b>C6</b>" not in page
    assert BOARD in page
    assert ROUTER in page
    assert "Too few alarms as strong as this were answered here" in page
    assert "value added tax" in page
    assert "How these goods were declared" in page


def test_pages_speak_four_languages(customs: World) -> None:
    found = alarm()
    client = customs.client("team_leader")
    for language, words in (("vi", "hai mã"), ("zh-hans", "编码"), ("fr", "code")):
        client.cookies["language"] = language
        for path in (
            reverse("classification:workbench"),
            reverse("classification:finding", args=[found.pk]),
            reverse("classification:cases"),
            reverse("classification:case", args=[found.case_id]),
        ):
            page = client.get(path)
            assert page.status_code == 200
            assert words in page.content.decode().lower(), (language, path)


def test_an_outcome_is_kept_taken_back_and_logged(customs: World) -> None:
    found = alarm()
    path = reverse("classification:finding", args=[found.pk])
    client = customs.client("clearance_officer")
    assert client.post(path, {"outcome": "different"}).status_code == 422  # why?
    assert client.post(path, {"outcome": "none of these", "words": "x"}).status_code == 422
    assert client.post(path, {"outcome": "second", "words": "Cùng model"}).status_code == 302
    assert client.post(path, {"outcome": "first"}).status_code == 422  # one stands already
    found.refresh_from_db()
    assert found.outcome == "second"
    assert client.post(path, {"act": "take_back"}).status_code == 302
    assert client.post(path, {"act": "take_back"}).status_code == 422  # none stands
    found.refresh_from_db()
    assert found.outcome == ""
    label = Label.objects.get()
    assert (label.outcome, label.taken_back_by) == ("second", customs.actor("clearance_officer").reference)
    logged = customs.run_sql("SELECT action FROM ledger_entry WHERE subject = %s ORDER BY id", f"twocodes:{found.pk}")
    assert [action for (action,) in logged] == ["classification.judged", "classification.outcome_taken_back"]


def test_a_case_becomes_something_and_is_opened_again(customs: World) -> None:
    found = alarm()
    path = reverse("classification:case", args=[found.case_id])
    leader = customs.client("team_leader")
    assert leader.post(path, {"becomes": "war", "words": ""}).status_code == 422
    assert leader.post(path, {"becomes": "audit", "words": "Hai tờ khai, một mặt hàng"}).status_code == 302
    assert leader.post(path, {"becomes": "notice", "words": "lần nữa"}).status_code == 422  # closed already
    case = Case.objects.get()
    assert (case.state, case.became) == ("closed", "audit")
    told = customs.run_sql("SELECT subject FROM core_outboxmessage WHERE kind = 'classification.case_audit'")
    assert told == [(f"codecase:{case.pk}",)]
    assert leader.post(path, {"act": "reopen"}).status_code == 302
    assert leader.post(path, {"act": "reopen"}).status_code == 422  # open already
    assert Case.objects.get().state == "open"


def test_an_officer_who_leads_nobody_closes_no_case(customs: World) -> None:
    found = alarm()
    path = reverse("classification:case", args=[found.case_id])
    answer = customs.client("clearance_officer").post(path, {"becomes": "audit", "words": "x"})
    assert answer.status_code == 403


def test_programs_do_the_same(customs: World) -> None:
    found = alarm()
    api = customs.api("clearance_officer")
    [row] = api.get(f"{API}/findings").json()
    assert (row["id"], row["line"]["code"], row["other"]["code"]) == (found.pk, BOARD, ROUTER)
    assert api.get(f"{API}/findings/{found.pk}").json()["history"][0]["code"] == BOARD
    answer = post(api, f"/findings/{found.pk}/outcome", outcome="neither")
    assert answer.status_code == 422
    assert "TQ-CLS-003" in answer.content.decode()
    assert post(api, f"/findings/{found.pk}/outcome", outcome="first").json()["row"]["outcome"] == "first"
    assert post(api, f"/findings/{found.pk}/take-back").json()["row"]["outcome"] == ""
    leader = customs.api("team_leader")
    [case] = leader.get(f"{API}/cases").json()
    closed = post(leader, f"/cases/{case['id']}/close", becomes="instruction", words="Khai sửa đổi mã số")
    assert closed.json()["row"]["became"] == "instruction"
    assert leader.get(f"{API}/cases/{case['id']}").json()["steps"][0]["step"] == "instruction"
    assert post(leader, f"/cases/{case['id']}/reopen").json()["row"]["state"] == "open"


def test_a_stranger_reaches_nothing_of_two_codes(customs: World) -> None:
    found = alarm()
    paths = [
        reverse("classification:workbench"),
        reverse("classification:finding", args=[found.pk]),
        reverse("classification:cases"),
        reverse("classification:case", args=[found.case_id]),
    ]
    nobody, trader = Client(SERVER_NAME="127.0.0.1"), customs.client("declarant")
    for path in paths:
        assert nobody.get(path).status_code in (302, 401)
        assert trader.get(path).status_code == 403
        assert trader.post(path).status_code in (403, 405)
    program_of_trader = customs.api("declarant")
    for path in ("/findings", f"/findings/{found.pk}", "/cases", f"/cases/{found.case_id}"):
        assert Client(SERVER_NAME="127.0.0.1").get(f"{API}{path}").status_code == 401
        assert program_of_trader.get(f"{API}{path}").status_code == 403
    for path in (f"/findings/{found.pk}/outcome", f"/findings/{found.pk}/take-back"):
        assert post(program_of_trader, path, outcome="first").status_code in (403, 422)
    for path in (f"/cases/{found.case_id}/close", f"/cases/{found.case_id}/reopen"):
        assert post(program_of_trader, path, becomes="audit", words="x").status_code in (403, 422)
    assert not Label.objects.exists()


def test_a_neighbor_office_sees_nothing_of_two_codes(customs: World) -> None:
    found = alarm()
    [neighbor] = officers(customs, now(), count=1, office=ELSEWHERE, on_duty=False)
    page = browser(neighbor)
    assert str(found.line.description) not in page.get(reverse("classification:workbench")).content.decode()
    assert page.get(reverse("classification:finding", args=[found.pk])).status_code == 404
    assert page.post(reverse("classification:finding", args=[found.pk]), {"outcome": "first"}).status_code == 404
    assert page.get(reverse("classification:case", args=[found.case_id])).status_code == 404
    assert page.post(reverse("classification:case", args=[found.case_id]), {"becomes": "audit"}).status_code == 404
    api = program(neighbor)
    assert api.get(f"{API}/findings").json() == []
    assert api.get(f"{API}/cases").json() == []
    for path in (f"/findings/{found.pk}/outcome", f"/cases/{found.case_id}/close"):
        body = {"outcome": "first"} if "findings" in path else {"becomes": "audit", "words": "x"}
        assert post(api, path, **body).status_code == 404
    assert post(api, f"/findings/{found.pk}/take-back").status_code == 404
    assert post(api, f"/cases/{found.case_id}/reopen").status_code in (404, 422)
    assert not Label.objects.exists()


def test_the_home_page_counts_alarms(customs: World) -> None:
    alarm()
    client = customs.client("clearance_officer")
    client.cookies["language"] = "en"
    assert "Goods under two codes" in client.get(reverse("home")).content.decode()
