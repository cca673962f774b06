"""Forms of webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WebhookForm(forms.Form):
    """Where events go and which."""

    owner = forms.ChoiceField(label=_("Enterprise"))
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
        help_text=_("An https address of yours that the internet can reach."),
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    kinds = forms.MultipleChoiceField(label=_("Events"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, owners: list[str], kinds: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, chosen = self.fields["owner"], self.fields["kinds"]
        if isinstance(owner, forms.ChoiceField) and isinstance(chosen, forms.ChoiceField):
            owner.choices = [(code, code) for code in owners]
            chosen.choices = [(kind, str(label)) for kind, label in kinds.items()]
        if len(owners) == 1:
            owner.widget, owner.initial = forms.HiddenInput(), owners[0]


class SinceForm(forms.Form):
    """From when on everything is sent again; local time."""

    since = forms.DateTimeField(
        label=_("Everything since"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
