"""What is left of a term, in words."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import ngettext

from thongquan.rules.terms import Left


def time_words(left: Left) -> str:
    """`40 working minutes`, `3 days`, in the reader's language."""
    n = left.amount
    if left.working:
        words = {
            "minutes": ngettext("%(n)s working minute", "%(n)s working minutes", n),
            "hours": ngettext("%(n)s working hour", "%(n)s working hours", n),
            "days": ngettext("%(n)s working day", "%(n)s working days", n),
        }
    else:
        words = {
            "minutes": ngettext("%(n)s minute", "%(n)s minutes", n),
            "hours": ngettext("%(n)s hour", "%(n)s hours", n),
            "days": ngettext("%(n)s day", "%(n)s days", n),
        }
    return words[left.unit] % {"n": formats.number_format(n, force_grouping=True)}
