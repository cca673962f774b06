"""The desk of certificates: queues in the order of the work, side by side, history and balance."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from openpyxl import load_workbook

from tests.clearance.origin.papers import NUMBER, lodged, one_line, paper, registered
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.origin.charts import months_chart
from thongquan.clearance.origin.operations import Take, check_certificate, doubt_certificate, use_items
from thongquan.clearance.origin.queries.balances import is_low, low_certificates, share_of
from thongquan.clearance.origin.queries.history import OfMonth
from thongquan.clearance.origin.queries.worklist import Narrowed, next_in_queue, queue_counts, queue_page
from thongquan.rules.origin.checks.issue import months_after

PLACES = ("desk/", "balance/", "balance.xlsx")
EXPORTER = "/origin/history/exporter/?name=Guangxi+Pingxiang+Trading+Co.%2C+Ltd.&country=CN"
ISSUER = "/origin/history/issuer/?name=GX&country=CN"


def english(client: Client, path: str) -> str:
    return client.get(path, headers={"accept-language": "en"}).content.decode()


def several(customs: World, *numbers: str, **changes: object) -> list[int]:
    """Registered certificates with other goods each, so that none is like another."""
    return [
        registered(customs, one_line(str(10 + place), number=number, invoices=(number,), **changes))
        for place, number in enumerate(numbers)
    ]


def doubt(customs: World, key: int) -> None:
    doubt_certificate(actor=customs.actor("clearance_officer"), certificate=key, words="Con dấu lạ", at=now())


def test_queues_hold_what_is_theirs_with_live_counts(customs: World) -> None:
    day = localdate(now())
    first, second, third = several(customs, "E100000001", "E200000002", "E300000003")
    ends = one_line("77", number="E400000004", invoices=("Z",), valid_until=day + timedelta(days=10))
    due = registered(customs, ends)
    doubt(customs, second)
    officer = customs.actor("clearance_officer")
    counts = queue_counts(actor=officer, on=day)
    assert counts == {"waiting": 3, "due": 1, "doubted": 1, "verifying": 0}
    rows, more = queue_page(actor=officer, asked=Narrowed(queue="waiting"), on=day)
    assert [row.id for row in rows] == [first, third, due]
    assert not more
    assert rows[2].ends_on == day + timedelta(days=10)
    assert rows[0].ends_on == months_after(day - timedelta(days=3), 12)
    shown = english(customs.client("clearance_officer"), "/origin/?queue=doubted")
    assert "E200000002" in shown
    assert "E100000001" not in shown
    tabs = english(customs.client("clearance_officer"), "/origin/counts")
    assert 'id="count-waiting"' in tabs
    assert ">3<" in tabs
    found, _more = queue_page(actor=officer, asked=Narrowed(queue="all", words="e3000"), on=day)
    assert [row.id for row in found] == [third]


def test_the_next_in_the_queue_goes_round(customs: World) -> None:
    first, second, third = several(customs, "E100000001", "E200000002", "E300000003")
    officer, day, asked = customs.actor("clearance_officer"), localdate(now()), Narrowed(queue="waiting")
    assert next_in_queue(actor=officer, asked=asked, after=first, on=day) == second
    assert next_in_queue(actor=officer, asked=asked, after=third, on=day) == first
    assert next_in_queue(actor=officer, asked=Narrowed(queue="doubted"), after=first, on=day) is None


def test_reads_do_not_grow_with_the_queue(customs: World) -> None:
    officer = customs.client("clearance_officer")
    several(customs, "E100000001")
    officer.get("/origin/?queue=waiting")
    with CaptureQueriesContext(connection) as few:
        officer.get("/origin/?queue=waiting")
    several(customs, *(f"E5{n}000000{n}" for n in range(2, 9)), exporter="Another Co")
    with CaptureQueriesContext(connection) as many:
        officer.get("/origin/?queue=waiting")
    assert len(many) <= len(few)


def test_side_by_side_marks_what_differs_and_decides_with_the_next_in_queue(customs: World) -> None:
    key = registered(customs, paper(vehicle="桂FB0000", consignee="Somebody Else Ltd"))
    (other,) = several(customs, "E200000002", exporter="Another Co")
    number = lodged(customs)
    officer = customs.client("clearance_officer")
    page = f"/origin/{key}/desk/"
    before = english(officer, f"{page}?queue=waiting&declaration={number}")
    assert "Beside the declaration" in before
    assert 'class="is-differs"' in before
    assert 'class="is-same"' in before
    assert "Somebody Else Ltd" in before
    assert "CTH|RVC40" in before
    assert "not checked against it yet" in before
    checked = officer.post(f"/origin/{key}/check?desk=1&queue=waiting", {"check-declaration": number})
    assert checked.status_code == 302
    assert checked["Location"].startswith(page)
    after = english(officer, f"{page}?queue=waiting")
    assert "TQ-ORI-031" in after
    assert "the check doubts: a reason is needed" in after
    assert officer.post(f"/origin/{key}/accept?queue=waiting", {"accept-words": ""}).status_code == 422
    decided = officer.post(f"/origin/{key}/accept?queue=waiting", {"accept-words": "Đã đối chiếu bản gốc"})
    assert decided["Location"].startswith(f"/origin/{other}/desk/")
    last = officer.post(f"/origin/{other}/doubt?queue=waiting", {"doubt-words": "Mã lạ"})
    assert last["Location"].startswith("/origin/?queue=waiting")


def test_side_by_side_without_a_declaration_shows_the_paper_alone(customs: World) -> None:
    key = registered(customs)
    shown = english(customs.client("clearance_officer"), f"/origin/{key}/desk/")
    assert "No declaration is known yet" in shown
    assert "Line 1 of the certificate" in shown
    assert customs.client("clearance_officer").get(f"/origin/{key}/desk/?declaration=999999999999").status_code == 404


def test_the_history_tells_what_became_of_an_exporter_and_an_issuer(customs: World) -> None:
    first, second = several(customs, "E100000001", "E200000002")
    doubt(customs, second)
    check_certificate(actor=customs.actor("clearance_officer"), certificate=first, at=now())
    officer = customs.client("clearance_officer")
    for path in (EXPORTER, ISSUER):
        shown = english(officer, path)
        assert "2 certificates" in shown
        assert "Con dấu lạ" in shown
        assert "E100000001" in shown
        assert "<svg" in shown
    assert officer.get("/origin/history/exporter/?name=Nobody&country=CN").status_code == 404
    assert officer.get("/origin/history/exporter/").status_code == 404
    page = english(officer, f"/origin/{first}/")
    assert "/origin/history/exporter/?name=Guangxi%20Pingxiang" in page


def test_a_trader_sees_who_used_what_and_takes_it_along(customs: World) -> None:
    key = registered(customs, one_line("100", number="E100000001"))
    take = Take(certificate=key, item=1, line=1, quantity=Decimal(95))
    use_items(actor=customs.actor("declarant"), subject="declaration:101234567890", takes=[take], at=now())
    trader = customs.client("declarant")
    shown = english(trader, f"/origin/{key}/balance/")
    assert "101234567890" in shown
    assert "nearly used up" in shown
    assert 'value="95"' in shown
    book = load_workbook(io.BytesIO(trader.get(f"/origin/{key}/balance.xlsx").content)).worksheets[0]
    assert [cell.value for cell in book[2]][5:9] == [100, 95, 5, "101234567890"]
    assert "E100000001" in english(trader, "/today/")


def test_what_ends_soon_comes_before_what_is_nearly_used_up(customs: World) -> None:
    day = localdate(now())
    used = registered(customs, one_line("100", number="E100000001", invoices=("A",)))
    take = Take(certificate=used, item=1, line=1, quantity=Decimal(90))
    use_items(actor=customs.actor("declarant"), subject="declaration:101234567890", takes=[take], at=now())
    soon = registered(customs, one_line("7", number="E200000002", valid_until=day + timedelta(days=30)))
    registered(customs, one_line("8", number="E300000003", invoices=("B",), valid_until=day + timedelta(days=31)))
    found = low_certificates(actor=customs.actor("declarant"), on=day, most=10)
    assert [(one.id, one.why) for one in found] == [(soon, "ends"), (used, "little")]
    assert len(low_certificates(actor=customs.actor("declarant"), on=day, most=1)) == 1
    assert low_certificates(actor=customs.actor("clearance_officer"), on=day, most=10) == []


def test_shares_are_cut_and_a_used_up_line_is_not_low() -> None:
    assert share_of(Decimal("99.99"), Decimal(100)) == 99
    assert share_of(Decimal(1), Decimal(0)) == 0
    assert is_low(Decimal(10), Decimal(100))
    assert not is_low(Decimal("10.1"), Decimal(100))
    assert not is_low(Decimal(0), Decimal(100))


def test_months_as_bars() -> None:
    assert months_chart([]) is None
    day = localdate(now()).replace(day=1)
    chart = months_chart([OfMonth(month=day, certificates=4, bad=1)])
    assert chart is not None
    assert chart.bars[0].bad * 4 == chart.bars[0].height


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans", "fr"])
def test_the_desk_speaks_four_languages(customs: World, language: str) -> None:
    key = registered(customs)
    officer = customs.client("clearance_officer")
    words = {"vi": "Đối chiếu", "en": "Compared", "zh-hans": "对照", "fr": "Comparaison"}
    answer = officer.get(f"/origin/{key}/desk/", headers={"accept-language": language})
    assert words[language] in answer.content.decode()
    for path in ("/origin/", EXPORTER, f"/origin/{key}/balance/"):
        assert officer.get(path, headers={"accept-language": language}).status_code == 200


def test_a_stranger_is_sent_to_the_door_of_the_desk(customs: World) -> None:
    key = registered(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for path in ("/origin/counts", EXPORTER, ISSUER, *(f"/origin/{key}/{place}" for place in PLACES)):
        assert stranger.get(path).status_code in (302, 403), path


def test_a_neighbor_sees_nothing_of_another_office(customs: World) -> None:
    program = system_actor("test", offices=["20BB"])
    elsewhere = one_line("9", number="N1")
    key = registered(customs, elsewhere, actor=program, office="20BB", tax_code=OTHER_ENTERPRISE)
    officer, trader = customs.client("clearance_officer"), customs.client("declarant")
    for client in (officer, trader):
        for place in PLACES:
            assert client.get(f"/origin/{key}/{place}").status_code == 404, place
    assert officer.get(EXPORTER).status_code == 404
    assert officer.get(ISSUER).status_code == 404
    own = registered(customs)
    assert trader.get(EXPORTER).status_code == 403
    assert trader.get(f"/origin/{own}/desk/").status_code == 403
    assert trader.get("/origin/counts").status_code == 403
    assert NUMBER in trader.get("/origin/").content.decode()
