"""`thongquan ledger`: exit codes, sentences for people, JSON for programs; files are judged without a database."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.base.ledger.shared import Tamper, exported, seal, write
from thongquan.base.ledger.lines import write_line
from thongquan.base.ledger.models import Leaf
from thongquan.base.ledger.queries import inclusion_proofs, latest_head, signed_heads

MINE = "declaration:101234567890"


@pytest.fixture(autouse=True)
def _database_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the test's own database instead of the installation's."""
    from thongquan.config.cli import boot

    monkeypatch.setattr(boot, "database", nullcontext)


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a database fails."""
    from thongquan.config.cli import boot

    def asked() -> Any:
        pytest.fail("a file is verified without a database")

    monkeypatch.setattr(boot, "database", asked)


@pytest.fixture
def sealed(ledger: Path) -> Path:
    write(4)
    seal()
    return ledger


@pytest.fixture
def export_file(sealed: Path) -> Path:
    file = sealed / "ledger.jsonl"
    assert call("export", "--out", str(file)).exit_code == 0
    return file


def call(*words: str) -> Result:
    from thongquan.config.cli.ledger import app

    return CliRunner().invoke(app, list(words))


def test_an_export_verifies_offline(export_file: Path, no_database: None) -> None:
    result = call("verify", str(export_file))
    assert result.exit_code == 0, result.output
    assert "5 entries, 1 signed heads, realm practice." in result.output
    assert "Nothing was touched." in result.output
    assert not export_file.with_name("ledger.jsonl.part").exists()


def test_an_export_may_go_to_standard_output(sealed: Path) -> None:
    result = call("export", "--out", "-")
    assert result.exit_code == 0
    assert result.stdout_bytes.splitlines() == [write_line(line) for line in exported()]


def test_the_ledger_itself_verifies_without_a_file(sealed: Path) -> None:
    result = call("verify", "--json")
    assert result.exit_code == 0
    words = json.loads(result.stdout)
    signed = latest_head()
    assert signed is not None
    assert words["whole"] is True
    assert (words["entries"], words["size"], words["root"]) == (5, 5, signed.head.root.hex())


def test_a_touched_row_is_named_with_exit_code_1(sealed: Path, tamper: Tamper) -> None:
    row = Leaf.objects.get(index=3).entry_id
    tamper("UPDATE ledger_entry SET details = set_byte(details, 3, get_byte(details, 3) # 1) WHERE id = %s", row)
    result = call("verify")
    assert result.exit_code == 1
    assert f"First: Row 3 (id {row}) was altered" in result.output
    words = json.loads(call("verify", "--json").stdout)
    assert (words["whole"], words["first"]["index"], words["first"]["entry_id"]) == (False, 3, row)


def test_a_ledger_with_many_touched_rows_stays_readable(sealed: Path, tamper: Tamper) -> None:
    write(30, start=50)
    seal()
    tamper("UPDATE ledger_entry SET actor = 'user:13' WHERE action = 'declaration.lodged'")
    result = call("verify")
    assert result.exit_code == 1
    assert "First: Row 1 " in result.output
    assert "and 13 more." in result.output


def test_a_witness_shows_that_history_was_rewritten(export_file: Path, tmp_path: Path, no_database: None) -> None:
    heads = [signed.words() for signed in signed_heads()]
    honest, other = tmp_path / "heads.json", tmp_path / "other.json"
    honest.write_text(json.dumps({"heads": heads}))
    other.write_text(json.dumps({"heads": [heads[0] | {"root": "00" * 32}]}))
    assert call("verify", str(export_file), "--witness", str(honest)).exit_code == 0
    result = call("verify", str(export_file), "--witness", str(other))
    assert result.exit_code == 1
    assert "history was rewritten" in result.output


def test_only_a_trusted_key_counts(export_file: Path) -> None:
    signed = latest_head()
    assert signed is not None
    assert call("verify", str(export_file), "--key", signed.head.key_id).exit_code == 0
    assert call("verify", str(export_file), "--key", "0" * 16).exit_code == 1


def test_what_cannot_be_read_ends_with_exit_code_2(export_file: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join(export_file.read_bytes().splitlines(keepends=True)[:-1]))
    for file in (cut, tmp_path / "absent.jsonl", tmp_path):
        assert call("verify", str(file)).exit_code == 2
        assert json.loads(call("verify", str(file), "--json").stdout)["readable"] is False
    assert call("verify", str(export_file), "--witness", str(cut)).exit_code == 2
    assert call("verify-proof", str(cut)).exit_code == 2


def test_a_proof_file_verifies_offline_and_fails_when_altered(sealed: Path, tmp_path: Path, no_database: None) -> None:
    file = tmp_path / "proof.json"
    file.write_bytes(write_line(inclusion_proofs(MINE)))
    assert call("verify-proof", str(file)).exit_code == 0
    words = json.loads(file.read_bytes())
    words["proofs"][0]["actor"] = "user:13"
    file.write_text(json.dumps(words))
    result = call("verify-proof", str(file))
    assert result.exit_code == 1
    assert "was altered" in result.output


def test_what_waits_is_said(sealed: Path) -> None:
    write(2, start=30)
    assert "2 entries wait for the sealer and are not covered." in call("verify").output
