"""Files are never half-written, the same batch is written once, and wholes hold what their parts held."""

from __future__ import annotations

import os
import stat
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.lake.conftest import LITTLE
from tests.lake.invented import MONTHS, fill, invented, line
from thongquan.lake import files
from thongquan.lake.compaction import GRACE_SECONDS, compact, rebuild
from thongquan.lake.engines import DUCKDB, Engine, chosen, in_process
from thongquan.lake.files import Lake, batch_name
from thongquan.lake.reading import Tables

EARLY, LATER = batch_name(5, 90), batch_name(40, 2)


def rows_in(lake: Lake, duck: Engine, table: str = "lines") -> dict[tuple[int, int, int], dict[str, object]]:
    found = duck.answer(Tables(lake, duck)[table]).to_pylist()
    keyed = {(row["declaration"], row["version"], row["line"]): row for row in found}
    assert len(keyed) == len(found), "a row is there twice"
    return keyed


def test_batches_sort_as_the_outbox_does() -> None:
    batches = [batch_name(9, 100), batch_name(10, 1), batch_name(10, 2), batch_name(2**40, 1)]
    assert sorted(batches) == batches


def test_the_same_batch_again_changes_nothing(lake: Lake, duck: Engine) -> None:
    for _again in range(3):
        assert lake.write("lines", [line(1, 1), line(1, 2)], batch=EARLY) == 2
    assert len(list(lake.home.rglob("*.parquet"))) == 1
    assert len(rows_in(lake, duck)) == 2


def test_the_last_word_counts_in_whatever_order_it_came(lake: Lake, duck: Engine) -> None:
    lake.write("lines", [line(1, 1, value_vnd=Decimal(2), in_force=False)], batch=LATER)
    lake.write("lines", [line(1, 1, value_vnd=Decimal(1))], batch=EARLY)
    row = rows_in(lake, duck)[1, 0, 1]
    assert (row["value_vnd"], row["in_force"]) == (Decimal(2), False)


def test_a_row_lies_in_its_month(lake: Lake) -> None:
    lake.write("lines", [line(1, 1), line(2, 1, month=MONTHS[5])], batch=EARLY)
    assert [month.folder.name for month in lake.months("lines")] == ["2031-01", "2031-06"]


def test_a_row_with_other_columns_is_refused(lake: Lake) -> None:
    with pytest.raises(ValueError, match="surprise"):
        lake.write("lines", [{**line(1, 1), "surprise": 1}], batch=EARLY)
    with pytest.raises(ValueError, match="hs"):
        lake.write("lines", [{name: value for name, value in line(1, 1).items() if name != "hs"}], batch=EARLY)
    with pytest.raises(pa.ArrowInvalid):
        lake.write("lines", [line(1, 1, value_vnd=Decimal(10) ** 20)], batch=EARLY)
    assert not list(lake.home.rglob("*.parquet"))


