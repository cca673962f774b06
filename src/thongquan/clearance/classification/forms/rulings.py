"""Forms of the pages of advance rulings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongquan.clearance.classification.forms.precedents import area, code_field, day_field
from thongquan.clearance.classification.operations.rulings import LENGTHS, LONG_TEXT
from thongquan.clearance.classification.ruling_labels import FIELDS, OUTCOMES

Choices = Iterable[tuple[str, Any]]
MAX_WORDS = 10_000


class ChoosingForm(forms.Form):
    """A form whose choices are given where it is made."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(offered)


def _text(label: Any, *, required: bool = False, rows: int = 2, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG_TEXT, required=required, widget=area(rows), help_text=help_text)


class GoodsForm(ChoosingForm):
    """What the applicant tells of the goods."""

    goods = forms.CharField(label=FIELDS["goods"], max_length=LENGTHS["goods"])
    description = _text(
        FIELDS["description"], required=True, rows=3, help_text=_("Material, kind, model, size, how it is put up.")
    )
    composition = _text(FIELDS["composition"])
    process = _text(FIELDS["process"])
    use = _text(FIELDS["use"])
    maker = forms.CharField(label=FIELDS["maker"], max_length=LENGTHS["maker"], required=False)
    own_hs = code_field(_("Code you propose"), required=False, help_text=_("4, 6 or 8 digits."))
    own_reasons = _text(FIELDS["own_reasons"])
    secret = forms.MultipleChoiceField(
        label=_("Trade secrets"),
        required=False,
        choices=list(FIELDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never published, wherever their words stand. Your name and tax code never are."),
    )


class NewRulingForm(GoodsForm):
    """A new application: for which enterprise, at which office."""

    tax_code = forms.ChoiceField(label=_("Enterprise"))
    office = forms.ChoiceField(label=_("Customs office"))
    field_order = ("tax_code", "office")


class NothingForm(ChoosingForm):
    """A step that needs no words."""


class WordsForm(ChoosingForm):
    """A step that needs words."""

    words = forms.CharField(label=pgettext_lazy("noun", "Text"), max_length=MAX_WORDS, widget=area())


class MayForm(ChoosingForm):
    """A step that may have words."""

    words = forms.CharField(label=_("Reason"), max_length=MAX_WORDS, required=False, widget=area(2))


class ProposalForm(ChoosingForm):
    """The decision: a code and its reasons, or a refusal and its ground."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    hs = code_field(_("Code of the goods"), required=False)
    reasons = _text(
        _("Reasons"),
        required=True,
        rows=4,
        help_text=_("Notes, headings and general rules that decide. Published without trade secrets."),
    )
    valid_to = day_field(_("No longer from"), required=False, help_text=_("Empty: as long as the law allows."))
    ground = forms.ChoiceField(label=_("Ground of a refusal"), required=False)
