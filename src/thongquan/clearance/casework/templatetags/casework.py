"""Words of notes and of the answer clock in templates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from thongquan.clearance.casework.queries.questions import Question, Said
from thongquan.clearance.casework.states import Side, Step
from thongquan.clearance.casework.words import SIDES, STEPS, answer_clock

register = template.Library()


@register.simple_tag
def plain_text(text: str, names: Iterable[str] = ()) -> SafeString:
    """Words as they were written, with their line breaks; the names they mention stand out. Nothing else is markup."""
    told = sorted({name for name in names if name}, key=len, reverse=True)
    if not told:
        return _lines(text)
    parts = re.split("(" + "|".join(f"@{re.escape(name)}" for name in told) + r")(?!\w)", text)
    told_parts = (_named(part) if place % 2 else _lines(part) for place, part in enumerate(parts))
    return format_html_join("", "{}", ((part,) for part in told_parts))


def _lines(text: str) -> SafeString:
    return SafeString("<br>".join(conditional_escape(line) for line in text.split("\n")))


def _named(text: str) -> SafeString:
    return format_html_join("", '<strong class="cw-named">{}</strong>', [(text,)])


@register.simple_tag
def question_clock(question: Question) -> SafeString | str:
    """The answer clock of a question."""
    return answer_clock(question.left, question.due_at)


@register.simple_tag
def said_by(said: Said) -> str:
    """Who said it: a name where the reader may know it, else the side; and what they did."""
    who = said.by or str(SIDES[Side(said.side)])
    return gettext("%(who)s %(did)s") % {"who": who, "did": STEPS[Step(said.step)]}
