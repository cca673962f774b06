"""Receipts, decisions and accounts: what they say, and to whom."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from tests.clearance.revenue.claims import decided, paid, pay, proposed
from tests.clearance.revenue.money import lodged
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.clearance.revenue.models import JournalEntry
from thongquan.clearance.revenue.operations.claims import pay_refund
from thongquan.clearance.revenue.queries.statements import account_statement, payments_of


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def receipt_url(subject: str) -> str:
    return reverse("revenue:receipt", args=[payments_of(subject)[-1]])


def account_url(kind: str = "", tax_code: str = ENTERPRISE) -> str:
    since, until = localdate(now()) - timedelta(days=3), localdate(now()) + timedelta(days=1)
    name = reverse("revenue:statement_file", args=[kind]) if kind else reverse("revenue:statement")
    return f"{name}?tax_code={tax_code}&since={since}&until={until}"


def test_a_receipt_names_payer_taxes_and_the_sum_in_words(customs: World) -> None:
    subject = lodged()
    pay(customs, subject, 4_020_000, payer="Công ty Bình Minh 平明公司")
    answer = customs.client("declarant").get(receipt_url(subject))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    text = text_of(answer.content)
    for words in (
        "BIÊN LAI THU TIỀN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Công ty Bình Minh 平明公司",
        "Thuế nhập khẩu 3.000.000",
        "Thuế giá trị gia tăng 1.000.000",
        "Lệ phí hải quan 20.000",
        "Cộng 4.020.000",
        "Bốn triệu không trăm hai mươi nghìn đồng",
        subject.partition(":")[2],
        ENTERPRISE,
        "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ",
    ):
        assert words in text, words


def test_the_receipt_of_a_payment_is_the_same_every_time(customs: World) -> None:
    url = receipt_url(paid(customs))
    client = customs.client("clearance_officer")
    assert client.get(url).content == client.get(url).content


def test_a_stranger_gets_no_receipt(customs: World) -> None:
    url = receipt_url(paid(customs))
    assert Client(SERVER_NAME="127.0.0.1").get(url).status_code == 302
    assert customs.client("partner_agency").get(url).status_code == 404


def test_a_neighbor_gets_no_receipt(customs: World) -> None:
    url = receipt_url(paid(customs, office="20BB"))
    assert customs.client("clearance_officer").get(url).status_code == 404
    assert customs.client("declarant").get(url).status_code == 200


def test_only_payments_have_receipts(customs: World) -> None:
    entry = JournalEntry.objects.filter(subject=lodged()).latest("pk").pk
    assert customs.client("declarant").get(reverse("revenue:receipt", args=[entry])).status_code == 404


@pytest.mark.parametrize("approve", [True, False])
def test_the_decision_on_a_claim_is_a_paper(customs: World, approve: bool) -> None:
    told = decided(customs, paid(customs), 500_000, approve=approve)
    answer = customs.client("declarant").get(reverse("revenue:claim_decision", args=[told.number]))
    text = text_of(answer.content)
    assert "QUYẾT ĐỊNH Về việc hoàn thuế" in text
    assert "điểm c khoản 1 Điều 19 Luật số 107/2016/QH13" in text
    assert customs.actor("team_leader").name in text
    if approve:
        assert "Hoàn trả số tiền 500.000 đồng (Năm trăm nghìn đồng)" in text
    else:
        assert "Không chấp nhận đề nghị" in text
        assert "Không đủ hồ sơ" in text


def test_there_is_no_decision_before_it_is_made(customs: World) -> None:
    told = proposed(customs, paid(customs))
    url = reverse("revenue:claim_decision", args=[told.number])
    assert customs.client("team_leader").get(url).status_code == 404


def test_a_stranger_and_a_neighbor_get_no_decision(customs: World) -> None:
    told = decided(customs, paid(customs))
    url = reverse("revenue:claim_decision", args=[told.number])
    assert Client(SERVER_NAME="127.0.0.1").get(url).status_code == 302
    assert customs.client("partner_agency").get(url).status_code == 404


def test_an_account_runs_from_charge_to_payment_to_refund(customs: World) -> None:
    subject = paid(customs)
    told = decided(customs, subject, 500_000)
    pay_refund(actor=customs.actor("team_leader"), number=told.number, reference="UNC 1", at=now())
    on = localdate(now())
    shown = account_statement(
        actor=customs.actor("declarant"), tax_code=ENTERPRISE, since=on, until=on + timedelta(days=1)
    )
    assert (shown.opening_vnd, shown.closing_vnd) == (0, 0)
    assert [row.owed_vnd for row in shown.rows if row.kind == "assessment"][-1] == 4_020_000
    assert sum(row.settled_vnd for row in shown.rows) == sum(row.charged_vnd for row in shown.rows) == 4_020_000
    assert [row.refunded_vnd for row in shown.rows if row.refunded_vnd] == [500_000]


def test_an_account_opens_with_what_was_owed_before(customs: World) -> None:
    lodged(at=now() - timedelta(days=9))
    on = localdate(now())
    shown = account_statement(actor=customs.actor("declarant"), tax_code=ENTERPRISE, since=on, until=on)
    assert (shown.opening_vnd, shown.rows, shown.closing_vnd) == (4_020_000, (), 4_020_000)


def test_an_account_as_page_excel_and_csv(customs: World) -> None:
    paid(customs)
    client = customs.client("declarant")
    assert "4.020.000" in client.get(account_url()).content.decode()
    (head, *rows) = csv.reader(io.StringIO(client.get(account_url("csv")).content.decode("utf-8-sig")))
    assert (len(head), rows[0][-1], rows[-1][-1]) == (8, "0", "0")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(account_url("xlsx")).content)).active
    assert sheet is not None
    charged = [row[4] for row in sheet.iter_rows(min_row=3, values_only=True) if row[4]]
    assert sum(charged) == 4_020_000  # type: ignore[arg-type]  # numbers as numbers


def test_an_account_of_wrong_days_or_kinds_is_refused(customs: World) -> None:
    client = customs.client("declarant")
    page = reverse("revenue:statement")
    assert client.get(f"{page}?tax_code={ENTERPRISE}&since=2026-02-30&until=x").status_code == 422
    assert client.get(f"{page}?tax_code={ENTERPRISE}&since=2026-02-02&until=2026-02-01").status_code == 422
    assert client.get(account_url("pdf")).status_code == 404


def test_a_stranger_gets_no_account(customs: World) -> None:
    paid(customs)
    for url in (account_url(), account_url("csv"), account_url("xlsx")):
        assert Client(SERVER_NAME="127.0.0.1").get(url).status_code == 302
        assert customs.client("partner_agency").get(url).status_code in (403, 404)


def test_a_neighbor_gets_only_what_lies_at_the_own_office(customs: World) -> None:
    paid(customs, office="20BB")
    on = localdate(now())
    days = {"since": on - timedelta(days=1), "until": on + timedelta(days=1)}
    with pytest.raises(NotFound):
        account_statement(actor=customs.actor("clearance_officer"), tax_code=ENTERPRISE, **days)
    lodged(taxes={"vat": 7}, fee=0)
    shown = account_statement(actor=customs.actor("clearance_officer"), tax_code=ENTERPRISE, **days)
    assert shown.closing_vnd == 7
    assert customs.client("declarant").get(account_url("csv", OTHER_ENTERPRISE)).status_code == 404
