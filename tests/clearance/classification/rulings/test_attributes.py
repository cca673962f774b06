"""Deciding attributes: shipped rows loaded, changes by two persons, goods that differ in one are not the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.clearance.classification.rulings.given import entered, today
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.models import DecidingAttribute
from thongquan.clearance.classification.operations import attributes as operations
from thongquan.clearance.classification.operations.attributes import SHIPPED, AttributeGiven, load_attributes
from thongquan.clearance.classification.queries.attributes import attributes_in_force
from thongquan.clearance.classification.queries.precedents import same_goods
from thongquan.learning.text import canonical
from thongquan.learning.twins import parting
from thongquan.rules.codes import Code

PAGE, API = "/classification/attributes/", "/api/v1/classification/attributes"
WORDS = {"vi": "Tiêu chí quyết định", "en": "Deciding attributes", "zh-hans": "决定性属性", "fr": "Attributs décisifs"}
JSON = "application/json"


def band(**changes: Any) -> AttributeGiven:
    """How many bands a router has."""
    given: dict[str, Any] = {
        "prefix": "851762",
        "kind": "words",
        "name": "bands",
        "name_vi": "Băng tần",
        "values": ("Hai băng tần|dual band", "một băng tần|single band"),
        "source": "Kinh nghiệm của đội",
    }
    return AttributeGiven(**{**given, **changes})


def in_force(customs: World, **changes: Any) -> int:
    """The same, proposed by the analyst and signed by the leader."""
    key = operations.propose_attribute(actor=customs.actor("risk_analyst"), given=band(**changes), at=now())
    operations.sign_attribute(actor=customs.actor("team_leader"), attribute=key, at=now())
    return key


def test_shipped_attributes_are_loaded_once_and_part_goods(customs: World) -> None:
    assert load_attributes(at=now()) == 0
    shipped = attributes_in_force()
    assert len(shipped) == DecidingAttribute.objects.filter(shipped=True).count() > 10
    for one, other, code, name in (
        ("Áo thun dệt kim nam", "Áo thun dệt thoi nam", "61091000", "cloth"),
        ("Quạt hút 100 W", "Quạt hút 0,2 kW", "84145110", "power"),
        ("Máy tính xách tay 1,3 kg", "Máy tính 12 kg", "84713020", "weight"),
        ("Hộp bằng nhựa", "Hộp bằng thép", "39231090", "material"),
    ):
        found = parting(shipped, canonical(one), canonical(other), (code, code))
        assert found is not None
        assert found.name == name
    assert parting(shipped, canonical("Quạt 100 W"), canonical("Quạt 120 W"), ("84145110", "84145110")) is None


def test_a_reference_file_is_read_whole_or_not_at_all(customs: World, tmp_path: Path) -> None:
    head, *rows = SHIPPED.read_text(encoding="utf-8").splitlines()
    file = tmp_path / "attributes.csv"
    bad = ["6,words,x,a,,,Tên,,,,nguồn,no", "85,limit,y,,w,abc,Tên,,,,nguồn,no", "85,words,z,một,,,Tên,,,,nguồn,no"]
    file.write_text("\n".join([head, *bad]), encoding="utf-8")
    before = attributes_in_force()
    with pytest.raises(Refused) as refused:
        load_attributes(at=now(), file=file)
    assert {fault.code for fault in refused.value.faults} == {Code.TQ_CLS_040, Code.TQ_CLS_062, Code.TQ_FMT_018}
    assert attributes_in_force() == before
    file.write_text("\n".join([head, *rows[1:]]), encoding="utf-8")
    assert load_attributes(at=now(), file=file) == 1
    assert len(attributes_in_force()) == len(before) - 1
    assert load_attributes(at=now()) == 1
    assert sorted(attributes_in_force()) == sorted(before)


def test_an_attribute_holds_once_a_second_person_signs_and_parts_precedents(customs: World) -> None:
    entered(customs)
    analyst = customs.actor("risk_analyst")
    key = operations.propose_attribute(actor=analyst, given=band(), at=now())
    single = "Bộ định tuyến không dây một băng tần, mẫu AX3000"

    def near() -> int:
        return len(same_goods(description=single, addressee="", on=today()))

    assert near() == 1
    with pytest.raises(Refused) as refused:
        operations.sign_attribute(actor=analyst, attribute=key, at=now())
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_CLS_051]
    operations.sign_attribute(actor=customs.actor("team_leader"), attribute=key, at=now())
    assert near() == 0
    operations.propose_attribute_end(actor=customs.actor("team_leader"), attribute=key, words="Không cần", at=now())
    assert near() == 0
    operations.reject_attribute(actor=analyst, attribute=key, words="Vẫn cần", at=now())
    operations.propose_attribute_end(actor=customs.actor("team_leader"), attribute=key, words="Không cần", at=now())
    operations.sign_attribute(actor=analyst, attribute=key, at=now())
    assert near() == 1
    sealed = customs.run_sql(f"SELECT count(*) FROM ledger_entry WHERE subject = 'attribute:{key}'")
    assert sealed == [(6,)]


def test_a_shipped_row_that_officers_ended_does_not_come_back(customs: World) -> None:
    key = DecidingAttribute.objects.filter(shipped=True, prefix="8501").get().pk
    operations.propose_attribute_end(actor=customs.actor("risk_analyst"), attribute=key, words="Sai", at=now())
    operations.sign_attribute(actor=customs.actor("team_leader"), attribute=key, at=now())
    assert load_attributes(at=now()) == 0
    assert not DecidingAttribute.objects.filter(prefix="8501", state="in_force").exists()


def test_every_fault_is_told_at_once_and_nothing_is_kept(customs: World) -> None:
    count = DecidingAttribute.objects.count()
    for given, expected in (
        (
            band(prefix="85x", kind="mood", name="", source="", name_vi="n" * 121),
            {Code.TQ_CLS_040, Code.TQ_CLS_045, Code.TQ_CLS_046, Code.TQ_CLS_049},
        ),
        (band(values=("một",), unit="w"), {Code.TQ_CLS_062}),
        (band(kind="limit", values=(), unit="", limits=(float("nan"),)), {Code.TQ_CLS_062}),
        (band(kind="material"), {Code.TQ_CLS_062}),
        (band(prefix="8501", name="power"), {Code.TQ_CLS_060}),
    ):
        with pytest.raises(Refused) as refused:
            operations.propose_attribute(actor=customs.actor("team_leader"), given=given, at=now())
        assert {fault.code for fault in refused.value.faults} == expected
    assert DecidingAttribute.objects.count() == count
    key = in_force(customs)
    with pytest.raises(Refused) as refused:
        operations.sign_attribute(actor=customs.actor("director"), attribute=key, at=now())
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_CLS_061]
    with pytest.raises(NotFound):
        operations.sign_attribute(actor=customs.actor("director"), attribute=10**30, at=now())


def test_the_table_is_extended_on_its_page_and_over_http(customs: World) -> None:
    leader, analyst = customs.client("team_leader"), customs.api("risk_analyst")
    given = {"prefix": "8517", "kind": "words", "name": "use", "name_vi": "Dùng ở đâu", "source": "x"}
    assert leader.post(PAGE, {**given, "values": "một"}).status_code == 422
    assert leader.post(PAGE, {**given, "limits": "abc"}).status_code == 422
    assert leader.post(PAGE, {**given, "values": "Trong nhà|indoor\nNgoài trời|<b>"}).status_code == 302
    key = DecidingAttribute.objects.get(name="use", prefix="8517").pk
    shown = leader.get(f"{PAGE}?code=8517").content.decode()
    assert "trong nha" in shown
    assert "<b>" not in shown
    assert leader.post(f"{PAGE}{key}/sign").status_code == 422
    assert analyst.post(f"{API}/{key}/sign", {}, content_type=JSON).status_code == 200
    assert leader.post(f"{PAGE}{key}/end", {"words": ""}).status_code == 422
    assert leader.post(f"{PAGE}{key}/end", {"words": "Cũ"}).status_code == 302
    assert analyst.post(f"{API}/{key}/reject", {"words": "Không"}, content_type=JSON).status_code == 200
    assert leader.post(f"{PAGE}{key}/dance").status_code == 404
    assert analyst.post(f"{API}/{key}/dance", {}, content_type=JSON).status_code == 404
    body = {"prefix": "9", "kind": "words", "name": "a", "name_vi": "b", "source": "c"}
    assert analyst.post(API, body, content_type=JSON).status_code == 422
    assert analyst.post(API, {**body, "prefix": "90", "kind": "material"}, content_type=JSON).status_code == 201
    assert "a" in {one["name"] for one in analyst.get(API, {"code": "9001"}).json()}
    assert leader.get(f"{PAGE}?history").status_code == 200


@pytest.mark.parametrize("language", WORDS)
def test_the_page_speaks_four_languages(customs: World, language: str) -> None:
    answer = customs.client("team_leader").get(PAGE, headers={"accept-language": language})
    assert WORDS[language] in answer.content.decode()


def test_a_stranger_reads_and_changes_no_attribute(customs: World) -> None:
    key = in_force(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert stranger.get(PAGE).status_code in (302, 403)
    assert stranger.get(API).status_code == 401
    for step in ("sign", "reject", "end"):
        assert stranger.post(f"{PAGE}{key}/{step}").status_code in (302, 403)
        assert stranger.post(f"{API}/{key}/{step}").status_code == 401
    assert stranger.post(API).status_code == 401


def test_a_neighbor_who_does_not_teach_changes_nothing(customs: World) -> None:
    key = in_force(customs)
    for role in ("declarant", "gate_officer", "partner_agency"):
        assert customs.client(role).get(PAGE).status_code == 403
        assert customs.client(role).post(f"{PAGE}{key}/end", {"words": "x"}).status_code == 403
    officer, program = customs.client("clearance_officer"), customs.api("clearance_officer")
    assert officer.get(PAGE).status_code == 200
    assert officer.post(f"{PAGE}{key}/end", {"words": "x"}).status_code == 403
    assert program.post(f"{API}/{key}/end", {"words": "x"}, content_type=JSON).status_code == 403
    assert customs.api("declarant").get(API).status_code == 403
    with pytest.raises(NotAllowed):
        operations.propose_attribute(actor=customs.actor("clearance_officer"), given=band(name="c"), at=now())
