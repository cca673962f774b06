"""`thongquan dryrun --profile`: a risk profile tried on past declarations, for people and for programs."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from tests.clearance.risk.cases import heard, lodged
from tests.clearance.risk.profiles import draft
from tests.world import World
from thongquan.clearance.risk.models import ProfileRun
from thongquan.config.cli import boot
from thongquan.config.cli.main import app


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boot, "database", nullcontext)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["dryrun", *words])
    return result.exit_code, result.stdout


def test_a_profile_is_tried_for_people_and_for_programs_and_nothing_is_kept(customs: World) -> None:
    number = lodged(customs)
    heard()
    profile = draft(customs)
    code, out = run("--profile", str(profile), "--since", "30d", "--json")
    told = json.loads(out)
    assert (code, told["declarations"], told["hits"], told["examples"]) == (0, 1, 1, [number])
    code, out = run("--profile", str(profile))
    assert (code, "it would have chosen" in out, "→ 3" in out) == (0, True, True)
    assert not ProfileRun.objects.exists()


def test_what_cannot_be_tried_is_refused(customs: World) -> None:
    assert run("--profile", "999999")[0] == 1
    assert run("--profile", str(draft(customs)), "--since", "soon")[0] == 1
    assert run("--since", "30d")[0] == 2
    assert run("--profile", "1", "--out", "x.csv")[0] == 2
    assert run("--profile", "0")[0] == 2
