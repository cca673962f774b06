"""The marks of Vietnamese, by the system's Tesseract where it is installed (`apt-get install tesseract-ocr-vie`).

The reader's own models know Latin letters without marks. Each line they found is read once more by Tesseract; its
words stand where they have marks and are much like what was read before. Lines without marks, reference numbers and
codes among them, stay as they were, and figures that the two looks tell apart are doubted. The library works in memory
behind the walls of the reader: it opens no file once it is loaded.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
import weakref
from contextlib import suppress
from difflib import SequenceMatcher
from typing import Any, TypeAlias

import numpy as np

from thongquan.rules.text import fold

LIBRARY, THREADS = "libtesseract.so.5", "libgomp.so.1"
LANGUAGE = b"vie"
ONE_LINE = 7
DOTS_PER_INCH = 190
Gray: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
ALIKE = 0.8
"""How much alike both readings are (share of letters in common) for the second to stand."""
_SIGNS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = "[aăâeêioôơuưy]"
_SYLLABLE = re.compile(
    f"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?{_VOWEL}{{1,3}}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_FIGURES = re.compile(r"\d(?:[\d.,]*\d)?")
_LETTER = re.compile(r"[A-Za-z]")
_NAMES: dict[str, tuple[list[Any], Any]] = {
    "TessBaseAPICreate": ([], ctypes.c_void_p),
    "TessBaseAPIInit3": ([ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p], ctypes.c_int),
    "TessBaseAPISetPageSegMode": ([ctypes.c_void_p, ctypes.c_int], None),
    "TessBaseAPISetImage": ([ctypes.c_void_p, ctypes.c_char_p, *[ctypes.c_int] * 4], None),
    "TessBaseAPISetSourceResolution": ([ctypes.c_void_p, ctypes.c_int], None),
    "TessBaseAPIGetUTF8Text": ([ctypes.c_void_p], ctypes.c_void_p),
    "TessDeleteText": ([ctypes.c_void_p], None),
    "TessBaseAPIDelete": ([ctypes.c_void_p], None),
}


class Marks:
    """Tesseract with its Vietnamese model loaded. Raises `OSError` where it is not installed."""

    def __init__(self) -> None:
        with suppress(OSError):
            ctypes.CDLL(THREADS).omp_set_num_threads(1)  # behind the walls no thread can begin
        self._library = ctypes.CDLL(LIBRARY)
        for name, (takes, gives) in _NAMES.items():
            function = getattr(self._library, name)
            function.argtypes, function.restype = takes, gives
        self._handle = self._library.TessBaseAPICreate()
        weakref.finalize(self, self._library.TessBaseAPIDelete, self._handle)
        if self._library.TessBaseAPIInit3(self._handle, None, LANGUAGE) != 0:
            raise OSError("tesseract-ocr-vie")
        self._library.TessBaseAPISetPageSegMode(self._handle, ONE_LINE)

    def line(self, gray: Gray) -> str:
        """The words of a picture of one line, eight bits a point."""
        high, wide = gray.shape
        points = np.ascontiguousarray(gray).tobytes()
        self._library.TessBaseAPISetImage(self._handle, points, wide, high, 1, wide)
        self._library.TessBaseAPISetSourceResolution(self._handle, DOTS_PER_INCH)
        told = self._library.TessBaseAPIGetUTF8Text(self._handle)
        if not told:
            return ""
        try:
            text = ctypes.string_at(told).decode(errors="replace")
        finally:
            self._library.TessDeleteText(told)
        return unicodedata.normalize("NFC", " ".join(text.split()))


def ready_marks() -> Marks | None:
    """Tesseract, or None where library or model are not installed."""
    try:
        return Marks()
    except (OSError, AttributeError):
        return None


def may_have_marks(read: str) -> bool:
    """Whether a line may be Vietnamese: Latin letters and nothing of another script."""
    return bool(_LETTER.search(read)) and not any(unicodedata.name(one, "").startswith("CJK") for one in read)


def with_marks(read: str, marked: str) -> tuple[str, bool]:
    """The line as Tesseract read it where that is Vietnamese and much alike, else as it was; and whether both saw the
    same figures. The first look takes a marked letter for a figure now and then (`Số` for `S6`).
    """
    if not _is_vietnamese(marked):
        return read, True
    if SequenceMatcher(None, _bare(read), _bare(marked), autojunk=False).ratio() < ALIKE:
        return read, True
    return marked, _FIGURES.findall(read) == _FIGURES.findall(marked)


def _is_vietnamese(text: str) -> bool:
    """Whether there are words with marks, and all of these are syllables: English print gets a stray mark at times."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return bool(words) and all(_is_syllable(word) for word in words)


def _is_syllable(word: str) -> bool:
    plain = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word)))
    cased = word.isupper() or word.islower() or word.istitle()
    return cased and _SYLLABLE.fullmatch(plain) is not None


def _bare(text: str) -> str:
    return _SIGNS.sub("", fold(text))
