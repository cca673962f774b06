"""Forms of the pages of exemption lists and claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.revenue.operations.exemptions import Wanted

MAX_WORDS = 4_000
MAX_TEXT = 100_000
COLUMNS = 4
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
Choices = Iterable[tuple[str, str]]


class ReasonForm(forms.Form):
    """A step that may ask for its reason."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )


class ListForm(forms.Form):
    """A new exemption list; its lines are pasted from a workbook."""

    tax_code = forms.ChoiceField(label=_("Enterprise"))
    office = forms.ChoiceField(label=_("Customs office"))
    exemption = forms.ChoiceField(label=_("Exemption"))
    title = forms.CharField(label=_("Project or purpose"), max_length=200)
    valid_to = forms.DateField(
        label=_("Ends before"), required=False, widget=_DAY, help_text=_("The first day it no longer holds.")
    )
    lines = forms.CharField(
        label=_("Goods"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 10, "class": "tq-code"}),
        help_text=_("One line each: code, description, unit, quantity, with tabs (pasted from Excel) or semicolons."),
    )

    def __init__(self, *args: Any, enterprises: Choices, offices: Choices, exemptions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, tax_code=enterprises, office=offices, exemption=exemptions)

    def clean_lines(self) -> list[Wanted]:
        """The lines read; each that cannot be read is named."""
        rows = [row for row in self.cleaned_data["lines"].splitlines() if row.strip()]
        read = [wanted_from(row) for row in rows]
        wrong = [
            forms.ValidationError(_("Row %(n)s cannot be read: %(row)s"), params={"n": n, "row": rows[n - 1][:60]})
            for n, one in enumerate(read, 1)
            if one is None
        ]
        if wrong:
            raise forms.ValidationError(wrong)
        return [one for one in read if one is not None]


def wanted_from(row: str) -> Wanted | None:
    """Read `8414;Quạt;PCE;1000`; None when it cannot be. A number that groups thousands could be misread: refused."""
    cells = [cell.strip() for cell in (row.split("\t") if "\t" in row else row.split(";"))]
    if len(cells) != COLUMNS or _GROUPED.fullmatch(cells[3]):
        return None
    try:
        quantity = Decimal(cells[3].replace(",", "."))
    except InvalidOperation:
        return None
    return Wanted(hs=cells[0].replace(".", ""), description=cells[1], unit=cells[2].upper(), quantity=quantity)


class ClaimForm(forms.Form):
    """A claim about a declaration: kind and case of the law in one choice."""

    case = forms.ChoiceField(label=_("Case of the law"))
    tax = forms.ChoiceField(label=_("Tax"), required=False, help_text=_("Not for amounts paid in excess."))
    amount_vnd = forms.DecimalField(label=_("Amount (VND)"), min_value=1, max_digits=20, decimal_places=0)
    grounds = forms.CharField(
        label=_("Grounds and papers"), max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, cases: Any, taxes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, case=cases, tax=[("", "–"), *taxes])


class ProposalForm(forms.Form):
    """What an officer proposes to decide."""

    amount_vnd = forms.DecimalField(
        label=_("Amount (VND)"),
        min_value=0,
        max_digits=20,
        decimal_places=0,
        help_text=_("Zero proposes to refuse the claim."),
    )
    finding = forms.CharField(label=_("Finding"), max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 4}))


class PaidForm(forms.Form):
    """That the treasury paid."""

    reference = forms.CharField(label=_("Number of the payment order"), max_length=70)


class StatementForm(forms.Form):
    """Which account, and which days."""

    tax_code = forms.ChoiceField(label=_("Enterprise"))
    since = forms.DateField(label=_("From"), widget=_DAY)
    until = forms.DateField(label=_("To"), widget=_DAY)

    def __init__(self, *args: Any, enterprises: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, tax_code=enterprises)

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first."))
        return cleaned


def _offer(form: forms.Form, **choices: Any) -> None:
    for name, offered in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = offered
