"""Goods in one form: canonical text, what can be read out of it, and features for looking up."""

from thongquan.learning.text.canonical import MOST_CHARACTERS, Canonical, Token, canonical, fingerprint
from thongquan.learning.text.features import (
    coarse_features,
    coarse_numbers,
    feature_hash,
    fine_features,
    fine_numbers,
    numbers_named,
    numbers_of_words,
    rare_numbers,
)
from thongquan.learning.text.traits import Traits, traits

__all__ = [
    "MOST_CHARACTERS",
    "Canonical",
    "Token",
    "Traits",
    "canonical",
    "coarse_features",
    "coarse_numbers",
    "feature_hash",
    "fine_features",
    "fine_numbers",
    "fingerprint",
    "numbers_named",
    "numbers_of_words",
    "rare_numbers",
    "traits",
]
