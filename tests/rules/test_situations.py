"""Situations told in YAML: each starts from a valid declaration, says what differs, and what must follow."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from tests.rules import builders as build
from thongquan.rules.clearance import decide
from thongquan.rules.decision import Decision
from thongquan.rules.derivation import derive
from thongquan.rules.document import Document
from thongquan.rules.facts import Facts
from thongquan.rules.law import LawOfDay

FOLDER = Path(__file__).parent / "situations"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['title']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
KEYS = {"title", "source", "flow", "lines", "document", "stretch", "law", "unknown", "facts", "expect"}
_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_DATED = {"valid_from": "2026-01-01", "source": "Situation"}


def put(tree: Any, path: str, value: object) -> None:
    """Set a dotted path (`lines[0].hs`) in plain data; None deletes, one place past the end of a list appends."""
    parts: list[Any] = [int(index) if index else name for name, index in _PART.findall(path)]
    for part in parts[:-1]:
        tree = tree[part]
    last = parts[-1]
    if value is None:
        tree.pop(last, None)
    elif isinstance(tree, list) and last == len(tree):
        tree.append(value)
    else:
        tree[last] = value


def plain(value: object) -> Any:
    """Give a value as lists and dictionaries that can be changed."""
    return msgspec.json.decode(msgspec.json.encode(value))


def declared(case: dict[str, Any]) -> Document:
    base = build.export_document if case.get("flow") == "export" else build.document
    tree = plain(base(case.get("lines", 5)))
    for path, value in case.get("document", {}).items():
        put(tree, path, value)
    for path, length in case.get("stretch", {}).items():
        put(tree, path, "x" * length)
    return msgspec.convert(tree, Document)


def dated(value: object) -> object:
    """Cells and conditions of a situation need not repeat their date and source."""
    if isinstance(value, list):
        return [dated(one) for one in value]
    if isinstance(value, dict) and ("tax" in value or "kind" in value):
        return _DATED | value
    return value


def law_of(case: dict[str, Any], document: Document) -> LawOfDay:
    tree = plain(build.law(document))
    for path, value in case.get("law", {}).items():
        put(tree, path, dated(value))
    unknown = case.get("unknown", [])
    assert set(unknown) <= set(tree["known_codes"]), "a code is unknown that the document does not use"
    tree["known_codes"] = [key for key in tree["known_codes"] if key not in unknown]
    return msgspec.convert(tree, LawOfDay)


def facts_of(case: dict[str, Any]) -> Facts:
    document = declared(case)
    tree = plain(build.facts(document, law_of(case, document)))
    for path, value in case.get("facts", {}).items():
        put(tree, path, value)
    return msgspec.convert(tree, Facts)


def spread(codes: list[str]) -> list[str]:
    """`TQ-DEC-001 x3` is three of them."""
    found: list[str] = []
    for code in codes:
        name, _, times = code.partition(" x")
        found += [name] * int(times or 1)
    return found


def told(decision: Decision, severity: str) -> list[str]:
    return [str(fault.code) for fault in decision.faults if fault.severity == severity]


@pytest.mark.parametrize("case", CASES)
def test_situation(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    expect = case["expect"]
    facts = facts_of(case)
    decision = decide(facts)
    if "faults_include" in expect:
        wanted = spread(expect["faults_include"])
        errors = told(decision, "error")
        assert all(errors.count(code) >= wanted.count(code) for code in wanted), errors
        return
    assert told(decision, "error") == spread(expect["faults"])
    assert decision.accepted is (not expect["faults"])
    if "warnings" in expect:
        assert told(decision, "warning") == spread(expect["warnings"])
    for name, value in expect.get("values", {}).items():
        assert decision.faults[0].values[name] == value
    if decision.accepted:
        check_amounts(expect, decision, facts)
    else:
        assert decision.channel is None


def check_amounts(expect: dict[str, Any], decision: Decision, facts: Facts) -> None:
    if "channel" in expect:
        assert decision.channel == expect["channel"]
    if "reasons" in expect:
        assert [str(reason.code) for reason in decision.reasons] == expect["reasons"]
    if "totals" in expect:
        assert decision.totals_vnd == {tax: Decimal(vnd) for tax, vnd in expect["totals"].items()}
    if "value_vnd" in expect:
        assert sum(line.value_vnd for line in decision.lines) == Decimal(expect["value_vnd"])
    for name in ("due_vnd", "secured_vnd", "fee_vnd"):
        if name in expect:
            assert getattr(decision, name) == Decimal(expect[name])
    if "verified" in expect:
        assert {tax.verified for line in decision.lines for tax in line.taxes} == {expect["verified"]}
    total = derive(facts).total
    assert total is not None
    assert total.result == decision.due_vnd
