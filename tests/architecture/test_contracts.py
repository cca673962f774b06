"""Import contracts hold, and were seen to fail: each is broken on purpose in a copy of the tree."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINTER), "--no-cache"],
        cwd=tree,
        env={"PYTHONPATH": str(tree / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(
        ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "reference", "locale")
    )
    return copy


BREAKS = {
    "a low room imports a high one": ("base/core/clock.py", "import thongquan.clearance.tariff"),
    "a pure room imports Django": ("rules/text.py", "import django"),
    "tariff imports declarations": ("clearance/tariff/queries/__init__.py", "import thongquan.clearance.declarations"),
    "ledger imports accounts": ("base/ledger/queries.py", "import thongquan.base.accounts"),
    "a room nobody planned": ("surprise/__init__.py", ""),
    "queries import operations": (
        "clearance/declarations/queries.py",
        "import thongquan.clearance.declarations.operations",
    ),
}


def test_the_contracts_hold(tree: Path) -> None:
    result = lint(tree)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("wall", BREAKS)
def test_each_wall_can_fall(tree: Path, wall: str) -> None:
    name, line = BREAKS[wall]
    path = tree / "src" / "thongquan" / name
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{before or ''}\n{line}\n")
    try:
        assert lint(tree).returncode == 1
    finally:
        path.write_text(before) if before is not None else shutil.rmtree(path.parent)