def test_a_writer_that_dies_leaves_nothing_to_read(lake: Lake, duck: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.write("lines", [line(1, 1)], batch=EARLY)
    monkeypatch.setattr(files, "put_in_place", lambda draft, path: (_ for _ in ()).throw(OSError("killed")))
    with pytest.raises(OSError, match="killed"):
        lake.write("lines", [line(2, 1)], batch=LATER)
    assert list(lake.home.rglob("*.draft"))
    assert set(rows_in(lake, duck)) == {(1, 0, 1)}


def test_drafts_of_the_dead_are_cleared_away_and_those_of_the_living_kept(lake: Lake) -> None:
    lake.write("lines", [line(1, 1)], batch=EARLY)
    folder = lake.months("lines")[0].folder
    dead, alive = folder / f".part-1.1.parquet.{2**22 + 1}.draft", folder / f".part-1.1.parquet.{os.getpid()}.draft"
    for draft in (dead, alive):
        draft.write_bytes(b"half")
    compact(lake, LITTLE, now=0)
    assert not dead.exists()
    assert alive.exists()


def test_only_the_owner_may_read(lake: Lake) -> None:
    lake.write("lines", [line(1, 1)], batch=EARLY)
    assert all(
        stat.S_IMODE(path.stat().st_mode) == 0o700 for path in (lake.home, *lake.home.rglob("*")) if path.is_dir()
    )


def test_compaction_keeps_every_row_once(lake: Lake, duck: Engine) -> None:
    fill(lake, invented())
    before = rows_in(lake, duck)
    made = compact(lake, LITTLE, now=0)
    assert made == sum(1 for table in files.TABLES for _ in lake.months(table))
    assert all(month.whole and not month.parts for table in files.TABLES for month in lake.months(table))
    assert rows_in(lake, duck) == before
    assert compact(lake, LITTLE, now=0) == 0, "nothing is left to do"


def test_a_whole_has_the_types_of_its_table_and_is_sorted(lake: Lake) -> None:
    fill(lake, invented())
    compact(lake, LITTLE, now=0)
    for name, table in files.TABLES.items():
        for month in lake.months(name):
            assert month.whole is not None
            found = pq.read_table(month.whole)
            assert found.schema.names == table.schema.names, name
            assert found.schema.types == table.schema.types, name
            keys = [tuple(row.values()) for row in found.select(list(table.key)).to_pylist()]
            assert keys == sorted(keys), name


def test_what_comes_after_compaction_counts_and_what_came_before_does_not(lake: Lake, duck: Engine) -> None:
    lake.write("lines", [line(1, 1), line(1, 2)], batch=EARLY)
    compact(lake, LITTLE, now=0)
    lake.write("lines", [line(1, 2, value_vnd=Decimal(9))], batch=LATER)
    lake.write(
        "lines", [line(1, 1, value_vnd=Decimal(1))], batch=batch_name(4, 1)
    )  # handed over again, and held already
    found = rows_in(lake, duck)
    assert [found[1, 0, number]["value_vnd"] for number in (1, 2)] == [Decimal(1_000_000), Decimal(9)]


def test_what_a_whole_replaced_stays_until_nobody_reads_it(lake: Lake) -> None:
    lake.write("lines", [line(1, 1)], batch=EARLY)
    [part] = lake.months("lines")[0].parts
    compact(lake, LITTLE, now=0)
    whole = lake.months("lines")[0].whole
    assert whole is not None
    written = whole.stat().st_mtime
    compact(lake, LITTLE, now=written + GRACE_SECONDS - 1)
    assert part.exists()
    compact(lake, LITTLE, now=written + GRACE_SECONDS + 1)
    assert not part.exists()
    assert whole.exists()


def test_a_rebuild_replaces_everything(lake: Lake, duck: Engine) -> None:
    fill(lake, invented())
    compact(lake, LITTLE, now=0)
    lake.write("lines", [line(999, 1)], batch=LATER)
    count = rebuild(lake, LITTLE, [("lines", [line(1, 1), line(2, 1)]), ("lines", [line(3, 1)])], last=EARLY)
    assert count == 3
    assert set(rows_in(lake, duck)) == {(1, 0, 1), (2, 0, 1), (3, 0, 1)}
    assert {path.relative_to(lake.home).parts[0] for path in lake.home.rglob("*.parquet")} == {"lines"}
    lake.write("lines", [line(1, 1, value_vnd=Decimal(4))], batch=EARLY)
    lake.write("lines", [line(2, 1, value_vnd=Decimal(5))], batch=batch_name(5, 91))
    found = rows_in(lake, duck)
    assert [found[key, 0, 1]["value_vnd"] for key in (1, 2)] == [Decimal(1_000_000), Decimal(5)], "only what is newer"


def test_a_rebuild_that_breaks_off_leaves_the_lake_as_it_was(lake: Lake, duck: Engine) -> None:
    lake.write("lines", [line(1, 1)], batch=EARLY)

    def chunks() -> object:
        yield "lines", [line(2, 1)]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        rebuild(lake, LITTLE, chunks(), last=LATER)  # type: ignore[arg-type]  # breaks on purpose
    assert set(rows_in(lake, duck)) == {(1, 0, 1)}


def test_memory_is_bounded_and_what_is_left_goes_to_disk(lake: Lake) -> None:
    with in_process(LITTLE, lake.home) as engine:
        ask = "SELECT current_setting('memory_limit'), current_setting('temp_directory')"
        limit, spill = engine.backend.con.execute(ask).fetchone()
        assert limit == "244.1 MiB"
        assert Path(spill).is_relative_to(lake.home)
        with in_process(LITTLE, lake.home):
            pass
        assert Path(spill).is_dir(), "another engine of this process leaves it alone"
    assert not Path(spill).exists()


def test_the_environment_chooses_the_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LAKE_ENGINE", raising=False)
    assert chosen().engine == DUCKDB
    monkeypatch.setenv("LAKE_ENGINE", "spark")
    assert chosen().engine == "spark"
    monkeypatch.setenv("LAKE_ENGINE", "abacus")
    with pytest.raises(ValueError, match="abacus"):
        chosen()
