"""What a night remembers as two files: arrays (npz) and words (JSON) with the digest of the arrays. Nothing is pickled.

The version is the digest of both. Whoever changed a byte is refused, and the caller falls back to rules and chance.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no stubs

from thongquan.learning.risk.arrays import Array, Joint
from thongquan.learning.risk.features import Meaning
from thongquan.learning.risk.model import ModelDamagedError, ModelMissingError
from thongquan.learning.risk.online import State
from thongquan.learning.risk.peers import Fitted
from thongquan.learning.risk.trade import CODED
from thongquan.learning.risk.words import Guesser

FORMAT = 1
WORDS, ARRAYS = "state.json", "state.npz"
FILES = (WORDS, ARRAYS)
_OF_FITTED = tuple(name for name in Fitted._fields if name != "goods")


def save_state(state: State, folder: Path) -> str:
    """Write what a night remembers into a folder, made when missing, words last; gives its version."""
    folder.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, **_arrays(state))
    arrays = packed.getvalue()
    words = json.dumps(_words(state, arrays), ensure_ascii=False).encode()
    _write(folder / ARRAYS, arrays)
    _write(folder / WORDS, words)
    return version_of(words)


def load_state(folder: Path) -> tuple[State, str]:
    """Read what a night remembers, and its version. Raises ModelMissingError, ModelDamagedError."""
    try:
        words, arrays = ((folder / name).read_bytes() for name in FILES)
    except OSError as error:
        message = f"no state in {folder.name}: {error.strerror}"
        raise ModelMissingError(message) from error
    try:
        about = json.loads(words)
        if about["format"] != FORMAT or about["arrays"] != _digest(arrays):
            raise ModelDamagedError("the arrays are not those that were written")
        with np.load(io.BytesIO(arrays), allow_pickle=False) as held:
            return _state(about, {name: held[name] for name in held.files}), version_of(words)
    except (ValueError, KeyError, TypeError, IndexError, zipfile.BadZipFile) as error:
        message = f"{WORDS} does not describe a state: {error}"
        raise ModelDamagedError(message) from error


def version_of(words: bytes) -> str:
    """The version: a digest of the words, which name the digest of the arrays."""
    return _digest(words)[:24]


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def _words(state: State, arrays: bytes) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "arrays": _digest(arrays),
        "names": state.names,
        "meanings": state.meanings,
        "at": state.at,
        "lines": state.lines,
        "usual": state.usual,
        "places": {name: list(state.places[name]) for name in CODED},
        "regimes": state.regimes.tolist(),
        "words": list(state.word_places),
        "joints": [[one.lows, one.widths] for one in (*state.joints, state.fitted.goods)],
        "tables": len(state.tables),
        "outcomes": len(state.outcomes),
        "guesses": state.guesser is not None,
    }


def _arrays(state: State) -> dict[str, Array]:
    found: dict[str, Array] = {"closings": state.closings, "begins": state.begins}
    for name in _OF_FITTED:
        found[f"fitted_{name}"] = getattr(state.fitted, name)
    for number, joint in enumerate((*state.joints, state.fitted.goods)):
        for stage, known in enumerate(joint.known):
            found[f"joint_{number}_{stage}"] = known
    for name, tables in (("table", state.tables), ("outcome", state.outcomes)):
        found |= {f"{name}_{number}": table for number, table in enumerate(tables)}
    if state.guesser is not None:
        profile = sparse.csr_matrix(state.guesser.profile)
        found |= {"rarity": state.guesser.rarity, "shape": np.array(profile.shape)}
        found |= {"data": profile.data, "indices": profile.indices, "indptr": profile.indptr}
    return found


def _state(about: dict[str, Any], held: dict[str, Array]) -> State:
    joints = [
        Joint(tuple(lows), tuple(widths), tuple(held[f"joint_{number}_{stage}"] for stage in range(len(widths))))
        for number, (lows, widths) in enumerate(about["joints"])
    ]
    fitted = Fitted(goods=joints[-1], **{name: held[f"fitted_{name}"] for name in _OF_FITTED})
    return State(
        names=tuple(about["names"]),
        meanings=tuple(map(Meaning, about["meanings"])),
        at=int(about["at"]),
        lines=int(about["lines"]),
        usual=float(about["usual"]),
        places={name: {word: place for place, word in enumerate(about["places"][name])} for name in CODED},
        regimes=np.array(about["regimes"], dtype=object),
        joints=tuple(joints[:-1]),
        tables=tuple(held[f"table_{number}"] for number in range(about["tables"])),
        outcomes=tuple(held[f"outcome_{number}"] for number in range(about["outcomes"])),
        fitted=fitted,
        guesser=_guesser(held) if about["guesses"] else None,
        word_places={word: place for place, word in enumerate(about["words"])},
        closings=held["closings"],
        begins=held["begins"],
    )


def _guesser(held: dict[str, Array]) -> Guesser:
    shape = tuple(int(one) for one in held["shape"])
    profile = sparse.csr_matrix((held["data"], held["indices"], held["indptr"]), shape=shape)
    return Guesser(profile, held["rarity"])


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(f"draft-{path.name}")
    draft.write_bytes(data)
    os.replace(draft, path)
