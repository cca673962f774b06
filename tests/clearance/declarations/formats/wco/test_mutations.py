"""Whatever happens to a message's elements, it is refused with its faults or comes back equal: nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.clearance.declarations.formats.wco.roundtrip import comes_back
from thongquan.base.core.faults import Refused

CASES = sorted((Path(__file__).parent / "cases").glob("*.xml"))
Change = Callable[[etree._Element, int], None]


def _drop(element: etree._Element, _: int) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(element: etree._Element, place: int) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(place % (len(parent) + 1), deepcopy(element))


def _move(element: etree._Element, place: int) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(place % len(parent), element)


def _adopt(element: etree._Element, place: int) -> None:
    tree = list(element.getroottree().iter("*"))
    tree[place % len(tree)].append(deepcopy(element))


CHANGES: list[Change] = [
    _drop,
    _repeat,
    _move,
    _adopt,
    lambda element, place: element.set(["x", "unitCode", "currencyID", "{urn:a}b"][place % 4], f" {place} "),
    lambda element, place: setattr(element, "text", [" ", "words", "", "7", "KGM", "TQ", "ế"][place % 7]),
    lambda element, place: setattr(element, "tail", ["\n", "after"][place % 2]),
    lambda element, _: setattr(element, "tag", element.tag + "X"),
    lambda element, place: element.insert(place % (len(element) + 1), etree.Element("{urn:y}Extra", a="1")),
    lambda element, place: [element.remove(child) for child in list(element)[place % 3 :]] and None,
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(CASES),
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(CHANGES), st.integers(0, 100)), min_size=1, max_size=6),
)
def test_a_changed_message_is_refused_or_comes_back_equal(case: Path, changes: list[tuple[int, Change, int]]) -> None:
    root = etree.parse(str(case)).getroot()
    for which, change, place in changes:
        elements = list(root.iter("*"))
        change(elements[which % len(elements)], place)
    assert {code[:7] for code in refusals(etree.tostring(root, encoding="UTF-8"))} <= {"TQ-FMT-"}


def refusals(data: bytes) -> list[str]:
    """Give the codes of a refusal; nothing when the message came back equal."""
    try:
        comes_back(data)
    except Refused as refusal:
        return [fault.code for fault in refusal.faults]
    return []
