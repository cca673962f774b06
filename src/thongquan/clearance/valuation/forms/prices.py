"""The form of a reference price."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.valuation.forms.steps import date_input


class ReferenceForm(forms.Form):
    """A price from elsewhere with its source."""

    hs = forms.CharField(label=_("Goods code"), max_length=8)
    words = forms.CharField(
        label=_("Goods"),
        max_length=200,
        required=False,
        help_text=_("The first words of the description; empty for all goods of the code."),
    )
    origin = forms.CharField(label=_("Origin"), max_length=2, required=False, help_text=_("Empty for every origin"))
    unit = forms.CharField(label=_("Unit"), max_length=8)
    low_vnd = forms.DecimalField(label=_("From (dong for one unit)"), max_digits=20, decimal_places=4)
    high_vnd = forms.DecimalField(label=_("To (dong for one unit)"), max_digits=20, decimal_places=4)
    source = forms.CharField(label=_("Source"), max_length=300)
    valid_from = forms.DateField(label=_("Valid from"), widget=date_input())
    valid_to = forms.DateField(
        label=_("Valid before"), required=False, widget=date_input(), help_text=_("Empty: until it is withdrawn")
    )
