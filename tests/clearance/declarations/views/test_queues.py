"""An officer's queues as pages: tabs, filters in words, saved ones, chosen rows, what comes next."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from msgspec.structs import replace

from tests.clearance.declarations.operations.test_assigning import relayed
from tests.clearance.declarations.views.test_drafts import lodged
from tests.world import World, import_document
from thongquan.base.accounts.models import SavedFilter
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.states import Step

LIST = "/declarations/"


@dataclass
class Office:
    """Three declarations, two of which wait for customs."""

    world: World
    numbers: list[str]

    def page(self, path: str, role: str = "clearance_officer", **data: object) -> str:
        answer = self.world.client(role).get(path, data)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()


@pytest.fixture
def office(customs: World) -> Office:
    client, invoice = customs.client("broker"), import_document().invoice
    assert invoice is not None
    numbers = [lodged(client, invoice=replace(invoice, number=f"Q-{place}")) for place in range(3)]
    Declaration.objects.update(channel=2)
    relayed()
    for number in numbers[:2]:
        take_step(actor=customs.actor("broker"), number=number, step=Step.FILE_DOCUMENTS, at=now())
    return Office(customs, numbers)


def listed(page: str) -> list[str]:
    return re.findall(r'<a class="tq-code" href="[^"]*">(\d{12})</a>', page)


def counted(page: str) -> dict[str, str]:
    return dict(re.findall(r'id="count-(\w+)"[^>]*>([\d.+]+)', page))


def test_the_desk_opens_with_the_teams_queue_and_counts_each(office: Office) -> None:
    first, second, third = office.numbers
    page = office.page(LIST)
    assert listed(page) == [first, second], "what is due first stands at the head"
    assert counted(page) == {"mine": "0", "team": "2", "declarant": "1", "soon": "0", "all": "3"} or counted(page)[
        "soon"
    ] in ("0", "2")
    assert listed(office.page(LIST, queue="declarant")) == [third]
    assert set(listed(office.page(LIST, queue="all"))) == set(office.numbers)
    assert listed(office.page(LIST, queue="mine")) == []
    assert listed(office.page(LIST, queue="nonsense")) == listed(page)
    trader = office.page(LIST, "broker")
    assert set(listed(trader)) == set(office.numbers), "people who declare begin with everything"
    assert counted(trader)["declarant"] == "1"
    part = office.page("/declarations/queues/counts")
    assert counted(part)["team"] == "2"
    assert part.count("hx-swap-oob") == 5


def test_filters_in_force_are_told_in_words_and_taken_away_one_by_one(office: Office) -> None:
    page = office.page(LIST, queue="team", channel="2", assigned="none", late="1", q="Q-1")
    assert listed(page) == []
    assert (
        re.findall(r'dc-active" href="\?([^"]*)"', page)[0] == "queue=team&amp;channel=2&amp;assigned=none&amp;late=1"
    )
    assert "“Q-1”" in page
    assert listed(office.page(LIST, queue="all", sort="due")) == office.numbers
    assert (
        "<html"
        not in office.world.client("clearance_officer").get(LIST, headers={"hx-request": "true"}).content.decode()
    )


def test_saved_filters_are_one_click_away_and_shared_with_the_team(office: Office) -> None:
    mine, leader = office.world.client("clearance_officer"), office.world.client("team_leader")
    keep = {"query": "queue=team&channel=2&nonsense=1", "name": "Vàng của đội", "office": ""}
    answer = mine.post("/declarations/filters/save", keep)
    assert answer["location"] == "/declarations/?queue=team&channel=2"
    view = SavedFilter.objects.get()
    link = '<a href="?queue=team&amp;channel=2"'
    assert link in office.page(LIST)
    assert link not in office.page(LIST, "team_leader")
    url = f"/declarations/filters/{view.pk}"
    mine.post(url, {"act": "share", "office": "15BB"})
    assert link in office.page(LIST, "team_leader")
    assert "Vàng của đội" in leader.get("/declarations/filters/").content.decode()
    mine.post(url, {"act": "rename", "name": "Vàng"})
    assert SavedFilter.objects.get().name == "Vàng"
    mine.post(url, {"act": "share", "office": ""})
    assert link not in office.page(LIST, "team_leader")
    mine.post(url, {"act": "delete"})
    assert not SavedFilter.objects.exists()


def test_columns_are_kept_for_each_person(office: Office) -> None:
    mine = office.world.client("clearance_officer")
    mine.post("/declarations/columns", {"column": ["door", "clock", "x"], "query": "queue=team"})
    heads = re.findall(r'<th scope="col"[^>]*>(?!<)([^<]*)', office.page(LIST))
    assert len(heads) == 3
    assert len(re.findall(r'<th scope="col"', office.page(LIST, "team_leader"))) > 6
    mine.post("/declarations/columns", {"standard": "1", "column": ["door"]})
    assert len(re.findall(r'<th scope="col"', office.page(LIST))) > 6


def test_chosen_rows_are_taken_after_one_confirmation_and_one_refusal_stops_no_other(office: Office) -> None:
    first, second, third = office.numbers
    leader, mine = office.world.client("team_leader"), office.world.client("clearance_officer")
    leader.post(f"/declarations/{second}/take")
    asked = {"number": [*office.numbers, "100000000000"], "act": "take", "query": "queue=team"}
    told = mine.post("/declarations/bulk", asked).content.decode()
    assert told.count('name="number"') == 3
    assert Declaration.objects.filter(assigned_to="").count() == 2, "nothing has happened yet"
    done = mine.post("/declarations/bulk", {**asked, "confirmed": "1"}).content.decode()
    assert done.count("dc-yes") == 2
    assert done.count("dc-no") == 2
    officer = office.world.actor("clearance_officer").reference
    assert set(Declaration.objects.filter(assigned_to=officer).values_list("number", flat=True)) == {first, third}
    assert set(listed(office.page(LIST, queue="mine"))) == {first, third}
    given = {"act": "assign", "number": [first, second], "to": officer, "reason": "Chia việc", "confirmed": "1"}
    assert leader.post("/declarations/bulk", given).content.decode().count("dc-yes") == 2
    back = {"act": "give_back", "number": [first], "confirmed": "1"}
    assert "dc-yes" in mine.post("/declarations/bulk", back).content.decode()
    table = mine.post("/declarations/bulk", {"act": "csv", "number": [third]}).content.decode()
    assert third in table
    assert first not in table


@pytest.mark.parametrize(("act", "numbers"), [("release", ["101"]), ("take", []), ("take", list(range(101)))])
def test_what_cannot_be_done_to_many_is_refused_whole(customs: World, act: str, numbers: list[str]) -> None:
    client = customs.client("clearance_officer")
    answer = client.post("/declarations/bulk", {"act": act, "number": numbers}, follow=True)
    assert "is-danger" in answer.content.decode()


def test_the_queue_is_kept_through_an_act_and_leads_on(office: Office) -> None:
    first, second, _third = office.numbers
    client = office.world.client("clearance_officer")
    page = client.get(LIST).content.decode()
    (url,) = re.findall(rf'data-href="([^"]*{first}[^"]*)"', page)
    url = url.replace("&amp;", "&")
    assert "queue=team" in url
    assert f'rel="next" href="/declarations/{second}/?queue=team' in client.get(url).content.decode()
    assert client.post(f"/declarations/{first}/take")["location"] == f"/declarations/{first}/"
    after = client.get(f"/declarations/{first}/").content.decode()
    assert f'rel="next" href="/declarations/{second}/?queue=team' in after, "the address no longer says so"
    assert 'rel="next"' not in client.get(f"/declarations/{second}/").content.decode(), "not come from the queue"
    take_step(actor=office.world.actor("clearance_officer"), number=second, step=Step.CANCEL, at=now())
    assert 'rel="next"' not in client.get(url).content.decode()


def test_a_stranger_uses_no_queue(office: Office) -> None:
    number = office.numbers[0]
    posts = ("filters/save", "filters/1", "columns", "bulk", f"{number}/take", f"{number}/give-back")
    for path in ("queues/counts", "filters/"):
        assert "login" in Client().get(LIST + path)["location"]
        assert office.world.client("partner_agency").get(LIST + path).status_code == 403
    for path in posts:
        assert "login" in Client().post(LIST + path)["location"]
        assert office.world.client("partner_agency").post(LIST + path).status_code == 403


def test_a_neighbor_reaches_neither_rows_nor_filters_of_others(office: Office) -> None:
    mine, broker = office.world.client("clearance_officer"), office.world.client("broker")
    mine.post("/declarations/filters/save", {"query": "queue=team", "name": "x", "office": "15BB"})
    view = SavedFilter.objects.get()
    for client in (broker, office.world.client("team_leader")):
        for act in ("rename", "share", "delete"):
            data = {"act": act, "name": "y", "office": ""}
            assert client.post(f"/declarations/filters/{view.pk}", data).status_code == 404
    assert "queue=team" not in "".join(re.findall(r'dc-saved">(.*?)</ul>', office.page(LIST, "broker"), re.DOTALL))
    answer = mine.post("/declarations/filters/save", {"query": "", "name": "y", "office": "20BB"}, follow=True)
    assert "is-danger" in answer.content.decode()
    Declaration.objects.filter(number=office.numbers[0]).update(office="20BB")
    number = office.numbers[0]
    assert mine.post(f"/declarations/{number}/take").status_code == 404
    assert mine.post(f"/declarations/{number}/give-back").status_code == 404
    told = mine.post("/declarations/bulk", {"act": "take", "number": [number], "confirmed": "1"}).content.decode()
    assert told.count("dc-no") == 1
    assert (
        broker.post("/declarations/bulk", {"act": "take", "number": office.numbers, "confirmed": "1"})
        .content.decode()
        .count("dc-no")
        == 3
    )
    assert not Declaration.objects.exclude(assigned_to="").exists()
