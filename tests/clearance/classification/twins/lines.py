"""Declared lines for tests: declarations of the world given to the index without lodging them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

from django.utils.timezone import localdate

from thongquan.base.core.clock import now
from thongquan.clearance.classification.operations.finding import search_declarations
from thongquan.clearance.classification.subjects import Given, GivenLine

OFFICE, ELSEWHERE = "15BB", "20BB"
ROUTER, BOARD = "85176249", "85171800"
TEXT = "Bộ định tuyến không dây TP-Link Archer C6, băng tần kép 1200Mbps, nguồn 12V"
PLAIN = (
    ("Vải dệt kim polyester nhuộm, khổ 150cm, định lượng 180gsm", "60063290"),
    ("Gạch ốp lát ceramic 600x600mm, men bóng", "69072191"),
    ("Máy bơm nước ly tâm 750W, lưu lượng 100 lít/phút", "84137011"),
    ("Tỏi khô Trung Quốc đóng bao lưới 20kg", "07129010"),
    ("Đèn LED âm trần 9W ánh sáng trắng", "94051191"),
    ("Ghế văn phòng khung thép bọc vải, có bánh xe", "94013000"),
)
_keys = count(10_000_000_001)


def given(
    *lines: tuple[str, str],
    key: int | None = None,
    version: int = 0,
    office: str = OFFICE,
    importer: str = "9999900011",
    live: bool = True,
    on: date | None = None,
) -> Given:
    """A declaration with lines of (description, code), 100 million dong each."""
    return Given(
        declaration=key or next(_keys),
        version=version,
        flow="import",
        office=office,
        importer=importer,
        importer_name=f"Công ty {importer[-2:]}",
        on=on or localdate(now()),
        live=live,
        lines=tuple(
            GivenLine(
                number=place,
                code=code,
                description=text,
                origin="CN",
                schedule="B01",
                supplier="GUANGXI PINGXIANG TRADING CO., LTD",
                price_usd=12.5,
                value_vnd=Decimal(100_000_000),
                due_vnd=Decimal(8_000_000),
            )
            for place, (text, code) in enumerate(lines, start=1)
        ),
    )


def searched(*declarations: Given) -> int:
    """Index and search declarations; how many alarms there were."""
    return search_declarations(given=declarations, at=now())


def stock() -> None:
    """A few plain goods, so that rare words are rare."""
    searched(*(given(one, importer="9999900055") for one in PLAIN for _ in range(2)))
