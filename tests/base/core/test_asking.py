"""Several rooms asked at once, and for many askers at once: the answers are those of one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from thongquan.base.core.asking import Asked, answers, asked_together
from thongquan.base.core.clock import now

WHO = "(SELECT json_build_array(asked.tax_code, asked.day)::text)"
NUMBERS = "(SELECT json_agg(one)::text FROM json_array_elements_text(asked.numbers) one WHERE one <> '')"


def several() -> list[Asked]:
    day = now().date()
    return [
        Asked(tax_code="01", day=day),
        Asked(tax_code="02", day=day - timedelta(days=1), numbers=("Đ-1", "2%")),
        Asked(tax_code="02", day=day, subject="declaration:1"),
        Asked(tax_code="01", day=day),
    ]


@pytest.mark.django_db
def test_what_is_asked_together_is_what_each_would_be_told() -> None:
    one_by_one = [answers(asked, WHO, NUMBERS) for asked in several()]
    with CaptureQueriesContext(connection) as queries, asked_together(several(), WHO, NUMBERS):
        assert [answers(asked, WHO, NUMBERS) for asked in several()] == one_by_one
    assert len(queries) == 1
    assert one_by_one[1][1] == '["Đ-1", "2%"]'
    assert one_by_one[0][1] is None


@pytest.mark.django_db
def test_others_and_other_parts_are_asked_anew_and_all_are_afterwards() -> None:
    first, second = several()[:2]
    with asked_together([first], WHO), asked_together([], NUMBERS), CaptureQueriesContext(connection) as queries:
        answers(first, WHO)
        answers(second, WHO)
        answers(first, NUMBERS)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        answers(first, WHO)
    assert len(queries) == 1
