"""Names of files from strangers, made safe to show, to store and to hand out again."""

from __future__ import annotations

import re
import unicodedata

from thongquan.base.attachments.types import EXTENSIONS

MAX_NAME = 120
_SEPARATORS = re.compile(r"[\\/]")
_RESERVED = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def safe_name(name: str, content_type: str) -> str:
    """The last part of a name in NFC, without control characters, turns of direction or path, and with an extension
    of its true type: `../../a.exe` with the content of a PDF becomes `a.exe.pdf`.
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    words = " ".join(last.split())
    shown = "".join(one for one in words if one not in _TURNS and unicodedata.category(one) not in ("Cc", "Cs", "Cf"))
    stem = _RESERVED.sub("_", shown).strip(" .")
    known = EXTENSIONS[content_type]
    extension = next((end for end in known if stem.lower().endswith(end)), "")
    stem = stem[: len(stem) - len(extension)].rstrip(" .") or "file"
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    return stem[:MAX_NAME].rstrip(" .") + (extension or known[0])
