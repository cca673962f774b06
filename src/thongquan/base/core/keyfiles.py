"""Key files: made once, readable by their owner only. No Django here, so that settings can use it too."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def read_or_make(path: Path, *, size: int = 48) -> bytes:
    """Content of the key file, made of `size` random bytes on first use with mode 0600."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_once(path, secrets.token_bytes(size))
    return path.read_bytes()


def write_once(path: Path, content: bytes) -> None:
    """Create `path` whole or not at all; where another process or thread was faster, its content stays."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
