"""What people fill in: the calculator, and where a declaration stands. Both are asked by GET, so as to be shared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.code_lists import code_values
from thongquan.insight.public.queries.duties import AHEAD, FIRST_DAY, Asked, units_of

MOST = Decimal(10) ** 15
NEAR = ("CN", "LA", "KH", "TH", "KR", "JP", "US")
"""Origins most asked for at this border, told first."""
RATES_ONLY = ("vat", "sct", "import_duty", "ept")
Choices = list[tuple[str, Any]]


def amount_field(label: Any, *, required: bool, help_text: Any = "") -> forms.DecimalField:
    """An amount of at least nothing, with at most four decimals."""
    attrs = {"inputmode": "decimal", "step": "any", "min": "0"}
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal(0),
        max_value=MOST,
        decimal_places=4,
        help_text=help_text,
        widget=forms.NumberInput(attrs=attrs),
    )


class CalculatorForm(forms.Form):
    """Goods, origin and value; the rest has a good beginning. Lists are those of the law on the day asked about."""

    flow = forms.ChoiceField(
        label=gettext_lazy("What happens"),
        choices=[("import", gettext_lazy("Import")), ("export", gettext_lazy("Export"))],
    )
    hs = forms.CharField(
        label=gettext_lazy("Goods code or words"),
        max_length=80,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "list": "codes",
                "hx-get": reverse_lazy("public:codes"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#codes",
            }
        ),
        help_text=gettext_lazy("Eight digits, or words in any of the four languages to choose from."),
    )
    origin = forms.ChoiceField(label=gettext_lazy("Country of origin"))
    value = amount_field(gettext_lazy("Price of the goods"), required=True)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    term = forms.ChoiceField(
        label=gettext_lazy("Delivery term"),
        help_text=gettext_lazy("CIF, DAP: freight is in the price. FOB, EXW: it is not."),
    )
    freight = amount_field(gettext_lazy("Freight"), required=False, help_text=gettext_lazy("In the same currency."))
    insurance = amount_field(gettext_lazy("Insurance"), required=False)
    quantity = amount_field(gettext_lazy("Quantity"), required=False)
    quantity2 = amount_field(gettext_lazy("Second quantity"), required=False)
    net_weight_kg = amount_field(gettext_lazy("Net weight (kg)"), required=False)
    regime = forms.ChoiceField(label=gettext_lazy("Customs regime"))
    on = forms.DateField(
        label=gettext_lazy("Day of registration"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    schedule = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    in_quota = forms.ChoiceField(
        label=gettext_lazy("Within the tariff quota"),
        required=False,
        choices=[("", "–"), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
    )

    def __init__(self, data: Any, *, today: date) -> None:
        filled = {"flow": "import", "origin": "CN", "currency": "USD", "term": "CIF", "on": today.isoformat()}
        given = {name: value for name, value in data.items() if value != ""} if data else {}
        flow = "export" if given.get("flow") == "export" else "import"
        filled["regime"] = "B11" if flow == "export" else "A11"
        self.is_asked = bool(given.get("hs")) and self.wants(data)
        super().__init__({**filled, **given} if self.is_asked else None, initial={**filled, **given}, label_suffix="")
        self.today = today
        self._fill_lists(flow, _day(given.get("on"), today))
        self._name_quantities(str(given.get("hs", "")), _day(given.get("on"), today))

    def wants(self, data: Any) -> bool:
        """Whether goods named in an address ask for an answer, and do not only begin a form."""
        return True

    def _fill_lists(self, flow: str, on: date) -> None:
        language = get_language() or "vi"
        rates = {"VND", *current_law().rates_on(on)}
        countries = code_values("country", on, language)
        first = [one for code in NEAR for one in countries if one.code == code]
        rest = sorted((one for one in countries if one not in first), key=lambda one: one.folded)
        self._list("origin", [(one.code, f"{one.name} ({one.code})") for one in (*first, *rest)])
        currencies = [one for one in code_values("currency", on, language) if one.code in rates]
        self._list("currency", [(one.code, f"{one.code} · {one.name}") for one in currencies])
        self._list("term", [(one.code, one.code) for one in code_values("incoterm", on, language)])
        regimes = [one for one in code_values("regime", on, language) if one.group in ("", flow)]
        self._list("regime", [(one.code, f"{one.code} · {one.name}") for one in regimes])

    def _list(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _name_quantities(self, hs: str, on: date) -> None:
        """The quantities bear the units of the code; a second one is asked for only where the law has one."""
        unit, second = units_of(hs, on)
        if unit:
            self.fields["quantity"].label = _("Quantity (%(unit)s)") % {"unit": unit}
        if second:
            self.fields["quantity2"].label = _("Second quantity (%(unit)s)") % {"unit": second}
        else:
            del self.fields["quantity2"]

    def clean_hs(self) -> str:
        """Digits without dots; words stay words."""
        text = str(self.cleaned_data["hs"]).strip()
        digits = text.replace(".", "").replace(" ", "")
        return digits if digits.isascii() and digits.isdigit() else text

    def clean_on(self) -> date:
        """A day whose law is in hand."""
        on: date = self.cleaned_data["on"]
        if not FIRST_DAY <= on <= self.today + AHEAD:
            raise forms.ValidationError(
                _("Choose a day between %(first)s and a year from now.") % {"first": FIRST_DAY.isoformat()}
            )
        return on

    @property
    def has_more(self) -> bool:
        """Whether something was asked that stands in the folded part."""
        folded = ("regime", "on", "flow", "net_weight_kg", "quantity2", "in_quota")
        given = {name for name in (*folded, *self.errors) if name in self.errors or self.data.get(name)}
        usual = {"flow": "import", "regime": "A11", "on": self.today.isoformat()}
        return any(self.data.get(name) != usual.get(name) or name in self.errors for name in given & set(folded))

    @property
    def names_a_code(self) -> bool:
        """Whether the goods are told by a whole code, not by words."""
        hs = str(self.cleaned_data.get("hs", ""))
        return len(hs) == 8 and hs.isascii() and hs.isdigit()

    def asked(self) -> Asked:
        """The question, once the form is valid."""
        told = self.cleaned_data
        choices = {tax: str(self.data[f"rate_{tax}"]) for tax in RATES_ONLY if self.data.get(f"rate_{tax}")}
        return Asked(
            hs=told["hs"],
            origin=told["origin"],
            value=told["value"],
            currency=told["currency"],
            on=told["on"],
            regime=told["regime"],
            flow=told["flow"],
            term=told["term"],
            freight=told["freight"],
            insurance=told["insurance"],
            quantity=told["quantity"],
            quantity2=told.get("quantity2"),
            net_weight_kg=told["net_weight_kg"],
            schedule=told["schedule"] or "B01",
            choices=choices,
            in_quota={"yes": True, "no": False}.get(told["in_quota"]),
        )


def _day(text: object, today: date) -> date:
    try:
        found = date.fromisoformat(str(text or ""))
    except ValueError:
        return today
    return found if FIRST_DAY <= found <= today + AHEAD else today


class TrackForm(forms.Form):
    """Which declaration, and the code that says that one was told about it."""

    number = forms.CharField(
        label=gettext_lazy("Number of the declaration"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "pu-short"}),
        help_text=gettext_lazy("Twelve digits; an earlier number of an amended declaration serves too."),
    )
    code = forms.CharField(
        label=gettext_lazy("Tracking code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "pu-short"}),
        help_text=gettext_lazy("The declarant finds it on the page of the declaration and can hand it on."),
    )
