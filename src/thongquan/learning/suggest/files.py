"""A model as two files: arrays (`.npz`, never pickled) and a JSON file with texts, settings and calibration."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from thongquan.learning.postings import Postings, packed, unpacked
from thongquan.learning.suggest.calibration import Calibration
from thongquan.learning.suggest.knowledge import Example, Source
from thongquan.learning.suggest.model import LEVELS, Classes, Model, Settings, by_code
from thongquan.learning.suggest.reranking import can_order, forest_of

FORMAT = 1
ARRAYS, WORDS = "model.npz", "model.json"


def save(model: Model, folder: Path) -> None:
    """Write a model into a folder, made when missing. The JSON file, written last, holds the digest of the arrays."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {"features": model.features, "rarity": model.rarity, **packed(model.texts, "texts")}
    for level, classes in model.classes.items():
        arrays |= packed(classes.means, f"means{level}")
    draft = folder / f"draft-{ARRAYS}"
    with draft.open("wb") as out:
        np.savez_compressed(out, **arrays)
    digest = _digest(draft)
    words = {
        "format": FORMAT,
        "version": model.version,
        "arrays": digest,
        "settings": model.settings._asdict(),
        "calibration": {str(level): one._asdict() for level, one in model.calibration.items()},
        "classes": {str(level): one.codes for level, one in model.classes.items()},
        "forests": {str(level): text for level, text in model.forests.items()},
        "examples": [list(one) for one in model.examples],
    }
    text = folder / f"draft-{WORDS}"
    text.write_text(json.dumps(words, ensure_ascii=True), encoding="utf-8")
    draft.replace(folder / ARRAYS)
    text.replace(folder / WORDS)


class Digests(NamedTuple):
    """Of the two files of a model: whoever kept them sees at once when a file was changed."""

    arrays: str
    words: str


def digests(folder: Path) -> Digests:
    """The digests of the files as they stand. Raises OSError when one is missing."""
    return Digests(_digest(folder / ARRAYS), _digest(folder / WORDS))


def load(folder: Path) -> Model:
    """Read a model. Raises ValueError when the files are not one whole model of this format, OSError when missing."""
    try:
        return _load(folder)
    except (KeyError, TypeError, IndexError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        msg = f"the files of the model are damaged: {error!r}"
        raise ValueError(msg) from error


def _load(folder: Path) -> Model:
    words = json.loads((folder / WORDS).read_text(encoding="utf-8"))
    if words.get("format") != FORMAT or words.get("arrays") != _digest(folder / ARRAYS):
        raise ValueError("the files of the model do not belong together, or are of another format")
    with np.load(folder / ARRAYS, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    examples = tuple(_example(row) for row in words["examples"])
    forests = {int(level): text for level, text in words.get("forests", {}).items()}  # files of before have none
    ordering = can_order()
    for text in forests.values() if ordering else ():
        forest_of(text)
    sure = words["calibration"].items() if ordering or not forests else ()  # it holds for their order alone
    return Model(
        examples=examples,
        settings=Settings(**words["settings"]),
        features=arrays["features"],
        rarity=arrays["rarity"],
        texts=_checked(unpacked(arrays, "texts"), len(examples)),
        classes={level: _classes(words, arrays, level) for level in LEVELS},
        calibration={int(level): _calibration(one) for level, one in sure},
        version=words["version"],
        by_code=by_code(examples),
        forests=forests if ordering else {},
    )


def _classes(words: dict[str, Any], arrays: dict[str, Any], level: int) -> Classes:
    codes = tuple(words["classes"][str(level)])
    return Classes(codes, _checked(unpacked(arrays, f"means{level}"), len(codes)))


def _checked(index: Postings, height: int) -> Postings:
    """The index itself when no place in it leads outside."""
    sizes = np.diff(index.starts)
    whole = len(index.starts) == len(index.features) + 1 and int(index.starts[-1]) == len(index.rows)
    inside = not len(index.rows) or (int(index.rows.min()) >= 0 and int(index.rows.max()) < height)
    if not (whole and inside and index.height == height and (sizes >= 0).all()):
        raise ValueError("an index of the model leads outside of it")
    return index


def _example(row: list[Any]) -> Example:
    description, code, source, reference, count = row
    return Example(description, code, Source(source), reference, count)


def _calibration(row: dict[str, Any]) -> Calibration:
    return Calibration(tuple(row["weights"]), tuple(row["said"]), tuple(row["right"]), row["held_out"])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
