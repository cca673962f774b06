"""Conditions of release: each one met and missing, the missing one named, and no release where the law names none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reference.files import rows
from thongquan.rules.codes import Code
from thongquan.rules.release import (
    NAMES,
    AskedCheck,
    Condition,
    GoodsCondition,
    Purpose,
    ReleaseFacts,
    ReleaseLaw,
    conditions_of,
    is_open,
)

LAW = tuple(
    ReleaseLaw(
        name=row["name"],
        purposes=tuple(row["purposes"].split()),
        valid_from=date.fromisoformat(row["valid_from"]),
        source=row["source"],
        verified=row["verified"] == "yes",
    )
    for row in rows("release_conditions.csv")
)
GOOD = ReleaseFacts(channel=1, settled=True)


def goods(kind: str, **values: Any) -> GoodsCondition:
    return GoodsCondition(line=2, hs="08081000", kind=kind, code="XX", source="row", **values)


def missing(facts: ReleaseFacts, purpose: Purpose = "clear") -> list[str]:
    return [one.why for one in conditions_of(facts, LAW, purpose) if not one.met]


def found(facts: ReleaseFacts, name: str, purpose: Purpose = "clear") -> Condition:
    return next(one for one in conditions_of(facts, LAW, purpose) if one.name == name)


def test_the_shipped_law_names_every_condition_that_the_rule_knows() -> None:
    assert {row.name for row in LAW} == set(NAMES)
    assert all(set(row.purposes) <= {"release", "clear"} for row in LAW)


def test_a_settled_green_declaration_is_open() -> None:
    assert is_open(conditions_of(GOOD, LAW, "clear"))
    assert found(GOOD, "duties").why == "paid"
    assert found(msgspec.structs.replace(GOOD, guaranteed=True), "duties").why == "guaranteed"
    assert found(GOOD, "documents").why == "not_asked"


def test_without_law_nothing_is_open() -> None:
    assert not is_open(conditions_of(GOOD, (), "clear"))


CASES: list[tuple[dict[str, Any], str]] = [
    ({"settled": False, "open_vnd": Decimal(12_500_000)}, Code.TQ_CTL_060),
    ({"goods": (goods("licence"),)}, Code.TQ_CTL_061),
    ({"goods": (goods("quarantine"),)}, Code.TQ_CTL_062),
    ({"goods": (goods("specialized_inspection"),)}, Code.TQ_CTL_063),
    ({"goods": (goods("prohibited", fulfilled=True),)}, Code.TQ_CTL_064),
    ({"goods": (goods("gate", gates=("LS01",)),), "gate": "LS03"}, Code.TQ_CTL_065),
    ({"channel": 2, "documents_due": True}, Code.TQ_CTL_066),
    ({"channel": 3, "documents_good": True, "goods_due": True}, Code.TQ_CTL_067),
    ({"checks": (AskedCheck(name="similar_goods", outcome="waiting"),)}, Code.TQ_CTL_068),
    ({"question": "value"}, Code.TQ_CTL_069),
    ({"checks": (AskedCheck(name="similar_goods", outcome="bad"),)}, Code.TQ_CTL_071),
    ({"preserved": True}, Code.TQ_CTL_079),
]


@pytest.mark.parametrize(("facts", "code"), CASES)
def test_what_is_missing_is_named_and_alone(facts: dict[str, Any], code: str) -> None:
    assert missing(msgspec.structs.replace(GOOD, **facts)) == [code]


MET: list[tuple[dict[str, Any], str, str]] = [
    ({"goods": (goods("licence", fulfilled=True),)}, "licence", "declared"),
    ({"goods": (goods("quarantine", fulfilled=True),)}, "quarantine", "result"),
    ({"goods": (goods("gate", gates=("LS01",)),), "gate": "LS01"}, "gate", "open_here"),
    ({"channel": 2, "documents_due": True, "documents_good": True}, "documents", "done"),
    ({"channel": 2}, "documents", "exempt"),
    ({"channel": 3, "documents_good": True}, "goods", "exempt"),
    ({"checks": (AskedCheck(name="x", outcome="timed_out"),)}, "checks", "timed_out"),
    ({"checks": (AskedCheck(name="x", outcome="good"),)}, "checks", "reported"),
    ({"question": "code", "answered": True}, "final_result", "stated"),
    ({"preserved": True, "preserved_good": True}, "preservation_result", "result"),
]


@pytest.mark.parametrize(("facts", "name", "why"), MET)
def test_how_a_condition_is_met_is_told(facts: dict[str, Any], name: str, why: str) -> None:
    one = found(msgspec.structs.replace(GOOD, **facts), name)
    assert (one.met, one.why) == (True, why)


def test_everything_missing_is_named_at_once_with_line_and_values() -> None:
    facts = ReleaseFacts(channel=3, settled=False, documents_due=True, goods_due=True, goods=(goods("quarantine"),))
    assert missing(facts) == [Code.TQ_CTL_060, Code.TQ_CTL_066, Code.TQ_CTL_067, Code.TQ_CTL_062]
    one = found(facts, "quarantine")
    assert (one.line, one.values["hs"], one.values["condition"], one.source) == (2, "08081000", "XX", "row")


def test_a_condition_is_verified_only_where_goods_and_general_law_are() -> None:
    assert not found(msgspec.structs.replace(GOOD, goods=(goods("quarantine"),)), "quarantine").verified
    assert found(GOOD, "duties").verified


def test_release_does_not_ask_for_the_final_result_nor_for_that_of_preserved_goods() -> None:
    facts = msgspec.structs.replace(GOOD, question="value", preserved=True)
    assert missing(facts, "release") == []
    assert missing(facts) == [Code.TQ_CTL_079, Code.TQ_CTL_069]


@given(
    st.builds(
        ReleaseFacts,
        channel=st.sampled_from([1, 2, 3]),
        settled=st.booleans(),
        documents_due=st.booleans(),
        goods_due=st.booleans(),
        documents_good=st.booleans(),
        goods_good=st.booleans(),
    )
)
def test_nothing_unsettled_and_no_due_check_is_ever_passed_over(facts: ReleaseFacts) -> None:
    if is_open(conditions_of(facts, LAW, "clear")):
        assert facts.settled
        assert facts.channel < 2 or facts.documents_good or not facts.documents_due
        assert facts.channel < 3 or facts.goods_good or not facts.goods_due
