"""A model as three files: two forests as text of LightGBM, and a JSON file with all else and the digests of both.

Nothing is pickled. Whoever changed a byte is refused: `load` raises, and the caller falls back to rules.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from thongquan.learning.risk.features import Meaning
from thongquan.learning.risk.model import Curve, Model, ModelDamagedError, ModelMissingError, digest_of

FORMAT = 1
ABOUT, FOREST, PARTS = "model.json", "forest.txt", "parts.txt"
FILES = (ABOUT, FOREST, PARTS)


def save(model: Model, folder: Path) -> None:
    """Write a model into a folder, made when missing; the JSON file, which tells the digests, last."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / FOREST, model.forest)
    _write(folder / PARTS, model.parts)
    about = {
        "format": FORMAT,
        "version": model.version,
        "forest": digest_of([model.forest]),
        "parts": digest_of([model.parts]),
        "names": model.names,
        "meanings": [str(one) for one in model.meanings],
        "part": model.part,
        "said": model.curve.said,
        "right": model.curve.right,
        "trained_until": model.trained_until,
        "lines": model.lines,
        "found": model.found,
    }
    _write(folder / ABOUT, json.dumps(about, indent=1) + "\n")


def load(folder: Path) -> Model:
    """Read a model. Raises ModelMissingError when there is none, ModelDamagedError when it is not what was written."""
    try:
        about, forest, parts = (_read(folder / name) for name in (ABOUT, FOREST, PARTS))
    except OSError as error:
        message = f"no model in {folder.name}: {error.strerror}"
        raise ModelMissingError(message) from error
    except UnicodeDecodeError as error:
        raise ModelDamagedError("a file of the model is no text") from error
    try:
        model = _model(json.loads(about), forest, parts)
    except (ValueError, KeyError, TypeError) as error:
        message = f"{ABOUT} does not describe a model: {error}"
        raise ModelDamagedError(message) from error
    if model.version != digest_of([forest, parts, repr(model.part), repr(model.curve), *model.names]):
        raise ModelDamagedError("the version is not the digest of the model")
    model.opened()
    return model


def _model(about: dict[str, Any], forest: str, parts: str) -> Model:
    if about["format"] != FORMAT:
        message = f"format {about['format']} is not {FORMAT}"
        raise ValueError(message)
    if (about["forest"], about["parts"]) != (digest_of([forest]), digest_of([parts])):
        raise ValueError("a forest is not the one that was written")
    return Model(
        names=tuple(about["names"]),
        meanings=tuple(Meaning(one) for one in about["meanings"]),
        forest=forest,
        parts=parts,
        part=float(about["part"]),
        curve=Curve(tuple(map(float, about["said"])), tuple(map(float, about["right"]))),
        version=str(about["version"]),
        trained_until=int(about["trained_until"]),
        lines=int(about["lines"]),
        found=int(about["found"]),
    )


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f"draft-{path.name}")
    draft.write_text(text, encoding="utf-8", newline="\n")
    os.replace(draft, path)


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as source:
        return source.read()
