"""Certificates entered by the form, by officers and by traders for their own enterprise."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.clearance.origin.entry.typed import form_data, written
from tests.clearance.origin.papers import NUMBER, paper
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.clearance.origin.formats.fields import COLUMNS
from thongquan.clearance.origin.formats.texts import Written, changed_fields, paper_of, stored_text, written_of
from thongquan.clearance.origin.queries import certificate_file, certificates_in_scope
from thongquan.rules.codes import Code

NEW = "/origin/new/"


def count(customs: World) -> int:
    return certificates_in_scope(customs.actor("clearance_officer")).count()


@pytest.mark.parametrize("role", ["clearance_officer", "declarant"])
def test_what_is_typed_is_registered_as_it_stands_on_the_paper(customs: World, role: str) -> None:
    answer = customs.client(role).post(NEW, form_data())
    assert answer.status_code == 302, re.findall(r"TQ-[A-Z]+-\d+", answer.content.decode())
    key = int(answer["Location"].strip("/").rpartition("/")[2])
    kept = certificate_file(actor=customs.actor("clearance_officer"), certificate=key)
    assert kept.paper == paper()
    assert kept.row.trader_name == "Công ty TNHH Xuất nhập khẩu Bình Minh"


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans", "fr"])
def test_numbers_are_read_as_people_of_the_language_write_them(customs: World, language: str) -> None:
    data = form_data(language=language)
    assert data["lines[0].quantity"] in {"12.000", "12,000", "12\u202f000"}
    answer = customs.client("clearance_officer").post(NEW, data, headers={"accept-language": language})
    assert answer.status_code == 302


def test_every_fault_at_once_beside_its_field_and_nothing_kept(customs: World) -> None:
    before = count(customs)
    wrong = {
        "number": "",
        "issued_on": "soon",
        "lines[0].quantity": "many",
        "lines[1].quantity": "-3",
        "tax_code": "12",
    }
    officer = customs.client("clearance_officer")
    answer = officer.post(NEW, form_data(**wrong), headers={"accept-language": "en"})
    text = answer.content.decode()
    assert answer.status_code == 422
    for anchor in ("f-number", "f-issued_on", "f-lines-0-quantity", "f-lines-1-quantity", "f-tax_code"):
        assert f'id="{anchor}-error"' in text, anchor
        assert f'href="#{anchor}"' in text, anchor
    assert {Code.TQ_DEC_001, Code.TQ_FMT_018, Code.TQ_ORI_015, Code.TQ_DEC_003} <= set(
        re.findall(r"TQ-[A-Z]+-\d+", text)
    )
    assert 'value="many"' in text
    assert "line 1: Quantity" in text
    assert count(customs) == before


def test_the_same_number_twice_is_told_in_the_form(customs: World) -> None:
    officer = customs.client("clearance_officer")
    assert officer.post(NEW, form_data()).status_code == 302
    answer = officer.post(NEW, form_data())
    assert answer.status_code == 422
    assert Code.TQ_ORI_050 in answer.content.decode()
    assert 'id="f-number-error"' in answer.content.decode()


def test_rows_are_added_and_taken_away_without_losing_what_was_typed(customs: World) -> None:
    trader = customs.client("declarant")
    data = form_data()
    more = trader.post(NEW, {**data, "rows": "add"}).content.decode()
    assert 'name="lines[5].hs"' in more
    assert data["lines[0].description"] in more
    less = trader.post(NEW, {**data, "rows": "remove:0"}).content.decode()
    assert 'name="lines[4].hs"' not in less
    assert f'value="{data["lines[1].hs"]}"' in less


def test_three_hundred_lines_are_taken_and_one_more_is_refused(customs: World) -> None:
    given = written()
    lines = [dict(given.lines[0]) for _place in range(300)]
    officer = customs.client("clearance_officer")
    assert officer.post(NEW, form_data(Written(given.fields, lines))).status_code == 302
    answer = officer.post(NEW, form_data(Written({**given.fields, "number": "E2"}, [*lines, lines[0]])))
    assert answer.status_code == 422
    assert Code.TQ_FMT_011 in answer.content.decode()


def test_texts_and_paper_are_two_sides_of_one_thing() -> None:
    given = paper(retroactive=True, route=("SG", "MY"))
    made, faults = paper_of(written_of(given))
    assert (made, faults) == (given, [])
    changed = written_of(given)
    changed.lines[2]["unit"] = "TNE"
    changed.fields["vehicle"] = "other"
    assert [path for path, _was, _now in changed_fields(written_of(given), changed)] == ["vehicle", "lines[2].unit"]
    assert stored_text(COLUMNS["hs"], "0808.10 10", "vi") == "08081010"


def test_the_template_of_the_trader_names_only_the_own_enterprises(customs: World) -> None:
    page = customs.client("declarant").get(NEW).content.decode()
    assert f'value="{ENTERPRISE}"' in page
    assert OTHER_ENTERPRISE not in page
    assert NUMBER not in page


def test_a_stranger_and_who_registers_nothing_are_kept_out(customs: World) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in (NEW, f"{NEW}file", f"{NEW}template.xlsx"):
        assert stranger.get(address).status_code in (302, 403)
        assert customs.client("gate_officer").get(address).status_code == 403


def test_a_neighbor_registers_nothing_for_another_office_or_enterprise(customs: World) -> None:
    assert customs.client("clearance_officer").post(NEW, form_data(office="20BB")).status_code == 403
    assert customs.client("declarant").post(NEW, form_data(tax_code=OTHER_ENTERPRISE)).status_code == 403
