"""The model while a declaration is lodged: it adds control, is stored, replays, and never lets all through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.clearance.risk import models as seats
from tests.clearance.risk.cases import PROGRAM, heard, lodged, traded
from tests.clearance.risk.own import lodged_world
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations.judging import fingerprint_of, gather_facts
from thongquan.clearance.declarations.queries import stored_facts
from thongquan.clearance.risk.models import DeclarationScore, ModelAlarm, NightPast, OfficeHour
from thongquan.clearance.risk.operations.hours import reckon_hours
from thongquan.clearance.risk.operations.remembering import remember_past
from thongquan.clearance.risk.queries.champions import champion, folder_of, forget_champion
from thongquan.clearance.risk.queries.scores import score_told
from thongquan.clearance.risk.scoring.lodging import forget_alarms, selected
from thongquan.clearance.risk.scoring.memory import folder_of_past, forget_held, held
from thongquan.clearance.risk.scoring.scores import again
from thongquan.learning.risk import Features, Labels, Meaning, Model, Settings, load, trained
from thongquan.learning.risk.online_files import ARRAYS
from thongquan.rules.clearance import decide
from thongquan.rules.codes import Code
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import Facts
from thongquan.rules.replay import replay

OPENS, SHUT = Decimal(-50), Decimal(50)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    forget_champion()
    forget_held()
    forget_alarms()
    yield
    forget_champion()
    forget_held()


@cache
def model(names: tuple[str, ...]) -> Model:
    """A model that doubts traders nobody knows."""
    rng = np.random.default_rng(7)
    values = rng.normal(size=(300, len(names))).astype(np.float32)
    age = names.index("firm_age")
    values[:, age] = np.where(rng.random(300) < 0.4, -1.0, 90.0)
    fraud = (values[:, age] < 0) & (rng.random(300) < 0.9)
    labels = Labels(fraud, np.where(fraud, 5e5, 0.0), np.full(300, 1e6), np.arange(300, dtype=np.int64))
    meanings = tuple(Meaning.TRADER if name.startswith("firm") else Meaning.GOODS for name in names)
    return trained(Features(names, meanings, values), labels, Settings(rounds=8, leaves=4, columns=1.0))


def let_in(customs: World, monkeypatch: pytest.MonkeyPatch, mode: str, threshold: Decimal | None = OPENS) -> str:
    """A past, a champion that fits it, let in as far as told, and the hour of the office."""
    if not NightPast.objects.exists():
        lodged_world()
        remember_past(actor=PROGRAM, at=now())
    past = held(now()).past
    assert past is not None
    made = model(past.state.names)
    monkeypatch.setattr(seats, "small", lambda seed=1: made)
    version = seats.seated(customs, mode=mode)
    hour(threshold)
    forget_champion()
    return version


def hour(threshold: Decimal | None, **changes: Any) -> None:
    """The hour of the demo office, as it was reckoned."""
    at = now()
    row = {
        "minutes": 120,
        "mandatory_minutes": 0,
        "minutes_each": 60,
        "expected": Decimal(20),
        "exploration": Decimal("0.1"),
        "trade_off": Decimal("0.05"),
        "ranks": 100,
        "threshold": threshold,
        "share": Decimal(0),
        "model": "x",
        "at": at,
        **changes,
    }
    for begins_at in (at, at + timedelta(hours=1)):
        begins_at = begins_at.replace(minute=0, second=0, microsecond=0)
        OfficeHour.objects.update_or_create(office="15BB", begins_at=begins_at, defaults=row)
    forget_held()


def facts_of(customs: World, number: str) -> Facts:
    return stored_facts(actor=customs.actor("risk_analyst"), number=number)[0]


def test_an_active_model_opens_and_all_of_it_is_stored(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    version = let_in(customs, monkeypatch, "active")
    number = lodged(customs)
    facts = facts_of(customs, number)
    assert facts.score is not None
    assert facts.hour is not None
    assert (facts.score.model, facts.hour.threshold) == (version, OPENS)
    assert len(facts.score.rows) == len(facts.document.lines)
    decision = decide(facts)
    assert decision.channel == 3
    assert {reason.code for reason in decision.reasons} >= {Code.TQ_CHN_030, Code.TQ_CHN_031}
    heard()
    row = DeclarationScore.objects.get(number=number)
    assert (row.opened, row.mode, row.rank) == (True, "active", facts.score.rank)
    assert 3 <= len(row.reasons) <= 5 or len({one for one, _weight in row.reasons}) == 2


def test_a_decision_replays_with_the_version_that_was_stored(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Years later: from the facts alone without the library, and the score itself from its features and its model."""
    version = let_in(customs, monkeypatch, "active")
    facts = facts_of(customs, lodged(customs))
    score = facts.score
    assert score is not None
    assert encoded(replay(encoded(facts))) == encoded(decide(facts))
    told = again(score, load(folder_of(version)).opened(), trade_off=0.05)
    assert told == (score.probability, score.rank)


