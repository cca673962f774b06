"""The map of where risk is: what it counts, what it draws, and whose offices it shows."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.clearance.risk.cases import copied, line
from tests.clearance.risk.languages import leftovers
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.risk.drawing import NEAR, WHOLE, WIDTH, Located, routes_of, sheets
from thongquan.clearance.risk.operations.copying import keep_copies
from thongquan.clearance.risk.places import places
from thongquan.clearance.risk.queries.maps import Where, where
from thongquan.clearance.risk.queries.picking import Picked, picked_of

MAP = "/risk/map/"


def traded() -> None:
    """A week of two gates, one by its office alone, and the week before."""
    at, before = now() - timedelta(days=2), now() - timedelta(days=9)
    keep_copies(
        [
            *(copied(n, at=at, gate="LS02", office="15BE", found=n < 3, lines=(line(),)) for n in range(10)),
            *(copied(20 + n, at=at, office="15BB", origin="TH", channel=2, found=None) for n in range(5)),
            *(copied(40 + n, at=before, gate="LS02", office="15BE", found=n < 1) for n in range(4)),
            *(copied(60 + n, at=at, gate="QN01", office="20BB", found=True) for n in range(7)),
        ]
    )


def told(customs: World, **filters: object) -> Where:
    return where(actor=customs.actor("risk_analyst"), picked=Picked(**filters), at=now())  # type: ignore[arg-type]


def test_gates_routes_and_goods_stand_beside_the_week_before(customs: World) -> None:
    traded()
    seen = told(customs)
    gates = {one.key[0]: one for one in seen.gates}
    assert (gates["LS02"].lodged, gates["LS02"].found.part, gates["LS02"].before_lodged) == (10, 3, 4)
    assert gates["LS02"].more_found == 2
    assert (gates["LS01"].lodged, gates["LS01"].opened.part) == (5, 5)
    assert {one.key for one in seen.routes} == {("CN", "15BE", "import"), ("TH", "15BB", "import")}
    assert [(one.key, one.lodged, one.found.part) for one in seen.goods] == [(("0808",), 10, 3)]


def test_a_part_that_is_picked_holds_what_its_mark_counts(customs: World) -> None:
    traded()
    for spot in (*told(customs).gates, *told(customs).routes, *told(customs).goods):
        again = picked_of(dict(part.split("=") for part in spot.picked.query().split("&")))
        assert sum(one.lodged for one in told(customs, **_set(again)).gates) == spot.lodged, spot.key


def _set(picked: Picked) -> dict[str, object]:
    return {name: getattr(picked, name) for name in Picked.__struct_fields__}


def test_nobody_sees_another_regions_gates(customs: World) -> None:
    traded()
    assert "QN01" not in {one.key[0] for one in told(customs).gates}
    with pytest.raises(NotAllowed):
        where(actor=customs.actor("declarant"), picked=Picked(), at=now())


def test_every_gate_lies_within_the_drawing_and_is_named(customs: World) -> None:
    traded()
    known = places()
    drawn = [Located(one, known[one.key[0]], one.key[0]) for one in told(customs).gates if one.key[0] in known]
    for sheet, frame in zip(sheets(drawn, known, "x"), (WHOLE, NEAR), strict=True):
        assert sheet.marks
        for mark in sheet.marks:
            assert mark.radius <= mark.x <= WIDTH - mark.radius
            assert mark.radius <= mark.y <= frame.height - mark.radius
            width = len(mark.label) * 6
            assert 0 <= (mark.label_x if mark.anchor == "start" else mark.label_x - width) <= WIDTH - width
            assert mark.inner <= mark.radius
    assert all(WHOLE.holds(one) for one in known.values())


def test_bands_are_as_wide_as_their_declarations_are_many(customs: World) -> None:
    traded()
    bands = {one.spot.key[0]: one for one in routes_of(told(customs).routes, {}, {}).bands}
    assert bands["CN"].width == pytest.approx(2 * bands["TH"].width)
    assert bands["CN"].found_width == pytest.approx(bands["CN"].width * 0.3, abs=0.1)
    assert bands["TH"].found_width == 0


def test_the_page_draws_links_and_tells_the_same_in_tables(customs: World) -> None:
    traded()
    shown = customs.client("risk_analyst").get(f"{MAP}?days=30", headers={"accept-language": "en"}).content.decode()
    pictures = _pictures(shown)
    assert len(pictures) == 3
    for picture in pictures:
        ElementTree.fromstring(picture.replace("&amp;", "&#38;"))
    assert "Tân Thanh 3/14" in pictures[1] or "Tân Thanh 4/14" in pictures[1]
    assert "/risk/cases/new/?" in pictures[1]
    assert "/risk/cases/new/" not in customs.client("director").get(MAP).content.decode()


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_numbers_of_the_drawing_are_numbers_in_every_language(customs: World, language: str) -> None:
    traded()
    shown = customs.client("risk_analyst").get(MAP, headers={"accept-language": language}).content.decode()
    places = re.findall(r' (?:cx|cy|r|x|y|stroke-width|width|height)="([^"]*)"', "".join(_pictures(shown)))
    assert len(places) > 20
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", one) for one in places), places


def _pictures(shown: str) -> list[str]:
    return re.findall(r"<svg class=\"rk-map\".*?</svg>", shown, re.DOTALL)


@pytest.mark.parametrize("query", ["?days=x", "?days=99999999999", "?until=2020-99-99", "?gate=%3Cx%3E", "?profile=-1"])
def test_a_query_that_cannot_be_read_is_left_out(customs: World, query: str) -> None:
    assert customs.client("risk_analyst").get(f"{MAP}{query}").status_code == 200


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_the_map_speaks_the_readers_language(customs: World, language: str) -> None:
    traded()
    assert leftovers(customs.client("risk_analyst"), MAP, language) == []


def test_a_stranger_sees_no_map() -> None:
    assert Client().get(MAP).status_code == 302


def test_a_neighbor_of_another_role_sees_no_map(customs: World) -> None:
    for role in ("declarant", "broker", "clearance_officer", "team_leader", "law_officer"):
        assert customs.client(role).get(MAP).status_code == 403, role
