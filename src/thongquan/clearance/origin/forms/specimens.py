"""Forms of the specimen book."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.origin.entry_labels import KINDS


class SpecimenForm(forms.Form):
    """A specimen to put into the book."""

    country = forms.RegexField(r"^[A-Za-z]{2}$", label=_("Country"), help_text=_("Two letters: CN, TH, KR"))
    issuer = forms.CharField(label=_("Issuing authority"), max_length=200)
    kind = forms.ChoiceField(label=_("What it is"), choices=list(KINDS.items()))
    holder = forms.CharField(label=_("Who signs"), max_length=200, required=False)
    valid_from = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(
        label=_("Holds until, that day not included"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("The letter or list that notified it"))
    picture = forms.FileField(label=_("Picture"), help_text=_("PNG, JPEG or WEBP"))


class WithdrawForm(forms.Form):
    """Why a specimen is withdrawn."""

    words = forms.CharField(label=_("Reason"), max_length=500)
