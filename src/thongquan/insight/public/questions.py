"""What is asked of agreements side by side: the calculator's question, where goods come from, how they are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongquan.insight.public.agreement_words import WAYS
from thongquan.insight.public.forms import CalculatorForm, amount_field
from thongquan.rules.origin.computing import Material
from thongquan.rules.origin.qualifying import Making

MATERIALS = 6
"""Rows of the small check; whoever has more asks the API."""


class AgreementsForm(CalculatorForm):
    """Goods, origin, dispatch and value, and how the goods are made; all of it stands in the address."""

    dispatch = forms.ChoiceField(
        label=_("Country of dispatch"), required=False, help_text=_("Where the goods set out for Vietnam.")
    )
    made = forms.ChoiceField(
        label=_("How the goods are made"), required=False, choices=list(WAYS.items()), widget=forms.RadioSelect
    )
    fob = amount_field(
        _("Price at the border of the exporting country (FOB)"),
        required=False,
        help_text=_("In the currency of the materials; for the regional value."),
    )

    def __init__(self, data: Any, *, today: date) -> None:
        given = {name: value for name, value in data.items() if name not in ("flow", "regime", "schedule")}
        super().__init__(given, today=today)
        countries = getattr(self.fields["origin"], "choices", [])
        self._list("dispatch", [("", gettext("the country of origin")), *countries])
        for place in range(1, MATERIALS + 1):
            self.fields[f"m{place}"] = forms.CharField(label=_("Material"), max_length=60, required=False)
            self.fields[f"m{place}_hs"] = forms.CharField(label=_("Goods code"), max_length=12, required=False)
            self.fields[f"m{place}_value"] = amount_field(_("Value"), required=False)
            self.fields[f"m{place}_origin"] = forms.CharField(
                label=_("Country of origin"),
                max_length=2,
                required=False,
                widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off"}),
            )

    def wants(self, data: Any) -> bool:
        """An address without a price begins the form: so a line of a declaration leads here."""
        return "value" in data

    @property
    def material_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each row of materials."""
        return [[self[name] for name in _names(place)] for place in range(1, MATERIALS + 1)]

    @property
    def has_making(self) -> bool:
        """Whether the small check was asked for, or has a fault."""
        names = ("made", "fob", *(name for place in range(1, MATERIALS + 1) for name in _names(place)))
        return any(self.data.get(name) or name in self.errors for name in names)

    def making(self) -> Making:
        """How the goods are made, once the form is valid."""
        told = self.cleaned_data
        return Making(way=told["made"], fob=told["fob"], materials=tuple(self._materials()))

    def _materials(self) -> Iterator[Material]:
        for place in range(1, MATERIALS + 1):
            name, hs, value, origin = (self.cleaned_data[one] for one in _names(place))
            if name or hs or value is not None or origin:
                digits = "".join(sign for sign in hs if sign.isascii() and sign.isdigit())
                yield Material(
                    name=name or hs or str(place), hs=digits, value=value or Decimal(0), origin=origin.strip().upper()
                )


def _names(place: int) -> tuple[str, str, str, str]:
    return f"m{place}", f"m{place}_hs", f"m{place}_value", f"m{place}_origin"
