"""Features of goods as whole numbers of 32 bits, the same on every machine and in every run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise, starmap
from zlib import crc32

from thongquan.learning.text.canonical import Canonical
from thongquan.learning.text.quantities import Quantity

_SIGN = 1 << 31
_GRAM, _SHORTEST_STEM, _LONGEST_WORD = 4, 3, 40
_MOST = 600


def feature_hash(feature: str) -> int:
    """The number of a feature: CRC-32 as a signed 32-bit integer, as PostgreSQL's `int`."""
    number = crc32(feature.encode("utf-8", "surrogatepass"))
    return number - 2 * _SIGN if number >= _SIGN else number


def stem(word: str) -> str:
    """English plurals to their singular; words of other languages do not end so."""
    if len(word) <= _SHORTEST_STEM or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def coarse_features(goods: Canonical) -> list[str]:
    """What tells the class of goods: stems, their pairs, words with diacritics, Chinese signs and pairs of them."""
    stems = [stem(word.folded)[:_LONGEST_WORD] for word in goods.words][:_MOST]
    found = [f"w{one}" for one in stems]
    found += [f"b{one} {two}" for one, two in pairwise(stems)]
    found += [f"v{word.plain}" for word in goods.words[:_MOST] if word.plain != word.folded]
    found += _han(goods)
    return found


def fine_features(goods: Canonical) -> list[str]:
    """Groups of four letters within words: what outlives slips of the hand."""
    return [gram for word in goods.words[:_MOST] for gram in _grams(stem(word.folded)[:_LONGEST_WORD])]


def coarse_numbers(goods: Canonical) -> list[int]:
    """The coarse features as numbers, in their order."""
    words = goods.words[:_MOST]
    stems = [_stemmed(word.folded) for word in words]
    found = [_hashed(f"w{one}") for one in stems]
    found += starmap(_hashed_pair, pairwise(stems))
    found += [_hashed(f"v{word.plain}") for word in words if word.plain != word.folded]
    found += map(_hashed, _han(goods))
    return found


def fine_numbers(goods: Canonical) -> list[int]:
    """The fine features as numbers, in their order."""
    return list(chain.from_iterable(_hashed_grams(word.folded) for word in goods.words[:_MOST]))


def rare_numbers(goods: Canonical) -> set[int]:
    """All by which the same goods are found again, as numbers: words, pairs, quantities and models are even, groups of
    letters odd."""
    return numbers_of_words(goods) | numbers_named(goods)


def numbers_of_words(goods: Canonical) -> set[int]:
    """Words, their pairs, groups of letters and Chinese signs as numbers."""
    words = [word.folded[:_LONGEST_WORD] for word in goods.words[:_MOST]]
    found = set(chain.from_iterable(map(_of_word, words)))
    found.update(starmap(_of_pair, pairwise(words)))
    if goods.han:
        found.update(_even(one) for one in _han(goods))
    return found


def numbers_named(goods: Canonical) -> set[int]:
    """Quantities and models as numbers, which are even."""
    named = set(map(_of_quantity, goods.quantities[:_MOST]))
    named.update(map(_of_model, goods.models[:_MOST]))
    return named


@lru_cache(maxsize=1 << 16)
def _stemmed(word: str) -> str:
    return stem(word)[:_LONGEST_WORD]


@lru_cache(maxsize=1 << 17)
def _hashed(feature: str) -> int:
    return feature_hash(feature)


@lru_cache(maxsize=1 << 17)
def _hashed_pair(one: str, two: str) -> int:
    return feature_hash(f"b{one} {two}")


@lru_cache(maxsize=1 << 16)
def _hashed_grams(word: str) -> tuple[int, ...]:
    return tuple(map(feature_hash, _grams(_stemmed(word))))


@lru_cache(maxsize=1 << 17)
def _of_word(word: str) -> tuple[int, ...]:
    return (_even(f"w{word}"), *(feature_hash(gram) | 1 for gram in _grams(word)))


@lru_cache(maxsize=1 << 17)
def _of_pair(one: str, two: str) -> int:
    return _even(f"b{one} {two}")


@lru_cache(maxsize=1 << 15)
def _of_quantity(one: Quantity) -> int:
    return _even(f"q{one}")


@lru_cache(maxsize=1 << 15)
def _of_model(one: str) -> int:
    return _even(f"m{one[:_LONGEST_WORD]}")


def _even(feature: str) -> int:
    return feature_hash(feature) & ~1


def _grams(word: str) -> Iterator[str]:
    padded = f" {word} "
    for place in range(max(len(padded) - _GRAM + 1, 1)):
        yield f"c{padded[place : place + _GRAM]}"


def _han(goods: Canonical) -> list[str]:
    runs = [run[:_MOST] for run in goods.han][:_MOST]
    signs = [f"h{sign}" for run in runs for sign in run]
    return (signs + [f"h{one}{two}" for run in runs for one, two in pairwise(run)])[: 2 * _MOST]
