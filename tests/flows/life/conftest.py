"""Every story has an office of its own and ends with books and ledger in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.flows.life.story import Story
    from tests.world import World


@pytest.fixture
def story(customs: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """An office to tell a story in; afterwards it must hold together."""
    from tests.flows.life.story import Story  # imports models, which the root conftest makes ready first

    told = Story(customs, monkeypatch)
    yield told
    told.holds()
