"""Reading notices: unread first, page by page, marked read, chosen ways."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.base.accounts.people import acting, signed_in
from tests.base.notices.trade import Trade
from thongquan.base.accounts.models import User
from thongquan.base.accounts.queries import ANONYMOUS, Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.notices.models import Notice, Preference
from thongquan.base.notices.operations import choose_ways, mark_all_read, mark_read, notify
from thongquan.base.notices.queries.notices import Place, notice_of, notices_of, place_of, unread_count, wishes_of

pytestmark = pytest.mark.django_db
KIND = "declaration.clear"


def told(user: User, count: int = 1) -> list[int]:
    for number in range(count):
        values = {"number": str(number)}
        notify(to=[f"user:{user.pk}"], kind=KIND, subject="declaration:101234567890", values=values, at=now())
    return list(Notice.objects.filter(reader=f"user:{user.pk}").order_by("id").values_list("id", flat=True))


def test_unread_first_then_newest_and_no_page_misses_or_repeats_one(trade: Trade) -> None:
    ids = told(trade.owner, 7)
    told(trade.other)
    actor = trade.actor()
    for one in (ids[6], ids[2], ids[0]):
        mark_read(actor=actor, notice=one, at=now())
    wanted = [ids[5], ids[4], ids[3], ids[1], ids[6], ids[2], ids[0]]
    for size in (2, 3, 4, 7):
        seen: list[int] = []
        after: Place | None = None
        while True:
            page = notices_of(actor=actor, after=after, size=size)
            seen += [row.id for row in page.rows]
            after = place_of(str(page.after)) if page.after else None
            if after is None:
                break
        assert seen == wanted
    assert unread_count(actor) == 4
    assert [row.id for row in notices_of(actor=actor, unread_only=True).rows] == wanted[:4]
    assert notices_of(actor=actor, kind="declaration.cancel").rows == []


@pytest.mark.parametrize("text", ["", "u", "x12", "u1x", "r-1", "u" + "9" * 40])
def test_a_place_that_is_none_is_the_beginning(text: str) -> None:
    place = place_of(text)
    assert place is None or place.id < 10**18


def test_marking_all_leaves_what_came_since(trade: Trade) -> None:
    seen, later = told(trade.owner, 2)
    assert mark_all_read(actor=trade.actor(), until=seen, at=now()) == 1
    assert [row.id for row in notices_of(actor=trade.actor(), unread_only=True).rows] == [later]
    mark_read(actor=trade.actor(), notice=seen, at=now(), read=False)
    assert unread_count(trade.actor()) == 2


def test_what_is_chosen_holds_and_what_is_usual_leaves_no_row(trade: Trade) -> None:
    actor = trade.actor()
    usual = {wish.words.kind: wish.way for wish in wishes_of(actor)}
    assert usual[KIND] == "both"
    assert not any(kind.startswith("work.") for kind in usual)
    choose_ways(
        actor=actor, ways={KIND: "none", "declaration.release": usual["declaration.release"], "work.sign": "mail"}
    )
    assert list(Preference.objects.values_list("kind", flat=True)) == [KIND]
    assert {wish.words.kind: wish.way for wish in wishes_of(actor)}[KIND] == "none"
    assert told(trade.owner) == []
    choose_ways(actor=actor, ways={KIND: "both", "x": "app", "declaration.exit": "never"})
    assert not Preference.objects.exists()


def test_a_neighbor_reads_marks_and_follows_nothing_of_another(trade: Trade) -> None:
    (one,) = told(trade.owner)
    neighbor = trade.neighbor()
    assert notices_of(actor=neighbor).rows == []
    for act in (
        lambda: notice_of(actor=neighbor, notice=one),
        lambda: mark_read(actor=neighbor, notice=one, at=now()),
    ):
        with pytest.raises(NotFound):
            act()
    assert mark_all_read(actor=neighbor, until=10**9, at=now()) == 0
    page = signed_in(trade.other)
    assert page.get(f"/notices/{one}/").status_code == 404
    assert page.post(f"/notices/{one}/read").status_code == 404
    assert unread_count(trade.actor()) == 1


def test_a_stranger_and_a_program_read_none(trade: Trade, client: Client) -> None:
    program = Actor(user_id=trade.owner.pk, is_authenticated=True, scopes=frozenset({"declarations:read"}))
    for stranger in (ANONYMOUS, program):
        with pytest.raises(NotAllowed):
            notices_of(actor=stranger)
        with pytest.raises(NotAllowed):
            choose_ways(actor=stranger, ways={})
    for path in ("", "bell", "preferences/", "mail/", "1/"):
        assert client.get(f"/notices/{path}")["Location"].startswith("/accounts/login/")
    assert acting(trade.owner).reference == f"user:{trade.owner.pk}"


def test_the_pages_of_notices(trade: Trade) -> None:
    first, second = told(trade.owner, 2)
    page = signed_in(trade.owner)
    page.cookies["language"] = "en"
    shown = page.get("/notices/").content.decode()
    assert shown.count("is-unread") == 2
    assert "2 unread" in shown
    assert 'id="bell"' in shown
    assert page.get("/notices/bell?count=2").status_code == 204  # nothing changed: nothing moves
    assert ">2</span>" in page.get("/notices/bell?count=0").content.decode()
    followed = page.get(f"/notices/{first}/")
    assert (followed.status_code, followed["Location"]) == (302, "/declarations/101234567890/")
    row = page.post(f"/notices/{second}/read", headers={"HX-Request": "true"}).content.decode()
    assert "is-unread" not in row
    assert 'hx-swap-oob="true"' in row
    assert "Everything is read." in page.get("/notices/").content.decode()
    assert (
        page.post(f"/notices/{second}/read", {"read": "0", "next": "https://elsewhere.example/"})["Location"]
        == "/notices/"
    )
    page.post("/notices/read", {"until": str(second)})
    assert unread_count(trade.actor()) == 0
    page.post("/notices/preferences/", {f"way.{KIND}": "mail"})
    chosen = page.get("/notices/preferences/").content.decode()
    assert f'name="way.{KIND}" value="mail" checked' in chosen
