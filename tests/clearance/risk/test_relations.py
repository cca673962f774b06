"""Enterprises that name the same things: what ties them, what is common, and whose data is seen."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.clearance.risk.cases import copied, heard, lodged
from tests.clearance.risk.languages import leftovers
from tests.rules.builders import document
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.clearance.risk.models import Tie
from thongquan.clearance.risk.operations.copying import keep_copies
from thongquan.clearance.risk.operations.tying import CopiedTie
from thongquan.clearance.risk.queries.picking import Picked
from thongquan.clearance.risk.queries.relations import COMMON, related_pairs, relations
from thongquan.config.risk_ties import ties_of
from thongquan.rules.parts import Address, Contact, Party, Vehicle

TRUCK = CopiedTie("vehicle", "12c34567", "12C-345.67")
HOUSE = CopiedTie("address", "12 tran dang ninh", "12 Trần Đăng Ninh")


def named(start: int, code: str, *ties: CopiedTie, office: str = "15BB", count: int = 2, **changes: object) -> None:
    at = now() - timedelta(days=3)
    fields = {"tax_code": code, "trader_name": f"Công ty {code}", "office": office, "ties": ties, **changes}
    keep_copies([copied(start + n, at=at, **fields) for n in range(count)])


def tied(customs: World) -> None:
    named(0, "0100000001", TRUCK, HOUSE)
    named(10, "0100000002", TRUCK, found=True, checked="goods")
    named(20, "0100000003", HOUSE)
    named(30, "0100000004")
    named(40, "0100000005", TRUCK, office="20BB")


def test_what_two_enterprises_name_ties_them(customs: World) -> None:
    tied(customs)
    actor = customs.actor("risk_analyst")
    seen = relations(actor=actor, enterprise="0100000001", picked=Picked(days=180), at=now())
    assert [one.tax_code for one in seen.firms] == ["0100000001", "0100000002", "0100000003"]
    assert {(one.kind, one.key): one.named_by for one in seen.shared} == {
        ("vehicle", "12c34567"): {"0100000001": 2, "0100000002": 2},
        ("address", "12 tran dang ninh"): {"0100000001": 2, "0100000003": 2},
    }
    assert seen.firms[1].found.part == 2
    assert not seen.is_cut
    pairs = related_pairs(actor=actor, picked=Picked(days=180), at=now())
    assert [(one.tax_code, ties) for one, ties in pairs] == [
        ("0100000002", 1),
        ("0100000001", 2),
        ("0100000003", 1),
    ]


def test_what_very_many_name_ties_nobody(customs: World) -> None:
    agent = CopiedTie("agent", "0109999999", "Đại lý lớn")
    for place in range(COMMON + 2):
        named(10 * place, f"01000000{place:02d}", agent)
    actor = customs.actor("risk_analyst")
    seen = relations(actor=actor, enterprise="0100000000", picked=Picked(days=180), at=now())
    assert [(one.kind, one.is_common, one.named_by) for one in seen.shared] == [("agent", True, {})]
    assert [one.tax_code for one in seen.firms] == ["0100000000"]
    assert related_pairs(actor=actor, picked=Picked(days=180), at=now()) == []


def test_ties_are_those_of_the_declaration_and_are_written_anew_with_it(customs: World) -> None:
    lodged(customs)
    heard()
    kinds = set(Tie.objects.filter(lodged__tax_code=ENTERPRISE).values_list("kind", flat=True))
    assert {"seller", "person"} <= kinds
    named(0, "0100000001", TRUCK, HOUSE)
    named(0, "0100000001", TRUCK)
    assert set(Tie.objects.filter(lodged__tax_code="0100000001").values_list("kind", flat=True)) == {"vehicle"}


def test_two_ways_to_write_one_name_are_the_same() -> None:
    def written(name: str, plate: str, street: str, phone: str) -> set[tuple[str, str]]:
        made = document(
            counterpart=Party(name=name),
            vehicle=Vehicle(identifier=plate),
            trader=Party(
                name="x",
                tax_code="1",
                address=Address(street=street),
                contacts=(Contact(kind="TE", value=phone),),
            ),
        )
        return {(one.kind, one.key) for one in ties_of(made, "user:7")}

    left = written("Bằng Tường Trade Co., Ltd", "12C-345.67", "12 Trần Đăng Ninh", "0205 3812 345")
    right = written("BANG TUONG TRADE CO LTD.", "12c 34567", "12, tran dang ninh", "02053812345")
    assert left == right
    assert ("person", "user:7") in left


def test_the_page_draws_a_graph_and_says_the_same_in_a_table(customs: World) -> None:
    tied(customs)
    page = customs.client("risk_analyst").get("/risk/relations/0100000001/", headers={"accept-language": "en"})
    shown = page.content.decode()
    nodes = json.loads(re.search(r'id="graph-nodes" type="application/json">(.*?)</script>', shown)[1])  # type: ignore[index]  # it is there
    assert {one["data"]["id"] for one in nodes if "source" not in one["data"]} == {
        *(f"firm:010000000{n}" for n in (1, 2, 3)),
        "vehicle:12c34567",
        "address:12 tran dang ninh",
    }
    assert sum("source" in one["data"] for one in nodes) == 4
    for words in ("12C-345.67", "Công ty 0100000002", "tie=vehicle:12c34567"):
        assert words in shown, words
    assert "Công ty 0100000002" in customs.client("director").get("/risk/relations/").content.decode()


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_relations_speak_the_readers_language(customs: World, language: str) -> None:
    tied(customs)
    for address in ("/risk/relations/", "/risk/relations/0100000001/"):
        assert leftovers(customs.client("risk_analyst"), address, language) == [], address


def test_a_neighbor_region_is_not_seen(customs: World) -> None:
    tied(customs)
    with pytest.raises(NotFound):
        relations(actor=customs.actor("risk_analyst"), enterprise="0100000005", picked=Picked(days=180), at=now())
    assert customs.client("risk_analyst").get("/risk/relations/0100000005/").status_code == 404


def test_a_neighbor_of_another_role_sees_no_relations(customs: World) -> None:
    tied(customs)
    for role in ("declarant", "broker", "clearance_officer", "team_leader", "law_officer"):
        for address in ("/risk/relations/", "/risk/relations/0100000001/"):
            assert customs.client(role).get(address).status_code == 403, (role, address)


def test_a_stranger_sees_no_relations() -> None:
    assert Client().get("/risk/relations/").status_code == 302
    assert Client().get("/risk/relations/0100000001/").status_code == 302
