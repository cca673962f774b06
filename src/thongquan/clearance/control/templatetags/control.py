"""Words of control for templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise

from thongquan.clearance.control.labels import KINDS, OUTCOMES, RESULTS

register = template.Library()


@register.filter
def result_word(result: str) -> Promise | str:
    """A result as people call it; awaited when there is none."""
    return RESULTS.get(result, result)


@register.filter
def outcome_word(outcome: str) -> Promise | str:
    """An outcome as people call it."""
    return OUTCOMES.get(outcome, outcome)


@register.filter
def kind_word(kind: str) -> Promise | str:
    """A kind of finding as people call it."""
    return KINDS.get(kind, kind)


@register.filter
def get(values: Mapping[str, object], key: str) -> object:
    """A value of a mapping by its key."""
    return values.get(key)
