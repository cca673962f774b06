"""What goods are called, in few words: the class by which prices are compared within a code."""

from __future__ import annotations

from thongquan.learning.text import canonical
from thongquan.rules.text import storable

WORDS, SIGNS, LONGEST = 3, 4, 80


def text_class(description: str) -> str:
    """The first words of a description without diacritics, boilerplate, numbers and models; Chinese by its first signs.

    `Táo tươi giống Fuji, thùng 10 kg` and `TAO TUOI GIONG GALA` are one class: `tao tuoi giong`.
    """
    found = canonical(storable(description))
    words = [word.folded for word in found.words if word.folded.isalpha() and len(word.folded) > 1]
    return (" ".join(words[:WORDS]) or "".join(found.han)[:SIGNS])[:LONGEST]
