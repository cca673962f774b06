"""Files of parcels to flood the express lane with: goods of the sample trade, each parcel with a number of its own."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence

from thongquan.clearance.express.formats.reading import COLUMNS
from thongquan.rules.document import Document, Line

BELOW_VND = 900_000


def parcel_file(documents: Sequence[Document], *, count: int, series: int) -> bytes:
    """A CSV of `count` parcels within the limits of the lane; one in a hundred is above them and refused."""
    chance = random.Random(series)
    lines = [line for document in documents for line in document.lines]
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for number in range(count):
        value = chance.randrange(20_000, BELOW_VND) if number % 100 else 9_000_000
        writer.writerow(_row(chance.choice(lines), number, series, value))
    return text.getvalue().encode()


def _row(line: Line, number: int, series: int, value: int) -> dict[str, str]:
    choice = next((one for one in line.choices if one.tax == "vat"), None)
    return {
        "consignment": f"BX{series:04d}{number:010d}",
        "sender": "Guangxi Trading Co., Ltd.",
        "sender_country": "CN",
        "recipient": f"Nguyễn Văn {number}",
        "recipient_id": f"{series:04d}{number:08d}",
        "address": f"{number % 400} Trần Đăng Ninh, Lạng Sơn",
        "weight_kg": "0.45",
        "currency": "VND",
        "description": line.description or "",
        "hs": line.hs or "",
        "origin": line.origin or "CN",
        "quantity": "1",
        "unit": line.unit or "PCE",
        "value": str(value),
        "vat_rate": choice.rate if choice else "",
        "vat_reason": (choice.reason or "") if choice else "",
    }
