"""A forest puts candidates into a better order where it wins on goods apart, and nowhere else."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.learning.samples import history
from thongquan.learning.suggest import load, reranking, save, suggest, trained_and_calibrated
from thongquan.learning.suggest.model import judged
from thongquan.learning.suggest.reranking import Answer, learned, reordered
from thongquan.learning.suggest.scores import Judged, Scored

CODES = [f"{number:04d}" for number in range(6101, 6109)]


def answers(count: int, *, telling: bool) -> list[Answer]:
    """Goods whose right code comes at any place; the votes tell it, or nothing does."""
    chance = random.Random(7)
    found = []
    for number in range(count):
        codes = chance.sample(CODES, 6)
        right = chance.choice(codes)
        shown = [
            Scored(code, 1.0 - place / 10, chance.random(), 0.9 if telling and code == right else 0.1, chance.random())
            for place, code in enumerate(codes)
        ]
        said = Judged({2: [Scored("61", 1.0, 1.0, 1.0, 1.0)], 4: shown, 6: [], 8: []}, (), 1.0, 5)
        found.append(Answer(said, dict.fromkeys(CODES, 3), f"{right}0000", number % 5))
    return found


def test_what_tells_the_right_code_is_learned() -> None:
    given = answers(900, telling=True)
    forest, found = learned(given, 4)
    assert forest
    before = sum(one.judged.levels[4][0].code == one.code[:4] for one in given)
    after = sum(shown[0].code == one.code[:4] for one, shown in zip(given, found, strict=True))
    assert after > 0.95 * len(given) > 2 * before
    fresh = answers(950, telling=True)[-1]
    ordered = reordered(forest, fresh.judged, 4, fresh.texts.__getitem__)
    assert ordered[0].code == fresh.code[:4]
    assert sum(one.score for one in ordered) == pytest.approx(1.0)
    assert {one.code for one in ordered} == {one.code for one in fresh.judged.levels[4]}


def test_the_same_answers_give_the_same_forest() -> None:
    assert learned(answers(600, telling=True), 4)[0] == learned(answers(600, telling=True), 4)[0]


def test_where_nothing_tells_the_order_stays() -> None:
    given = answers(900, telling=False)
    assert learned(given, 4) == ("", [one.judged.levels[4] for one in given])


def test_few_answers_teach_nothing() -> None:
    assert learned(answers(reranking.LEAST_ANSWERS - 1, telling=True), 4)[0] == ""


def test_without_the_library_the_order_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    given = answers(600, telling=True)
    forest, _ = learned(given, 4)
    monkeypatch.setattr(reranking, "lightgbm", None)
    assert reordered(forest, given[0].judged, 4, given[0].texts.__getitem__) == given[0].judged.levels[4]
    assert learned(given, 4)[0] == ""


def test_a_model_keeps_its_forests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forest, _ = learned(answers(600, telling=True), 4)
    model = trained_and_calibrated(history())._replace(forests={4: forest})
    save(model, tmp_path)
    back = load(tmp_path)
    said = judged(back, "bàn gỗ văn phòng")
    assert said == judged(model, "bàn gỗ văn phòng")
    assert said.levels[2][0].code == said.levels[4][0].code[:2]
    assert sum(one.score for one in said.levels[4]) == pytest.approx(1.0)
    monkeypatch.setattr(reranking, "lightgbm", None)
    bare = load(tmp_path)  # its sureness holds for the order of the forests alone
    assert not bare.forests
    assert suggest(bare, "bàn gỗ văn phòng").abstains
    assert suggest(bare, "bàn gỗ văn phòng").candidates


def test_a_damaged_forest_is_refused(tmp_path: Path) -> None:
    save(trained_and_calibrated(history())._replace(forests={4: "tree"}), tmp_path)
    with pytest.raises(ValueError, match="forest"):
        load(tmp_path)


def test_a_short_history_grows_no_forest() -> None:
    assert not trained_and_calibrated(history()[:200]).forests


def test_files_of_before_have_no_forests(tmp_path: Path) -> None:
    save(trained_and_calibrated(history()), tmp_path)
    words = json.loads((tmp_path / "model.json").read_text())
    del words["forests"]
    (tmp_path / "model.json").write_text(json.dumps(words))
    assert not load(tmp_path).forests
