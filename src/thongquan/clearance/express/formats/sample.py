"""A file to begin with: every column, and two parcels, the second with two kinds of goods."""

from __future__ import annotations

import csv
import io

from thongquan.clearance.express.formats.reading import COLUMNS

_ONE = {
    "consignment": "VN26112200000001",
    "sender": "Guangxi Trading Co., Ltd.",
    "sender_country": "CN",
    "recipient": "Nguyễn Văn An",
    "recipient_id": "001099012345",
    "address": "12 Trần Đăng Ninh, Lạng Sơn",
    "weight_kg": "0.45",
    "currency": "CNY",
    "freight": "8",
    "description": "Dép nhựa EVA quai ngang, cỡ 40",
    "hs": "64029990",
    "origin": "CN",
    "quantity": "1",
    "unit": "NPR",
    "value": "65",
    "vat_rate": "10",
    "vat_reason": "Không thuộc diện giảm thuế",
}
_TWO = {**_ONE, "consignment": "VN26112200000002", "recipient": "Trần Thị Bình", "recipient_id": "001099067890"}
_MORE = {
    "consignment": "VN26112200000002",
    "description": "Dép nhựa EVA quai ngang, cỡ 36",
    "hs": "64029990",
    "origin": "CN",
    "quantity": "1",
    "unit": "NPR",
    "value": "58",
    "vat_rate": "10",
    "vat_reason": "Không thuộc diện giảm thuế",
}


def sample_csv() -> bytes:
    """The file, in UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows([_ONE, _TWO, _MORE])
    return text.getvalue().encode("utf-8-sig")
