"""The examples of the documentation do what the README says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import World

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
TYPES = {".json": "application/json", ".xml": "application/xml"}


@pytest.mark.parametrize("name", ["import.json", "import.xml"])
def test_a_good_example_is_lodged(customs: World, name: str) -> None:
    path = EXAMPLES / name
    answer = customs.api("declarant").post("/api/v1/declarations/", path.read_bytes(), content_type=TYPES[path.suffix])
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert len(body["number"]) == 12
    assert len(body["lines"]) == 5
    assert {fault["severity"] for fault in body["faults"]} <= {"warning"}


def test_both_good_examples_may_be_lodged_one_after_the_other(customs: World) -> None:
    api = customs.api("declarant")
    bodies = [(EXAMPLES / name).read_bytes() for name in ("import.json", "import.xml")]
    answers = [
        api.post("/api/v1/declarations/", body, content_type=kind)
        for body, kind in zip(bodies, TYPES.values(), strict=True)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]


def test_the_bad_example_tells_all_its_faults(customs: World) -> None:
    body = (EXAMPLES / "refused.json").read_bytes()
    answer = customs.api("declarant").post("/api/v1/declarations/decide", body, content_type="application/json")
    assert answer.status_code == 422
    assert {fault["code"] for fault in answer.json()["faults"]} == {"TQ-REG-007", "TQ-DEC-011", "TQ-DEC-013"}
