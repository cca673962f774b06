"""The commands that bring law in: what they print for people and for programs, and how they end."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.clearance.tariff.small import FILES, write_law
from thongquan.clearance.tariff import models
from thongquan.config.cli import boot
from thongquan.config.cli.main import app

pytestmark = pytest.mark.usefixtures("practice")


@pytest.fixture(autouse=True)
def _database_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boot, "database", nullcontext)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.stdout, result.stderr


def test_load_reference_says_what_changed_and_then_that_nothing_did(law_dir: Path) -> None:
    code, out, _ = run("load-reference", str(law_dir))
    assert code == 0
    assert "Regime: 2 added" in out
    assert "33;3" in out
    code, out, _ = run("load-reference", str(law_dir))
    assert code == 0
    assert "nothing changed" in out


def test_load_reference_for_programs(law_dir: Path) -> None:
    code, out, _ = run("load-reference", str(law_dir), "--json")
    report = json.loads(out)
    assert code == 0
    assert report["changed"] is True
    assert report["unread"] == [["tariff/vn_lines.csv", 3, "rcep", "33;3"]]
    assert report["tables"]["Parameter"]["repealed"] == 1
    assert json.loads(run("load-reference", str(law_dir), "--json")[1])["changed"] is False


def test_faults_end_with_one_and_store_nothing(law_dir: Path) -> None:
    write_law(law_dir, regimes=FILES["regimes.csv"].replace("G11,import", "G11,sideways"))
    code, _, err = run("load-reference", str(law_dir))
    assert code == 1
    assert "regimes.csv:3:flow" in err
    assert "nothing was stored" in err
    code, out, _ = run("load-reference", str(law_dir), "--json")
    assert code == 1
    assert json.loads(out)["faults"][0]["path"] == "regimes.csv:3:flow"
    assert not models.LawVersion.objects.exists()


def test_missing_directory_or_file_is_a_wrong_call(tmp_path: Path) -> None:
    assert run("load-reference", str(tmp_path / "nowhere"))[0] == 2
    assert run("import-rates", str(tmp_path / "nowhere.csv"))[0] == 2


def test_tariff_and_rates_come_in_by_file(law_dir: Path, tmp_path: Path) -> None:
    run("load-reference", str(law_dir))
    tariff, rates = tmp_path / "tariff.csv", tmp_path / "rates.csv"
    tariff.write_text("hs,nk_ud,vat\n07032090,about five,10\n")
    rates.write_text("currency,vnd,published_on\nUSD,26300,2026-11-12\n")
    code, out, _ = run("import-tariff", str(tariff), "--edition", "2026-07-01", "--source", "a table", "--json")
    assert code == 0
    assert json.loads(out)["unread"] == [["tariff.csv", 2, "mfn", "about five"]]
    assert run("import-rates", str(rates), "--source", "bank")[0] == 0
    assert models.ExchangeRate.objects.get().source == "bank"
    assert run("import-tariff", str(tariff), "--edition", "soon", "--source", "x")[0] == 2
