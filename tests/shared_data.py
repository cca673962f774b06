"""Where the shared data lies, when this machine has it: TQ_SHARED, else the folder `shared` beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def shared(*parts: str) -> Path:
    """Give the path of a shared file or folder; `tests/conftest.py` collects what needs one only where the folder is."""
    home = os.environ.get("TQ_SHARED")
    return (Path(home) if home else _ROOT.parent / "shared").joinpath(*parts)
