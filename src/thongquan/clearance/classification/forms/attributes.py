"""Forms of the table of deciding attributes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.classification.forms.precedents import area, code_field
from thongquan.clearance.classification.operations.attributes import LENGTHS, MOST_WORDS, AttributeGiven
from thongquan.clearance.classification.ruling_labels import ATTRIBUTE_KINDS


class AttributeForm(forms.Form):
    """An attribute as two officers put it into force."""

    prefix = code_field(  # type: ignore[assignment]  # a field; Django takes it off the class before `prefix` is read
        _("Codes that begin with"), help_text=_("2, 4, 6 or 8 digits.")
    )
    kind = forms.ChoiceField(label=_("How it is read"), choices=list(ATTRIBUTE_KINDS.items()))
    name = forms.SlugField(
        label=_("Short name"), max_length=LENGTHS["name"], help_text=_("Letters without accents, such as power.")
    )
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=LENGTHS["name_vi"])
    name_en = forms.CharField(label=_("Name in English"), max_length=LENGTHS["name_en"], required=False)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=LENGTHS["name_zh"], required=False)
    name_fr = forms.CharField(label=_("Name in French"), max_length=LENGTHS["name_fr"], required=False)
    values = forms.CharField(
        label=_("Answers"),
        max_length=4_000,
        required=False,
        widget=area(),
        help_text=_("For words: one answer a line, its spellings parted by |."),
    )
    unit = forms.CharField(
        label=_("Unit of the limits"),
        max_length=LENGTHS["unit"],
        required=False,
        help_text=_("For a limit: g, mm, ml, w, v, gsm or another base unit."),
    )
    limits = forms.CharField(
        label=_("Limits"),
        max_length=200,
        required=False,
        help_text=_("Figures parted by a semicolon, point for decimals."),
    )
    source = forms.CharField(label=_("Where it comes from"), max_length=LENGTHS["source"])

    def clean_limits(self) -> tuple[float, ...]:
        """The figures. Raises when one is no number."""
        try:
            return tuple(float(one) for one in self.cleaned_data["limits"].split(";") if one.strip())
        except ValueError as error:
            raise forms.ValidationError(_("Write figures parted by a semicolon.")) from error

    def given(self) -> AttributeGiven:
        """The attribute as the operation takes it."""
        told = dict(self.cleaned_data)
        answers = tuple(one.strip() for one in told.pop("values").splitlines() if one.strip())
        return AttributeGiven(**told, values=answers)


class ReasonForm(forms.Form):
    """Why an end is proposed, or a proposal not signed."""

    words = forms.CharField(label=_("Reason"), max_length=MOST_WORDS, widget=area(2))
