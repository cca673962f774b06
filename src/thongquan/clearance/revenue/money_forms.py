"""Forms of the pages of money."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.revenue.queries.guarantees import Given
from thongquan.clearance.revenue.words import GUARANTEE_KINDS


class BankFileForm(forms.Form):
    """A statement of an office's account."""

    office = forms.ChoiceField(label=_("Office"))
    file = forms.FileField(label=_("Bank file"), help_text=_("camt.053 (XML) or CSV, up to 5 MB."))

    def __init__(self, *args: Any, offices: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, code) for code in offices]


class AssignForm(forms.Form):
    """Whose money it is."""

    number = forms.CharField(label=_("Declaration number"), max_length=20)
    amount_vnd = forms.DecimalField(label=_("Amount (VND)"), max_digits=18, decimal_places=0, min_value=1)


class CoverForm(forms.Form):
    """Which guarantee is to stand for a declaration."""

    guarantee = forms.ChoiceField(label=_("Guarantee"))

    def __init__(self, *args: Any, usable: Iterable[Given], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["guarantee"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.number, f"{one.number} · {one.guarantor}") for one in usable]


class GuaranteeForm(forms.Form):
    """A bank's promise, to be accepted by customs."""

    tax_code = forms.ChoiceField(label=_("Trader"))
    number = forms.CharField(label=_("Number of the guarantee"), max_length=35)
    kind = forms.ChoiceField(label=_("Kind"), choices=tuple(GUARANTEE_KINDS.items()))
    declaration = forms.CharField(
        label=_("Declaration"), max_length=20, required=False, help_text=_("Only for a single guarantee: 12 digits.")
    )
    guarantor = forms.CharField(label=_("Bank that guarantees"), max_length=200)
    office = forms.CharField(label=_("Customs office"), max_length=6, help_text="15BB")
    limit_vnd = forms.DecimalField(label=_("Amount (VND)"), max_digits=18, decimal_places=0, min_value=1)
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    valid_to = forms.DateField(label=_("To"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, tax_codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tax_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, code) for code in tax_codes]


class RefusalForm(forms.Form):
    """Why a guarantee is refused."""

    reason = forms.CharField(label=_("Reason"), max_length=2_000, widget=forms.Textarea({"rows": 3}))
