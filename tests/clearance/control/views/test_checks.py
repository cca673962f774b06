"""Pages of checks: the desk, the document check, the act at the yard, the signature, duty."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from tests.clearance.control.yard import act_of, agreeing, browser, drawn, filled_check, lodged, officers
from tests.world import World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.control.operations.acts import save_line
from thongquan.clearance.control.operations.inspections import assign_inspection
from thongquan.clearance.control.queries.checks import check_file
from thongquan.clearance.control.queries.duty import roster_of
from thongquan.clearance.declarations.queries import events_of

HTMX = {"hx-request": "true"}
POSTS = (
    "documents/begin",
    "documents/point",
    "documents/conclude",
    "inspection/assign",
    "inspection/reassign",
    "inspection/place",
    "inspection/line",
    "inspection/finding",
    "inspection/samples",
    "inspection/sign",
    "inspection/kept",
    "inspection/photo",
    "specialized",
)
READS = ("documents", "inspection", "inspection/sign", "specialized")


def test_the_desk_shows_what_waits_with_its_clock(customs: World) -> None:
    number = lodged(customs, now(), channel=2)
    client = customs.client("clearance_officer")
    page = client.get("/control/").content.decode()
    assert number in page
    assert "dc-clock" in page
    for tab in ("documents", "goods", "mine", "nonsense"):
        assert client.get(f"/control/?list={tab}").status_code == 200
    assert number not in client.get("/control/?list=goods").content.decode()
    home = client.get("/").content.decode()
    assert 'href="/control/"' in home


def test_a_document_check_is_made_point_by_point_without_script(customs: World) -> None:
    number = lodged(customs, now(), channel=2)
    client = customs.client("clearance_officer")
    address = f"/control/{number}/documents"
    assert "GX-2611-001" in client.get(address).content.decode()
    assert client.post(f"{address}/begin").headers["Location"] == address
    answer = client.post(f"{address}/conclude", {"note": ""})
    assert answer.status_code == 422
    assert "TQ-CTL-003" in answer.content.decode()
    points = [point.law.code for point in check_file(actor=customs.actor("clearance_officer"), number=number).points]
    for code in points:
        given = {"code": code, "outcome": "agrees"}
        answer = client.post(f"{address}/point", given)
        assert answer.headers["Location"] == f"{address}#point-{code}"
    differs = {"code": "invoice", "outcome": "differs", "found": "Số khác", "line": "2", "note": "trang 1"}
    client.post(f"{address}/point", differs)
    assert client.post(f"{address}/conclude", {"note": "Đã xem"}).headers["Location"] == address
    page = client.get(address).content.decode()
    assert "Số khác" in page
    assert f"/declarations/{number}/instruct" in page
    assert events_of(number)[-1].data["outcome"] == "differs"


def test_a_point_is_saved_as_one_goes_with_script(customs: World) -> None:
    number = lodged(customs, now(), channel=2)
    client = customs.client("clearance_officer")
    client.post(f"/control/{number}/documents/begin")
    given = {"code": "invoice", "outcome": "agrees"}
    part = client.post(f"/control/{number}/documents/point", given, headers=HTMX)
    assert part.status_code == 200
    assert "tq-saved" in part.content.decode()
    assert "hx-swap-oob" in part.content.decode()
    refused = client.post(f"/control/{number}/documents/point", {**given, "line": "x"}, headers=HTMX)
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()


def at_the_yard(customs: World) -> tuple[str, list[Actor]]:
    """An inspection under way and its two officers."""
    at = now()
    team, number = officers(customs, at, count=2), lodged(customs, at)
    assign_inspection(actor=team[0], number=number, at=at)
    return number, drawn(team[0], number, team)


def signed_in(customs: World, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser of an officer of the test, past the second factor."""
    monkeypatch.setattr("thongquan.base.accounts.queries.actors.is_past_second_factor", lambda _request: True)
    monkeypatch.setattr(
        "thongquan.base.accounts.middleware.is_past_second_factor", lambda _request: True, raising=False
    )
    return browser(actor)


