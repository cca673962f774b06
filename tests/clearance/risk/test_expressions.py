"""The language of profiles: what is let in, what is not, and what it answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules.builders import facts
from thongquan.clearance.risk.expressions import VARIABLES, compiled, evaluated, problems_of
from thongquan.clearance.risk.expressions import given as facts_given
from thongquan.clearance.risk.expressions.language import largest
from thongquan.clearance.risk.queries.proofs import Verdicts
from thongquan.rules.facts import Facts, History, Standing

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def variables(of: Facts | None = None) -> dict[str, Any]:
    made = of or facts()
    return facts_given(made.document, made.standing, made.law, made.at, ZONE, Verdicts().facts((), made.at))


def says(expression: str, of: Facts | None = None) -> bool:
    assert problems_of(expression) == []
    return evaluated(compiled([expression]), variables(of))[0]


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("level >", "unreadable"),
        ("nobody == 1", "unreadable"),
        ("level == 'five'", "unreadable"),
        ("level", "answer"),
        ("true", "facts"),
        ("'level' == 'level'", "facts"),
        ("goods.exists(g, g.adjusted_value > 1.0)", "field"),
        ("goods[60].hs == ''", "fails"),
        ("1 / (level - 1) == 1", "fails"),
        ("gate.matches('(')", "fails"),
        ("level == 5" + " || level == 5" * 80, "limit"),
        ("(" * 13 + "level" + ")" * 13 + " == 5", "limit"),
        ("goods.all(a, goods.all(b, a.hs == b.hs))", "limit"),
        ("goods.map(a, a.hs).exists(x, goods.exists(g, g.hs == x))", "limit"),
        ("level == 1 || '''level''' == ''", "limit"),
        (" || ".join("goods.exists(g, g.hs == '1')" for _ in range(5)), "limit"),
        (" || ".join("gate.matches('a')" for _ in range(4)), "limit"),
        ("__import__('os').system('id') == 0", "unreadable"),
    ],
)
def test_what_is_not_let_in(expression: str, kind: str) -> None:
    assert [problem.kind for problem in problems_of(expression)][:1] == [kind]


def test_a_mistake_is_told_with_its_place() -> None:
    (problem,) = problems_of("level == 5 &&\n rnk > 3")
    assert (problem.line, problem.what) == (2, "undeclared reference to 'rnk'")


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('goods.exists(g, g.hs.startsWith("0808"))', True),
        ('goods.exists(g, g.hs.startsWith("9999"))', False),
        ('flow == "import" && office == "15BB"', True),
        ("lines >= 5 && known_days == 0", True),
        ("rank == 6 || priority", False),
        ("invoice_value_vnd > 1000.0 // a remark", True),
    ],
)
def test_what_it_answers(expression: str, answer: bool) -> None:
    assert says(expression) is answer


def test_history_is_a_fact() -> None:
    told = facts(standing=Standing(level=4, rank=5, history=History(known_days=20, declarations=3, found=2, acts=1)))
    assert says("known_days < 30 && found_365 >= 2 && acts_365 == 1 && rank == 5", told)


def test_descriptions_are_folded() -> None:
    made = facts()
    first = replace(made.document.lines[0], description="Táo ĐỎ tươi")
    document = replace(made.document, lines=(first, *made.document.lines[1:]))
    assert says('goods.exists(g, g.description.contains("tao do"))', replace(made, document=document))


def test_several_are_answered_at_once_and_a_comment_ends_with_its_own() -> None:
    programs = compiled(["level == 0 // one", "level == 5", "lines > 0"])
    assert evaluated(programs, variables()) == (True, False, True)


def test_one_that_fails_says_no_and_the_others_are_heard() -> None:
    programs = compiled(["1 / level == 1", "lines > 0"])
    assert evaluated(programs, variables()) == (False, True)


def test_numbers_without_an_end_are_zero() -> None:
    made = facts()
    first = replace(made.document.lines[0], value=Decimal("NaN"), quantity=Decimal("Infinity"))
    document = replace(made.document, lines=(first,))
    assert variables(replace(made, document=document))["goods"][0]["unit_value_vnd"] == 0.0


def test_every_declaration_gives_every_variable() -> None:
    assert variables().keys() == VARIABLES.keys() == largest().keys()


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(expression: str) -> None:
    for problem in problems_of(expression):
        assert problem.kind in {"unreadable", "limit", "answer", "facts", "field", "fails", "slow"}
