"""What a sentence consists of, before and after it is told in a language."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """A code's text and remedy as English message ids with placeholders, an accepted example, the legal basis."""

    text: str
    remedy: str
    example: str = ""
    basis: str = ""


class Told(NamedTuple):
    """A sentence in the active language with its values filled in."""

    text: str
    remedy: str
    example: str
    basis: str
