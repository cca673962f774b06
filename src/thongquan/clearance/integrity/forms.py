"""Forms of the pages of integrity."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.integrity.states import ENDS
from thongquan.clearance.integrity.words import ENDS as END_WORDS

MOST_WORDS = 8_000


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskForm(forms.Form):
    """A question to an officer."""

    question = forms.CharField(
        label=_("Question"),
        max_length=MOST_WORDS,
        widget=_area(),
        help_text=_("The officer reads it with the figures. It is a question, not an accusation."),
    )


class AnswerForm(forms.Form):
    """The answer of the officer."""

    answer = forms.CharField(label=_("Answer"), max_length=MOST_WORDS, widget=_area(6))


class EndForm(forms.Form):
    """How the case ends, and why."""

    end = forms.ChoiceField(label=_("End"), choices=[(one, END_WORDS[one]) for one in ENDS], widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("Ground"), max_length=MOST_WORDS, widget=_area(), help_text=_("The officer reads it with the end.")
    )


class WordsForm(forms.Form):
    """A reason."""

    words = forms.CharField(label=_("Reason"), max_length=MOST_WORDS, widget=_area(3))


class EmptyForm(forms.Form):
    """Nothing more is asked."""
