from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.clearance.tariff.small import write_law

AT = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def law_dir(tmp_path: Path) -> Path:
    return write_law(tmp_path / "law")


@pytest.fixture
def practice(db: None) -> Iterator[None]:
    """A practice realm whose law is not remembered by the next test."""
    from thongquan.base.core.realm import fix_realm  # Django is ready only now
    from thongquan.clearance.tariff.queries import forget_law

    fix_realm(name="practice", at=AT)
    forget_law()
    yield
    forget_law()
