"""Decisions that were made stay made: every stored decision of every release is decided the same again.

A difference fails unless it stands in `CORRECTIONS` with its name: then a page shows both results.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from thongquan.rules.encoding import decoded_decision, decoded_facts, encoded
from thongquan.rules.facts import RULES_RELEASE
from thongquan.rules.replay import replay

FOLDER = Path(__file__).with_name("golden")
CORRECTIONS: dict[tuple[str, int], str] = {}
"""(release, place in its file) -> name of the correction that changed it."""


def corpus() -> Iterator[tuple[str, int, bytes, bytes]]:
    for path in sorted(FOLDER.glob("*.jsonl")):
        for place, line in enumerate(path.read_text(encoding="ascii").splitlines()):
            row = json.loads(line)
            yield path.stem, place, base64.b64decode(row["facts"]), base64.b64decode(row["decision"])


def test_every_release_has_examples_of_every_kind() -> None:
    kinds = {(decoded_facts(facts).document.flow, decoded_decision(told).channel) for _r, _p, facts, told in corpus()}
    assert {release for release, *_rest in corpus()} >= {RULES_RELEASE}
    assert {("import", 1), ("import", 2), ("import", 3), ("export", 1)} <= kinds


def test_stored_decisions_are_decided_the_same() -> None:
    changed = [
        (release, place)
        for release, place, facts, told in corpus()
        if encoded(replay(facts)) != told and (release, place) not in CORRECTIONS
    ]
    assert changed == []


def test_a_change_would_be_seen() -> None:
    _release, _place, facts, told = next(corpus())
    other = decoded_decision(told)
    assert encoded(replay(facts)) == encoded(other)
    with pytest.raises(AssertionError):
        assert encoded(replay(facts)) == told[:-1]
