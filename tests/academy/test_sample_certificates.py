"""The practice day has certificates: one used and granted, one doubted, one waiting."""

from __future__ import annotations

import pytest

from tests.world import World
from thongquan.academy.operations.certificates import NUMBERS, present_sample_certificates
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.declarations.queries import lodged_decision


def test_one_is_granted_one_doubted_one_unused(customs: World) -> None:
    granted, doubted = (lodged_decision(one).decision for one in present_sample_certificates(at=now()))
    assert {one.result for one in granted.origin} == {"granted"}
    assert {one.result for one in doubted.origin} == {"doubt"}
    assert any(one.difference_vnd for one in granted.origin)
    used = customs.run_sql(
        "SELECT c.number, sum(i.used) > 0 FROM origin_certificate c JOIN origin_item i ON i.certificate_id = c.id "
        "GROUP BY c.number ORDER BY c.number"
    )
    assert [tuple(row) for row in used] == [(NUMBERS[0], True), (NUMBERS[1], True), (NUMBERS[2], False)]


def test_a_real_realm_is_refused_like_a_stranger(customs: World) -> None:
    customs.run_sql("ALTER TABLE core_realm DISABLE TRIGGER ALL")
    customs.run_sql("UPDATE core_realm SET name = 'real'")
    with pytest.raises(NotAllowed):
        present_sample_certificates(at=now())
