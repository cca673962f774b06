"""A world is the same for a seed, keeps its contract, and its papers agree with each other."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.practice.world.conftest import PLAN
from thongquan.practice import world as worlds
from thongquan.practice.catalog.writing import SHORTEST
from thongquan.practice.world import tables
from thongquan.practice.world.rates import RCEP
from thongquan.practice.world.writing import files_of, read_table

WIDE = pa.decimal128(30, 2)
SMALL = worlds.Plan(seed=11, months=3, declarations=900)


def digest(world: Path) -> str:
    """Of the values of every table, not of the files: compression may change with its library."""
    total = hashlib.sha256()
    for table in tables.TABLES:
        content = read_table(world, table)
        for name in content.column_names:
            total.update(f"{table.path}.{name}".encode())
            total.update(hashlib.sha256(str(content[name].to_pylist()).encode()).digest())
    return total.hexdigest()


def test_the_same_seed_gives_the_same_values(tmp_path: Path) -> None:
    for name in ("one", "two"):
        worlds.build(tmp_path / name, SMALL)
    worlds.build(tmp_path / "other", SMALL._replace(seed=12))
    assert digest(tmp_path / "one") == digest(tmp_path / "two") != digest(tmp_path / "other")


def test_a_world_keeps_the_contract(world: Path) -> None:
    assert worlds.faults_of(world) == []
    assert read_table(world, tables.DECLARATIONS).num_rows == PLAN.declarations


def test_every_month_lies_in_its_own_file(world: Path) -> None:
    assert [path.name for path in files_of(world, tables.LINES)] == [f"month-{one:03d}.parquet" for one in range(24)]


def test_lines_and_heads_agree(world: Path) -> None:
    lines = read_table(world, tables.LINES)
    of_line = lines.group_by("declaration_key").aggregate(
        [("value_usd", "sum"), ("duty_vnd", "sum"), ("vat_vnd", "sum"), ("packages", "sum"), ("line_no", "count")]
    )
    heads = read_table(world, tables.DECLARATIONS).join(of_line, "declaration_key")
    for mine, summed in (
        ("value_usd", "value_usd_sum"),
        ("duty_vnd", "duty_vnd_sum"),
        ("vat_vnd", "vat_vnd_sum"),
        ("packages", "packages_sum"),
        ("line_count", "line_no_count"),
    ):
        assert heads[mine].cast(WIDE).equals(heads[summed].cast(WIDE)), mine


def test_value_is_price_times_quantity(world: Path) -> None:
    """As the declaration form asks: they differ by less than a cent of rounding."""
    lines = read_table(world, tables.LINES).slice(0, 4000)
    for price, quantity, value in zip(
        *(lines[name].to_pylist() for name in ("unit_price_usd", "quantity", "value_usd")), strict=True
    ):
        assert abs(price * quantity - value) <= 1


def test_gates_close_at_nine_in_beijing(world: Path) -> None:
    hour = pc.hour(read_table(world, tables.DECLARATIONS, ["registered_at"])["registered_at"]).to_numpy()
    beijing = (hour + 8) % 24
    assert beijing.min() >= 8
    assert beijing.max() == 20


def test_tet_is_quiet_and_fruit_has_its_season(world: Path) -> None:
    told = {one.says: one.value for one in worlds.told(world)}
    assert told["Month with the fewest declarations (Tết)"] in ("1", "2")
    assert float(told["Fresh fruit, April to June against other months (lines)"].split()[0]) > 1.2


def test_nothing_is_declared_that_customs_would_not_register(world: Path) -> None:
    """Gross under net, words too short to tell goods by, a preference that no agreement grants to the origin."""
    lines = read_table(world, tables.LINES)
    assert not pc.any(pc.less(lines["gross_weight_kg"], lines["net_weight_kg"])).as_py()
    assert pc.min(pc.utf8_length(lines["description"])).as_py() >= SHORTEST
    told = read_table(world, tables.CERTIFICATES).select(["form", "origin"]).to_pylist()
    assert {row["origin"] for row in told if row["form"] == "E"} == {"CN"}
    others = {row["origin"] for row in told if row["form"] == "RCEP"}
    assert others
    assert others <= RCEP


def test_sizes_are_pareto(world: Path) -> None:
    """A fifth of the enterprises lodges most of the declarations, and most of them lodge few."""
    counts = np.sort(
        read_table(world, tables.DECLARATIONS, ["enterprise_key"])["enterprise_key"]
        .value_counts()
        .field("counts")
        .to_numpy()
    )[::-1]
    assert counts[: len(counts) // 5].sum() / counts.sum() > 0.45


def test_the_people_of_the_closed_come_back(world: Path) -> None:
    truth = read_table(world, tables.TRUE_ENTERPRISES)
    known = {row["enterprise_key"]: row for row in read_table(world, tables.ENTERPRISES).to_pylist()}
    pairs = [row for row in truth.to_pylist() if row["predecessor_key"] is not None]
    assert len(pairs) > 5
    for row in pairs:
        new, old = known[row["enterprise_key"]], known[row["predecessor_key"]]
        assert new["director_key"] == old["director_key"]
        assert new["tax_code"] != old["tax_code"]
        assert new["born_on"] > old["closed_on"]


def test_descriptions_are_written_by_declarants(world: Path) -> None:
    texts = pc.unique(read_table(world, tables.LINES, ["description"])["description"])
    assert len(texts) > 2000
    assert any("100%" in text for text in texts.to_pylist())


@pytest.mark.parametrize(
    "plan", [SMALL._replace(region="atlantis"), SMALL._replace(months=0), SMALL._replace(declarations=5)]
)
def test_a_plan_that_cannot_be_built_is_refused(plan: worlds.Plan, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"region|month"):
        worlds.build(tmp_path / "world", plan)
    assert not (tmp_path / "world").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        worlds.build(tmp_path, SMALL)


def test_decimals_of_columns_are_exact() -> None:
    from thongquan.practice.world.columns import decimals, rates

    cents = np.array([0, 1, -250, 10**15], dtype=np.int64)
    assert [str(one) for one in decimals(cents, pa.decimal128(18, 2)).to_pylist()] == [
        "0.00",
        "0.01",
        "-2.50",
        "10000000000000.00",
    ]
    assert [str(one) for one in rates(np.array([0.08, 0.125]), tables.RATE).to_pylist()] == ["0.08000", "0.12500"]
