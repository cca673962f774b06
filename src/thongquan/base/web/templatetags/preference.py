"""What came of a line's preference, in one line of words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from thongquan.base.web.templatetags.tq import money
from thongquan.rules.origin.result import LineOutcome

register = template.Library()


@register.simple_tag
def outcome(one: LineOutcome) -> str:
    """The outcome of a line with both its duties in dong."""
    values = {
        "number": one.certificate,
        "difference": money(one.difference_vnd),
        "mfn": money(one.due_mfn_vnd),
        "preference": money(one.due_preference_vnd),
    }
    if one.difference_vnd is None:
        return _UNKNOWN[one.result]().format(**values)
    return _KNOWN[one.result]().format(**values)


_KNOWN = {
    "granted": lambda: _("Preference granted: {preference} instead of {mfn} at the most-favored-nation rate."),
    "guaranteed": lambda: _("Preference granted under guarantee: {difference} is secured until the proof is there."),
    "refused": lambda: _("Preference refused: {mfn} is due, {difference} more than with preference."),
    "doubt": lambda: _("Preference in doubt: until it is cleared up {mfn} is due, {difference} more than with it."),
}
_UNKNOWN = {
    "granted": lambda: _("Preference granted; the duty without it is not known here."),
    "guaranteed": lambda: _("Preference granted under guarantee; an officer assesses what is to be secured."),
    "refused": lambda: _("Preference refused; an officer assesses the duty without it."),
    "doubt": lambda: _("Preference in doubt; an officer assesses the duty without it."),
}
