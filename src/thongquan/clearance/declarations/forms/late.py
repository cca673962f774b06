"""The form by which an awaited proof of origin is filed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LateForm(forms.Form):
    """One of the registered certificates of the trader."""

    def __init__(self, *given: Any, choices: list[tuple[str, str]], **named: Any) -> None:
        """`choices` are numbers with their agreements."""
        super().__init__(*given, **named)
        self.fields["certificate"] = forms.ChoiceField(
            label=_("Certificate of origin"),
            choices=[(number, f"{number} · {agreement}") for number, agreement in choices],
            help_text=_("Certificates of the enterprise that are registered, newest first."),
        )
