"""The form by which a code that a case asks for is given."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.classification.forms.precedents import area, code_field
from thongquan.clearance.classification.operations.precedents import LENGTHS, LONG_TEXT


class CodeForm(forms.Form):
    """The document by which customs gives the code."""

    hs = code_field(_("Code of the goods"), help_text=_("4, 6 or 8 digits, as the document says."))
    number = forms.CharField(label=_("Number of the document"), max_length=LENGTHS["number"])
    description = forms.CharField(
        label=_("Description of the goods"),
        max_length=LONG_TEXT,
        widget=area(),
        help_text=_("As everyone will read it: no names of traders."),
    )
    reasons = forms.CharField(label=_("Reasons of the code"), max_length=LONG_TEXT, widget=area())
