"""The cases of a scan as files: one row for each case, its members, and the pairs that hold it together."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from thongquan.base.core.tables import csv_table
from thongquan.learning.twins.scan import Case, Code, Outcome

if TYPE_CHECKING:
    from thongquan.config.twocodes.scanning import Told

_HEAD = (
    "case",
    "likeness",
    "stake_vnd",
    "value_vnd",
    "lines",
    "wordings",
    "importers",
    "shared_importers",
    "offices",
    "codes",
    "first",
    "last",
    "one_code",
    "one_id",
    "one_description",
    "other_code",
    "other_id",
    "other_description",
)
_KINDS = {
    "likeness": pa.float64(),
    "offices": pa.string(),
    "codes": pa.string(),
    "first": pa.date32(),
    "last": pa.date32(),
    **{f"{side}_{name}": pa.string() for side in ("one", "other") for name in ("code", "id", "description")},
}
_LEFT_OUT = ["bucket", "parties", "features", "numbers", "importers"]


def write(outcome: Outcome, told: Told, out: Path) -> None:
    """Write all files; each gets its name when it is complete."""
    out.mkdir(parents=True, exist_ok=True)
    rows = _rows(outcome)
    _put(out / "cases.csv", csv_table(_HEAD, ([_told(value) for value in row] for row in rows)))
    schema = pa.schema([(name, _KINDS.get(name, pa.int64())) for name in _HEAD])
    columns = [pa.array([row[place] for row in rows], one.type) for place, one in enumerate(schema)]
    _parquet(out / "cases.parquet", pa.Table.from_arrays(columns, schema=schema))
    place = {group: number for number, case in enumerate(outcome.cases, 1) for group in case.members}
    _parquet(out / "members.parquet", _members(outcome, place))
    _parquet(out / "pairs.parquet", _pairs(outcome, place))
    _put(out / "summary.json", msgspec.json.encode(asdict(told)))


def _rows(outcome: Outcome) -> list[tuple[Any, ...]]:
    groups = {row["group"]: row for row in outcome.groups.select(["group", "id", "code", "description"]).to_pylist()}
    return [_row(number, case, groups) for number, case in enumerate(outcome.cases, 1)]


def _row(number: int, case: Case, groups: dict[int, dict[str, Any]]) -> tuple[Any, ...]:
    days = [day for code in case.codes for day in (code.first, code.last) if day]
    one, other = (groups[group] for group in case.best)
    return (
        number,
        case.likeness,
        case.stake_vnd,
        case.value_vnd,
        case.lines,
        case.groups,
        case.importers,
        case.shared_importers,
        " ".join(case.offices),
        "; ".join(_said(code) for code in case.codes),
        min(days, default=None),
        max(days, default=None),
        *(row[name] for row in (one, other) for name in ("code", "id", "description")),
    )


def _said(code: Code) -> str:
    """A code with how many lines stand under it, and at what share of their value in duty."""
    return f"{code.code} x{code.lines}" + ("" if code.rate is None else f" at {code.rate:.2%}")


def _told(value: Any) -> Any:
    return f"{value:.4f}" if isinstance(value, float) else value


def _members(outcome: Outcome, place: dict[int, int]) -> pa.Table:
    """The groups with the number of their case."""
    rows = outcome.groups.filter(
        pa.array([group in place for group in outcome.groups["group"].to_pylist()], pa.bool_())
    )
    case = pa.array([place[group] for group in rows["group"].to_pylist()], pa.int64())
    return (
        rows.drop_columns(_LEFT_OUT)
        .add_column(0, "case", case)
        .sort_by([("case", "ascending"), ("group", "ascending")])
    )


def _pairs(outcome: Outcome, place: dict[int, int]) -> pa.Table:
    """The pairs within one case."""
    one, other = (outcome.edges[name].to_pylist() for name in ("one", "other"))
    cases = np.array([place.get(a, 0) if place.get(a) == place.get(b) else 0 for a, b in zip(one, other, strict=True)])
    inside = pa.array(cases > 0, pa.bool_()) if len(cases) else pa.array([], pa.bool_())
    rows = outcome.edges.drop_columns(["bucket"]).filter(inside)
    return rows.add_column(0, "case", pa.array(cases[cases > 0] if len(cases) else [], pa.int64())).sort_by(
        [("case", "ascending"), ("one", "ascending"), ("other", "ascending")]
    )


def _put(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content)
    draft.replace(path)


def _parquet(path: Path, rows: pa.Table) -> None:
    draft = path.with_name(f".{path.name}.part")
    pq.write_table(rows, draft, compression="zstd")
    draft.replace(path)
