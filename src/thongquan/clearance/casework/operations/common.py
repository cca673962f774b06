"""What the verbs of casework share: words as they are kept, and their digest for the ledger."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping

from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import normalise

SALT_BYTES = 16
MOST_WORDS = 4000


def kept_words(text: str) -> str:
    """Words as they are kept: composed, line breaks as one sign, no signs that print nothing."""
    lines = normalise(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable() or sign.isspace()).strip()


def words_faults(text: str, *, path: str, most: int = MOST_WORDS) -> list[Fault]:
    """TQ-CSW-001 for none, TQ-CSW-002 for too many."""
    if not text:
        return [Fault(code=Code.TQ_CSW_001, path=path)]
    if len(text) > most:
        values = {"limit": str(most), "length": str(len(text))}
        return [Fault(code=Code.TQ_CSW_002, path=path, values=values)]
    return []


def given_words(text: str, *, path: str) -> str:
    """The same, to be stored. Raises `Refused` (TQ-CSW-001, -002)."""
    told = kept_words(text)
    if faults := words_faults(told, path=path):
        raise Refused(faults)
    return told


def salted(text: str) -> tuple[bytes, str]:
    """A fresh salt and the digest of the words under it: without the row nobody can guess them from the ledger."""
    salt = os.urandom(SALT_BYTES)
    return salt, hashlib.sha256(salt + text.encode()).hexdigest()


def refusal(code: Code, path: str = "", value: str = "", values: Mapping[str, str] | None = None) -> Refused:
    """A refusal with one fault, to be raised."""
    return Refused([Fault(code=code, path=path, value=value, values=dict(values or {}))])
