"""Profiles from draft to retirement: two persons, a dry run, hits at lodging, and the random lane beside them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.clearance.risk.cases import PROGRAM, copied, heard, lodged, today
from tests.clearance.risk.profiles import APPLES, body, draft, live, tried
from tests.rules.builders import facts
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.declarations.queries import stored_facts
from thongquan.clearance.risk.expressions import compiled
from thongquan.clearance.risk.models import ListedGoods, Lodged, Profile, ProfileRun, RiskList
from thongquan.clearance.risk.operations import approving, drafting
from thongquan.clearance.risk.operations.copying import keep_copies
from thongquan.clearance.risk.queries.league import league
from thongquan.clearance.risk.queries.live import LiveProfile, LiveProfiles, forget_live, live_hits
from thongquan.rules.codes import Code
from thongquan.rules.facts import ProfileHit, Standing

DAY = timedelta(days=1)
HIT = ProfileHit(profile=1, revision=0, name="x", channel=3, source="x")


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.code for fault in refused.value.faults}


def channel(customs: World, number: str) -> int:
    return int(customs.run_sql("SELECT channel FROM declarations_declaration WHERE number = %s", number)[0][0])


def test_every_fault_of_a_draft_is_told_at_once(customs: World) -> None:
    wrong = {"expression": "nobody == 1", "look_at": " ", "channel": 1, "cap": 0, "valid_to": today() - 9 * DAY}
    with pytest.raises(Refused) as refused:
        draft(customs, **wrong)
    assert codes(refused) == {Code.TQ_RSK_001, Code.TQ_RSK_009, Code.TQ_RSK_013, Code.TQ_RSK_014}
    assert {fault.path for fault in refused.value.faults} == {"expression", "look_at", "valid_to", "channel", "cap"}
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("level >", Code.TQ_RSK_001),
        ("level == 5" + " || level == 5" * 80, Code.TQ_RSK_002),
        ("level", Code.TQ_RSK_003),
        ("true", Code.TQ_RSK_004),
        ("goods.exists(g, g.adjusted == 1)", Code.TQ_RSK_005),
        ("goods[60].hs == ''", Code.TQ_RSK_007),
    ],
)
def test_why_an_expression_is_refused(customs: World, expression: str, code: Code) -> None:
    with pytest.raises(Refused) as refused:
        draft(customs, expression=expression)
    assert codes(refused) == {code}


def test_a_slow_expression_is_refused(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thongquan.clearance.risk.expressions.language.BUDGET_SECONDS", 0.0)
    with pytest.raises(Refused) as refused:
        draft(customs)
    assert codes(refused) == {Code.TQ_RSK_006}


def test_a_live_profile_raises_the_channel_from_the_next_declaration_on(customs: World) -> None:
    before = lodged(customs, invoice="A-1")
    profile = live(customs)
    after = lodged(customs, invoice="A-2")
    other = lodged(customs, invoice="A-3", packages=900)
    assert (channel(customs, before) < 3, channel(customs, after)) == (True, 3)
    heard()
    assert {row.number: row.profiles for row in Lodged.objects.all()} == {before: [], after: [profile], other: []}


def test_a_hit_replays_and_its_name_stays_with_analysts(customs: World) -> None:
    live(customs)
    number = lodged(customs)
    assert replay_declaration(actor=customs.actor("risk_analyst"), number=number).equal
    made, _facts, _decision = stored_facts(actor=customs.actor("risk_analyst"), number=number)
    assert [hit.name for hit in made.profiles] == ["Táo giá thấp"]
    for role, told in (("declarant", ()), ("clearance_officer", ("đơn giá",)), ("risk_analyst", ("Táo giá thấp",))):
        page = customs.client(role).get(f"/declarations/{number}/").content.decode()
        for words in ("Táo giá thấp", "đơn giá và xuất xứ"):
            assert (words in page) == any(one in words for one in told) or role == "risk_analyst", (role, words)


def test_no_question_more_is_asked_of_the_database_while_lodging(customs: World) -> None:
    document, standing, law = facts().document, Standing(), facts().law
    forget_live()
    live_hits(document, standing, law, now())
    with CaptureQueriesContext(connection) as asked:
        assert live_hits(document, standing, law, now()) == ()
    assert len(asked) == 0


def test_only_another_person_approves(customs: World) -> None:
    analyst, director = customs.actor("risk_analyst"), customs.actor("director")
    profile = draft(customs)
    with pytest.raises(Refused) as untried:
        approving.propose_profile(actor=analyst, profile=profile, words="", at=now())
    assert codes(untried) == {Code.TQ_RSK_010}
    tried(customs, profile)
    drafting.edit_profile(actor=analyst, profile=profile, body=body(cap=10), at=now())
    with pytest.raises(Refused) as stale:
        approving.propose_profile(actor=analyst, profile=profile, words="", at=now())
    assert codes(stale) == {Code.TQ_RSK_010}
    tried(customs, profile)
    approving.propose_profile(actor=analyst, profile=profile, words="", at=now())
    with pytest.raises(Refused) as own:
        approving.approve_profile(actor=analyst, profile=profile, words="", at=now())
    assert codes(own) == {Code.TQ_RSK_011}
    approving.approve_profile(actor=director, profile=profile, words="Đồng ý", at=now())
    with pytest.raises(Refused) as again:
        approving.approve_profile(actor=director, profile=profile, words="", at=now())
    assert codes(again) == {Code.TQ_RSK_008}


@pytest.mark.parametrize("role", ["declarant", "clearance_officer", "team_leader", "law_officer", "auditor"])
def test_a_stranger_drafts_no_profile(customs: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        drafting.start_profile(actor=customs.actor(role), body=body(), at=now())


def test_a_dry_run_tells_hits_shifts_outcomes_and_hours(customs: World) -> None:
    first, second = lodged(customs, invoice="A-1"), lodged(customs, invoice="A-2", packages=900)
    heard()
    Lodged.objects.filter(number=first).update(found=True, recovered_vnd=5_000_000, checked="goods", drawn=True)
    profile = draft(customs)
    tried(customs, profile)
    outcome = ProfileRun.objects.get(profile=profile).outcome
    assert (outcome["declarations"], outcome["hits"], outcome["checked"], outcome["found"]) == (2, 1, 1, 1)
    assert (outcome["random_checked"], outcome["random_found"], outcome["unread"]) == (1, 1, 0)
    assert outcome["examples"] == [first]
    before = channel(customs, first)
    assert outcome["shifts"] == [{"before": before, "after": 3, "declarations": 1}]
    assert outcome["minutes"] > 0
    assert channel(customs, first) == before
    assert second not in outcome["examples"]


def test_the_cap_of_a_day_pauses_a_profile(customs: World) -> None:
    profile = live(customs, cap=1)
    lodged(customs, invoice="A-1")
    heard()
    assert Profile.objects.get(pk=profile).paused_on == today()
    free = lodged(customs, invoice="A-2")
    heard()
    assert Lodged.objects.get(number=free).profiles == []


def test_a_profile_ends_with_its_validity(customs: World) -> None:
    profile, made = live(customs, expression="lines > 0"), facts()
    assert [hit.profile for hit in live_hits(made.document, Standing(), made.law, now())] == [profile]
    assert live_hits(made.document, Standing(), made.law, now() + 91 * DAY) == ()


def simulated(profile: int, *, found: int, random_found: int, checks: int = 60) -> None:
    """So many checks of a profile and of the random lane, with what they found."""
    at = now() - 5 * DAY
    shared: dict[str, Any] = {"at": at, "checked": "goods", "check_minutes": 60, "concluded_at": at}
    keep_copies(
        [
            *(copied(number, profiles=[profile], found=number < found, **shared) for number in range(checks)),
            *(copied(1000 + number, drawn=True, found=number < random_found, **shared) for number in range(checks)),
        ]
    )


def test_a_profile_no_better_than_chance_is_proposed_for_retirement_and_a_person_retires_it(customs: World) -> None:
    profile = live(customs)
    simulated(profile, found=1, random_found=12)
    assert approving.propose_retirements(actor=PROGRAM, at=now()) == 1
    row = Profile.objects.get(pk=profile)
    assert (row.state, row.evidence["ground"]) == ("retiring", "no_better")
    number = lodged(customs, invoice="A-8")
    heard()
    assert Lodged.objects.get(number=number).profiles == [profile]
    assert approving.propose_retirements(actor=PROGRAM, at=now()) == 0
    approving.retire_profile(actor=customs.actor("director"), profile=profile, words="Không hiệu quả", at=now())
    number = lodged(customs, invoice="A-9")
    heard()
    assert Lodged.objects.get(number=number).profiles == []


def test_a_profile_that_earns_its_cost_stays(customs: World) -> None:
    profile = live(customs)
    simulated(profile, found=30, random_found=3)
    assert approving.propose_retirements(actor=PROGRAM, at=now()) == 0
    told = league(actor=customs.actor("risk_analyst"), at=now())
    (row,) = told.rows
    assert (row.profile, row.earned.found, row.rate.value) == (profile, 30, Decimal("0.5000"))
    assert row.rate.low > told.random_rate.high
    assert told.random.found == 3


def test_a_profile_that_people_kept_is_left_in_peace_for_a_while(customs: World) -> None:
    profile = live(customs)
    simulated(profile, found=1, random_found=12)
    approving.propose_retirements(actor=PROGRAM, at=now())
    approving.keep_profile(actor=customs.actor("director"), profile=profile, words="Đang mùa vụ", at=now())
    assert approving.propose_retirements(actor=PROGRAM, at=now()) == 0
    assert approving.propose_retirements(actor=PROGRAM, at=now() + 31 * DAY) == 1


def test_a_revision_follows_the_live_profile(customs: World) -> None:
    profile = live(customs)
    follower = drafting.revise_profile(actor=customs.actor("risk_analyst"), profile=profile, at=now())
    assert drafting.revise_profile(actor=customs.actor("risk_analyst"), profile=profile, at=now()) == follower
    tried(customs, follower)
    approving.propose_profile(actor=customs.actor("risk_analyst"), profile=follower, words="", at=now())
    approving.approve_profile(actor=customs.actor("director"), profile=follower, words="", at=now())
    assert [row.state for row in Profile.objects.order_by("pk")] == ["retired", "live"]


def test_a_list_of_risk_goods_is_never_the_sole_ground(customs: World) -> None:
    RiskList.objects.create(
        **dict.fromkeys(("name_vi", "name_en", "name_zh", "name_fr", "source"), "x"),
        code="value", valid_from=today(), verified=False, loaded_at=now(),
    )  # fmt: skip
    ListedGoods.objects.create(risk_list="value", hs="08081000", valid_from=today(), source="x", by="user:1", at=now())
    lodged(customs)
    profile = draft(customs, expression="lines > 0", lists=("value",))
    tried(customs, profile)
    with pytest.raises(Refused) as refused:
        approving.propose_profile(actor=customs.actor("risk_analyst"), profile=profile, words="", at=now())
    assert codes(refused) == {Code.TQ_RSK_012}


listed = st.dictionaries(
    st.sampled_from(["value", "origin", "smuggling"]),
    st.just({line.hs or "": ((today() - DAY, True),) for line in facts().document.lines}),
)


@given(listed, st.sets(st.sampled_from(["value", "origin", "smuggling"])))
def test_lists_alone_choose_nothing(goods: Any, lists: set[str]) -> None:
    """Whatever stands on whatever list: where the facts say no, nothing is chosen, and a list can only narrow."""
    for expression, says in (("lines > 1000", False), ("lines > 0", True)):
        one = LiveProfile(
            hit=HIT, expression=expression, valid_from=today() - DAY, valid_to=today(), lists=tuple(sorted(lists))
        )
        live_set = LiveProfiles(1, (one,), compiled([expression]), goods)
        met = live_set.hits(facts().document, {"lines": 5}, today())
        assert met == ((HIT,) if says and (not lists or lists & goods.keys()) else ())


def test_goods_off_the_list_again_are_not_listed() -> None:
    turns = {"value": {"08081000": ((today() - 9 * DAY, True), (today() - DAY, False))}}
    one = LiveProfile(hit=HIT, expression=APPLES, valid_from=today(), valid_to=today(), lists=("value",))
    document = replace(facts().document, lines=(replace(facts().document.lines[0], hs="08081000"),))
    live_set = LiveProfiles(1, (one,), compiled(["lines > 0"]), turns)
    assert live_set.hits(document, {"lines": 1}, today()) == ()
    assert live_set.hits(document, {"lines": 1}, today() - 2 * DAY) == ()
