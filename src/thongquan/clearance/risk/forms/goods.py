"""The form that puts a code on a list of risk goods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class GoodsForm(forms.Form):
    """A code on a list from a day on, or off it, with where that stands."""

    risk_list = forms.ChoiceField(label=_("List"))
    hs = forms.CharField(label=_("Code of the goods"), max_length=10, help_text=_("8 or 10 digits."))
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    off = forms.BooleanField(label=_("Take it off the list from that day"), required=False)
    source = forms.CharField(label=_("Where it stands"), max_length=300)

    def __init__(self, *args: Any, lists: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["risk_list"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(lists)

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        given = dict(self.cleaned_data)
        off = given.pop("off")
        return {**given, "listed": not off}
