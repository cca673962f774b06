"""Fairness as people are told of it: the alarm of a night, the public page, and the profile that misses its share."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from tests.clearance.risk.cases import PROGRAM, copied
from tests.clearance.risk.languages import leftovers
from tests.clearance.risk.profiles import live
from tests.clearance.risk.test_cases import told
from tests.clearance.risk.test_pages import outcomes
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.risk.models import Lodged, Profile, ProfileEvent, TreatmentAlarm, TreatmentReport
from thongquan.clearance.risk.operations.copying import keep_copies
from thongquan.clearance.risk.operations.missing import tell_missed
from thongquan.clearance.risk.operations.treating import publish_treatment
from thongquan.clearance.risk.queries.league import league

PAGE = "/fairness/"


def many() -> None:
    """Two origins with enough enterprises to be told, and one that is not."""
    at = now() - timedelta(days=5)
    keep_copies(
        [
            *(copied(n, at=at, tax_code=f"01000001{n % 9:02d}", channel=1 + n % 2) for n in range(90)),
            *(copied(200 + n, at=at, tax_code=f"01000002{n % 9:02d}", origin="TH") for n in range(80)),
            *(copied(400 + n, at=at, tax_code="0100000300", origin="LA") for n in range(60)),
            *(copied(600 + n, at=at, tax_code=f"01000004{n % 7:02d}", origin="MM") for n in range(55)),
        ]
    )


def test_an_alarm_is_told_to_people_once_and_ends_when_it_is_no_longer_so(customs: World) -> None:
    outcomes()
    assert publish_treatment(actor=PROGRAM, at=now()) >= 1
    assert publish_treatment(actor=PROGRAM, at=now()) == 0
    assert TreatmentReport.objects.count() == 1
    assert TreatmentAlarm.objects.filter(kind="newness", key="new", ended_at=None).exists()
    told("notices.people")
    people = customs.run_sql("SELECT DISTINCT reader FROM notices_notice WHERE kind = 'work.treatment'")
    assert {customs.actor(role).reference for role in ("risk_analyst", "director")} <= {row[0] for row in people}
    Lodged.objects.all().delete()
    assert publish_treatment(actor=PROGRAM, at=now()) == 0
    assert not TreatmentAlarm.objects.filter(ended_at=None).exists()


def test_everyone_reads_the_page_and_nothing_small_stands_on_it(customs: World) -> None:
    many()
    publish_treatment(actor=PROGRAM, at=now())
    shown = Client().get(PAGE, headers={"accept-language": "en"}).content.decode()
    for words in ("Fair and equal treatment", "China", "all others together", "<svg"):
        assert words in shown, words
    for hidden in ("Laos", "Lao People", "0100000300", "Bình Minh"):
        assert hidden not in shown, hidden


def test_before_the_first_night_the_page_says_so(customs: World) -> None:
    assert "Nothing is published yet" in Client().get(PAGE, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_the_public_page_speaks_the_readers_language(customs: World, language: str) -> None:
    many()
    publish_treatment(actor=PROGRAM, at=now())
    assert leftovers(Client(), PAGE, language) == []


def test_a_stranger_or_a_neighbor_of_the_programs_publishes_nothing(customs: World) -> None:
    for role in ("risk_analyst", "director", "declarant"):
        with pytest.raises(NotAllowed):
            publish_treatment(actor=customs.actor(role), at=now())


def test_a_live_profile_that_misses_its_share_is_told_to_its_owner_once(customs: World) -> None:
    profile = live(customs, expected_share=Decimal("0.30"))
    keep_copies([copied(n, at=now(), profiles=[profile] if n < 3 else []) for n in range(220)])
    later = now() + timedelta(minutes=1)
    assert tell_missed(actor=PROGRAM, at=later) == 1
    assert tell_missed(actor=PROGRAM, at=later) == 0
    event = ProfileEvent.objects.get(step="miss")
    assert (event.data["hits"], event.data["lodged"]) == (3, 220)
    assert [row.is_missed for row in league(actor=customs.actor("director"), at=later).rows] == [True]
    told("notices.people")
    rows = customs.run_sql("SELECT reader FROM notices_notice WHERE kind = 'work.profile'")
    assert [row[0] for row in rows] == [Profile.objects.get().owner]