def test_the_act_is_filled_in_reviewed_and_signed_by_two(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    number, (first, second) = at_the_yard(customs)
    client, other = signed_in(customs, first, monkeypatch), signed_in(customs, second, monkeypatch)
    address = f"/control/{number}/inspection"
    page = client.get(address).content.decode()
    assert page.count('name="agrees" value="yes"') == 5
    client.post(f"{address}/place", {"place": "Bãi 2", "note": ""})
    for line in range(1, 5):
        saved = client.post(f"{address}/line", {"line": line, "agrees": "yes"})
        assert saved.headers["Location"] == f"{address}#line-{line}"
    given = {"line": "5", "agrees": "no", "quantity": "400.5", "unit": "PCE", "packages": "3", "net_weight_kg": "10"}
    assert client.post(f"{address}/line", given).headers["Location"] == f"{address}#line-5"
    assert client.post(f"{address}/finding", {"line": "5", "kind": "quantity"}).status_code == 422
    client.post(f"{address}/finding", {"line": "5", "kind": "quantity", "found": "400,5", "unit": "PCE"})
    client.post(f"{address}/finding", {"line": "5", "kind": "ipr", "found": "nhãn giả"})
    gone = act_of(first, number).findings[1].id
    client.post(f"{address}/finding", {"line": "5", "finding": gone})
    review = client.get(f"{address}/sign").content.decode()
    digest = act_of(first, number).digest
    assert digest in review
    assert client.post(f"{address}/sign", {"digest": "0" * 64}).status_code == 422
    assert client.post(f"{address}/sign", {"digest": digest}).headers["Location"] == address
    other.post(f"{address}/sign", {"digest": digest})
    assert events_of(number)[-1].kind == "goods_inspected"
    page = client.get(address).content.decode()
    assert "400,5" in page
    assert "/violations/new/?subject=" in page
    assert 'name="agrees"' not in page
    story = client.get(f"/declarations/{number}/").content.decode()
    assert "400,5" in story


def test_samples_are_taken_and_answered_on_the_page(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    number, (first, _second) = at_the_yard(customs)
    client = signed_in(customs, first, monkeypatch)
    address = f"/control/{number}/inspection/samples"
    assert client.post(address, {"line": "1", "laboratory": "KĐHQ 6"}).status_code == 422
    given = {"line": "1", "seals": ["S1", "S2"], "laboratory": "KĐHQ 6", "is_complex": "yes"}
    assert client.post(address, given).status_code == 302
    sample = act_of(first, number).samples[0]
    assert (sample.seals, sample.is_complex) == (["S1", "S2"], True)
    client.post(address, {"sample": sample.id, "result": "agrees", "paper": "9/TB"})
    assert act_of(first, number).samples[0].result == "agrees"


def test_officers_are_drawn_and_replaced_on_the_page(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=4), lodged(customs, at)
    leader = customs.client("team_leader")
    address = f"/control/{number}/inspection"
    assert f"{address}/assign" in leader.get(address).content.decode()
    assert leader.post(f"{address}/assign").headers["Location"] == address
    gone = drawn(team[0], number, team)[0]
    assert leader.post(f"{address}/reassign", {"officer": gone.reference}).status_code == 422
    leader.post(f"{address}/reassign", {"officer": gone.reference, "reason": "Trùng lịch"})
    assert "Trùng lịch" in leader.get(address).content.decode()
    assert leader.post(f"{address}/assign").status_code == 422


def test_a_specialized_inspection_is_asked_and_answered_on_its_page(customs: World) -> None:
    number = lodged(customs, now())
    client = customs.client("clearance_officer")
    address = f"/control/{number}/specialized"
    assert "FS" in client.get(address).content.decode()
    asked = {"kind": "specialized_inspection", "code": "FS", "agency": "Cục ATTP", "lines": ["1"]}
    assert client.post(address, asked).headers["Location"] == address
    assert client.post(address, asked).status_code == 422
    client.post(address, {"kind": "specialized_inspection", "code": "FS", "result": "passed", "paper": "1/ATTP"})
    assert "1/ATTP" in client.get(address).content.decode()


def test_the_roster_is_kept_on_its_page(customs: World) -> None:
    at = now()
    (officer,) = officers(customs, at, count=1, on_duty=False)
    leader, plain = customs.client("team_leader"), customs.client("clearance_officer")
    start = timezone.localtime(at)
    given = {"office": "15BB", "officer": officer.reference, "starts_at": f"{start:%Y-%m-%dT%H:%M}"}
    assert leader.post("/control/duty/", {**given, "ends_at": "soon"}).status_code == 422
    end = start + timedelta(hours=8)
    assert leader.post("/control/duty/", {**given, "ends_at": f"{end:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert officer.name in plain.get("/control/duty/").content.decode()
    assert 'name="officer"' not in plain.get("/control/duty/").content.decode()
    (turn,) = roster_of(actor=officer, office="15BB", at=at)
    assert plain.post("/control/duty/", {"turn": turn.id}).status_code == 403
    assert leader.post("/control/duty/", {"turn": "x"}).status_code == 404
    leader.post("/control/duty/", {"turn": turn.id})
    assert roster_of(actor=officer, office="15BB", at=at) == []


def test_the_panel_names_what_is_due_to_officers_alone(customs: World) -> None:
    number = lodged(customs, now(), channel=2)
    officer = customs.client("clearance_officer").get(f"/declarations/{number}/").content.decode()
    assert f"/control/{number}/documents" in officer
    assert "title-checks" in officer
    assert "title-checks" not in customs.client("declarant").get(f"/declarations/{number}/").content.decode()


def test_a_stranger_reaches_no_page_of_checks(customs: World) -> None:
    number = lodged(customs, now())
    nobody, trader = Client(), customs.client("declarant")
    for path in ("/control/", "/control/duty/", *(f"/control/{number}/{one}" for one in READS)):
        assert "login" in nobody.get(path)["location"], path
        assert trader.get(path).status_code == 403, path
    for one in POSTS:
        assert "login" in nobody.post(f"/control/{number}/{one}")["location"], one
        assert trader.post(f"/control/{number}/{one}").status_code in (403, 422), one
    assert customs.run_sql("SELECT count(*) FROM declarations_event") == [(0,)]


def test_a_neighbor_reaches_no_check_of_another_office(customs: World) -> None:
    at = now()
    number = lodged(customs, at, office="20BB")
    client = customs.client("clearance_officer")
    for one in READS:
        assert client.get(f"/control/{number}/{one}").status_code == 404, one
    for one in POSTS:
        assert client.post(f"/control/{number}/{one}").status_code == 404, one
    assert number not in client.get("/control/?list=goods").content.decode()


def test_another_officer_reads_the_act_and_cannot_fill_it_in(customs: World) -> None:
    number, (first, _second) = at_the_yard(customs)
    save_line(actor=first, number=number, measured=agreeing(1), at=now())
    client = customs.client("clearance_officer")
    assert 'name="agrees"' not in client.get(f"/control/{number}/inspection").content.decode()
    answer = client.post(f"/control/{number}/inspection/line", {"line": "2", "agrees": "yes"})
    assert answer.status_code == 422
    assert "TQ-CTL-009" in answer.content.decode()


def test_an_amended_declaration_asks_for_a_new_check(customs: World) -> None:
    number, officer = lodged(customs, now(), channel=2), customs.actor("clearance_officer")
    filled_check(officer, number, now())
    customs.run_sql(
        "INSERT INTO declarations_version (declaration_id, version, at, actor, document, facts, decision, law_version,"
        " rules_release) SELECT declaration_id, 1, at, actor, document, facts, decision, law_version, rules_release"
        " FROM declarations_version"
    )
    customs.run_sql("UPDATE declarations_declaration SET version = 1")
    page = customs.client("clearance_officer").get(f"/control/{number}/documents").content.decode()
    assert "is-warning" in page
    assert f"/control/{number}/documents/begin" in page


def test_findings_lead_to_a_form_that_holds_their_facts(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at, channel=2)
    filled_check(officer, number, at, code="84145910")
    client = customs.client("clearance_officer")
    client.post(f"/control/{number}/documents/point", {"code": "invoice", "outcome": "missing"})
    client.post(f"/control/{number}/documents/conclude")
    page = client.get(f"/control/{number}/documents").content.decode()
    links = [html.unescape(one) for one in re.findall(r'href="(/violations/new/[^"]+)"', page)]
    asked = {parse_qs(urlsplit(link).query)["act"][0]: link for link in links}
    assert set(asked) == {"short_duty_detected", "documents_missing"}
    form = client.get(asked["short_duty_detected"]).content.decode()
    assert 'value="short_duty_detected" selected' in form
    assert "84145910" in form
    assert 'name="line" value="1"' in form
    values = {name: words[0] for name, words in parse_qs(urlsplit(asked["short_duty_detected"]).query).items()}
    day = timezone.localdate(at).isoformat()
    assert client.post(asked["short_duty_detected"], {**values, "on": day}).status_code == 302
    assert customs.run_sql("SELECT act, line FROM violations_finding") == [("short_duty_detected", 1)]


def test_a_photo_is_the_usual_paper_of_an_inspection(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    number, (first, _second) = at_the_yard(customs)
    subject = f"inspection:{act_of(first, number).id}"
    page = signed_in(customs, first, monkeypatch).get(f"/files/of/{subject}/").content.decode()
    kinds = re.findall(r'<option value="(\w+)"', page)
    assert kinds[:2] == ["PHO", "ACT"]
    assert "INV" not in kinds
