"""Forms of cases: what an analyst writes when one is built, and what each step asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.risk.case_words import OUTCOMES
from thongquan.clearance.risk.operations.cases import MOST_LOOK, MOST_TITLE, MOST_WORDS


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CaseForm(forms.Form):
    """A case as it is built."""

    title = forms.CharField(label=_("Title"), max_length=MOST_TITLE)
    question = forms.CharField(
        label=_("Question"),
        max_length=MOST_WORDS,
        widget=_area(),
        help_text=_("What is suspected, and what would confirm or refute it."),
    )


class NoteForm(forms.Form):
    """Words of a step."""

    words = forms.CharField(label=_("Words"), max_length=MOST_WORDS, widget=_area())


class LookForm(forms.Form):
    """What those who take it on are asked to look at."""

    look_at = forms.CharField(
        label=_("What to look at"),
        max_length=MOST_LOOK,
        widget=_area(),
        help_text=_("They read this and the number of the case; title and question stay with analysts."),
    )


class OwnerForm(forms.Form):
    """Another analyst."""

    owner = forms.ChoiceField(label=_("Analyst"))

    def __init__(self, *args: Any, analysts: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list(analysts.items())  # type: ignore[attr-defined]  # a field of choices


class CloseForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=list(OUTCOMES.items()))
    words = forms.CharField(label=_("Conclusion"), max_length=MOST_WORDS, widget=_area())
