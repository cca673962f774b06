"""The guided form of the six methods: first line and method, then what this method asks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongquan.clearance.valuation.forms.steps import MOST_WORDS, Fields, area, date_input
from thongquan.clearance.valuation.labels import METHODS, name_of_term
from thongquan.rules.valuing import COMPARING, TERMS, Asked, Comparable, MethodRefusal, before

COMPARED = 3
"""Rows offered to a comparing method."""


class ChooseForm(Fields):
    """Line and method."""

    line = forms.TypedChoiceField(label=_("Line"), coerce=int)
    method = forms.ChoiceField(label=_("Method"), choices=list(METHODS.items())[1:])
    turned = forms.BooleanField(
        label=_("The importer asked for the computed value before the deductive value"), required=False
    )


class MethodForm(forms.Form):
    """Why each method before does not hold, what the value is computed from, and how."""

    def __init__(self, *args: Any, method: str, turned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method, self.turned = method, turned
        self.rows = COMPARED if method in COMPARING else 1
        for one in before(method, turned=turned):
            label = gettext("Why it does not hold: %(method)s") % {"method": METHODS[one]}
            self.fields[f"not_{one}"] = forms.CharField(
                label=label, max_length=MOST_WORDS, required=False, widget=area(2)
            )
        for place in range(self.rows):
            self.fields.update(dict(self._comparable(place)))
        self.fields["words"] = forms.CharField(
            label=_("How the method was applied"),
            max_length=MOST_WORDS,
            required=False,
            widget=area(3),
            help_text=_("The sixth method: which of the others it follows, and what was eased.")
            if method == "fallback"
            else "",
        )

    def _comparable(self, place: int) -> Iterator[tuple[str, forms.Field]]:
        mark = f" ({place + 1})" if self.rows > 1 else ""
        yield (
            f"source_{place}",
            forms.CharField(
                label=gettext("Source") + mark,
                max_length=300,
                required=False,
                help_text=_("A declaration with its line, an invoice, a calculation."),
            ),
        )
        yield f"on_{place}", forms.DateField(label=gettext("Its day") + mark, required=False, widget=date_input())
        for term, _sign in TERMS[self.method]:
            label = f"{name_of_term(self.method, term)}{mark}"
            yield (
                f"{term}_{place}",
                forms.DecimalField(
                    label=label,
                    required=False,
                    max_digits=24,
                    decimal_places=6,
                    localize=False,
                    help_text=_("Dong for one unit"),
                    widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                ),
            )

    def asked(self, line: int) -> Asked:
        """What is asked of the rules; rows that were left empty are left out, the first one never."""
        told = self.cleaned_data
        return Asked(
            line=line,
            method=self.method,
            quantity=Decimal(1),
            refusals=tuple(
                MethodRefusal(method=one, words=told[f"not_{one}"].strip())
                for one in before(self.method, turned=self.turned)
            ),
            comparables=tuple(self._row(place) for place in range(self.rows) if place == 0 or self._is_told(place)),
            words=told["words"],
            turned=self.turned,
        )

    def _is_told(self, place: int) -> bool:
        names = ("source", "on", *(term for term, _sign in TERMS[self.method]))
        return any(self.cleaned_data[f"{name}_{place}"] not in (None, "") for name in names)

    def _row(self, place: int) -> Comparable:
        told = self.cleaned_data
        return Comparable(
            source=told[f"source_{place}"],
            on=told[f"on_{place}"],
            terms=tuple((term, told[f"{term}_{place}"]) for term, _sign in TERMS[self.method]),
        )
