"""Forms of the steps of a consultation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.valuation.labels import OUTCOMES

MOST_WORDS = 8_000


def area(rows: int = 3) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def date_input() -> forms.DateInput:
    """A field for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Fields(forms.Form):
    """A form whose choices are given where it is made."""

    def __init__(
        self, *args: Any, choices: Mapping[str, Iterable[tuple[str, str]]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(offered)


class TextForm(Fields):
    """Something to say."""

    text = forms.CharField(label=_("Text"), max_length=MOST_WORDS, widget=area(4))


class WordsForm(Fields):
    """A step that asks for its reason."""

    words = forms.CharField(label=_("Reason"), max_length=MOST_WORDS, widget=area())


class RemarkForm(Fields):
    """A signature, with a remark or without."""

    words = forms.CharField(label=_("Remark"), max_length=MOST_WORDS, required=False, widget=area(2))


class AskForm(TextForm):
    """A question; its day may be left to the usual one."""

    due_on = forms.DateField(
        label=_("To be answered by"),
        required=False,
        widget=date_input(),
        help_text=_("Left empty: the usual working days."),
    )


class AnswerForm(TextForm):
    """The answer to a question."""

    question = forms.TypedChoiceField(label=_("Question"), coerce=int)
    field_order = ("question", "text")


class WithdrawForm(WordsForm):
    """A value found, taken back."""

    determination = forms.TypedChoiceField(label=_("Value found"), coerce=int)
    field_order = ("determination", "words")


class ProposeForm(TextForm):
    """What the consultation comes to."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    field_order = ("outcome", "text")


class OpenForm(Fields):
    """Which lines are in question, and on what ground."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Lines in question"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    ground = forms.CharField(
        label=_("Ground"),
        max_length=MOST_WORDS,
        widget=area(4),
        help_text=_("What is doubted and by which law; the declarant reads it."),
    )
