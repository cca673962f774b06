"""Files of a test stand in a directory of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """The directory that holds what is stored."""
    place = tmp_path / "files"
    storage = {**settings.STORAGES["attachments"], "OPTIONS": {"location": place, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "attachments": storage}
    return place
