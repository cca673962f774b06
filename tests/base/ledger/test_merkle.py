"""The tree against the published reference vectors of RFC 6962 implementations, and against its own definition."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.base.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    Place,
    consistency_spans,
    cover,
    inclusion_spans,
    leaf_hash,
    node_hash,
    path,
    places_of,
    tree_head,
    verify_consistency,
    verify_inclusion,
)

# The eight leaf inputs of the Certificate Transparency reference tests, in hexadecimal, and the root over the first n.
INPUTS = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
# (leaf index, tree size) -> published audit path
INCLUSION = {
    (0, 1): [],
    (0, 8): [A, B, C],
    (5, 8): [D, E, ROOTS[4]],
    (2, 3): [ROOTS[2]],
    (1, 5): [ROOTS[1], B, D],
}
# (old size, new size) -> published consistency proof
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [A, B, C],
    (6, 8): [F, E, ROOTS[4]],
    (2, 5): [B, D],
}
LEAVES = [leaf_hash(content) for content in INPUTS]


def subtree(leaves: list[bytes], place: Place) -> bytes:
    return tree_head(leaves[place.index << place.level : (place.index + 1) << place.level])


def proof(leaves: list[bytes], spans: list[tuple[int, int]]) -> list[bytes]:
    return path(spans, lambda place: subtree(leaves, place))


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert tree_head(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_audit_paths_are_the_published_ones(index: int, size: int) -> None:
    found = proof(LEAVES[:size], inclusion_spans(index, size))
    assert [value.hex() for value in found] == INCLUSION[index, size]
    root = bytes.fromhex(ROOTS[size])
    assert verify_inclusion(leaf=LEAVES[index], index=index, size=size, path=found, root=root)


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(old: int, new: int) -> None:
    found = proof(LEAVES[:new], consistency_spans(old, new))
    assert [value.hex() for value in found] == CONSISTENCY[old, new]
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert verify_consistency(old=old, new=new, old_root=roots[0], new_root=roots[1], path=found)


@given(st.integers(0, 70))
def test_appending_gives_the_root_by_definition_and_every_complete_subtree_once(size: int) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    frontier, completed = Frontier(), {}
    for leaf in leaves:
        for place, value in frontier.append(leaf):
            assert place not in completed
            completed[place] = value
    assert frontier.root() == recursive_root(leaves)
    expected = {Place(level, index) for level in range(1, 8) for index in range(size >> level)}
    assert set(completed) == expected
    assert all(
        value == recursive_root(leaves[p.index << p.level : (p.index + 1) << p.level]) for p, value in completed.items()
    )
    assert frontier.hashes == [subtree(leaves, place) for place in cover(0, size)]


@given(st.data())
def test_every_leaf_is_proved_in_few_reads_and_no_other_leaf_is(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    leaves = [leaf_hash(number.to_bytes(2, "big")) for number in range(size)]
    spans = inclusion_spans(index, size)
    found, root = proof(leaves, spans), tree_head(leaves)
    assert verify_inclusion(leaf=leaves[index], index=index, size=size, path=found, root=root)
    assert len(places_of(spans)) <= 2 * size.bit_length()
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index) if size > 1 else st.just(size))
    assert not verify_inclusion(leaf=leaves[index], index=other, size=size, path=found, root=root)
    assert not verify_inclusion(leaf=leaf_hash(b"forged"), index=index, size=size, path=found, root=root)


@given(st.data())
def test_a_changed_path_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 64))
    index = data.draw(st.integers(0, size - 1))
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    found, root = proof(leaves, inclusion_spans(index, size)), tree_head(leaves)
    changed = list(found)
    place = data.draw(st.integers(0, len(found) - 1))
    changed[place] = bytes([changed[place][0] ^ 1]) + changed[place][1:]
    for wrong in (changed, found[:-1], [*found, found[0]]):
        assert not verify_inclusion(leaf=leaves[index], index=index, size=size, path=wrong, root=root)


@given(st.integers(1, 130), st.integers(1, 130))
def test_an_older_tree_is_the_beginning_of_a_newer_one_and_a_rewritten_one_is_not(first: int, second: int) -> None:
    old, new = sorted((first, second))
    leaves = [leaf_hash(bytes([number])) for number in range(new)]
    rewritten = [leaf_hash(b"rewritten"), *leaves[1:]]
    found = proof(leaves, consistency_spans(old, new))
    new_root = tree_head(leaves)
    assert verify_consistency(old=old, new=new, old_root=tree_head(leaves[:old]), new_root=new_root, path=found)
    wrong = tree_head(rewritten[:old])
    assert not verify_consistency(old=old, new=new, old_root=wrong, new_root=new_root, path=found)


def test_proofs_of_what_does_not_exist_are_refused() -> None:
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_spans(index, size)
        assert not verify_inclusion(leaf=LEAVES[0], index=index, size=size, path=[], root=EMPTY_ROOT)
    for old, new in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="no proof"):
            consistency_spans(old, new)
        assert not verify_consistency(old=old, new=new, old_root=EMPTY_ROOT, new_root=EMPTY_ROOT, path=[])


def test_a_consistency_proof_of_another_length_is_refused() -> None:
    root = bytes.fromhex(ROOTS[8])
    assert not verify_consistency(old=8, new=8, old_root=root, new_root=root, path=[root])
    assert not verify_consistency(old=8, new=8, old_root=root, new_root=bytes.fromhex(ROOTS[7]), path=[])
