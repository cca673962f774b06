"""Forms of the pages of audits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.postaudit.criteria import Criteria
from thongquan.clearance.postaudit.labels import PLACES

MAX_WORDS = 8_000
Choices = Iterable[tuple[str, str]]


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Fields(forms.Form):
    """A form whose choices are given where it is made."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(offered)


class TextForm(Fields):
    """Something to say."""

    text = forms.CharField(label=_("Text"), max_length=MAX_WORDS, widget=_area(4))


class WordsForm(Fields):
    """A step that asks for its reason."""

    words = forms.CharField(label=_("Reason"), max_length=MAX_WORDS, widget=_area())


class SignForm(Fields):
    """A signature, with a remark or without."""

    words = forms.CharField(label=_("Remark"), max_length=MAX_WORDS, required=False, widget=_area(2))


class AskForm(TextForm):
    """A request with the day by which it is answered."""

    due_on = forms.DateField(label=_("To be answered by"), widget=_date())


class AnswerForm(TextForm):
    """The answer to a request."""

    request = forms.TypedChoiceField(label=_("Request"), coerce=int)
    field_order = ("request", "text")


class FindForm(Fields):
    """A value found; line 0 is the header."""

    line = forms.IntegerField(
        label=_("Line"),
        min_value=0,
        max_value=9999,
        help_text=_("0 for freight and insurance of the whole declaration"),
    )
    field = forms.ChoiceField(label=_("Field"))
    found = forms.CharField(
        label=_("What was found"),
        max_length=600,
        required=False,
        help_text=_("Numbers with a point; empty for nothing"),
    )
    ground = forms.CharField(label=_("Ground"), max_length=MAX_WORDS, widget=_area())
    act = forms.ChoiceField(label=_("Violation"), required=False)


class WithdrawForm(WordsForm):
    """A finding taken back."""

    finding = forms.TypedChoiceField(label=_("Finding"), coerce=int)
    field_order = ("finding", "words")


class DecideForm(TextForm):
    """An answer to an objection: the findings that fall."""

    withdrawn = forms.TypedMultipleChoiceField(
        label=_("Findings that fall"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: rejected. All: upheld."),
    )
    field_order = ("withdrawn", "text")


class OpenForm(forms.Form):
    """Where the audit is done."""

    place = forms.ChoiceField(label=_("Place"), choices=list(PLACES.items()), widget=forms.RadioSelect)
    candidate = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SelectionForm(forms.Form):
    """Criteria of a selection; what is left empty is not asked."""

    name = forms.CharField(label=_("Name"), max_length=120)
    flow = forms.ChoiceField(
        label=_("Flow"), required=False, choices=[("", _("Both")), ("import", _("Import")), ("export", _("Export"))]
    )
    since = forms.DateField(label=_("Registered from"), required=False, widget=_date())
    until = forms.DateField(label=_("Registered until"), required=False, widget=_date())
    value_from_vnd = forms.DecimalField(label=_("Customs value from (VND)"), required=False, max_digits=18)
    value_to_vnd = forms.DecimalField(label=_("Customs value to (VND)"), required=False, max_digits=18)
    hs_prefix = forms.CharField(label=_("Goods code begins with"), required=False, max_length=8)
    regime = forms.CharField(label=_("Regime"), required=False, max_length=3)
    origin = forms.CharField(label=_("Country of origin"), required=False, max_length=2)
    tax_code = forms.CharField(label=_("Tax code of the trader"), required=False, max_length=14)
    office = forms.CharField(label=_("Office"), required=False, max_length=6)
    random_share = forms.CharField(
        label=_("Share drawn at random"), required=False, max_length=8, help_text=_("From 0 to 1, for example 0.05")
    )
    score_at_least = forms.CharField(
        label=_("Risk score at least"), required=False, max_length=8, help_text=_("From 0 to 1, once scores are given")
    )

    def criteria(self) -> Criteria:
        """What is asked."""
        names = Criteria.__struct_fields__
        return Criteria(**{name: self.cleaned_data[name] for name in names if self.cleaned_data[name]})
