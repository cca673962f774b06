"""Release waits for the search for the same goods under other codes; what it finds makes the channel stricter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.clearance.control.gate import codes, plain, settle
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import Message, relay
from thongquan.clearance.classification.models import Finding
from thongquan.clearance.classification.operations.finding import search_declarations
from thongquan.clearance.classification.subjects import given_of
from thongquan.clearance.control.handlers import follow_searches
from thongquan.clearance.control.operations.releasing import clear_goods
from thongquan.clearance.control.operations.searching import log_search_time_outs
from thongquan.clearance.declarations.operations import lodge_declaration, present_goods
from thongquan.clearance.declarations.queries import events_of, stand_by_subject
from thongquan.clearance.declarations.states import State, Step
from thongquan.config.subscriptions import SUBSCRIPTIONS

SEARCH = [one for one in SUBSCRIPTIONS if one.consumer in ("classification.lines", "control.searches")]


def lodged(customs: World, at: Any) -> str:
    """A green import whose search has not run."""
    number = lodge_declaration(actor=customs.actor("declarant"), document=plain(), at=at, source="api").number
    customs.run_sql("UPDATE declarations_declaration SET channel = 1 WHERE number = %s", number)
    return number


def declared_otherwise(number: str) -> None:
    """Somebody else declared the goods of the first line under another code, often."""
    [one] = given_of([int(number[:11])])
    line = one.lines[0]
    others = [
        msgspec.structs.replace(
            one,
            declaration=10_000_000_900 + place,
            importer=OTHER_ENTERPRISE,
            lines=(msgspec.structs.replace(line, code="85176900"),),
        )
        for place in range(3)
    ]
    search_declarations(given=others, at=now())


def carry() -> None:
    while sum(relay(one, at=now()) for one in SEARCH):
        pass


def test_nothing_is_cleared_before_the_search_has_reported(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    settle(number, at)
    with pytest.raises(Refused) as refusal:
        clear_goods(actor=customs.actor("clearance_officer"), number=number, at=at)
    assert codes(refusal) == ["TQ-CTL-068"]
    carry()
    stand = stand_by_subject(f"declaration:{number}")
    assert stand is not None
    assert stand.state == State.CLEARED  # green, and it waited for nothing else


def test_an_alarm_raises_the_channel_by_its_own_operation(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    declared_otherwise(number)
    carry()
    assert Finding.objects.filter(declaration=int(number[:11])).exists()
    stand = stand_by_subject(f"declaration:{number}")
    assert stand is not None
    assert stand.channel == 2
    [raised] = [one for one in events_of(number) if one.kind == Step.RAISE_CHANNEL]
    assert (raised.actor, raised.reason) == ("system:similar-goods", "TQ-CHN-019")
    said = str(raised.data)
    assert OTHER_ENTERPRISE not in said  # nobody's goods are named
    assert "85176900" not in said
    assert "TQ-CHN-019" not in customs.client("declarant").get(f"/declarations/{number}/").content.decode()


def test_once_the_goods_are_there_the_channel_stays_and_that_is_written_down(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    declared_otherwise(number)
    present_goods(actor=customs.actor("declarant"), number=number, at=at)
    settle(number, at)
    carry()
    stand = stand_by_subject(f"declaration:{number}")
    assert stand is not None
    assert stand.channel == 1
    told = [one.data for one in events_of(number) if one.kind == Step.REPORT_CHECK]
    assert told == [{"check": "similar_goods", "outcome": "good"}]
    clear_goods(actor=customs.actor("clearance_officer"), number=number, at=at)


def test_a_search_that_never_reports_is_written_down_and_holds_nothing_any_more(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    settle(number, at)
    assert log_search_time_outs(at=at + timedelta(minutes=5)) == 0
    assert log_search_time_outs(at=at + timedelta(minutes=11)) == 1
    assert log_search_time_outs(at=at + timedelta(minutes=12)) == 0
    told = [one.data for one in events_of(number) if one.kind == Step.REPORT_CHECK]
    assert told == [{"check": "similar_goods", "outcome": "timed_out"}]
    clear_goods(actor=customs.actor("clearance_officer"), number=number, at=at)


def test_a_report_on_what_is_not_there_changes_nothing(customs: World) -> None:
    subject = "declaration:199999999990"
    message = Message(id=1, xid=1, kind="classification.searched", subject=subject, payload=b'{"alarms":1}', at=now())
    follow_searches([message])
    assert customs.run_sql("SELECT count(*) FROM control_channelchange") == [(0,)]
