"""The values of a small world, written down: another machine must make the same ones."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from thongquan.practice import world as worlds
from thongquan.practice.catalog import Kind
from thongquan.practice.world import tables
from thongquan.practice.world.writing import read_table

VALUES = "06fad4c0852c572419161b83fdc35635302317c00c7e7901f4beb88461e214a4"
"""Changes only when the generator is changed on purpose; a machine that gives another value is a defect."""
WORDS = frozenset({"description", "name", "name_vi"})


def kind(number: int, **changes: object) -> Kind:
    """Kinds of a chapter that no tariff has, so that neither catalog nor tariff moves the values."""
    usual = {"key": f"k{number}", "hs": f"9999{number:02d}00", "name_vi": f"hàng {number}", "unit": "KGM"}
    figures = {"price_usd": 1.0 + number, "price_sigma": 0.1 + number / 50, "weight_kg": 1.0}
    return Kind(**{**usual, **figures, **changes})


KINDS = (
    *(kind(number, perishable=number < 3) for number in range(6)),
    *(kind(number, unit="PCE", weight_kg=2.5, cheaper_hs=("99990300",), luxury=True) for number in range(6, 10)),
    *(kind(number, flow="export") for number in range(10, 14)),
    kind(14, origins=(("CN", 0.7), ("KR", 0.3)), price_usd=900.0, unit="PCE"),
)


def digest_of(home: Path) -> str:
    """Digest of every value of the world of these kinds, built under a directory."""
    worlds.build(home / "w", worlds.Plan(seed=2, months=15, declarations=1500), goods=KINDS)
    total = hashlib.sha256()
    for table in tables.TABLES:
        content = read_table(home / "w", table)
        for name in sorted(set(content.column_names) - WORDS):
            total.update(f"{table.path}.{name}".encode())
            total.update(hashlib.sha256(repr(content[name].to_pylist()).encode()).digest())
    return total.hexdigest()


def test_values_are_those_written_down(tmp_path: Path) -> None:
    assert digest_of(tmp_path) == VALUES


def test_neither_hashing_nor_zone_nor_locale_nor_threads_enter(tmp_path: Path) -> None:
    """Two worlds at once, each in a process that differs in all of it: the order of sets would tell, and so would a
    date of the local zone, a number written by the locale, or a sum taken in another order by more threads.
    """
    question = (
        "import sys; from pathlib import Path;"
        " from tests.practice.world.test_same_everywhere import digest_of; print(digest_of(Path(sys.argv[1])))"
    )
    running = []
    for seed, zone, locale, threads in (("1", "Asia/Tokyo", "C", "1"), ("77", "America/New_York", "C.UTF-8", "4")):
        home = tmp_path / seed
        home.mkdir()
        different = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "OMP_NUM_THREADS": threads}
        environment = {**os.environ, **different, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", question, str(home)]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=Path.cwd()))
    assert [process.communicate()[0].strip() for process in running] == [VALUES, VALUES]
