"""Suggested codes over HTTP: candidates with evidence, nobody else's texts, and a clear answer to anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.clearance.classification.suggesting.bad_input import BAD, OUTCOMES
from tests.world import World

URL = "/api/v1/classification/suggestions"


def ask(client: Client, description: str, **more: Any) -> dict[str, Any]:
    answer = client.get(URL, {"description": description, **more})
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert isinstance(found, dict)
    return found


def texts(found: dict[str, Any], source: str) -> list[str]:
    return [text["text"] for one in found["candidates"] for text in one["evidence"] if text["source"] == source]


def declared_codes(found: dict[str, Any]) -> list[str]:
    return [text["code"] for one in found["candidates"] for text in one["evidence"] if text["source"] == "history"]


def test_candidates_come_with_names_sureness_and_texts(customs: World, suggests: Path) -> None:
    found = ask(customs.api("declarant"), "Tỏi củ tươi bao 20kg", digits=6)
    first = found["candidates"][0]
    assert found["outcome"] == "proposed"
    assert (first["code"], first["listed"], first["opens"]) == ("070320", True, True)
    assert first["name"]
    assert 0.5 <= first["sureness"] <= 1
    assert 1 <= len(found["candidates"]) <= 5
    assert found["model"] == suggests.name


def test_the_drill_down_keeps_to_its_branch(customs: World, suggests: Path) -> None:
    found = ask(customs.api("declarant"), "Tỏi củ tươi bao 20kg", digits=8, under="0703")
    assert [one["code"] for one in found["candidates"]] == ["07032090"]


def test_texts_of_other_traders_never_reach_a_neighbor(customs: World, suggests: Path) -> None:
    """Odd chapters were declared by the demo enterprise at 15BB, even ones by another at 20BB."""
    declarant, officer = customs.api("declarant"), customs.api("clearance_officer")
    own, foreign = "Tỏi củ tươi bao 20kg", "Táo tươi Fuji thùng 10kg"
    assert texts(ask(declarant, own), "history")
    assert texts(ask(officer, own), "history")
    for client in (declarant, officer):  # the officer is of 15BB
        found = ask(client, foreign)
        assert found["candidates"][0]["code"] == "0808"
        assert not [code for code in declared_codes(found) if int(code[:2]) % 2 == 0]
    assert texts(ask(declarant, foreign), "nomenclature") == ["Apples, fresh"]


def test_a_stranger_asks_nothing(customs: World, suggests: Path) -> None:
    assert Client(SERVER_NAME="127.0.0.1").get(URL, {"description": "táo"}).status_code == 401
    assert customs.api("neighbor_customs").get(URL, {"description": "táo"}).status_code == 403
    scoped = Client(headers={"authorization": f"Bearer {customs.token('declarant', ('declarations:read',))}"})
    assert scoped.get(URL, {"description": "táo"}).status_code == 403


def post(client: Client, items: list[dict[str, Any]]) -> Any:
    return client.post(URL, json.dumps({"items": items}), content_type="application/json")


def test_several_are_answered_in_their_order(customs: World, suggests: Path) -> None:
    answer = post(customs.api("broker"), [{"description": "Xe đạp trẻ em", "digits": 8}, {"description": "hàng hóa"}])
    assert answer.status_code == 200
    first, second = answer.json()["items"]
    assert first["candidates"][0]["code"] == "87120030"
    assert (second["outcome"], second["refusal"]) == ("refused", "vague")
    assert second["question"].endswith(".")
    assert second["candidates"] == []


def test_every_fault_of_every_question_is_told_at_once(customs: World, suggests: Path) -> None:
    answer = post(
        customs.api("broker"),
        [{"description": "táo", "digits": 5}, {"description": "táo", "under": "8x"}, {"description": "táo"}],
    )
    assert answer.status_code == 422
    found = {(one["code"], one["path"]) for one in answer.json()["faults"]}
    assert found == {("TQ-CLS-085", "items[0].digits"), ("TQ-CLS-086", "items[1].under")}
    many = post(customs.api("broker"), [{"description": "táo"}] * 101)
    assert [one["code"] for one in many.json()["faults"]] == ["TQ-CLS-083"]


@pytest.mark.parametrize("what", sorted(BAD))
def test_bad_input_gets_a_clear_answer(customs: World, suggests: Path, what: str) -> None:
    answer = post(customs.api("declarant"), [{"description": BAD[what], "digits": 8}])
    assert answer.status_code == 200
    (found,) = answer.json()["items"]
    assert found["outcome"] in OUTCOMES
    assert bool(found["question"]) == (found["outcome"] != "proposed")
    if what in ("empty", "spaces", "emoji", "numbers", "stock code", "vague"):
        assert found["outcome"] == "refused"
    if what == "prompt":
        assert all(one["code"] != "84713020" for one in found["candidates"])
    if what in ("homoglyphs", "html", "sql", "control signs"):
        assert found["candidates"][0]["code"] == "08081000"


def test_without_a_model_the_answer_says_so(customs: World, store: Path) -> None:
    found = ask(customs.api("declarant"), "Táo tươi")
    assert (found["outcome"], found["candidates"]) == ("silent", [])
    assert found["question"]
