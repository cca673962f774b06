"""The page of suggested codes, the list in the form of a declaration, and workbooks."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html
from openpyxl import Workbook, load_workbook

from tests.clearance.classification.suggesting.bad_input import BAD
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.classification.models import SuggestionSheet
from thongquan.clearance.classification.operations.suggesting_sheets import KEPT, answer_sheet, drop_old_sheets
from thongquan.clearance.declarations.operations import start_draft

PAGE, OPTIONS, SHEETS = (f"/classification/suggest/{part}" for part in ("", "options", "sheets/"))
OWN, FOREIGN = "Tỏi củ tươi bao 20kg", "Táo tươi Fuji thùng 10kg"


def told(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    root: Any = html.fromstring(answer.content.decode())
    return str(root.text_content())


def codes(answer: Any) -> list[str]:
    """Codes of the options, in order."""
    assert answer.status_code == 200
    root: Any = html.fromstring(f"<ul>{answer.content.decode()}</ul>")
    return [one.get("data-code") for one in root.xpath("//li[@role='option'][@data-code]")]


def test_the_page_answers_with_and_without_script(customs: World, suggests: Path) -> None:
    client = customs.client("declarant")
    whole = client.get(PAGE, {"description": OWN})
    assert "0703" in told(whole)
    assert "<html" in whole.content.decode()
    part = client.get(PAGE, {"description": OWN}, headers={"hx-request": "true"})
    assert "0703" in told(part)
    assert "<html" not in part.content.decode()


def test_the_form_of_a_declaration_suggests_level_by_level(customs: World, suggests: Path) -> None:
    client = customs.client("declarant")
    draft = start_draft(actor=customs.actor("declarant"), content={"flow": "import"}, at=now())
    form = client.get(reverse("declarations:draft", args=[draft.pk])).content.decode()
    assert f'data-suggest="{OPTIONS}"' in form
    assert "classification/suggest" in form
    assert codes(client.get(OPTIONS, {"description": OWN}))[0] == "0703"
    assert codes(client.get(OPTIONS, {"description": OWN, "under": "0703", "digits": "6"}))[0] == "070320"
    eight = client.get(OPTIONS, {"description": OWN, "under": "070320", "digits": "8"})
    assert codes(eight)[0] == "07032090"
    assert 'data-digits="0"' in eight.content.decode()
    assert 'data-under="0703"' in eight.content.decode()


def test_lines_that_nobody_declared_stand_below_a_branch_too(customs: World, suggests: Path) -> None:
    found = codes(customs.client("declarant").get(OPTIONS, {"description": OWN, "under": "0703", "digits": "6"}))
    assert found[0] == "070320"
    assert {"070310", "070390"} <= set(found)


def test_a_neighbor_sees_no_text_of_another_trader_or_office(customs: World, suggests: Path) -> None:
    for role in ("declarant", "clearance_officer"):
        client = customs.client(role)
        assert OWN.split(",")[0] in told(client.get(PAGE, {"description": OWN}))
        answer = told(client.get(PAGE, {"description": "Táo tươi Fuji loại to"}))
        assert "0808" in answer
        assert "thùng 10kg" not in answer
        assert "thùng 9kg" not in answer
        assert "quả đồng đều" not in answer


def test_a_stranger_is_asked_to_sign_in_and_a_neighboring_customs_is_refused(customs: World, suggests: Path) -> None:
    nobody, other = Client(SERVER_NAME="127.0.0.1"), customs.client("neighbor_customs")
    for url in (PAGE, OPTIONS, SHEETS, f"{SHEETS}template.xlsx"):
        assert nobody.get(url).status_code == 302
        assert other.get(url).status_code == 403


@pytest.mark.parametrize("what", sorted(BAD))
def test_bad_input_gets_a_clear_answer_on_the_page(customs: World, suggests: Path, what: str) -> None:
    client = customs.client("declarant")
    for url in (PAGE, OPTIONS):
        answer = client.get(url, {"description": BAD[what], "digits": "8"})
        text = answer.content.decode()
        assert answer.status_code == (400 if what == "nul" else 200)  # no address has that sign
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "SECRET" not in text or "settings.SECRET_KEY" in text
    if what in ("empty", "emoji", "numbers", "vague"):
        assert "tq-note is-warning" in client.get(PAGE, {"description": BAD[what]}).content.decode()


def test_wrong_digits_and_branches_are_told(customs: World, suggests: Path) -> None:
    client = customs.client("declarant")
    text = client.get(PAGE, {"description": OWN, "digits": "5", "under": "<b>"}).content.decode()
    assert "TQ-CLS-085" in text
    assert "TQ-CLS-086" in text
    assert "<b>" not in text


def test_without_a_model_the_page_says_so_and_offers_the_tariff(customs: World, store: Path) -> None:
    client = customs.client("declarant")
    assert "chưa có mô hình nào" in told(client.get(PAGE, {"description": OWN}))
    found = codes(client.get(OPTIONS, {"description": OWN, "under": "0703", "digits": "6"}))
    assert "070320" in found


def workbook(*rows: object, head: str = "Mô tả hàng hóa") -> SimpleUploadedFile:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["STT", head])
    for number, text in enumerate(rows, 1):
        sheet.append([number, text])
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("hàng.xlsx", stream.getvalue())


def test_a_workbook_comes_back_with_candidates_and_questions(customs: World, suggests: Path) -> None:
    client = customs.client("declarant")
    answer = client.post(SHEETS, {"file": workbook(OWN, "hàng hóa", None, FOREIGN, "=1+1", "'; DROP TABLE x")})
    assert answer.status_code == 302
    url = answer["Location"]
    waiting = client.get(url, headers={"hx-request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    assert client.get(f"{url}answers.xlsx").status_code == 409
    sheet = SuggestionSheet.objects.get()
    answer_sheet(sheet=sheet.pk, at=now())
    assert "hx-trigger" not in client.get(url, headers={"hx-request": "true"}).content.decode()
    book: Any = load_workbook(io.BytesIO(client.get(f"{url}answers.xlsx").content))
    head, *rows = book.active.iter_rows(values_only=True)
    assert head[1] == "description"
    assert [row[0] for row in rows][:3] == [2, 3, 5]
    assert rows[0][1] == OWN
    assert rows[0][2] == "070320"
    assert rows[0][3] >= 50
    assert "07032090" in rows[0]
    vague = rows[1]
    assert vague[2] in (None, "")
    assert any("?" in str(cell) for cell in vague)
    assert not any(str(cell).startswith("=") for row in rows for cell in row if cell is not None)


def test_every_fault_of_a_workbook_is_told(customs: World, suggests: Path) -> None:
    client = customs.client("declarant")
    for file, code in (
        (workbook(OWN, head="x"), "TQ-CLS-047"),
        (workbook(), "TQ-CLS-084"),
        (SimpleUploadedFile("x.xlsx", b"a,b\n1,2"), "TQ-FMT-017"),
    ):
        answer = client.post(SHEETS, {"file": file})
        assert answer.status_code == 422
        assert code in answer.content.decode()
    assert not SuggestionSheet.objects.exists()


def test_a_workbook_is_for_the_one_who_sent_it_and_a_neighbor_finds_nothing(customs: World, suggests: Path) -> None:
    url = customs.client("declarant").post(SHEETS, {"file": workbook(OWN)})["Location"]
    for role in ("broker", "clearance_officer"):
        assert customs.client(role).get(url).status_code == 404
        assert customs.client(role).get(f"{url}answers.xlsx").status_code == 404
        assert OWN not in told(customs.client(role).get(SHEETS))


def test_workbooks_are_dropped_after_a_day(customs: World, suggests: Path) -> None:
    customs.client("declarant").post(SHEETS, {"file": workbook(OWN)})
    assert drop_old_sheets(at=now()) == 0
    assert drop_old_sheets(at=now() + KEPT) == 1
