"""A model of a few goods, trained once; each test has it in force in an office of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.learning.samples import history
from thongquan.learning.suggest import save, trained_and_calibrated

if TYPE_CHECKING:
    from tests.world import World


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a model: half of the goods were declared by the demo enterprise at its office, half by another."""
    from tests.clearance.classification.suggesting.store import FOREIGN, OWN, books  # Django is set up by now

    lines = [one._replace(reference=OWN if int(one.code[:2]) % 2 else FOREIGN) for one in history()]
    model = trained_and_calibrated([*lines, *books()])
    folder = tmp_path_factory.mktemp("suggest") / model.version
    save(model, folder)
    return folder


@pytest.fixture
def store(customs: World, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty place for models, and few books to learn from."""
    from tests.clearance.classification.suggesting.store import books
    from thongquan.clearance.classification.queries import suggesting_knowledge
    from thongquan.clearance.classification.queries.suggesting_models import forget_models

    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(suggesting_knowledge, "books", lambda on: iter(books()))
    forget_models()
    yield tmp_path / "suggest"
    forget_models()


@pytest.fixture
def suggests(store: Path, trained: Path) -> Path:
    """The trained model in force."""
    from tests.clearance.classification.suggesting.store import as_row

    shutil.copytree(trained, store / trained.name)
    as_row(store / trained.name)
    return store / trained.name
