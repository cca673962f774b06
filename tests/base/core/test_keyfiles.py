"""Key files: one content for everyone, however many ask first at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from thongquan.base.core.keyfiles import read_or_make, write_once

THREADS = 16


def test_many_threads_that_ask_first_get_one_key(tmp_path: Path) -> None:
    for number in range(20):
        path, together = tmp_path / f"{number}" / "draw.key", threading.Barrier(THREADS)

        def ask(_place: int, path: Path = path, together: threading.Barrier = together) -> bytes:
            together.wait()
            return read_or_make(path)

        with ThreadPoolExecutor(THREADS) as pool:
            assert len(set(pool.map(ask, range(THREADS)))) == 1
        assert [file.name for file in path.parent.iterdir()] == ["draw.key"]


def test_a_key_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "draw.key"
    assert len(read_or_make(path, size=32)) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_once(path, b"first")
    write_once(path, b"second")
    assert path.read_bytes() == b"first"
