"""Dry runs: who would pay more, go to another channel or be refused; what does not replay is told apart."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.utils.timezone import localdate
from msgspec.structs import replace
from typer.testing import CliRunner

from tests.clearance.lawdesk.desk import CONTROL, DUTY, FEE, NO_PAYMENT, filed, rewrite, rows
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Version
from thongquan.clearance.lawdesk.operations import try_changes
from thongquan.clearance.lawdesk.period import since_of
from thongquan.clearance.lawdesk.trying import Outcome
from thongquan.clearance.tariff.models import LawVersion
from thongquan.clearance.tariff.operations.changes import read_changes
from thongquan.config.cli import boot
from thongquan.config.cli.main import app
from thongquan.rules.encoding import decoded_facts, encoded


def tried(content: bytes, file: str) -> Outcome:
    at = now()
    since, until = at - timedelta(days=2), at + timedelta(hours=1)
    return try_changes(rows(content, file), since=since, until=until, progress=lambda done: None)[0]


def test_a_fee_changes_what_everyone_owes(customs: World) -> None:
    numbers = {filed(customs), filed(customs, invoice="GX-2")}
    outcome = tried(FEE, "parameters.csv")
    assert (outcome.declarations, outcome.differing, outcome.touched, outcome.changed) == (2, 0, 2, 2)
    assert (outcome.more, outcome.more_vnd, outcome.less) == (2, Decimal(10_000), 0)
    assert outcome.taxes == {"fee": Decimal(10_000)}
    assert {row.number for row in outcome.examples} == numbers
    assert [(one.tax_code, one.declarations, one.difference_vnd) for one in outcome.traders] == [
        ("9999900011", 2, Decimal(10_000))
    ]


def test_a_rate_changes_duty_and_the_vat_on_it_by_chapter(customs: World) -> None:
    number = filed(customs)
    outcome = tried(DUTY, "cells.csv")
    facts = decoded_facts(bytes(Version.objects.get().facts))
    value = Decimal(300) * Decimal("21.5") * facts.law.rates["CNY"].vnd
    duty = (value * Decimal("0.09")).quantize(Decimal(1))
    assert abs(outcome.taxes["import_duty"] - duty) <= 1
    assert abs(outcome.taxes["vat"] - duty / 10) <= 1
    assert outcome.more_vnd == sum(outcome.taxes.values()) == outcome.due_after_vnd - outcome.due_before_vnd
    assert [(one.code, one.more_vnd, one.less_vnd) for one in outcome.chapters] == [("85", outcome.more_vnd, 0)]
    assert [(row.number, row.goods) for row in outcome.examples] == [(number, ("85176249",))]


def test_a_control_changes_the_channel(customs: World) -> None:
    number = filed(customs)
    outcome = tried(CONTROL, "conditions.csv")
    (turn,) = outcome.channels
    assert (turn.after, turn.declarations, turn.examples) == (3, 1, [number])
    assert (outcome.more, outcome.less, outcome.fallen) == (0, 0, 0)


def test_a_code_that_ends_breaks_valid_filings(customs: World) -> None:
    number = filed(customs)
    outcome = tried(NO_PAYMENT, "code_lists.csv")
    assert (outcome.fallen, outcome.more, outcome.less, outcome.due_before_vnd) == (1, 0, 0, 0)
    (broken,) = outcome.breaks
    assert (broken.fault.code, broken.fault.field) == ("TQ-DEC-004", "invoice.payment_method")
    assert (broken.declarations, broken.examples) == (1, [number])
    assert outcome.traders[0].fallen == 1


def test_what_does_not_replay_is_told_apart_and_in_no_sum(customs: World) -> None:
    filed(customs)
    other = filed(customs, invoice="GX-2")
    version = Version.objects.get(declaration__number=other)
    changed = bytes(version.decision).replace(b"TQ-", b"XX-", 1)
    assert changed != bytes(version.decision)
    rewrite(customs, "UPDATE declarations_version SET decision = %s WHERE id = %s", changed, version.id)
    outcome = tried(FEE, "parameters.csv")
    assert (outcome.declarations, outcome.differing, outcome.changed) == (2, 1, 1)
    assert outcome.differing_examples == (other,)
    assert outcome.more_vnd == 5_000


def test_facts_of_an_unknown_release_are_told_apart(customs: World) -> None:
    filed(customs)
    version = Version.objects.get()
    facts = encoded(replace(decoded_facts(bytes(version.facts)), rules_release="1999.01"))
    rewrite(customs, "UPDATE declarations_version SET facts = %s WHERE id = %s", facts, version.id)
    assert tried(FEE, "parameters.csv").differing == 1


def test_cancelled_and_older_declarations_are_not_tried(customs: World) -> None:
    number = filed(customs)
    filed(customs, invoice="GX-2", at=now() - timedelta(days=5))
    assert tried(FEE, "parameters.csv").declarations == 1
    customs.run_sql("UPDATE declarations_declaration SET state = 'cancelled' WHERE number = %s", number)
    assert tried(FEE, "parameters.csv").declarations == 0


def test_nothing_is_stored_or_published(customs: World) -> None:
    filed(customs)
    before = LawVersion.objects.count(), encoded(decoded_facts(bytes(Version.objects.get().facts)))
    tried(FEE, "parameters.csv")
    assert (LawVersion.objects.count(), bytes(Version.objects.get().facts)) == before


@pytest.mark.parametrize(
    ("content", "file", "path"),
    [
        (b"hs8,tax,schedule,rate,source\n85176249,import_duty,B05,viel,x\n", "cells.csv", "cells.csv:2:rate"),
        (b"hs8,tax,schedule,rate,source\n99999999,import_duty,B05,5,x\n", "cells.csv", "cells.csv:2:hs8"),
        (b"hs8,tax,schedule,rate,source\n85176249,vat,B05,5,x\n", "cells.csv", "cells.csv:2:schedule"),
        (b"hs8,tax,schedule,rate\n85176249,import_duty,B05,5\n", "cells.csv", "cells.csv:2:source"),
        (b"name,value,source,color\nfee_import_vnd,1,x,red\n", "parameters.csv", "parameters.csv:2:color"),
        (b"name,value,source\nfee_import_vnd,1,x\nfee_import_vnd,2,x\n", "parameters.csv", "parameters.csv"),
        (b"something,else\n1,2\n", "x.csv", "x.csv:1:"),
        (b"tables: {a: &a [1], b: *a}\n", "x.yaml", "x.yaml"),
        (b"unknown: [{a: 1}]\n", "x.yaml", "x.yaml"),
        (b"- 1\n", "x.yaml", "x.yaml"),
        (b"effective_on: soon\nparameters: [{name: a, value: '1', source: x}]\n", "x.yaml", "x.yaml"),
        (b"\xff\xfe\x00", "x.yaml", "x.yaml"),
        (b"", "parameters.csv", "parameters.csv"),
    ],
)
def test_a_file_that_cannot_be_taken_names_the_place(customs: World, content: bytes, file: str, path: str) -> None:
    with pytest.raises(Refused) as refused:
        read_changes(content=content, file=file, effective_on=None if file.endswith("yaml") else localdate(now()))
    assert path in {fault.path for fault in refused.value.faults}


def test_left_out_columns_keep_what_holds(customs: World) -> None:
    (row,) = rows(FEE, "parameters.csv")
    assert row.values["unit"] == "VND per declaration"
    assert row.values["name_vi"].startswith("Lệ phí hải quan")
    assert row.values["verified"] is False


@pytest.mark.parametrize(("text", "days"), [("30d", 30), ("2w", 14), ("1D", 1)])
def test_a_period_is_whole_days_back(text: str, days: int) -> None:
    at = now()
    since = since_of(text, at)
    assert timedelta(days=days) <= at - since < timedelta(days=days + 1)
    assert since_of(f"{since.astimezone():%Y-%m-%d}", at) in (since, since_of(f"{days}d", at))


@pytest.mark.parametrize("text", ["", "0d", "d", "30", "tomorrow", "99999d"])
def test_a_period_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        since_of(text, now())
    assert [fault.code for fault in refused.value.faults] == ["TQ-LWD-011"]


@pytest.fixture
def changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(boot, "database", nullcontext)
    path = tmp_path / "parameters.csv"
    path.write_bytes(FEE)
    return path


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["dryrun", *words])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_tells_people_and_programs(customs: World, changes: Path) -> None:
    number = filed(customs)
    code, out, _ = run("--since", "30d", "--with", str(changes))
    assert (code, "1 declarations tried" in out, "+5,000" in out, number in out) == (0, True, True, True)
    code, out, _ = run("--since", "1d", "--with", str(changes), "--json")
    told = json.loads(out)
    assert (code, told["more"], told["more_vnd"], told["differing"]) == (0, 1, "5000", 0)


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_the_command_writes_who_changes(customs: World, changes: Path, tmp_path: Path, kind: str) -> None:
    number = filed(customs)
    out = tmp_path / f"changed.{kind}"
    assert run("--with", str(changes), "--out", str(out))[0] == 0
    if kind == "xlsx":
        values = list(openpyxl.load_workbook(out).active.values)
        assert (values[1][0], values[1][7]) == (number, 5000)
    elif kind == "json":
        told = json.loads(out.read_text(encoding="utf-8"))
        assert [row["difference_vnd"] for row in told["declarations"]] == ["5000"]
    else:
        assert f"{number},15BB,9999900011" in out.read_text(encoding="utf-8-sig")


def test_the_command_refuses_what_it_cannot_read(customs: World, changes: Path, tmp_path: Path) -> None:
    assert run("--with", str(changes), "--since", "soon")[0] == 1
    assert run("--with", str(changes), "--out", str(tmp_path / "x.pdf"))[0] == 2
    assert run("--with", str(changes), "--out", str(tmp_path / "none" / "x.csv"))[0] == 2
    bad = tmp_path / "cells.csv"
    bad.write_bytes(b"hs8,tax,schedule,rate,source\n85176249,import_duty,B05,viel,x\n")
    code, _, err = run("--with", str(bad))
    assert (code, "TQ-FMT-018 cells.csv:2:rate" in err) == (1, True)