def test_a_model_in_the_shadow_changes_nothing_and_is_recorded(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in(customs, monkeypatch, "shadow")
    number = lodged(customs)
    facts = facts_of(customs, number)
    assert facts.score is None
    assert facts.hour is None
    heard()
    row = DeclarationScore.objects.get(number=number)
    assert (row.mode, row.opened, row.would) == ("shadow", False, True)
    page = customs.client("clearance_officer").get(f"/declarations/{number}/").content.decode()
    assert "risk/_score" not in page
    assert row.model[:8] not in page


def test_informed_officers_read_the_score_and_traders_never(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    version = let_in(customs, monkeypatch, "informed")
    number = lodged(customs)
    assert facts_of(customs, number).score is None
    heard()
    officer = customs.client("clearance_officer").get(f"/declarations/{number}/").content.decode()
    assert version[:8] in officer
    assert version[:8] not in customs.client("declarant").get(f"/declarations/{number}/").content.decode()


def test_the_model_below_the_threshold_leaves_the_decision_as_it_is(
    customs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(customs, monkeypatch, "active", SHUT)
    facts = facts_of(customs, lodged(customs))
    assert facts.score is not None
    codes = {reason.code for reason in decide(facts).reasons}
    assert Code.TQ_CHN_030 not in codes


def test_a_trader_at_the_cap_is_opened_no_more(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in(customs, monkeypatch, "active")
    hour(OPENS, capped=[ENTERPRISE])
    facts = facts_of(customs, lodged(customs))
    assert facts.score is not None
    assert facts.score.capped
    assert Code.TQ_CHN_030 not in {reason.code for reason in decide(facts).reasons}


@pytest.mark.parametrize("harm", ["none", "poisoned", "gone"])
def test_without_a_past_rules_and_chance_select_with_an_alarm(
    customs: World, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    version = let_in(customs, monkeypatch, "active")
    past = NightPast.objects.get()
    if harm == "none":
        past.delete()
    elif harm == "gone":
        (folder_of_past(past.version) / ARRAYS).unlink()
    else:
        path = folder_of_past(past.version) / ARRAYS
        path.write_bytes(path.read_bytes()[:-9])
    hour(OPENS, share=Decimal(1))
    facts = facts_of(customs, lodged(customs))
    assert facts.score is None
    decision = decide(facts)
    assert decision.channel == 3, "never green for all: chance opens its share"
    assert decision.reasons[0].code == Code.TQ_CHN_010
    assert ModelAlarm.objects.filter(model__version=version, ended_at=None).exists()


def test_a_poisoned_model_leaves_rules_and_chance(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    version = let_in(customs, monkeypatch, "active")
    (folder_of(version) / "forest.txt").write_text("tree")
    forget_champion()
    facts = facts_of(customs, lodged(customs))
    assert facts.score is None
    assert ModelAlarm.objects.filter(model__version=version, trouble="damaged").exists()


def test_no_question_more_is_asked_while_lodging(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = facts_of(customs, lodged(customs))
    let_in(customs, monkeypatch, "active")
    at = now()
    facts = gather_facts(facts.document, fingerprint=fingerprint_of(facts.document), at=at, look_for_duplicates=False)
    decision = decide(facts)
    assert champion(at) is not None
    selected(facts, decision)
    with CaptureQueriesContext(connection) as asked:
        more, _decision = selected(facts, decision)
    assert more.score is not None
    assert len(asked) == 0


def test_without_a_champion_nothing_is_looked_up(customs: World) -> None:
    facts = facts_of(customs, lodged(customs))
    decision = decide(facts)
    forget_champion()
    assert champion(facts.at) is None
    with CaptureQueriesContext(connection) as asked:
        assert selected(facts, decision) == (facts, decision)
    assert len(asked) == 0


def test_the_hour_is_reckoned_from_recent_ranks_and_the_minutes_that_are_left(
    customs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = let_in(customs, monkeypatch, "shadow")
    at = now().replace(minute=50)
    begins_at = (at + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    traded(40, days_ago=2)
    _ranked(version, 40)
    assert reckon_hours(actor=PROGRAM, begins_at=begins_at, at=at) >= 1
    row = OfficeHour.objects.get(office="15BB", begins_at=begins_at)
    assert (row.ranks, row.model, row.minutes, row.minutes_each) == (40, version, 120, 60)
    assert row.threshold is not None
    assert row.exploration >= Decimal("0.05")
    assert row.share > 0
    assert row.capped == []


def _ranked(version: str, count: int) -> None:
    DeclarationScore.objects.bulk_create(
        DeclarationScore(
            number=f"2{place:011d}",
            office="15BB",
            at=now() - timedelta(hours=5),
            mode="shadow",
            model=version,
            past="x",
            line=1,
            probability=Decimal("0.1"),
            rank=Decimal(-place) / 10,
            duty_vnd=0,
            share=Decimal("0.05"),
            channel=1,
        )
        for place in range(count)
    )


def test_the_hours_page_tells_budget_and_what_filled_it(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in(customs, monkeypatch, "active")
    lodged(customs)
    heard()
    page = customs.client("risk_analyst").get("/risk/selection/")
    assert page.status_code == 200
    (row,) = [one for one in page.context["rows"] if one.lodged]
    assert (row.office, row.minutes, row.by_model, row.taken_minutes) == ("15BB", 120, 1, 60)


@pytest.mark.parametrize("role", ["declarant", "clearance_officer", "auditor"])
def test_a_stranger_reads_no_hours(customs: World, role: str) -> None:
    assert customs.client(role).get("/risk/selection/").status_code in (403, 404)


def test_a_neighbor_reads_no_score(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An officer of another office opens neither the declaration nor its score; hours are those of the own offices."""
    let_in(customs, monkeypatch, "informed")
    number = lodged(customs)
    heard()
    officer = customs.actor("clearance_officer")
    assert score_told(actor=officer, number=number, office="15BB") is not None
    elsewhere = replace(officer, offices=frozenset({"15BC"}), holdings=frozenset({("clearance_officer", "15BC")}))
    assert score_told(actor=elsewhere, number=number, office="15BB") is None
    assert score_told(actor=customs.actor("declarant"), number=number, office="15BB") is None
