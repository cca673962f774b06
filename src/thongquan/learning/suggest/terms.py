"""Descriptions as sparse rows: features with the logarithm of how often they stand in the text."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from thongquan.learning.postings import Floats, Places
from thongquan.learning.text import canonical, coarse_numbers, fine_numbers

_STOP_WORDS = """
    of or and the a an for in with other not nec n e c than heading no thereof their excluding including whether to by
    on be as at from which subheading item chapter elsewhere specified
    va cua cac bang cho loai voi tu de la co duoc khong theo thuoc khac hang dung
"""
_STOP = frozenset(_STOP_WORDS.split())


class Terms(NamedTuple):
    """Features of a description, each once: `coarse` of words, `fine` of letters; counts beside them."""

    coarse: Places
    coarse_count: Floats
    fine: Places
    fine_count: Floats


def terms_of(description: str) -> Terms:
    """Read a description."""
    goods = canonical(description)
    goods = goods._replace(words=tuple(word for word in goods.words if word.folded not in _STOP))
    return Terms(*_counted(coarse_numbers(goods)), *_counted(fine_numbers(goods)))


def _counted(features: list[int]) -> tuple[Places, Floats]:
    counts = Counter(features)
    return np.fromiter(counts.keys(), np.int32, len(counts)), np.fromiter(counts.values(), np.float32, len(counts))
