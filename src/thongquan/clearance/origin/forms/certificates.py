"""Forms of the pages of certificates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_WORDS = 2_000


class WordsForm(forms.Form):
    """A step that asks for its reason."""

    words = forms.CharField(label=_("Reason"), max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 2}))


class AcceptForm(forms.Form):
    """Accepting asks for words only where the check doubts."""

    words = forms.CharField(
        label=_("Reason"),
        max_length=MAX_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where the check found a doubt."),
    )


class CheckForm(forms.Form):
    """A check, against a declaration where one is named."""

    declaration = forms.CharField(
        label=_("Declaration"), max_length=12, required=False, help_text=_("Leave empty to check the paper alone.")
    )


class UseForm(forms.Form):
    """A declaration that uses the certificate by what it declares under its number."""

    declaration = forms.CharField(label=_("Declaration"), max_length=12)
