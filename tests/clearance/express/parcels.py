"""Files of parcels and what tests do with them, in an office whose demo enterprise is an express carrier."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any

from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.clearance.express.formats.reading import COLUMNS
from thongquan.clearance.express.models import Carrier
from thongquan.clearance.express.operations import add_part, judge_next, open_batch, register_carrier

OFFICE = "15BB"
ROW = {
    "consignment": "VN26110000001",
    "sender": "Guangxi Trading",
    "sender_country": "CN",
    "recipient": "Nguyễn Văn An",
    "recipient_id": "001099012345",
    "address": "12 Trần Đăng Ninh, Lạng Sơn",
    "weight_kg": "0.4",
    "currency": "VND",
    "description": "Dép nhựa EVA quai ngang, cỡ 40",
    "hs": "64029990",
    "origin": "CN",
    "quantity": "1",
    "unit": "NPR",
    "value": "300000",
    "vat_rate": "10",
    "vat_reason": "Không thuộc diện giảm thuế",
}


def row(number: int, **changes: str) -> dict[str, str]:
    return {**ROW, "consignment": f"VN2611{number:08d}", "recipient_id": f"{number:012d}", **changes}


def as_csv(rows: list[dict[str, str]], *, delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_ndjson(rows: list[dict[str, str]]) -> bytes:
    goods = ("description", "hs", "origin", "quantity", "unit", "value", "vat_rate", "vat_reason")
    several = [
        {**{k: v for k, v in one.items() if k not in goods}, "goods": [{k: one[k] for k in goods if k in one}]}
        for one in rows
    ]
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in several)


def carrier(customs: World) -> None:
    actor = customs.actor("team_leader")
    register_carrier(actor=actor, tax_code=ENTERPRISE, name="Chuyển phát Bình Minh", office=OFFICE, at=now())


def sent(customs: World, content: bytes, *, part: int = 1 << 20, at: datetime | None = None, **given: Any) -> int:
    """Announce and send a file; returns its batch."""
    at, actor = at or now(), customs.actor("declarant")
    opened = open_batch(
        actor=actor, tax_code=ENTERPRISE, office=OFFICE, name="parcels.csv", size=len(content), at=at, **given
    )
    for offset in range(opened.received, len(content), part):
        add_part(actor=actor, batch=opened.batch, offset=offset, content=content[offset : offset + part], at=at)
    return opened.batch


def judged(*, chunk: int = 0, at: datetime | None = None) -> int:
    """Let the worker work until nothing waits; returns how many parcels it judged."""
    count = 0
    while (worked := judge_next(at=at or now(), chunk=chunk)) is not None:
        count += worked.parcels
    return count


def batch_elsewhere(customs: World, *, office: str = "20BB") -> int:
    """A judged batch of the demo enterprise at an office where the demo officers do not work."""
    at, actor, content = now(), customs.actor("declarant"), as_csv([row(1)])
    Carrier.objects.create(tax_code=ENTERPRISE, office=office, name="X", by="user:1", at=at)
    opened = open_batch(actor=actor, tax_code=ENTERPRISE, office=office, name="x.csv", size=len(content), at=at)
    add_part(actor=actor, batch=opened.batch, offset=0, content=content, at=at)
    judged()
    return opened.batch
