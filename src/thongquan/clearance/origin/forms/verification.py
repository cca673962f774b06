"""Forms of the pages of verifications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.origin.forms.certificates import MAX_WORDS
from thongquan.clearance.origin.queries.statistics import BYS
from thongquan.clearance.origin.verification_labels import ANSWERS, GROUPS

LONGEST = 300
Choices = Iterable[tuple[str, str]]


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CaseForm(forms.Form):
    """A form whose choices are given where it is made."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(offered)


class OpenCaseForm(CaseForm):
    """Which certificates, and why they are doubted."""

    certificates = forms.TypedMultipleChoiceField(
        label=_("Certificates"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    carry = forms.BooleanField(label=_("Carry over what the last check found"), required=False, initial=True)
    words = forms.CharField(
        label=_("Further doubt, in your words"), max_length=MAX_WORDS, required=False, widget=_area()
    )


class AskForm(CaseForm):
    """A question to the trader, a note."""

    words = forms.CharField(label=_("Text"), max_length=MAX_WORDS, widget=_area(4))


class AnswerForm(CaseForm):
    """The trader's answer to a question."""

    question = forms.TypedChoiceField(label=_("What customs asked"), coerce=int)
    words = forms.CharField(
        label=_("Your answer"),
        max_length=MAX_WORDS,
        widget=_area(4),
        help_text=_("Put documents into the files of this page first."),
    )


class LetterForm(CaseForm):
    """A letter to the authority."""

    addressee = forms.CharField(label=_("Addressee"), max_length=LONGEST)
    contact = forms.CharField(
        label=_("Contact for questions"), max_length=LONGEST, help_text=_("Name, telephone, e-mail of the office.")
    )
    words = forms.CharField(
        label=_("More text"), max_length=MAX_WORDS, required=False, widget=_area(), help_text=_("Printed as typed.")
    )


class SignForm(CaseForm):
    """Which letter is signed."""

    letter = forms.TypedChoiceField(label=_("Letter"), coerce=int)


class ConsentForm(CaseForm):
    """Whether the authority consents to a visit."""

    consents = forms.TypedChoiceField(
        label=_("Consent"),
        coerce=lambda text: text == "yes",
        choices=[("yes", _("Consents to the visit")), ("no", _("Does not consent"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("What the authority wrote"), max_length=MAX_WORDS, widget=_area())


class RecordForm(CaseForm):
    """The authority's answer."""

    answer = forms.ChoiceField(label=_("Answer"), choices=[(key, word) for key, word in ANSWERS.items() if key])
    words = forms.CharField(
        label=_("What the authority wrote"), max_length=MAX_WORDS, widget=_area(), help_text=_("Number and date first.")
    )


class ReportForm(CaseForm):
    """The report made to headquarters."""

    words = forms.CharField(
        label=_("What was reported"), max_length=MAX_WORDS, widget=_area(), help_text=_("Number and date first.")
    )


class CloseForm(CaseForm):
    """The end of a case."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    lines = forms.MultipleChoiceField(
        label=_("Refused lines"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where some lines are refused and others not."),
    )
    words = forms.CharField(label=_("Reason"), max_length=MAX_WORDS, widget=_area())

    def clean_lines(self) -> dict[int, list[int]]:
        """The refused lines by certificate."""
        found: dict[int, list[int]] = {}
        for one in self.cleaned_data["lines"]:
            key, _colon, line = one.partition(":")
            found.setdefault(int(key), []).append(int(line))
        return found


class StatisticsForm(forms.Form):
    """What the statistics are counted by, and over which days of closing."""

    by = forms.ChoiceField(label=_("Count by"), required=False, choices=[(one, GROUPS[one]) for one in BYS])
    since = forms.DateField(
        label=_("Closed from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Closed until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
