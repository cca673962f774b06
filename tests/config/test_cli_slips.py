"""`thongquan slip`: the public key goes out, and slips are judged with it alone, without any database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thongquan.clearance.control.formats.slips import encode
from thongquan.clearance.control.queries.slips import slip_key
from thongquan.config.cli import slips
from thongquan.rules.slips import Slip

BEGIN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
GOOD = {"--plate": "29C-12345", "--gate": "LS01", "--at": "2026-11-20T10:30+0700"}


def slip(realm: str = "practice") -> Slip:
    return Slip(
        realm=realm,
        serial="7K3M9QXT2P",
        number="101234567890",
        plate="29C12345",
        gate="LS01",
        valid_from=BEGIN,
        valid_until=BEGIN + timedelta(hours=4),
    )


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The public key as the command writes it."""
    file = tmp_path / "slip-key.json"
    assert CliRunner().invoke(slips.app, ["key", "--out", str(file)]).exit_code == 0
    return file


def verify(key: Path, code: str, **changes: str) -> tuple[int, str]:
    options = GOOD | {f"--{name}": value for name, value in changes.items()}
    words = [word for pair in options.items() for word in pair]
    result = CliRunner().invoke(slips.app, ["verify", code, "--key", str(key), *words])
    return result.exit_code, result.stdout


def test_a_good_slip_goes_with_the_key_file_alone(key: Path) -> None:
    """No database is asked: this test has none."""
    code = encode(slip(), slip_key().private)
    exit_code, said = verify(key, code)
    assert (exit_code, said.splitlines()[0]) == (0, "GO")
    assert "101234567890" in said
    piped = CliRunner().invoke(
        slips.app, ["verify", "-", "--key", str(key), *[w for p in GOOD.items() for w in p], "--json"], input=code
    )
    assert json.loads(piped.stdout)["passes"] is True


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"plate": "29C99999"}, "TQ-CTL-083"),
        ({"gate": "LS02"}, "TQ-CTL-084"),
        ({"at": "2026-11-20T14:00+0700"}, "TQ-CTL-082"),
    ],
)
def test_what_is_wrong_is_named_and_the_exit_code_is_one(key: Path, changes: dict[str, str], code: str) -> None:
    exit_code, said = verify(key, encode(slip(), slip_key().private), **changes)
    assert (exit_code, said.splitlines()[0]) == (1, "HOLD")
    assert code in said


def test_tampered_foreign_and_unreadable(key: Path, tmp_path: Path) -> None:
    good = encode(slip(), slip_key().private)
    assert "TQ-CTL-081" in verify(key, good[:60] + ("A" if good[60] != "A" else "B") + good[61:])[1]
    assert "TQ-CTL-080" in verify(key, "hello")[1]
    assert "TQ-CTL-087" in verify(key, encode(slip("real"), slip_key().private))[1]
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    assert verify(bad, good)[0] == 2


def test_the_private_key_stays_outside_the_file(key: Path) -> None:
    words = json.loads(key.read_text(encoding="utf-8"))
    assert words["public_key"] == slip_key().public.hex()
    assert slip_key().private.private_bytes_raw().hex() not in key.read_text(encoding="utf-8")
