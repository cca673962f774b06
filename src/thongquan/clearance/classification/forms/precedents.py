"""Forms of the store of precedents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongquan.clearance.classification.operations.precedents import LENGTHS, LONG_TEXT
from thongquan.clearance.classification.ruling_labels import MET_OUTCOMES, PRECEDENT_KINDS


def day_field(label: Any, *, required: bool, help_text: Any = "") -> forms.DateField:
    """A day, chosen from a calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def area(rows: int = 3) -> forms.Textarea:
    """A box for some lines of text."""
    return forms.Textarea(attrs={"rows": rows})


def code_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A code of goods, points and blanks allowed."""
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    return forms.CharField(
        label=label, max_length=20, required=required, help_text=help_text, widget=forms.TextInput(attrs=attrs)
    )


class PrecedentForm(forms.Form):
    """A document by which customs said under which code goods belong."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=list(PRECEDENT_KINDS.items()))
    number = forms.CharField(label=_("Number of the document"), max_length=LENGTHS["number"])
    issued_by = forms.CharField(label=_("Issuing office"), max_length=LENGTHS["issued_by"])
    issued_on = day_field(_("Day of the document"), required=True)
    hs = code_field(_("Code of the goods"), help_text=_("4, 6 or 8 digits, as the document says."))
    description = forms.CharField(label=_("Description of the goods"), max_length=LONG_TEXT, widget=area())
    addressee = forms.CharField(
        label=_("Tax code of the addressee"),
        max_length=LENGTHS["addressee"],
        required=False,
        help_text=_("Empty where it is for everyone."),
    )
    valid_from = day_field(_("Holds from"), required=False, help_text=_("Empty: from the day of the document."))
    valid_to = day_field(_("No longer from"), required=False, help_text=_("The first day on which it no longer holds."))
    maker = forms.CharField(label=pgettext_lazy("of goods", "Maker"), max_length=LENGTHS["maker"], required=False)
    reasons = forms.CharField(label=_("Reasons of the code"), max_length=LONG_TEXT, required=False, widget=area())
    source = forms.CharField(
        label=_("Where it comes from"), max_length=LENGTHS["source"], help_text=_("File, letter or page.")
    )


class SheetForm(forms.Form):
    """A workbook of precedents."""

    file = forms.FileField(label=_("Workbook (.xlsx)"))


class JudgeForm(forms.Form):
    """What an officer says of a line that contradicts a precedent."""

    outcome = forms.ChoiceField(
        label=_("What is right"), choices=[(key, word) for key, word in MET_OUTCOMES.items() if key]
    )
    words = forms.CharField(label=_("Reason"), max_length=2_000, widget=area(2))
