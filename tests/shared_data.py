"""Where the shared data lies, when this machine has it: TQ_SHARED, else the folder `shared` beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def shared(*parts: str) -> Path | None:
    """Give the path of a shared file or folder, or None when it is not here; a module skips itself on None."""
    home = os.environ.get("TQ_SHARED")
    path = Path(home) if home else _ROOT.parent / "shared"
    path = path.joinpath(*parts)
    return path if path.exists() else None
