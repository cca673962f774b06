"""Pages of exemption lists and claims, as people use them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.clearance.revenue.claims import asked, decided, paid, proposed
from tests.clearance.revenue.exempt import a_list, lodge, using
from tests.clearance.revenue.money import lodged
from tests.world import ENTERPRISE, World
from thongquan.clearance.revenue.claim_forms import wanted_from
from thongquan.clearance.revenue.models import Claim, ExemptionList

LIST = {
    "tax_code": ENTERPRISE,
    "office": "15BB",
    "exemption": "INV",
    "title": "Nhà máy Đồng Đăng",
    "valid_to": "",
    "lines": "8414.59.99\tQuạt hút\tPCE\t1000\n;Router 路由器;pce;300,5",
}


def url(name: str, *args: object) -> str:
    return reverse(f"revenue:{name}", args=args)


def test_a_list_is_filed_registered_and_read_on_pages(customs: World) -> None:
    trader, officer = customs.client("declarant"), customs.client("clearance_officer")
    assert "84145999" in trader.get(url("exemption_new")).content.decode()
    answer = trader.post(url("exemption_new"), LIST)
    made = ExemptionList.objects.get()
    assert answer.headers["Location"] == url("exemption", made.number)
    assert [str(line.quantity) for line in made.lines.order_by("number")] == ["1000.0000", "300.5000"]
    page = officer.get(url("exemption", made.number)).content.decode()
    assert url("exemption_step", made.number, "register") in page
    assert officer.post(url("exemption_step", made.number, "register")).status_code == 302
    made.refresh_from_db()
    assert made.state == "registered"
    lodge(customs, using(f"{made.number}-1", 250))
    page = trader.get(url("exemption", made.number)).content.decode()
    assert f"{made.number}-1" in page
    assert "750" in page
    assert made.number in trader.get(url("exemptions")).content.decode()


@pytest.mark.parametrize(
    "changes", [{"lines": "8414;Quạt"}, {"lines": "8414;Quạt;PCE;1.000"}, {"lines": ""}, {"office": "VI"}]
)
def test_a_list_that_cannot_be_read_is_told_at_the_form(customs: World, changes: dict[str, str]) -> None:
    answer = customs.client("declarant").post(url("exemption_new"), {**LIST, **changes})
    assert answer.status_code == 422
    assert ExemptionList.objects.count() == 0


def test_a_refusal_without_a_reason_is_told_on_the_page(customs: World) -> None:
    number = a_list(customs, step="")
    answer = customs.client("team_leader").post(url("exemption_step", number, "refuse"), {"reason": ""})
    assert answer.status_code == 422
    assert "TQ-REV-056" in answer.content.decode()


@pytest.mark.parametrize("row", ["", "a;b;c", "8414;Quạt;PCE;x", "8414;Quạt;PCE;1.000.000", "8414;Quạt;PCE;1,000"])
def test_rows_that_could_be_misread_are_not_read(row: str) -> None:
    assert wanted_from(row) is None


def test_a_refund_runs_over_pages(customs: World) -> None:
    subject = paid(customs)
    number = subject.partition(":")[2]
    trader, officer, leader = (customs.client(role) for role in ("declarant", "clearance_officer", "team_leader"))
    new = f"{url('claim_new')}?about={number}"
    assert "3.000.000" in trader.get(new).content.decode()
    form = {"case": "refund:19.1c", "tax": "import_duty", "amount_vnd": "500000", "grounds": "Đã tái xuất"}
    assert trader.post(new, {**form, "amount_vnd": "49999"}).status_code == 422
    assert trader.post(new, {**form, "grounds": ""}).status_code == 422
    answer = trader.post(new, form)
    claim = Claim.objects.get()
    assert answer.headers["Location"] == url("claim", claim.number)
    assert url("claim_propose", claim.number) in officer.get(url("claim", claim.number)).content.decode()
    proposal = {"amount_vnd": "500000", "finding": "Hàng đã ra khỏi Việt Nam"}
    assert officer.post(url("claim_propose", claim.number), proposal).status_code == 302
    assert "Hàng đã ra khỏi" not in trader.get(url("claim", claim.number)).content.decode()
    assert url("claim_decide", claim.number) not in officer.get(url("claim", claim.number)).content.decode()
    assert leader.post(url("claim_decide", claim.number), {"decision": "approve"}).status_code == 302
    assert url("claim_decision", claim.number) in trader.get(url("claim", claim.number)).content.decode()
    assert leader.post(url("claim_pay", claim.number), {"reference": ""}).status_code == 422
    assert leader.post(url("claim_pay", claim.number), {"reference": "UNC 7"}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "paid"
    assert claim.number in trader.get(url("claims")).content.decode()


def test_a_decision_without_the_word_approve_is_a_refusal(customs: World) -> None:
    told = proposed(customs, paid(customs))
    answer = customs.client("team_leader").post(url("claim_decide", told.number), {"reason": "Thiếu chứng từ"})
    assert answer.status_code == 302
    assert Claim.objects.get().state == "refused"


def test_an_officer_starts_a_waiver_on_the_page_and_no_refund(customs: World) -> None:
    subject = lodged()
    page = f"{url('claim_new')}?about={subject.partition(':')[2]}"
    officer = customs.client("clearance_officer")
    text = officer.get(page).content.decode()
    assert "waiver:37a.1a" in text
    assert "refund:19.1c" not in text
    form = {"case": "waiver:37a.1a", "tax": "vat", "amount_vnd": "1000", "grounds": "Được hoàn, chưa nộp"}
    assert officer.post(page, form).status_code == 302


def all_addresses(customs: World, office: str) -> list[str]:
    number = a_list(customs, office=office, step="")
    told = asked(customs, paid(customs, office=office))
    return [
        url("exemption", number),
        *(url("exemption_step", number, step) for step in ("register", "refuse", "close")),
        url("claim", told.number),
        *(url(f"claim_{step}", told.number) for step in ("propose", "decide", "pay", "decision")),
        f"{url('claim_new')}?about={told.declaration}",
    ]


def test_a_stranger_reaches_no_page_of_it(customs: World) -> None:
    stranger, agency = Client(SERVER_NAME="127.0.0.1"), customs.client("partner_agency")
    for address in [*all_addresses(customs, "15BB"), url("exemptions"), url("exemption_new"), url("claims")]:
        for method in ("get", "post"):
            assert getattr(stranger, method)(address).status_code in (302, 405), address
            assert getattr(agency, method)(address).status_code in (403, 404, 405), address
    assert ExemptionList.objects.get().state == "proposed"
    assert Claim.objects.get().state == "requested"


def test_a_neighbor_reaches_no_page_of_another_office(customs: World) -> None:
    neighbor = customs.client("team_leader")
    form = {"amount_vnd": "500000", "finding": "x", "decision": "approve", "reason": "x", "reference": "x"}
    for address in all_addresses(customs, "20BB"):
        assert neighbor.get(address).status_code in (404, 405), address
        assert neighbor.post(address, form).status_code in (404, 405), address
    assert ExemptionList.objects.get().state == "proposed"
    assert Claim.objects.get().state == "requested"


def test_the_trader_of_another_enterprise_is_a_neighbor_too(customs: World) -> None:
    number = a_list(customs)
    told = decided(customs, paid(customs))
    ExemptionList.objects.update(tax_code="9999900099")
    Claim.objects.update(tax_code="9999900099")
    client = customs.client("declarant")
    for address in (url("exemption", number), url("claim", told.number), url("claim_decision", told.number)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr", "en"])
def test_pages_open_in_every_language(customs: World, language: str) -> None:
    number, told = a_list(customs), decided(customs, paid(customs))
    client = customs.client("team_leader")
    client.cookies["django_language"] = language
    for address in (url("exemption", number), url("claim", told.number), url("claims"), url("statement")):
        answer = client.get(address)
        assert answer.status_code == 200
        assert f'lang="{language}"'.lower() in answer.content.decode().lower()
