"""Filters of the queues of certificates and of verifications, kept under a name and shared with the team."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.clearance.origin.papers import registered
from tests.world import World
from thongquan.base.accounts.models import SavedFilter
from thongquan.base.accounts.operations.saved_filters import save_filter
from thongquan.base.core.clock import now

FILTERS = "/origin/filters/"


@pytest.mark.parametrize(
    ("which", "query", "clean", "address"),
    [
        ("certificates", "queue=doubted&agreement=ACFTA&nonsense=1", "queue=doubted&agreement=ACFTA", "/origin/"),
        ("verifications", "state=opened&text=Nanning&x=2", "state=opened&text=Nanning", "/origin/verifications/"),
    ],
)
def test_a_queue_is_kept_under_a_name_one_click_away_and_shared_with_the_team(
    customs: World, which: str, query: str, clean: str, address: str
) -> None:
    registered(customs)
    mine, leader = customs.client("clearance_officer"), customs.client("team_leader")
    answer = mine.post(f"{FILTERS}save?list={which}", {"query": query, "name": "Của tôi", "office": ""})
    assert answer["location"] == f"{address}?{clean}"
    link = f'<a href="?{clean.replace("&", "&amp;")}"'
    assert link in mine.get(address).content.decode()
    other = "/origin/" if which == "verifications" else "/origin/verifications/"
    assert link not in mine.get(other).content.decode()
    assert link not in leader.get(address).content.decode()
    view = SavedFilter.objects.get()
    assert mine.post(f"{FILTERS}{view.pk}", {"act": "share", "office": "15BB"}).status_code == 302
    assert link in leader.get(address).content.decode()
    shown = leader.get(FILTERS).content.decode()
    assert "Của tôi" in shown
    assert f"{FILTERS}{view.pk}" not in shown
    mine.post(f"{FILTERS}{view.pk}", {"act": "rename", "name": "Nghi ngờ"})
    assert SavedFilter.objects.get().name == "Nghi ngờ"
    mine.post(f"{FILTERS}{view.pk}", {"act": "delete"})
    assert not SavedFilter.objects.exists()


def test_a_name_used_twice_or_an_office_of_others_is_told(customs: World) -> None:
    mine = customs.client("clearance_officer")
    given = {"query": "queue=waiting", "name": "Một", "office": ""}
    for words in ({}, {}, {"name": "Hai", "office": "20BB"}, {"name": ""}):
        mine.post(f"{FILTERS}save?list=certificates", {**given, **words})
    assert [one.name for one in SavedFilter.objects.all()] == ["Một"]
    assert mine.post(f"{FILTERS}save?list=elsewhere", given).status_code == 404


def test_a_stranger_keeps_nothing(customs: World) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert stranger.get(FILTERS).status_code in (302, 403)
    for address in (f"{FILTERS}save?list=certificates", f"{FILTERS}1"):
        assert stranger.post(address, {"name": "x"}).status_code in (302, 403)
    assert customs.client("gate_officer").get(FILTERS).status_code == 403
    assert not SavedFilter.objects.exists()


def test_a_neighbor_changes_no_filter_of_another_nor_of_another_list(customs: World) -> None:
    actor = customs.actor("team_leader")
    shared = save_filter(actor=actor, place="origin.certificates", name="x", query="", office="15BB", at=now())
    elsewhere = save_filter(actor=actor, place="declarations", name="x", query="", office="", at=now())
    neighbor = customs.client("clearance_officer")
    assert neighbor.post(f"{FILTERS}{shared}", {"act": "delete"}).status_code == 404
    assert customs.client("team_leader").post(f"{FILTERS}{elsewhere}", {"act": "delete"}).status_code == 404
    assert SavedFilter.objects.count() == 2
