"""Loading a directory of law: all or nothing, only what differs, every change a version."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests.clearance.tariff.small import FILES, write_law
from thongquan.base.core.faults import Refused
from thongquan.base.core.models import OutboxMessage
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.directory import KEYS, read_directory
from thongquan.clearance.tariff.operations import load_reference
from thongquan.clearance.tariff.queries import current_law, law_at_version
from thongquan.rules.law import Cell

pytestmark = pytest.mark.usefixtures("practice")


def test_second_load_changes_nothing(law_dir: Path, at: datetime) -> None:
    first = load_reference(at=at, directory=law_dir)
    assert first.changed
    assert first.tables["Regime"].added == 2
    second = load_reference(at=at, directory=law_dir)
    assert not second.changed
    assert (second.version, second.digest) == (first.version, first.digest)
    assert "nothing changed" in second.summary()
    assert models.LawVersion.objects.count() == 1


def test_reading_again_without_the_shortcut_changes_nothing_either(law_dir: Path, at: datetime) -> None:
    first = load_reference(at=at, directory=law_dir)
    models.LawVersion.objects.update(files="")
    again = load_reference(at=at, directory=law_dir)
    assert not again.changed
    assert again.tables["TariffCell"].unchanged == first.tables["TariffCell"].added
    assert models.LawVersion.objects.count() == 1


def test_a_correction_makes_a_version_and_keeps_what_was_known_before(law_dir: Path, at: datetime) -> None:
    first = load_reference(at=at, directory=law_dir)
    write_law(law_dir, vn_lines=FILES["tariff/vn_lines.csv"].replace("kg,20,30", "kg,25,30"))
    second = load_reference(at=at, directory=law_dir)
    assert second.changed
    assert (second.tables["TariffCell"].changed, second.tables["TariffCell"].added) == (1, 0)
    assert "1 changed" in second.summary()
    assert first.digest != second.digest
    on = date(2026, 5, 1)
    assert _mfn(current_law().cells_on("07032090", on)) == "25"
    assert _mfn(law_at_version(first.version).cells_on("07032090", on)) == "20"


def _mfn(cells: tuple[Cell, ...]) -> str:
    return next(cell.options[0].key for cell in cells if cell.schedule == "B01")


def test_rows_that_files_no_longer_name_stay(law_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=law_dir)
    (law_dir / "vague_terms.csv").unlink()
    assert not load_reference(at=at, directory=law_dir).changed
    assert models.VagueTerm.objects.live().count() == 1


def test_repeal_ends_a_value(law_dir: Path, at: datetime) -> None:
    report = load_reference(at=at, directory=law_dir)
    assert report.tables["Parameter"].repealed == 1
    law = current_law()
    assert law.parameter("vat_reduced_rate", date(2026, 12, 31)) is not None
    assert law.parameter("vat_reduced_rate", date(2027, 1, 1)) is None


def test_every_fault_of_every_file_is_told_and_nothing_is_stored(law_dir: Path, at: datetime) -> None:
    write_law(
        law_dir,
        regimes=FILES["regimes.csv"]
        .replace("G11,import", "G11,sideways")
        .replace("2021-06-01,Decision", "soon,Decision"),
        gates=FILES["gates.csv"].replace("LS01,15BB", "LS01,99ZZ"),
        code_lists="list,code\nunit,KGM\n",
        vn_lines=FILES["tariff/vn_lines.csv"].replace("07032090", "0703209X"),
    )
    with pytest.raises(Refused) as refused:
        load_reference(at=at, directory=law_dir)
    places = {(fault.code, fault.path) for fault in refused.value.faults}
    assert ("TQ-FMT-018", "regimes.csv:3:flow") in places
    assert ("TQ-FMT-018", "regimes.csv:2:valid_from") in places
    assert ("TQ-DEC-004", "Gate") in places
    assert ("TQ-FMT-005", "code_lists.csv:1:valid_from") in places
    assert ("TQ-FMT-018", "tariff/vn_lines.csv:2:hs8") in places
    assert not models.LawVersion.objects.exists()
    assert not models.Office.objects.exists()


def test_same_key_on_the_same_day_twice_is_refused(law_dir: Path, at: datetime) -> None:
    twice = FILES["parameters.csv"] + "max_lines,60,lines,2021-06-01,Art. 18.2,yes\n"
    with pytest.raises(Refused) as refused:
        load_reference(at=at, directory=write_law(law_dir, parameters=twice))
    assert [(fault.code, fault.value) for fault in refused.value.faults] == [("TQ-DEC-027", "max_lines 2021-06-01")]


def test_wrong_encoding_is_told(law_dir: Path, at: datetime) -> None:
    (law_dir / "offices.csv").write_bytes("code,kind\nVI,Vùng".encode("utf-16"))
    with pytest.raises(Refused) as refused:
        load_reference(at=at, directory=law_dir)
    assert "TQ-FMT-009" in {fault.code for fault in refused.value.faults}


def test_missing_directory_is_told(tmp_path: Path, at: datetime) -> None:
    with pytest.raises(Refused):
        load_reference(at=at, directory=tmp_path / "nowhere")


def test_cells_not_understood_are_listed_and_unknown(law_dir: Path, at: datetime) -> None:
    report = load_reference(at=at, directory=law_dir)
    assert [tuple(cell) for cell in report.unread] == [("tariff/vn_lines.csv", 3, "rcep", "33;3")]
    cell = models.TariffCell.objects.get(hs="22086000", schedule="RCEP")
    assert (cell.unknown, cell.verified, cell.raw, cell.options) == (True, False, "33;3", [])
    assert tuple(load_reference(at=at, directory=law_dir).unread) == report.unread


def test_blank_is_none_or_unknown_as_the_compilation_means_it(law_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=law_dir)
    silent = models.TariffCell.objects.filter(hs="07032090")
    assert silent.get(schedule="RCEP").unknown
    assert not silent.filter(tax="export_duty").exists()


def test_tax_that_cannot_arise_is_not_subject_where_the_compilation_is_silent(law_dir: Path, at: datetime) -> None:
    lines = FILES["tariff/vn_lines.csv"] + "22082000,lít/kg,45,67.5,8/10,,,,,2026-01-06,B\n"
    load_reference(at=at, directory=write_law(law_dir, vn_lines=lines))
    garlic, brandy = (models.TariffCell.objects.get(hs=hs, tax="sct") for hs in ("07032090", "22082000"))
    assert (garlic.unknown, garlic.options, garlic.verified) == (False, [{"key": "*", "not_subject": True}], False)
    assert garlic.source.startswith("unverified: goods list")
    assert (brandy.unknown, brandy.options) == (True, [])


def test_multiple_of_mfn_is_worked_out(law_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=law_dir)
    (option,) = models.TariffCell.objects.get(hs="22086000", schedule="B03").options
    assert option == {"key": "67.5", "rate": "0.675"}


def test_practice_rows_stay_out_of_other_realms(law_dir: Path, at: datetime) -> None:
    real = read_directory(law_dir, practice=False).tables["Condition"]
    assert "SAMPLE" not in {row["code"] for row in real}
    load_reference(at=at, directory=law_dir)
    assert models.Condition.objects.filter(code="SAMPLE").exists()


def test_change_is_recorded_and_announced_once(law_dir: Path, at: datetime) -> None:
    report = load_reference(at=at, directory=law_dir)
    load_reference(at=at, directory=law_dir)
    kinds = OutboxMessage.objects.filter(kind="law.changed").values_list("subject", flat=True)
    assert list(kinds) == [f"law:{report.version}"]


def test_database_refuses_to_change_or_delete_a_row(law_dir: Path, at: datetime) -> None:
    version = load_reference(at=at, directory=law_dir).version
    for attempt in (
        lambda: models.Parameter.objects.filter(name="max_lines").update(value="60"),
        lambda: models.Parameter.objects.filter(name="max_lines").delete(),
        lambda: models.Parameter.objects.filter(name="max_lines").update(withdrawn=version, value="60"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert models.Parameter.objects.get(name="max_lines").value == "50"


def test_keys_of_files_and_tables_are_the_same() -> None:
    assert {name: getattr(models, name).KEY for name in KEYS} == KEYS
