"""Trying one declaration: the short way says what the long way says, and only what changes is replayed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from thongquan.clearance.lawdesk.trying import CHANGED, DIFFERS, SAME, UNTOUCHED, Past, Tried, try_one
from thongquan.rules.clearance import decide, settled_by
from thongquan.rules.effect import effect_of
from thongquan.rules.encoding import decoded_decision, decoded_facts, encoded
from thongquan.rules.law import Cell, Condition, Option, Parameter
from thongquan.rules.money import exact
from thongquan.rules.parameters import CONCLUDING
from thongquan.rules.whatif import ConditionChange, Proposed, patched, settles_alike

CORPUS = Path(__file__).parents[2] / "rules" / "golden" / "2026.11.jsonl"
DAY = date(2026, 1, 1)


def number(value: str) -> Parameter:
    return Parameter(value=value, valid_from=DAY, source="a test")


def control(prefix: str) -> dict[str, tuple[ConditionChange, ...]]:
    asked = Condition(kind="control", code="TRY", channel=3, valid_from=DAY, source="a test")
    return {prefix: (ConditionChange("", (), asked),)}


def duty(hs: str) -> dict[tuple[str, str], Cell | None]:
    option = Option(key="7", rate=Decimal("0.07"))
    return {("vat", ""): Cell(tax="vat", options=(option,), valid_from=DAY, source=hs)}


def proposals(past: list[Past]) -> Iterator[tuple[str, Proposed]]:
    codes = {line.hs for one in past for line in decoded_facts(one.facts).law.lines}
    yield "nothing", Proposed()
    yield "fees", Proposed(parameters={"fee_import_vnd": number("25000"), "fee_export_vnd": number("25000")})
    yield "draws", Proposed(parameters={"random_share": number("0.5")})
    yield "what fee and channel rest on", Proposed(parameters=dict.fromkeys(CONCLUDING, number("0")))
    yield "a fee nobody can read", Proposed(parameters={"fee_import_vnd": number("ít")})
    yield "a fee gone", Proposed(parameters={"fee_import_vnd": None})
    yield (
        "another rounding and fee",
        Proposed(parameters={"rounding_mode": number("down"), "fee_import_vnd": number("25000")}),
    )
    yield "rates", Proposed(cells={hs: duty(hs) for hs in codes if hs.startswith("8")})
    yield "controls", Proposed(conditions=control("85"))
    yield "a code gone", Proposed(goods=dict.fromkeys(sorted(codes)[::3]))


@pytest.fixture(scope="module")
def past() -> list[Past]:
    """The accepted decisions of the corpus, as they would be stored."""
    found = []
    for place, line in enumerate(CORPUS.read_bytes().splitlines()):
        facts = decoded_facts(base64.b64decode(msgspec.json.decode(line)["facts"]))
        decision = decide(facts)
        if decision.accepted:
            found.append(Past(str(place), "15BB", "9999900011", "x", encoded(facts), encoded(decision)))
    assert len(found) > 50
    return found


def the_long_way(past: Past, proposed: Proposed) -> Tried:
    """Everything decided twice, whatever the proposal touches."""
    facts = decoded_facts(past.facts)
    before = decide(facts)
    assert encoded(before) == past.decision
    changed = patched(facts, proposed)
    effect = effect_of(before, decide(changed), facts.document)
    return Tried(UNTOUCHED if changed is facts else SAME if effect is None else CHANGED, effect)


def test_the_short_way_says_what_the_long_way_says(past: list[Past]) -> None:
    seen: set[str] = set()
    for name, proposed in proposals(past):
        short = [try_one(one, proposed) for one in past]
        assert short == [the_long_way(one, proposed) for one in past], name
        seen |= {one.fate for one in short}
    assert seen == {UNTOUCHED, SAME, CHANGED}


def test_only_what_would_change_has_to_replay(past: list[Past]) -> None:
    """The stored decision owes a dong more than its facts give: the program was another one then."""
    one = past[0]
    decision = decoded_decision(one.decision)
    drifted = msgspec.structs.replace(one, decision=encoded(msgspec.structs.replace(decision, fee_vnd=Decimal(1))))
    fees = Proposed(parameters={"fee_import_vnd": number("25000"), "fee_export_vnd": number("25000")})
    assert try_one(drifted, fees) == Tried(DIFFERS)
    assert try_one(drifted, Proposed()) == Tried(UNTOUCHED)


def test_what_is_settled_does_not_rest_on_what_fee_and_channel_alone_are_decided_by(past: list[Past]) -> None:
    for one in past:
        facts = decoded_facts(one.facts)
        for value in ("0", "1", "999999999999"):
            changed = patched(
                facts, Proposed(parameters=dict.fromkeys(CONCLUDING & facts.law.parameters.keys(), number(value)))
            )
            assert settles_alike(facts.law, changed.law)
            with exact():
                assert settled_by(facts) == settled_by(changed)


def test_slices_that_differ_in_anything_else_do_not_settle_alike(past: list[Past]) -> None:
    law = decoded_facts(past[0].facts).law
    fee = {**law.parameters, "fee_import_vnd": number("25000")}
    assert settles_alike(law, msgspec.structs.replace(law, parameters=fee))
    unlike: list[dict[str, Any]] = [
        {"parameters": {**fee, "rounding_mode": number("down")}},
        {"parameters": {**fee, "fee_import_vnd": number("ít")}},
        {"parameters": {name: one for name, one in fee.items() if name != "random_share"}},
        {"parameters": fee, "lines": (*law.lines,) * 2},
        {"parameters": fee, "known_codes": law.known_codes | {"office/XX"}},
    ]
    assert not any(settles_alike(law, msgspec.structs.replace(law, **change)) for change in unlike)


@pytest.mark.parametrize("change", [{"facts": b"?"}, {"decision": b"?"}])
def test_what_cannot_be_read_is_told_apart(past: list[Past], change: dict[str, bytes]) -> None:
    assert try_one(msgspec.structs.replace(past[0], **change), Proposed()) == Tried(DIFFERS)
