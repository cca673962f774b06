"""`thongquan practice` builds, reports and checks, and says in words what it refuses."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from thongquan.config.cli.practice import app


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    return result.exit_code, result.output


def test_build_then_check(tmp_path: Path) -> None:
    out = tmp_path / "world"
    code, told = run(
        "build", "--months", "2", "--declarations", "200", "--seed", "3", "--start", "2024-05", "--out", str(out)
    )
    assert code == 0, told
    assert "200 declarations" in told
    assert run("check", str(out))[0] == 0
    assert run("build", "--declarations", "200", "--months", "2", "--out", str(out))[0] == 1


def test_report_shows_facts_with_their_error(world: Path) -> None:
    code, told = run("report", str(world))
    assert code == 0, told
    for part in ("Trade at Tân Thanh", "Revenue (doubtful)", "daibieunhandan.vn", "AUC of the oracle", "Share of LS02"):
        assert part in told
    assert "15 of 15 facts within 3%" in told


def test_check_rings_the_leak_alarm_only_when_it_must(world: Path) -> None:
    code, told = run("check", "--leaks", str(world))
    assert code == 0, told
    assert "enterprise_key" in told


def test_what_is_no_world_is_refused(tmp_path: Path) -> None:
    assert run("check", str(tmp_path))[0] == 1
    code, told = run("report", str(tmp_path))
    assert code == 2
    assert "is not a world" in told


def test_an_unknown_region_is_refused(tmp_path: Path) -> None:
    code, told = run("build", "--region", "atlantis", "--out", str(tmp_path / "w"))
    assert code == 1
    assert "lang-son" in told
