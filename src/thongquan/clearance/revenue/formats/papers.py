"""Receipts and decisions as official papers, in Vietnamese (Decree 30/2020/NĐ-CP for their form)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from thongquan.base.accounts.queries import enterprise_names, name_of, office_and_region
from thongquan.base.core.papers import dong_in_words, pdf
from thongquan.clearance.revenue.chart import FEE, FINE, INTEREST
from thongquan.clearance.revenue.queries.claims import LISTS, Told
from thongquan.clearance.revenue.queries.statements import Payment
from thongquan.clearance.tariff.queries.code_lists import code_name

HERE = Path(__file__).parent
CHARGES = {
    "import_duty": "Thuế nhập khẩu",
    "export_duty": "Thuế xuất khẩu",
    "anti_dumping": "Thuế chống bán phá giá",
    "countervailing": "Thuế chống trợ cấp",
    "safeguard": "Thuế tự vệ",
    "sct": "Thuế tiêu thụ đặc biệt",
    "ept": "Thuế bảo vệ môi trường",
    "vat": "Thuế giá trị gia tăng",
    FEE: "Lệ phí hải quan",
    FINE: "Tiền phạt",
    INTEREST: "Tiền chậm nộp",
}
SECURITY = "Tiền đặt cọc, bảo đảm"
MADE_BY = "(lập từ sổ kế toán điện tử)"
ABOUT = {"refund": "Về việc hoàn thuế", "waiver": "Về việc không thu thuế"}


def receipt_pdf(paid: Payment) -> bytes:
    """The receipt of a payment; its number is that of its entry in the journal."""
    rows = [[CHARGES.get(tax, tax), amount] for tax, amount in paid.by_tax.items()]
    if paid.security_vnd:
        rows.append([SECURITY, paid.security_vnd])
    head = _head(paid.office, number=f"{paid.entry:07d}/BL", on=paid.on, title="Biên lai thu tiền", about="")
    data = {
        "head": head,
        "payer": _payer(paid),
        "tax_code": paid.tax_code,
        "trader": _trader(paid.tax_code),
        "declaration": paid.declaration,
        "reference": paid.reference,
        "rows": rows,
        "total": paid.total_vnd,
        "words": dong_in_words(paid.total_vnd),
        "signature": {
            "capacity": "",
            "title": "Cơ quan thu tiền",
            "name": head["agency"],
            "note": MADE_BY,
        },
        "recipients": [],
    }
    return pdf(HERE / "receipt.typ", data)


def decision_pdf(told: Told) -> bytes:
    """The decision on a claim that was approved or refused."""
    on = told.decided_at or told.requested_at
    amount = told.decided_vnd or Decimal(0)
    head = _head(told.office, number=told.number, on=on.date(), title="Quyết định", about=ABOUT[told.kind])
    data = {
        "head": head,
        "kind": told.kind,
        "granted": bool(amount),
        "trader": _trader(told.tax_code),
        "tax_code": told.tax_code,
        "declaration": told.declaration,
        "tax": CHARGES.get(told.tax, "Tiền nộp thừa"),
        "case": code_name(LISTS[told.kind], told.case, told.requested_at.date(), "vi") or told.case,
        "law": _law(told),
        "asked": told.asked_vnd,
        "amount": amount,
        "words": dong_in_words(amount),
        "finding": told.finding,
        "reason": told.reason,
        "requested": told.requested_at.date(),
        "signature": {"capacity": "", "title": "Người ra quyết định", "name": name_of(told.decided_by), "note": ""},
        "recipients": [_trader(told.tax_code), head["agency"]],
    }
    return pdf(HERE / "claim_decision.typ", data)


def _head(office: str, *, number: str, on: date, title: str, about: str) -> dict[str, Any]:
    name, region = office_and_region(office)
    return {
        "parent": region,
        "agency": name,
        "number": number,
        "place": "",
        "on": on,
        "title": title,
        "about": about,
    }


def _trader(tax_code: str) -> str:
    return enterprise_names([tax_code]).get(tax_code, tax_code)


def _payer(paid: Payment) -> str:
    return paid.payer or _trader(paid.tax_code)


def _law(told: Told) -> str:
    """The article of a case as its key names it: 19.1c is point c of clause 1 of Article 19."""
    article, _dot, rest = told.case.partition(".")
    if not rest:
        return ""
    point = rest[1:].replace("dd", "đ")
    law = "Luật số 107/2016/QH13" if told.kind == "refund" else "Nghị định số 134/2016/NĐ-CP được sửa đổi, bổ sung"
    return f"điểm {point} khoản {rest[0]} Điều {article} {law}"
