"""Selections: criteria as data, a share that is drawn, a place for a score; never a word of them to a declarant."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.clearance.postaudit.cases import cleared, opened
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.postaudit.criteria import Criteria
from thongquan.clearance.postaudit.operations import make_selection, open_audit, run_selection
from thongquan.clearance.postaudit.queries import selection_file, selections_in_scope

NONE = Decimal(0)


def made(
    customs: World, *, role: str = "auditor", share: Decimal = NONE, score: Decimal | None = None, **asked: Any
) -> int:
    return make_selection(
        actor=customs.actor(role),
        name="Quý này",
        criteria=Criteria(**asked),
        random_share=share,
        score_at_least=score,
        at=now(),
    )


def run(customs: World, selection: int, **scores: Any) -> dict[str, int]:
    return run_selection(actor=customs.actor("auditor"), selection=selection, at=now(), **scores)


def chosen(customs: World, selection: int) -> dict[str, str]:
    found = selection_file(actor=customs.actor("auditor"), selection=selection).chosen
    return {one.number: one.why for one in found}


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"hs_prefix": "8414"}, True),
        ({"hs_prefix": "9999"}, False),
        ({"regime": "A11"}, True),
        ({"regime": "A12"}, False),
        ({"origin": "CN"}, True),
        ({"origin": "TH"}, False),
        ({"tax_code": ENTERPRISE}, True),
        ({"tax_code": "9999900099"}, False),
        ({"office": "15BB"}, True),
        ({"office": "15BC"}, False),
        ({"flow": "export"}, False),
        ({"value_from_vnd": Decimal(1000)}, True),
        ({"value_to_vnd": Decimal(1000)}, False),
        ({"hs_prefix": "8414", "regime": "A12"}, False),
    ],
)
def test_every_criterion_chooses(customs: World, asked: dict[str, Any], there: bool) -> None:
    number = cleared(customs)
    selection = made(customs, **asked)
    counts = run(customs, selection)
    assert chosen(customs, selection) == ({number: "criteria"} if there else {})
    assert counts["criteria"] == int(there)


def test_the_period_bounds_everything(customs: World) -> None:
    number = cleared(customs)
    today = localdate(now())
    for since, until, there in ((1, 1, True), (-2, 5, False), (3, -2, False)):
        selection = made(
            customs, share=Decimal(1), since=today - timedelta(days=since), until=today + timedelta(days=until)
        )
        run(customs, selection)
        assert (number in chosen(customs, selection)) is there


def test_a_share_is_drawn_and_the_draw_is_kept(customs: World) -> None:
    number = cleared(customs)
    whole, nobody = made(customs, share=Decimal(1)), made(customs)
    assert run(customs, whole) == {"criteria": 0, "random": 1, "score": 0}
    assert run(customs, nobody)["random"] == 0
    (one,) = selection_file(actor=customs.actor("auditor"), selection=whole).chosen
    assert (one.number, one.why, 0 <= one.draw < 1) == (number, "random", True)


def test_draws_of_two_selections_differ(customs: World) -> None:
    for place in range(3):
        cleared(customs, invoice=f"D-{place}")
    draws = []
    for _ in range(2):
        selection = made(customs, share=Decimal(1))
        run(customs, selection)
        draws.append([one.draw for one in selection_file(actor=customs.actor("auditor"), selection=selection).chosen])
    assert len(draws[0]) == 3
    assert not set(draws[0]) & set(draws[1])


def test_a_score_chooses_where_one_is_given(customs: World) -> None:
    number = cleared(customs)
    selection = made(customs, score=Decimal("0.8"))
    assert run(customs, selection, scores={int(number[:11]): Decimal("0.9")})["score"] == 1
    assert chosen(customs, selection) == {number: "score"}
    low = made(customs, score=Decimal("0.8"))
    assert run(customs, low, scores={int(number[:11]): Decimal("0.7")})["score"] == 0


def test_what_is_not_cleared_or_was_audited_is_not_chosen(customs: World) -> None:
    cleared(customs, state="channeled")
    opened(customs, number=cleared(customs, invoice="X-2"))
    selection = made(customs, share=Decimal(1))
    assert run(customs, selection) == {"criteria": 0, "random": 0, "score": 0}


def test_a_selection_runs_once_and_leads_to_a_case(customs: World) -> None:
    number = cleared(customs)
    selection = made(customs, regime="A11")
    run(customs, selection)
    with pytest.raises(Conflict):
        run(customs, selection)
    (one,) = selection_file(actor=customs.actor("auditor"), selection=selection).chosen
    audit = open_audit(actor=customs.actor("auditor"), number=number, place="customs", candidate=one.id, at=now())
    (one,) = selection_file(actor=customs.actor("auditor"), selection=selection).chosen
    assert one.audit == audit


def test_every_bad_criterion_is_named_at_once(customs: World) -> None:
    with pytest.raises(Refused) as refused:
        make_selection(
            actor=customs.actor("auditor"),
            name=" ",
            criteria=Criteria(
                flow="sideways",
                hs_prefix="84x",
                origin="C N",
                value_from_vnd=Decimal(9),
                value_to_vnd=Decimal(1),
                since=localdate(now()),
                until=localdate(now()) - timedelta(days=1),
            ),
            random_share=Decimal(2),
            score_at_least=Decimal(-1),
            at=now(),
        )
    assert sorted((fault.code, fault.path) for fault in refused.value.faults) == [
        ("TQ-AUD-004", "name"),
        ("TQ-AUD-012", "flow"),
        ("TQ-AUD-012", "hs_prefix"),
        ("TQ-AUD-012", "origin"),
        ("TQ-AUD-012", "random_share"),
        ("TQ-AUD-012", "score_at_least"),
        ("TQ-AUD-012", "until"),
        ("TQ-AUD-012", "value_to_vnd"),
    ]


@pytest.mark.parametrize("role", ["declarant", "broker", "clearance_officer", "team_leader"])
def test_a_stranger_to_selection_makes_and_reads_none(customs: World, role: str) -> None:
    selection = made(customs)
    with pytest.raises(NotAllowed):
        made(customs, role=role)
    with pytest.raises(NotFound):
        selection_file(actor=customs.actor(role), selection=selection)
    with pytest.raises(NotFound):
        run_selection(actor=customs.actor(role), selection=selection, at=now())
    assert selections_in_scope(customs.actor(role)) == []


def test_a_neighbor_region_reads_no_selection(customs: World) -> None:
    selection = made(customs)
    customs.run_sql("""UPDATE postaudit_selection SET offices = '["20BB"]'""")
    with pytest.raises(NotFound):
        selection_file(actor=customs.actor("auditor"), selection=selection)
