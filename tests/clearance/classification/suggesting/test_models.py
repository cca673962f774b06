"""Models are trained, kept with their digests, and put in force by two people."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.clearance.classification.rulings.given import contradicted
from tests.clearance.classification.suggesting.store import as_row, declare
from tests.clearance.classification.twins.alarms import alarm
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.models import SuggestionModel
from thongquan.clearance.classification.operations.judging import judge_finding, take_back_outcome
from thongquan.clearance.classification.operations.suggesting import (
    due,
    propose_model,
    put_in_force,
    train_suggestions,
    withdraw_proposal,
)
from thongquan.clearance.classification.queries.suggesting_knowledge import history
from thongquan.clearance.classification.queries.suggesting_models import forget_models, model_in_force
from thongquan.learning.suggest import Source


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {str(fault.code) for fault in refused.value.faults}


def test_the_first_model_goes_into_force_and_the_next_one_waits_for_two_people(customs: World, store: Path) -> None:
    assert model_in_force() is None
    assert due()
    declare(slice(0, 240))
    first = train_suggestions(at=now())
    assert (first.state, first.fresh, first.counts["lines"]) == ("champion", True, 240)
    SuggestionModel.objects.update(follows=False)
    assert not due()
    declare(slice(240, 480), office="20BB", importer=OTHER_ENTERPRISE, first=1000)
    second = train_suggestions(at=now())
    assert (second.state, second.counts["lines"]) == ("challenger", 480)
    held = model_in_force()
    assert held is not None
    assert held.version == first.version
    propose_model(actor=customs.actor("team_leader"), version=second.version, why="Học thêm hàng tháng mười", at=now())
    with pytest.raises(Refused) as refused:
        put_in_force(actor=customs.actor("team_leader"), version=second.version, follows=False, at=now())
    assert codes(refused) == {"TQ-CLS-081"}
    put_in_force(actor=customs.actor("director"), version=second.version, follows=True, at=now())
    held = model_in_force()
    assert held is not None
    assert (held.version, held.instead) == (second.version, False)
    assert SuggestionModel.objects.get(version=first.version).state == "retired"
    told = customs.run_sql(
        "SELECT action FROM ledger_entry WHERE subject = %s ORDER BY id", f"suggestion:{second.version}"
    )
    assert [action for (action,) in told] == ["suggestion.trained", "suggestion.proposed", "suggestion.chosen"]


def test_the_same_knowledge_gives_no_second_version(store: Path) -> None:
    declare(slice(0, 96))
    first, again = train_suggestions(at=now()), train_suggestions(at=now())
    assert (again.version, again.fresh) == (first.version, False)
    assert SuggestionModel.objects.count() == 1


def test_a_followed_model_is_replaced_by_its_successor_of_the_night(store: Path) -> None:
    declare(slice(0, 96))
    first = train_suggestions(at=now())
    declare(slice(96, 144), first=1000)
    second = train_suggestions(at=now())
    assert second.state == "champion"
    assert SuggestionModel.objects.get(version=first.version).state == "retired"


def test_owners_of_a_wording_stand_beside_it(store: Path) -> None:
    declare(slice(0, 40))
    declare(slice(0, 40), office="20BB", importer=OTHER_ENTERPRISE, first=1000)
    train_suggestions(at=now())
    held = model_in_force()
    assert held is not None
    lines = [one for one in held.model.examples if one.source is Source.HISTORY]
    assert all("office:15BB" in one.reference and "office:20BB" in one.reference for one in lines)
    assert all(f"enterprise:{OTHER_ENTERPRISE}" in one.reference for one in lines)
    assert sum(one.times for one in lines) == 80


def test_what_officers_judged_wrong_is_no_longer_learned(customs: World) -> None:
    """Neither the wording under the wrong code, nor a line found wrong against a precedent; taken back, it is again."""
    found = alarm()
    wrong, right = (found.line.description, found.code), (found.partner.description, found.other_code)
    actor, at = customs.actor("clearance_officer"), now()

    def learned() -> set[tuple[str, str]]:
        return {(one.description, one.code) for one in history()}

    assert {wrong, right} <= learned()
    judge_finding(actor=actor, finding=found.pk, outcome="second", at=at)
    assert wrong not in learned()
    assert right in learned()
    take_back_outcome(actor=actor, finding=found.pk, at=at)
    assert wrong in learned()
    judge_finding(actor=actor, finding=found.pk, outcome="neither", words="Nhóm khác", at=at)
    assert learned().isdisjoint({wrong, right})
    take_back_outcome(actor=actor, finding=found.pk, at=at)
    judge_finding(actor=actor, finding=found.pk, outcome="different", words="Khác công suất", at=at)
    assert {wrong, right} <= learned()
    contradicted(customs, subject="declaration:999999999990", office="15BB")
    customs.run_sql(
        "UPDATE classification_precedentmet SET outcome = 'wrong_code', declared = %s, description = %s",
        *reversed(wrong),
    )
    assert wrong not in learned()
    assert right in learned()


def test_every_fault_of_a_proposal_is_told_at_once(customs: World, suggests: Path) -> None:
    (suggests / "model.npz").write_bytes(b"poison")
    with pytest.raises(Refused) as refused:
        propose_model(actor=customs.actor("director"), version=suggests.name, why=" ", at=now())
    assert codes(refused) == {"TQ-CLS-080", "TQ-CLS-082", "TQ-CLS-046"}
    with pytest.raises(Refused) as refused:
        withdraw_proposal(actor=customs.actor("director"), version=suggests.name, at=now())
    assert codes(refused) == {"TQ-CLS-080"}
    with pytest.raises(NotFound):
        put_in_force(actor=customs.actor("director"), version="no such", follows=False, at=now())


def test_a_stranger_and_a_declarant_switch_no_model(customs: World, suggests: Path) -> None:
    for role in ("declarant", "gate_officer", "clearance_officer"):
        with pytest.raises(NotAllowed):
            propose_model(actor=customs.actor(role), version=suggests.name, why="x", at=now())
        with pytest.raises(NotAllowed):
            put_in_force(actor=customs.actor(role), version=suggests.name, follows=False, at=now())


def test_a_proposal_is_taken_back(customs: World, suggests: Path) -> None:
    SuggestionModel.objects.update(state="retired")
    propose_model(actor=customs.actor("director"), version=suggests.name, why="Quay lại", at=now())
    withdraw_proposal(actor=customs.actor("team_leader"), version=suggests.name, at=now())
    assert SuggestionModel.objects.get().state == "retired"


def poisoned(folder: Path, way: str) -> None:
    words = folder / "model.json"
    if way == "missing":
        (folder / "model.npz").unlink()
    elif way == "words":  # a whole model by itself, with another code in it
        words.write_text(words.read_text().replace("61091010", "61091020"))
    elif way == "pickle":
        np.savez(folder / "model.npz", features=np.array([{"a": 1}], dtype=object))
        told = json.loads(words.read_text())
        words.write_text(json.dumps(told))
    else:
        words.write_text("{")


@pytest.mark.parametrize("way", ["missing", "words", "pickle", "cut"])
def test_a_poisoned_model_gives_way_to_the_last_good_one_or_to_silence(
    suggests: Path, store: Path, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = store / "before"
    before.mkdir()
    for name in ("model.npz", "model.json"):
        (before / name).write_bytes((suggests / name).read_bytes())
    as_row(before, state="retired", chosen_at=now(), chosen_by="user:1")
    poisoned(suggests, way)
    held = model_in_force()
    assert held is not None
    assert (held.version, held.instead) == ("before", True)
    assert "missing, changed or damaged" in caplog.text
    poisoned(before, "cut")
    forget_models()
    assert model_in_force() is None


def test_old_files_go_and_rows_stay(store: Path, suggests: Path) -> None:
    for number in range(8):
        old = store / f"old{number}"
        old.mkdir()
        for name in ("model.npz", "model.json"):
            (old / name).write_bytes((suggests / name).read_bytes())
        as_row(old, state="challenger")
    SuggestionModel.objects.update(follows=False)
    declare(slice(0, 48))
    train_suggestions(at=now())
    assert SuggestionModel.objects.count() == 10
    left = {path.name for path in store.iterdir()}
    assert len(left) == 7
    assert suggests.name in left
