"""Forms of suggested codes: a workbook, and the steps of a model."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DescriptionsForm(forms.Form):
    """A workbook with a column of descriptions."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("Excel, one description in each row under the heading “description”; at most 2,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


class ModelStepForm(forms.Form):
    """What to do with a model, and why."""

    step = forms.ChoiceField(choices=[(one, one) for one in ("propose", "withdraw", "choose")])
    why = forms.CharField(
        label=_("Why this model"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    follows = forms.BooleanField(
        label=_("Let its successors of the night follow while they are no worse"), required=False
    )
