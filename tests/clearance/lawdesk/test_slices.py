"""A slice of law changed by a proposal is the slice that the same proposal gives once it is published."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.clearance.lawdesk.desk import rows
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.tariff.operations.changes import publish_rows
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.changes import proposed_of
from thongquan.rules.clearance import decide
from thongquan.rules.document import Document
from thongquan.rules.facts import Facts
from thongquan.rules.law import LawOfDay
from thongquan.rules.whatif import patched, patched_law

NAMES = "name_vi: x, name_en: x, name_zh: x, name_fr: x"
PROPOSALS = {
    "a lower rate": "cells: [{hs8: '85176249', tax: import_duty, schedule: B05, rate: '3', source: x}]",
    "a chapter": "cells: [{hs8: '85', tax: import_duty, schedule: B01, rate: '7', source: x}]",
    "no more preference": "cells: [{hs8: '08081000', tax: import_duty, schedule: B05, repealed: yes, source: x}]",
    "another schedule": "cells: [{hs8: '85176249', tax: import_duty, schedule: B04, rate: '3', source: x}]",
    "a new tax": "cells: [{hs8: '8517', tax: anti_dumping, rate: '12,5', origins: CN, source: x}]",
    "a tax in dollars": "cells: [{hs8: '640299', tax: ept, rate: 2 USD/NPR, source: x}]",
    "two rates to choose": "cells: [{hs8: '84145999', tax: vat, rate: 5/10, source: x}]",
    "a number": "parameters: [{name: random_share, value: '0.99', source: x}]",
    "a number of other declarations": "parameters: [{name: minimum_not_for, value: 'A', source: x}]",
    "a number no more": "parameters: [{name: max_lines, value: '', source: x}]",
    "a code no more": "code_lists: [{list: payment_method, code: TTR, repealed: yes, source: x}]",
    "a code of others": f"code_lists: [{{list: payment_method, code: ZZZ, {NAMES}, source: x}}]",
    "a control": "conditions: [{hs_prefix: '8517', flow: import, kind: control, code: T, channel: 3, source: x}]",
    "a control of exports": "conditions: [{hs_prefix: '85', flow: export, kind: control, code: T, channel: 3, source: x}]",
    "a condition changed": "conditions: [{hs_prefix: '08', flow: import, kind: quarantine, code: PQ, channel: 2, source: x}]",
    "a condition no more": "conditions: [{hs_prefix: '08', flow: import, kind: quarantine, code: PQ, repealed: yes, source: x}]",
    "a schedule's members": "schedules: [{code: B05, members: VN KH, source: x}]",
    "a schedule no more": "schedules: [{code: B05, repealed: yes, source: x}]",
    "a regime's need": "regimes: [{code: A11, needs_temporary_date: yes, source: x}]",
    "a regime no more": "regimes: [{code: A11, repealed: yes, source: x}]",
    "a regime's tax": "regime_taxes: [{regime: A11, tax: import_duty, treatment: exempt, source: x}]",
    "a regime's tax no more": "regime_taxes: [{regime: A11, tax: sct, repealed: yes, source: x}]",
    "a vague word": "vague_terms: [{term: Táo tươi, language: vi, source: x}]",
    "a code of goods no more": "codes: [{hs8: '08081000', repealed: yes, source: x}]",
    "another unit": "codes: [{hs8: '85176249', unit: kg, source: x}]",
    "a rate of the week": "exchange_rates: [{currency: CNY, kind: transfer_buying, vnd: '4000', source: x}]",
    "an office no more": "offices: [{code: 15BB, repealed: yes, source: x}]",
    "hours of an office": "office_hours: [{office: '', weekday: monday, windows: '08:00-12:00', source: x}]",
}
UNTOUCHED = {
    "another schedule",
    "a number of other declarations",
    "a code of others",
    "hours of an office",
}


def bare(law: LawOfDay) -> LawOfDay:
    """A slice without the name of its version; conditions of a line stand in no order that a decision minds."""
    lines = tuple(replace(one, conditions=tuple(sorted(one.conditions, key=repr))) for one in law.lines)
    return replace(law, version="", lines=lines)


def documents() -> list[Document]:
    """What is declared: the usual import, with a description that a proposal calls vague."""
    usual = import_document()
    lines = (replace(usual.lines[0], description="Táo tươi"), *usual.lines[1:])
    return [usual, replace(usual, lines=lines), replace(usual, flow="export", regime="B11")]


@pytest.mark.parametrize("name", PROPOSALS)
def test_a_patched_slice_is_the_slice_of_the_published_law(customs: World, name: str) -> None:
    at = now()
    on = localdate(at)
    monday = on.fromordinal(on.toordinal() - on.weekday())
    day = monday if name == "a rate of the week" else on
    proposal = rows(PROPOSALS[name].encode(), "proposal.yaml", day)
    before, asked = current_law(), documents()
    old = [before.slice_for(one, on) for one in asked]
    proposed = proposed_of(proposal, since=on, until=on)
    new = [patched_law(law, one, proposed) for law, one in zip(old, asked, strict=True)]
    report = publish_rows(rows=proposal, actor="user:1", origin="test", at=at)
    assert report.changed
    assert current_law().version != before.version
    cut = [current_law().slice_for(one, on) for one in asked]
    assert [bare(law) for law in new] == [bare(law) for law in cut]
    assert ([bare(law) for law in cut] == [bare(law) for law in old]) == (name in UNTOUCHED)
    _untouched_is_the_same_object(asked, old, new)
    _decided_equal(asked[0], new[0], cut[0], at)


def _untouched_is_the_same_object(asked: list[Document], old: list[LawOfDay], new: list[LawOfDay]) -> None:
    for was, becomes in zip(old, new, strict=True):
        assert (was is becomes) == (was == becomes)


def _decided_equal(document: Document, new: LawOfDay, cut: LawOfDay, at: datetime) -> None:
    decisions = [decide(Facts(at=at, document=document, law=bare(law))) for law in (new, cut)]
    assert decisions[0] == decisions[1]


def test_facts_that_a_proposal_does_not_touch_are_the_very_same(customs: World) -> None:
    at = now()
    on = localdate(at)
    document = import_document()
    facts = Facts(at=at, document=document, law=current_law().slice_for(document, on))
    untouched = proposed_of(rows(PROPOSALS["another schedule"].encode(), "p.yaml"), since=on, until=on)
    assert patched(facts, untouched) is facts
    touched = patched(facts, proposed_of(rows(PROPOSALS["a number"].encode(), "p.yaml"), since=on, until=on))
    assert touched.law.parameters["random_share"].value == "0.99"
    assert touched.document is document
