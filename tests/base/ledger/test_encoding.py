"""The leaf of an entry: an outsider can compute it from the published fields, and no two entries share one."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.base.ledger.encoding import canonical_json, canonical_time, entry_values, leaf_of

AT = datetime(2026, 3, 2, 8, 30, 0, 5, tzinfo=UTC)
FIELDS = ("at", "actor", "action", "subject", "details", "salt")


def test_the_leaf_is_what_the_documentation_says() -> None:
    values = entry_values(
        action="declaration.lodged", subject="declaration:1", actor="user:2", at=AT, details={"b": 1, "a": "Lạng Sơn"}
    )
    parts = [b"thongquan-ledger-entry-1", b"2026-03-02T08:30:00.000005Z", b"user:2", b"declaration.lodged"]
    parts += [b"declaration:1", '{"a":"Lạng Sơn","b":1}'.encode(), values.salt]
    content = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    assert values.leaf == hashlib.sha256(b"\x00" + content).digest()
    assert len(values.salt) == 16


def test_the_same_operation_twice_gives_two_leaves() -> None:
    first, second = (entry_values(action="a", subject="b:1", actor="c:1", at=AT, details={}) for _ in range(2))
    assert first.details == second.details
    assert first.salt != second.salt
    assert first.leaf != second.leaf


def test_equal_details_give_equal_bytes_whatever_their_order() -> None:
    assert canonical_json({"b": [1, {"d": 1, "c": 2}], "a": None}) == b'{"a":null,"b":[1,{"c":2,"d":1}]}'
    assert canonical_json({"a": None, "b": [1, {"c": 2, "d": 1}]}) == b'{"a":null,"b":[1,{"c":2,"d":1}]}'


def test_a_moment_is_written_one_way_in_every_zone() -> None:
    hanoi = AT.astimezone(timezone(timedelta(hours=7)))
    assert canonical_time(hanoi) == canonical_time(AT) == "2026-03-02T08:30:00.000005Z"
    assert canonical_time(AT.replace(microsecond=0)) == "2026-03-02T08:30:00.000000Z"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        entry_values(action="a", subject="b:1", actor="c:1", at=AT.replace(tzinfo=None), details={})


@given(st.lists(st.text(max_size=4), min_size=4, max_size=4), st.lists(st.text(max_size=4), min_size=4, max_size=4))
def test_different_fields_give_different_leaves_however_they_are_cut(first: list[str], second: list[str]) -> None:
    def leaf(words: list[str]) -> bytes:
        return leaf_of(at=words[0], actor=words[1], action=words[2], subject=words[3], details=b"{}", salt=bytes(16))

    assert (leaf(first) == leaf(second)) == (first == second)
