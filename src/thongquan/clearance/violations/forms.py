"""Forms of the pages of violations."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.violations.queries import ActName, Found

MAX_WORDS = 4_000


class WordsForm(forms.Form):
    """A step that asks for its reason."""

    words = forms.CharField(
        label=_("Reason"),
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Others read it."),
    )


class RecordForm(forms.Form):
    """An act found: its law is that of the day it was done."""

    act = forms.ChoiceField(label=_("Act"))
    on = forms.DateField(label=_("Done on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    line = forms.IntegerField(label=_("Line"), required=False, min_value=1, max_value=9999)
    declared = forms.CharField(label=_("What was declared"), max_length=MAX_WORDS, widget=forms.Textarea({"rows": 2}))
    found = forms.CharField(label=_("What was found"), max_length=MAX_WORDS, widget=forms.Textarea({"rows": 2}))
    difference_vnd = forms.DecimalField(
        label=_("Duty declared short (VND)"), required=False, max_digits=18, decimal_places=0, initial=0
    )

    def __init__(self, *args: Any, acts: Iterable[ActName], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["act"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(act.law.code, act.name(language)) for act in acts]

    @property
    def difference(self) -> Decimal:
        """The difference of duty, zero when left out."""
        return self.cleaned_data["difference_vnd"] or Decimal(0)


class ProposeForm(WordsForm):
    """A proposal: the reason, and an amount for every finding whose fine the law at hand does not state."""

    def __init__(self, *args: Any, findings: Iterable[tuple[Found, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        findings = list(findings)
        self.stated_for = [found.id for found, _name in findings]
        for found, name in findings:
            self.fields[f"stated-{found.id}"] = forms.DecimalField(
                label=_("Fine for “%(act)s” (VND)") % {"act": name},
                min_value=0,
                max_digits=18,
                decimal_places=0,
                help_text=_("The amount is not known here: state it and its ground in the reason. Zero is a warning."),
            )
        self.order_fields([*(f"stated-{key}" for key in self.stated_for), "words"])

    def stated(self) -> dict[int, Decimal]:
        """Amounts by finding."""
        return {key: self.cleaned_data[f"stated-{key}"] for key in self.stated_for}
