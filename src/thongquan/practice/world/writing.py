"""Files of a world."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from thongquan.practice.world.tables import Table

ABOUT = "world.json"


def write_about(out: Path, about: Mapping[str, object]) -> None:
    """Begin a world in an empty directory. Raises FileExistsError when there is something in it."""
    if out.exists() and any(out.iterdir()):
        message = f"{out} is not empty"
        raise FileExistsError(message)
    out.mkdir(parents=True, exist_ok=True)
    (out / ABOUT).write_text(json.dumps(dict(about), indent=2) + "\n", encoding="utf-8")


def write_table(out: Path, table: Table, content: pa.Table, *, month: int = 0) -> None:
    """Write a table, or its part of a month."""
    path = out / table.path / f"month-{month:03d}.parquet" if table.by_month else out / f"{table.path}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(content, path, compression="zstd", write_statistics=True)


def read_about(world: Path) -> dict[str, object]:
    """What `world.json` says. Raises FileNotFoundError or ValueError."""
    about = json.loads((world / ABOUT).read_text(encoding="utf-8"))
    if not isinstance(about, dict):
        message = f"{ABOUT} is not an object"
        raise ValueError(message)  # noqa: TRY004  (what is wrong is the file, whoever reads it)
    return about


def read_table(world: Path, table: Table, columns: list[str] | None = None) -> pa.Table:
    """A whole table, from one file or from its part files in the order of their names. Raises FileNotFoundError."""
    tables = [pq.read_table(path, columns=columns) for path in files_of(world, table)]
    if not tables:
        raise FileNotFoundError(table.path)
    return pa.concat_tables(tables)


def files_of(world: Path, table: Table) -> list[Path]:
    """The files of a table."""
    whole = world / f"{table.path}.parquet"
    return [whole] if whole.exists() else sorted((world / table.path).glob("*.parquet"))
