"""Reading bodies: every fault at once, each with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.base.core.faults import Refused
from thongquan.base.core.json import read_json
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

GOOD: dict[str, Any] = {"flow": "import", "lines": [{"number": 1, "quantity": "2.5"}]}


def faults_of(body: bytes) -> dict[str, Fault]:
    with pytest.raises(Refused) as refused:
        read_json(body, Document)
    return {fault.path: fault for fault in refused.value.faults}


def test_a_good_body_is_read() -> None:
    document = read_json(json.dumps(GOOD).encode(), Document)
    assert str(document.lines[0].quantity) == "2.5"


def test_numbers_are_exact() -> None:
    document = read_json(b'{"flow":"import","lines":[{"number":1,"quantity":0.1000}]}', Document)
    assert str(document.lines[0].quantity) == "0.1000"


@pytest.mark.parametrize("body", [b"", b"{", b"[1,2", b"not json", b"\xff\xfe", b"\x00", b'"text"', b"[]", b"12"])
def test_what_is_not_a_json_object_is_refused(body: bytes) -> None:
    assert faults_of(body)


def test_every_fault_is_named_at_once() -> None:
    body = {
        "flow": "sideways",
        "surprise": 1,
        "arrival_on": "31/12/2026",
        "packages": "many",
        "invoice": "INV-1",
        "lines": [{"number": 1, "quantity": "two"}, {"quantity": "1"}, "line", None],
    }
    found = faults_of(json.dumps(body).encode())
    expected = {
        "flow": "TQ-FMT-004",
        "surprise": "TQ-FMT-003",
        "arrival_on": "TQ-FMT-018",
        "packages": "TQ-FMT-018",
        "invoice": "TQ-FMT-004",
        "lines[0].quantity": "TQ-FMT-018",
        "lines[1].number": "TQ-FMT-005",
        "lines[2]": "TQ-FMT-004",
        "lines[3]": "TQ-FMT-004",
    }
    assert {path: str(fault.code) for path, fault in found.items()} == expected


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_a_number_that_is_none_is_named_beside_other_faults(number: str) -> None:
    body = {"flow": "import", "surprise": 1, "lines": [{"number": 1, "quantity": number}]}
    assert "lines[0].quantity" in faults_of(json.dumps(body).encode())


def test_deep_nesting_is_refused() -> None:
    assert faults_of(b'{"flow":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_nothing_sent_raises_anything_else(value: object) -> None:
    for body in (value, {"flow": "import", "lines": value}, {"flow": "import", "invoice": value}):
        try:
            read_json(json.dumps(body).encode(), Document)
        except Refused as refused:
            assert refused.faults
