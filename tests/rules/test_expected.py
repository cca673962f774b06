"""Whether a profile misses what was expected of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from thongquan.rules.expected import LEAST_LODGED, is_missed


@pytest.mark.parametrize(
    ("hits", "lodged", "expected", "missed"),
    [
        (50, 1000, "0.05", False),
        (62, 1000, "0.05", False),
        (200, 1000, "0.05", True),
        (2, 1000, "0.05", True),
        (0, 1000, "0.05", True),
        (70, 100_000, "0.0006", False),
        (150, LEAST_LODGED - 1, "0.05", False),
        (0, 1000, "0", False),
        (5, 1000, "0", True),
    ],
)
def test_the_share_lies_beyond_doubt_off_what_was_expected(hits: int, lodged: int, expected: str, missed: bool) -> None:
    assert is_missed(hits, lodged, Decimal(expected)) is missed
