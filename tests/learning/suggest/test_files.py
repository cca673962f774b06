"""A model is arrays and words, never a pickle, and says which one it is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.learning.samples import history
from thongquan.learning.suggest import digests, load, save, suggest, train, trained_and_calibrated


def test_a_model_comes_back_as_it_went(tmp_path: Path) -> None:
    model = trained_and_calibrated(history())
    save(model, tmp_path / "m")
    back = load(tmp_path / "m")
    assert suggest(back, "bàn gỗ", digits=8) == suggest(model, "bàn gỗ", digits=8)
    assert back.version == model.version


def test_the_version_follows_what_was_read() -> None:
    assert train(history()).version == train(history()).version
    assert train(history()).version != train(history()[1:]).version


def test_nothing_is_pickled(tmp_path: Path) -> None:
    save(train(history()), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"model.npz", "model.json"}
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_files_of_two_models_are_refused(tmp_path: Path) -> None:
    save(train(history()), tmp_path / "one")
    save(train(history()[:50]), tmp_path / "two")
    (tmp_path / "one" / "model.npz").replace(tmp_path / "two" / "model.npz")
    with pytest.raises(ValueError, match="belong together"):
        load(tmp_path / "two")


def test_another_format_is_refused(tmp_path: Path) -> None:
    save(train(history()), tmp_path)
    words = json.loads((tmp_path / "model.json").read_text())
    (tmp_path / "model.json").write_text(json.dumps({**words, "format": 99}))
    with pytest.raises(ValueError, match="format"):
        load(tmp_path)


def test_a_damaged_file_is_refused_whatever_is_wrong(tmp_path: Path) -> None:
    save(train(history()), tmp_path)
    good = (tmp_path / "model.json").read_text()
    words = json.loads(good)
    for poison in (
        "{}",
        "[]",
        "no JSON",
        json.dumps({**words, "examples": words["examples"][:3]}),
        json.dumps({**words, "examples": [["x"]]}),
        json.dumps({key: value for key, value in words.items() if key != "classes"}),
    ):
        (tmp_path / "model.json").write_text(poison)
        with pytest.raises(ValueError, match=r"\w"):
            load(tmp_path)
    (tmp_path / "model.json").write_text(good)
    (tmp_path / "model.npz").write_bytes(b"PK no archive")
    with pytest.raises(ValueError, match=r"\w"):
        load(tmp_path)


def test_digests_tell_of_any_change(tmp_path: Path) -> None:
    save(train(history()), tmp_path)
    before = digests(tmp_path)
    (tmp_path / "model.json").write_text((tmp_path / "model.json").read_text().replace("61091010", "61091020"))
    assert digests(tmp_path).arrays == before.arrays
    assert digests(tmp_path).words != before.words
    load(tmp_path)  # it is a whole model all the same: only who kept the digests knows
