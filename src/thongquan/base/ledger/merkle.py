"""Merkle trees as RFC 6962 section 2.1 defines them: hashes, heads, proofs, and their verification.

A tree of n leaves splits at the largest power of two below n. A *complete* subtree covers 2^level leaves and starts at
a multiple of that; `Place(level, index)` names it, level 0 being the leaves. Its hash never changes once it is full, so
complete subtrees are all that a store has to keep.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()


@dataclass(frozen=True, slots=True)
class Place:
    """A complete subtree: leaves `index * 2^level` up to (excluding) `(index + 1) * 2^level`."""

    level: int
    index: int


Lookup = Callable[[Place], bytes]
Span = tuple[int, int]


def leaf_hash(content: bytes) -> bytes:
    """Hash of a leaf: the prefix 0x00 keeps leaves and nodes apart."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node over its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The right edge of a tree: the complete subtrees that make it up, largest first. Enough to append and to sign."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[tuple[Place, bytes]]:
        """Add one leaf hash; returns the inner nodes (level 1 and up) that it completed, lowest first."""
        completed: list[tuple[Place, bytes]] = []
        level, index, full = 0, self.size, leaf
        while index % 2:
            full = node_hash(self.hashes.pop(), full)
            level, index = level + 1, index // 2
            completed.append((Place(level, index), full))
        self.hashes.append(full)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The tree head over all leaves so far."""
        return fold(self.hashes) if self.hashes else EMPTY_ROOT


def fold(hashes: Sequence[bytes]) -> bytes:
    """One hash over adjacent subtrees that shrink from left to right."""
    total = hashes[-1]
    for left in reversed(hashes[:-1]):
        total = node_hash(left, total)
    return total


def tree_head(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def cover(start: int, end: int) -> list[Place]:
    """The complete subtrees that make up the span [start, end) of a tree; `start` must fit the span's shape."""
    places: list[Place] = []
    while start < end:
        level = (end - start).bit_length() - 1
        places.append(Place(level, start >> level))
        start += 1 << level
    return places


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The spans whose hashes prove that leaf `index` is in the tree of `size`, nearest sibling first.

    Raises ValueError when there is no such leaf.
    """
    if not 0 <= index < size:
        message = f"no leaf {index} in a tree of {size}"
        raise ValueError(message)
    spans: list[Span] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """The spans whose hashes prove that the tree of size `old` is the beginning of the tree of size `new`.

    Raises ValueError unless 0 < old <= new.
    """
    if not 0 < old <= new:
        message = f"no proof from {old} to {new}"
        raise ValueError(message)
    spans: list[Span] = []
    start, end = 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return ([(start, end)] if start else []) + spans[::-1]


def places_of(spans: Iterable[Span]) -> list[Place]:
    """Every complete subtree that a proof over these spans reads."""
    return [place for start, end in spans for place in cover(start, end)]


def path(spans: Iterable[Span], lookup: Lookup) -> list[bytes]:
    """The proof over these spans; `lookup` gives the hash of a complete subtree."""
    return [fold([lookup(place) for place in cover(start, end)]) for start, end in spans]


def verify_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf hash at `index` to the root of the tree of `size`."""
    if not 0 <= index < size:
        return False
    spans = inclusion_spans(index, size)
    if len(spans) != len(path):
        return False
    total = leaf
    for (_, end), sibling in zip(spans, path, strict=True):
        total = node_hash(sibling, total) if end <= index else node_hash(total, sibling)
    return total == root


def verify_consistency(*, old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows that the tree of size `old` with `old_root` is the beginning of the newer tree."""
    if not 0 < old <= new:
        return False
    spans = consistency_spans(old, new)
    if len(spans) != len(path):
        return False
    if old == new:
        return old_root == new_root
    # Where the old tree is itself a complete subtree, its root is known and the proof leaves it out.
    inner = spans[0][0] < old
    first, rest = (path[0], 1) if inner else (old_root, 0)
    before = after = first
    for (_, end), sibling in zip(spans[rest:], path[rest:], strict=True):
        if end <= old:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
        else:
            after = node_hash(after, sibling)
    return before == old_root and after == new_root


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
