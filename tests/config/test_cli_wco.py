"""`thongquan wco check`: what it prints for programs and people, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thongquan.clearance.declarations.formats.wco import check as checking
from thongquan.config.cli import wco

CASES = Path(__file__).parent.parent / "clearance" / "declarations" / "formats" / "wco" / "cases"
BROKEN = b"<Declaration><TypeCode>IMA</TypeCode>"
WRONG = b"<Declaration><TypeCode>IMA</TypeCode><TotalPackageQuantity>many</TotalPackageQuantity></Declaration>"


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(wco.app, ["check", *map(str, words)])
    return result.exit_code, result.stdout


def test_each_file_is_one_json_object_on_one_line() -> None:
    code, said = run("--json", CASES)
    told = [json.loads(line) for line in said.splitlines()]
    assert code == 0
    assert [Path(one["file"]).name for one in told] == sorted(path.name for path in CASES.glob("*.xml"))
    assert all(set(one) == {"file", "read", "equal", "modeled", "error"} for one in told)
    assert all(one["read"] and one["equal"] and one["error"] is None for one in told)
    assert {one["modeled"] for one in told if "import_a11" in one["file"]} == {1.0}


def test_people_get_a_table_and_the_sum() -> None:
    code, said = run(CASES / "import_a11.xml")
    assert code == 0
    assert "1 files: 1 read, 1 equal" in said


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (BROKEN, "TQ-FMT-016"),
        (WRONG, "TQ-FMT-018 many packages 42A/146"),
        (b"<Response/>", "TQ-FMT-019 not a declaration Response"),
    ],
)
def test_an_unreadable_file_ends_with_two_and_says_why(tmp_path: Path, data: bytes, error: str) -> None:
    (tmp_path / "x.xml").write_bytes(data)
    code, said = run("--json", tmp_path / "x.xml", CASES / "import_a11.xml")
    first, second = map(json.loads, said.splitlines())
    assert code == 2
    assert (first["read"], first["equal"], first["modeled"]) == (False, False, 0)
    assert first["error"].startswith(error)
    assert second["equal"]


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    code, said = run("--json", tmp_path / "nowhere.xml")
    assert code == 2
    assert json.loads(said)["error"]


def test_a_file_that_comes_back_different_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    written = checking.write_declaration
    monkeypatch.setattr(checking, "write_declaration", lambda document: written(document).replace(b"15BB", b"15BC"))
    code, said = run("--json", CASES / "import_a11.xml")
    told = json.loads(said)
    assert code == 1
    assert (told["read"], told["equal"]) == (True, False)
    assert "DeclarationOfficeID" in told["error"]


def test_too_large_a_file_is_refused_by_its_size(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert json.loads(run("--json", large)[1])["error"].startswith("TQ-FMT-010")
