"""Forms of profiles: what an analyst writes, and the words of a step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.risk.expressions import MOST_CHARACTERS
from thongquan.clearance.risk.operations.drafting import MOST_CAP, MOST_PRIORITY, ProfileBody


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProfileForm(forms.Form):
    """A profile as a draft holds it; the expected share is typed in percent."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For analysts alone."))
    expression = forms.CharField(
        label=_("Expression"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "rk-expression"}),
        help_text=_("Answers yes or no of one declaration; the facts it may speak of stand beside."),
    )
    channel = forms.TypedChoiceField(
        label=_("A hit asks for"),
        coerce=int,
        choices=[(2, _("a check of documents")), (3, _("an inspection of goods"))],
    )
    look_at = forms.CharField(label=_("What the officer looks at"), max_length=300)
    basis = forms.CharField(label=_("Lawful basis"), max_length=300, initial="Customs Law 54/2014/QH13 Art. 17")
    valid_from = forms.DateField(label=_("Valid from"), widget=_date())
    valid_to = forms.DateField(label=_("Valid to"), widget=_date())
    expected_percent = forms.DecimalField(
        label=_("Expected share of declarations (%)"), min_value=0, max_value=100, max_digits=6, decimal_places=3
    )
    cap = forms.IntegerField(label=_("Most hits of a day"), min_value=1, max_value=MOST_CAP, initial=50)
    priority = forms.IntegerField(
        label=_("Priority"),
        min_value=0,
        max_value=MOST_PRIORITY,
        initial=50,
        help_text=_("0 to 100, the highest first."),
    )
    lists = forms.MultipleChoiceField(
        label=_("Lists of risk goods"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A line must stand on one of them too. A list alone never chooses."),
    )

    def __init__(self, *args: Any, lists: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lists"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(lists)

    def body(self) -> ProfileBody:
        """What was written."""
        given = dict(self.cleaned_data)
        share = given.pop("expected_percent") / 100
        return ProfileBody(**{**given, "expected_share": share, "lists": tuple(given["lists"])})


class WordsForm(forms.Form):
    """A step that asks for its reason."""

    words = forms.CharField(label=_("Reason"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}))


class RemarkForm(forms.Form):
    """A step that takes a remark."""

    words = forms.CharField(
        label=_("Remark"), max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class EmptyForm(forms.Form):
    """A step that asks for nothing."""
