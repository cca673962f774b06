"""The model: learned in the order of time, calibrated, explained by meaning, and refused when somebody touched it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from thongquan.learning.risk import files, model
from thongquan.learning.risk.features import Features, Meaning
from thongquan.learning.risk.measures import auc, average_precision
from thongquan.learning.risk.model import Model, ModelDamagedError, ModelError, ModelMissingError, Settings
from thongquan.learning.risk.training import Chosen, Labels, chosen, trained

MEANINGS = (Meaning.PRICE, Meaning.PRICE, Meaning.WEIGHT, Meaning.TRADER, Meaning.TIME)
QUICK = (Settings(rounds=20, least=10), Settings(rounds=40, least=10, leaves=4))


def _rows(count: int, seed: int) -> tuple[Features, Labels]:
    """The first and the third column tell fraud; the rest is noise."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(count, 5)).astype(np.float32)
    chance = 1 / (1 + np.exp(-(1.6 * values[:, 0] + 1.2 * values[:, 2] - 2.5)))
    fraud = rng.random(count) < chance
    potential = np.full(count, 1e6)
    labels = Labels(fraud, np.where(fraud, 4e5, 0.0), potential, np.arange(count))
    return Features(("cheap", "peers", "heavy", "age", "hour"), MEANINGS, values), labels


@pytest.fixture(scope="module")
def learned() -> Chosen:
    return chosen(*_rows(3_000, 1), choices=QUICK)


def test_it_tells_fraud_on_lines_it_never_saw(learned: Chosen) -> None:
    features, labels = _rows(2_000, 2)
    said = learned.model.opened().probability(features.values)
    assert auc(said, labels.fraud) > 0.8
    assert abs(said.mean() - labels.fraud.mean()) < 0.03
    tenth = np.argsort(-said)[:200]
    assert said[tenth].mean() == pytest.approx(labels.fraud[tenth].mean(), abs=0.12)


def test_settings_are_chosen_on_later_lines(learned: Chosen) -> None:
    assert learned.settings == QUICK[int(np.argmax(learned.worth))]
    features, labels = _rows(1_000, 3)
    backwards = labels._replace(at=labels.at[::-1].copy())
    assert chosen(features, labels, QUICK).worth != chosen(features, backwards, QUICK).worth


def test_the_same_rows_give_the_same_version(learned: Chosen) -> None:
    assert chosen(*_rows(3_000, 1), choices=QUICK).model.version == learned.model.version
    assert chosen(*_rows(3_000, 9), choices=QUICK).model.version != learned.model.version


def test_expected_duty_is_a_part_of_what_is_at_stake(learned: Chosen) -> None:
    features, _labels = _rows(50, 4)
    duty = learned.model.opened().expected_duty(features.values, np.full(50, 2e6))
    assert duty == pytest.approx(np.full(50, 8e5), rel=0.05)
    few, labels = _rows(120, 5)
    assert trained(few, labels, QUICK[0]).parts == ""


def test_reasons_are_three_to_five_meanings_the_weightiest_first(learned: Chosen) -> None:
    values = np.zeros((2, 5), np.float32)
    values[0, 0], values[1, 2] = 3.0, 3.0
    cheap, heavy = learned.model.opened().reasons(values)
    assert cheap[0].meaning is Meaning.PRICE
    assert heavy[0].meaning is Meaning.WEIGHT
    for told in (cheap, heavy):
        assert 3 <= len(told) <= 5
        assert [one.weight for one in told] == sorted((one.weight for one in told), reverse=True)
        assert len({one.meaning for one in told}) == len(told)


def test_too_few_findings_are_no_model() -> None:
    features, labels = _rows(300, 6)
    with pytest.raises(ModelError, match="too few"):
        chosen(features, labels._replace(fraud=np.zeros(300, bool)), QUICK)
    with pytest.raises(ModelError, match="too few"):
        trained(features, labels._replace(fraud=np.zeros(300, bool)), QUICK[0])


def test_a_model_comes_back_from_its_files_and_says_the_same(learned: Chosen, tmp_path: Path) -> None:
    files.save(learned.model, tmp_path)
    back = files.load(tmp_path)
    assert back == learned.model
    values = _rows(100, 7)[0].values
    assert np.array_equal(back.opened().probability(values), learned.model.opened().probability(values))


def test_nothing_is_pickled(learned: Chosen, tmp_path: Path) -> None:
    files.save(learned.model, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"model.json", "forest.txt", "parts.txt"}
    assert (tmp_path / "forest.txt").read_text().startswith("tree")
    json.loads((tmp_path / "model.json").read_text())


def test_a_missing_model_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="no model"):
        files.load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["forest.txt", "parts.txt", "model.json"])
def test_a_poisoned_file_is_refused(learned: Chosen, tmp_path: Path, name: str) -> None:
    files.save(learned.model, tmp_path)
    path = tmp_path / name
    text = path.read_text()
    changed = [text.replace("0", "1", 1), text[: len(text) // 2], "", "\x00\x01"]
    for one in changed:
        path.write_text(one)
        with pytest.raises(ModelDamagedError):
            files.load(tmp_path)


def test_numbers_of_the_model_cannot_be_changed_beside_the_forest(learned: Chosen, tmp_path: Path) -> None:
    files.save(learned.model, tmp_path)
    path = tmp_path / "model.json"
    about = json.loads(path.read_text())
    for change in ({"right": [0.0] * len(about["right"])}, {"format": 2}, {"names": ["a"]}, {"part": 0.0}):
        path.write_text(json.dumps(about | change))
        with pytest.raises(ModelDamagedError):
            files.load(tmp_path)


def test_without_the_library_there_is_no_model(learned: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "lightgbm", None)
    with pytest.raises(ModelMissingError):
        learned.model.opened()
    with pytest.raises(ModelMissingError):
        trained(*_rows(300, 8), QUICK[0])


def test_a_forest_of_other_features_is_refused(learned: Chosen) -> None:
    other: Model = learned.model._replace(names=("one",))
    with pytest.raises(ModelDamagedError, match="other features"):
        other.opened()


def test_measures_of_a_ranking() -> None:
    fraud = np.array([True, False, True, False])
    assert auc(np.array([4.0, 3.0, 2.0, 1.0]), fraud) == 0.75
    assert auc(np.zeros(4), fraud) == 0.5
    assert average_precision(np.array([4.0, 3.0, 2.0, 1.0]), fraud) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.zeros(4), ~np.ones(4, bool)) == 0.0
