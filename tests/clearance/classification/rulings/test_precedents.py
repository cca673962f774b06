"""The store of precedents: entered with every fault told at once, found again, withdrawn and never deleted."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.clearance.classification.rulings.given import FAN, ROUTER, entered, notice, today
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.formats.precedents import COLUMNS
from thongquan.clearance.classification.models import Precedent
from thongquan.clearance.classification.operations.precedents import enter_precedents, withdraw_precedent
from thongquan.clearance.classification.queries.precedents import (
    precedent_examples,
    precedents,
    precedents_for,
    precedents_named,
    same_goods,
)
from thongquan.rules.codes import Code

PAGE = "/classification/precedents/"
API = "/api/v1/classification/precedents"
WORDS = {"vi": "Tiền lệ", "en": "Precedents", "zh-hans": "先例", "fr": "Précédents"}
MESSES = ("", "😀😀", "x" * 10_000, "12345 678", "<script>alert(1)</script>", "'; DROP TABLE x; --", "рouter\x00 机器")


def test_a_precedent_holds_from_its_first_day_to_before_its_last(customs: World) -> None:
    first, last = today() - timedelta(days=10), today() - timedelta(days=2)
    key = entered(customs, valid_from=first, valid_to=last)

    def on(day: object) -> list[int]:
        return [one.id for one in same_goods(description=ROUTER, addressee="", on=day)]  # type: ignore[arg-type]  # a day

    assert (on(first), on(last - timedelta(days=1))) == ([key], [key])
    assert (on(first - timedelta(days=1)), on(last)) == ([], [])


def test_goods_written_otherwise_are_found_and_other_goods_are_not(customs: World) -> None:
    key = entered(customs)
    entered(customs, number="9", description=FAN, hs="84145999")
    for text in ("BO DINH TUYEN KHONG DAY HAI BANG TAN MAU AX3000", f"{ROUTER}, hàng mới 100%", f"nvl12#&{ROUTER}"):
        found = same_goods(description=text, addressee="", on=today())
        assert [(one.id, one.exact) for one in found] == [(key, True)]
    near = same_goods(description=ROUTER.replace("AX3000", "AX3200"), addressee="", on=today())
    assert [(one.id, one.exact) for one in near] == [(key, False)]
    assert same_goods(description="Táo tươi giống Fuji, đóng thùng 10 kg", addressee="", on=today()) == []


def test_what_was_told_to_the_trader_stands_first_and_codes_without_a_word_in_common_do_not_come(
    customs: World,
) -> None:
    other = entered(customs)
    mine = entered(customs, number="2", addressee=ENTERPRISE)
    found = precedents_for(description=ROUTER, addressee=ENTERPRISE, on=today())
    assert [(one.id, one.own) for one in found] == [(mine, True), (other, False)]
    entered(customs, number="3", description=FAN, hs="84145999")
    assert [one.number for one in precedents_for(codes=["84145999"], description=ROUTER)] == ["2", "123/TB-KĐHQ"]
    assert [one.number for one in precedents_for(codes=["84145999"])] == ["3"]
    assert found[0].agrees_with("85176251")
    assert not found[0].agrees_with("85176249")


def test_a_named_ruling_counts_only_for_whom_it_was_made_and_in_its_days(customs: World) -> None:
    key = entered(customs, kind="ruling", number="R1", addressee=ENTERPRISE, valid_to=today())
    at = today() - timedelta(days=1)
    named = precedents_named(["R1", " "], on=at, addressee=ENTERPRISE)
    assert {number: [one.id for one in found] for number, found in named.items()} == {"R1": [key]}
    assert precedents_named(["R1"], on=at, addressee=OTHER_ENTERPRISE) == {"R1": []}
    assert precedents_named(["R1"], on=today(), addressee=ENTERPRISE) == {"R1": []}


def test_an_analysis_is_used_again_for_as_long_as_the_law_says(customs: World) -> None:
    day = today() - timedelta(days=30)
    key = entered(customs, kind="analysis", issued_on=day)
    row = Precedent.objects.get(pk=key)
    assert row.valid_to is not None
    assert (row.valid_to.year, row.valid_to.month) == (day.year + 3, day.month)
    assert Precedent.objects.get(pk=entered(customs, number="2")).valid_to is None


def test_every_fault_is_told_at_once_and_nothing_is_kept(customs: World) -> None:
    bad = notice(
        kind="rumor",
        number="",
        issued_on=today() + timedelta(days=1),
        hs="85.1",
        description="123 456",
        valid_to=today() - timedelta(days=1),
        maker="m" * 301,
    )
    with pytest.raises(Refused) as refused:
        enter_precedents(actor=customs.actor("clearance_officer"), given=[notice(), bad, notice()], at=now(), rows=True)
    assert {(fault.code, fault.path) for fault in refused.value.faults} == {
        (Code.TQ_CLS_045, "row[3].kind"),
        (Code.TQ_CLS_046, "row[3].number"),
        (Code.TQ_CLS_048, "row[3].issued_on"),
        (Code.TQ_CLS_040, "row[3].hs"),
        (Code.TQ_CLS_041, "row[3].description"),
        (Code.TQ_CLS_042, "row[3].valid_to"),
        (Code.TQ_CLS_049, "row[3].maker"),
        (Code.TQ_CLS_043, "row[4].number"),
    }
    assert not Precedent.objects.exists()


@pytest.mark.parametrize("text", MESSES)
def test_any_description_gets_a_clear_answer(customs: World, text: str) -> None:
    entered(customs)
    assert isinstance(precedents_for(description=text, codes=[text[:20]], addressee=text[:14], on=today()), list)
    assert isinstance(precedents(text=text.replace("\x00", ""), code=text), tuple)
    answer = customs.api("clearance_officer").get(API, {"text": text, "code": text[:30], "kind": text[:9]})
    assert answer.status_code == (400 if "\x00" in text else 200)


def test_a_withdrawn_precedent_stays_in_the_store_and_speaks_for_nothing(customs: World) -> None:
    key, leader = entered(customs), customs.actor("team_leader")
    assert [row[1] for row in precedent_examples()] == ["85176251"]
    with pytest.raises(Refused) as refused:
        withdraw_precedent(actor=leader, precedent=key, words=" ", at=now())
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_CLS_046]
    withdraw_precedent(actor=leader, precedent=key, words="Ban hành nhầm", at=now())
    assert precedents_for(description=ROUTER) == []
    assert list(precedent_examples()) == []
    assert [(one.id, one.words) for one in precedents()[0]] == [(key, "Ban hành nhầm")]
    with pytest.raises(Refused) as refused:
        withdraw_precedent(actor=leader, precedent=key, words="x", at=now())
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_CLS_044]
    with pytest.raises(NotFound):
        withdraw_precedent(actor=leader, precedent=10**30, words="x", at=now())
    rows = customs.run_sql(f"SELECT action FROM ledger_entry WHERE subject = 'precedent:{key}' ORDER BY id")
    assert [row[0] for row in rows] == ["classification.precedent_entered", "classification.precedent_withdrawn"]
    assert entered(customs) != key


def test_the_store_is_kept_on_its_pages(customs: World) -> None:
    officer, leader = customs.client("clearance_officer"), customs.client("team_leader")
    given = {
        "kind": "notice",
        "number": "77/TB",
        "issued_by": "KĐHQ",
        "issued_on": today().isoformat(),
        "hs": "851762",
        "description": "<b>Máy</b> thu phát",
        "source": "Thư",
    }
    assert officer.post(PAGE, {**given, "hs": "12"}).status_code == 422
    assert officer.post(PAGE, {**given, "number": ""}).status_code == 422
    assert officer.post(PAGE, given).status_code == 302
    key = Precedent.objects.get().pk
    shown = officer.get(f"{PAGE}?text=may+thu&code=8517&kind=notice").content.decode()
    assert "77/TB" in shown
    assert "<b>Máy</b>" not in shown
    assert "77/TB" not in officer.get(f"{PAGE}?text=khac").content.decode()
    assert "withdraw" in leader.get(f"{PAGE}{key}/").content.decode()
    assert leader.post(f"{PAGE}{key}/withdraw", {"words": ""}).status_code == 422
    assert leader.post(f"{PAGE}{key}/withdraw", {"words": "Sai"}).status_code == 302
    assert "Sai" in officer.get(f"{PAGE}{key}/").content.decode()


def workbook(*rows: tuple[object, ...], head: tuple[str, ...] = COLUMNS) -> SimpleUploadedFile:
    book, stream = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(row)
    book.save(stream)
    return SimpleUploadedFile("x.xlsx", stream.getvalue())


def row_of(**changes: object) -> tuple[object, ...]:
    given = {name: getattr(notice(), name) for name in COLUMNS} | changes
    return tuple(given[name] for name in COLUMNS)


def test_a_workbook_enters_all_rows_or_none(customs: World) -> None:
    officer = customs.client("clearance_officer")
    template = load_workbook(BytesIO(officer.get(f"{PAGE}template.xlsx").content))
    assert tuple(cell.value for cell in template.worksheets[0][1]) == COLUMNS
    bad = officer.post(f"{PAGE}sheet", {"file": workbook(row_of(), row_of(number="8", issued_on="hôm qua"), ())})
    assert bad.status_code == 422
    assert "row[3]" in bad.content.decode()
    assert officer.post(f"{PAGE}sheet", {"file": workbook(row_of(hs=99))}).status_code == 422
    assert officer.post(f"{PAGE}sheet", {"file": workbook(head=("kind", "number"))}).status_code == 422
    assert officer.post(f"{PAGE}sheet", {"file": workbook()}).status_code == 422
    assert officer.post(f"{PAGE}sheet", {"file": SimpleUploadedFile("x.xlsx", b"no")}).status_code == 422
    assert officer.post(f"{PAGE}sheet").status_code == 422
    assert not Precedent.objects.exists()
    good = workbook(row_of(), (None,) * len(COLUMNS), row_of(number=8, issued_on=today().strftime("%d/%m/%Y")))
    assert officer.post(f"{PAGE}sheet", {"file": good}).status_code == 302
    assert sorted(Precedent.objects.values_list("number", flat=True)) == ["123/TB-KĐHQ", "8"]


def test_the_api_enters_lists_and_withdraws(customs: World) -> None:
    officer, leader = customs.api("clearance_officer"), customs.api("team_leader")
    one = {
        "kind": "notice",
        "number": "5",
        "issued_by": "KĐHQ",
        "issued_on": today().isoformat(),
        "hs": "85176251",
        "description": ROUTER,
        "source": "x",
    }
    bad = officer.post(API, {"precedents": [{**one, "hs": "1"}, {**one, "x": 1}]}, content_type="application/json")
    assert bad.status_code == 422
    made = officer.post(API, {"precedents": [one]}, content_type="application/json")
    assert made.status_code == 201
    key = made.json()["ids"][0]
    assert [row["id"] for row in officer.get(API, {"code": "8517"}).json()] == [key]
    assert officer.get(f"{API}/{key}").json()["hs"] == "85176251"
    assert leader.post(f"{API}/{key}/withdraw", {"words": ""}, content_type="application/json").status_code == 422
    assert leader.post(f"{API}/{key}/withdraw", {"words": "Sai"}, content_type="application/json").status_code == 200
    assert leader.get(f"{API}/{key}").json()["words"] == "Sai"


@pytest.mark.parametrize("language", WORDS)
def test_the_pages_speak_four_languages(customs: World, language: str) -> None:
    key = entered(customs)
    officer = customs.client("clearance_officer")
    for address in (PAGE, f"{PAGE}{key}/", f"{PAGE}against/"):
        answer = officer.get(address, headers={"accept-language": language})
        assert answer.status_code == 200
        assert WORDS[language] in answer.content.decode()


def test_a_stranger_reads_no_store(customs: World) -> None:
    key = entered(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in (PAGE, f"{PAGE}{key}/", f"{PAGE}template.xlsx", f"{PAGE}against/", API, f"{API}/{key}"):
        assert stranger.get(address).status_code in (302, 401, 403)
    for address in (PAGE, f"{PAGE}sheet", f"{PAGE}{key}/withdraw", f"{PAGE}against/1", API, f"{API}/{key}/withdraw"):
        assert stranger.post(address).status_code in (302, 401, 403)
    assert stranger.get(f"{API}/contradicted").status_code == 401
    assert stranger.post(f"{API}/contradicted/1").status_code == 401


def test_a_neighbor_reads_only_what_was_told_to_it_and_keeps_no_store(customs: World) -> None:
    secret = entered(customs, addressee=OTHER_ENTERPRISE)
    open_to_all = entered(customs, number="2")
    mine = entered(customs, number="3", addressee=ENTERPRISE)
    trader, program = customs.client("declarant"), customs.api("declarant")
    for key, status in ((secret, 404), (open_to_all, 404), (mine, 200)):
        assert trader.get(f"{PAGE}{key}/").status_code == status
        assert program.get(f"{API}/{key}").status_code == status
    assert [row["id"] for row in program.get(API).json()] == [mine]
    assert trader.get(f"{PAGE}against/").status_code == 403
    assert program.get(f"{API}/contradicted").status_code == 403
    assert trader.post(f"{PAGE}{mine}/withdraw", {"words": "x"}).status_code == 403
    assert trader.get(f"{PAGE}template.xlsx").status_code == 403
    assert trader.post(f"{PAGE}sheet", {"file": workbook(row_of())}).status_code == 403
    for role in ("gate_officer", "partner_agency"):
        assert customs.client(role).get(PAGE).status_code == 403
        assert customs.client(role).get(f"{PAGE}{mine}/").status_code == 403
    with pytest.raises(NotAllowed):
        entered(customs, role="declarant", number="4")
    with pytest.raises(NotAllowed):
        withdraw_precedent(actor=customs.actor("clearance_officer"), precedent=mine, words="x", at=now())
