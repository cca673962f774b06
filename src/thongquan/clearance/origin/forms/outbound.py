"""Forms of export certificates: head, one line of goods with its cost statement and production steps, the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.figures import number_shown, number_text
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.outbound import Application, CostStatement, GoodsLine, Process, UsedMaterial

COSTS = ("labor", "overhead", "profit", "other")
MATERIAL = ("name", "hs", "origin", "value", "originating", "proof")
STEP = ("done", "country", "place", "words")
ROWS, MOST_ROWS = 3, 200
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_UPPER = frozenset({"destination", "currency", "third_party_country", "original_country", "unit", "criterion"})


class HeadForm(forms.Form):
    """Head of an application; choices are given by the view."""

    agreement = forms.ChoiceField(label=_("Agreement and form"))
    tax_code = forms.ChoiceField(label=_("Enterprise"))
    exporter = forms.CharField(label=_("Exporter"), max_length=500)
    exporter_address = forms.CharField(label=_("Address of the exporter"), max_length=500, required=False)
    consignee = forms.CharField(label=_("Consignee"), max_length=500, required=False)
    consignee_address = forms.CharField(label=_("Address of the consignee"), max_length=500, required=False)
    destination = forms.CharField(label=_("Country of destination"), max_length=2, required=False)
    departed_on = forms.DateField(label=_("Day of departure"), required=False, widget=_DAY)
    vehicle = forms.CharField(label=_("Means of transport"), max_length=100, required=False)
    port = forms.CharField(label=_("Place of discharge"), max_length=100, required=False)
    route = forms.CharField(label=_("Route"), max_length=500, required=False)
    currency = forms.CharField(label=_("Currency of the values"), max_length=3, initial="USD")
    office = forms.CharField(label=_("Office of the export"), max_length=6, required=False)
    declaration = forms.CharField(label=_("Export declaration"), max_length=12, required=False)
    place = forms.CharField(label=_("Place of signing"), max_length=100, required=False)
    third_party = forms.CharField(label=_("Invoice issued by a third party"), max_length=500, required=False)
    third_party_country = forms.CharField(label=_("Country of the third party"), max_length=2, required=False)
    exhibition = forms.CharField(label=_("Exhibition and its place"), max_length=500, required=False)
    original_number = forms.CharField(label=_("First certificate (back-to-back)"), max_length=40, required=False)
    original_country = forms.CharField(label=_("Country of the first certificate"), max_length=2, required=False)
    copy_of = forms.CharField(label=_("Certified true copy of number"), max_length=40, required=False)
    copy_of_on = forms.DateField(label=_("Day of the lost original"), required=False, widget=_DAY)

    def __init__(
        self, *args: Any, agreements: list[tuple[str, str]], enterprises: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("agreement", agreements), ("tax_code", enterprises)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (told to the type checker)
            field.choices = choices

    def applied(self, before: Application) -> Application:
        """The application with this head, its lines kept."""
        given = dict(self.cleaned_data)
        agreement, _slash, form = given.pop("agreement").partition("/")
        kept = {name: value for name, value in given.items() if name not in ("tax_code", "office")}
        return msgspec.structs.replace(before, agreement=agreement, form=form, **_uppered(kept))


class LineForm(forms.Form):
    """One line of goods; materials and steps stand in rows beside it."""

    hs = forms.CharField(label=_("Code HS"), max_length=12, required=False)
    description = forms.CharField(label=_("Goods"), max_length=500, required=False)
    marks = forms.CharField(label=_("Marks and packages"), max_length=500, required=False)
    quantity = forms.CharField(label=_("Quantity"), max_length=40, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=3, required=False)
    gross_weight_kg = forms.CharField(label=_("Gross weight (kg)"), max_length=40, required=False)
    fob = forms.CharField(label=_("Value FOB"), max_length=40, required=False)
    invoice = forms.CharField(label=_("Invoice"), max_length=40, required=False)
    invoice_on = forms.DateField(label=_("Day of the invoice"), required=False, widget=_DAY)
    criterion = forms.CharField(
        label=_("Criterion asked for"),
        max_length=24,
        required=False,
        help_text=_("Leave empty for the first that is met."),
    )


class AnswerForm(forms.Form):
    """What the issuer gave."""

    number = forms.CharField(label=_("Number of the certificate"), max_length=40)
    issued_on = forms.DateField(label=_("Issued on"), widget=_DAY)
    issuer = forms.CharField(label=_("Issuer"), max_length=300)


class CheckForm(forms.Form):
    """Number and code of a paper, for whoever holds it."""

    number = forms.CharField(label=_("Number or reference"), max_length=40)
    code = forms.CharField(label=_("Code"), max_length=16)


class CostsForm(forms.Form):
    """A filled sheet of costs."""

    file = forms.FileField(label=_("Sheet of costs (.xlsx)"))


def head_initial(application: Application, tax_code: str, office: str) -> dict[str, Any]:
    """The head as the form shows it."""
    shown = {name: getattr(application, name) for name in application.__struct_fields__ if name != "lines"}
    return {
        **shown,
        "agreement": f"{application.agreement}/{application.form}",
        "tax_code": tax_code,
        "office": office,
    }


def line_initial(line: GoodsLine, language: str) -> dict[str, Any]:
    """A line as the form shows it."""
    names = LineForm.base_fields
    return {name: _shown(getattr(line, name), language) for name in names}


def rows_of(line: GoodsLine, language: str) -> dict[str, list[dict[str, str]]]:
    """Materials and steps as rows of text."""
    return {
        "materials": [_texts(one, MATERIAL, language) for one in line.costs.materials],
        "steps": [_texts(one, STEP, language) for one in line.steps],
    }


def costs_initial(line: GoodsLine, language: str) -> dict[str, str]:
    """The costs beside materials as text."""
    return {name: _shown(getattr(line.costs, name), language) for name in COSTS}


def posted_line(post: QueryDict, number: int, language: str) -> tuple[GoodsLine, list[Fault]]:
    """The line as typed, and every cell that cannot be read (TQ-FMT-018, TQ-FMT-008 by the form's own fields)."""
    faults: list[Fault] = []
    form = LineForm(post)
    form.is_valid()
    texts = {name: str(post.get(name, "")).strip()[:500] for name in LineForm.base_fields}
    amounts: dict[str, Any] = {
        name: _amount(texts[name], name, language, faults) for name in ("quantity", "gross_weight_kg", "fob")
    }
    costs = {name: _amount(str(post.get(name, "")), f"costs.{name}", language, faults) for name in COSTS}
    materials = [_material(row, place, language, faults) for place, row in _rows(post, "m", MATERIAL)]
    invoice_on = form.cleaned_data.get("invoice_on")
    if texts["invoice_on"] and invoice_on is None:
        faults.append(_unreadable("invoice_on", texts["invoice_on"]))
    words = {name: texts[name] for name in ("hs", "description", "marks", "invoice", "unit", "criterion")}
    made = GoodsLine(
        number=number,
        **_uppered(words),
        **amounts,
        invoice_on=invoice_on,
        costs=CostStatement(materials=tuple(materials), **costs),
        steps=tuple(_step(row) for _place, row in _rows(post, "s", STEP)),
    )
    return made, [msgspec.structs.replace(one, line=number) for one in faults]


def _rows(post: QueryDict, prefix: str, names: Iterable[str]) -> list[tuple[int, dict[str, str]]]:
    """Rows of cells that share a name, those with nothing but choices left out."""
    columns = {name: post.getlist(f"{prefix}_{name}")[:MOST_ROWS] for name in names}
    longest = max((len(cells) for cells in columns.values()), default=0)
    found: list[tuple[int, dict[str, str]]] = []
    for place in range(longest):
        row = {name: (cells[place].strip()[:500] if place < len(cells) else "") for name, cells in columns.items()}
        if any(value for name, value in row.items() if name not in ("originating", "done", "country")):
            found.append((len(found), row))
    return found


def _material(row: Mapping[str, str], place: int, language: str, faults: list[Fault]) -> UsedMaterial:
    return UsedMaterial(
        name=row["name"],
        hs=row["hs"],
        origin=row["origin"].upper(),
        value=_amount(row["value"], f"costs.materials[{place}].value", language, faults),
        originating=row["originating"] == "yes",
        proof=row["proof"],
    )


def _step(row: Mapping[str, str]) -> Process:
    done = row["done"] if row["done"] in ("grown", "born", "caught", "mined", "gathered", "processed") else "processed"
    return msgspec.convert({**row, "done": done, "country": row["country"].upper() or "VN"}, Process)


def _amount(text: str, path: str, language: str, faults: list[Fault]) -> Decimal | None:
    """A number as people of the language write it."""
    typed = text.strip()[:40]
    if not typed:
        return None
    try:
        value = Decimal(number_text(typed, language))
    except InvalidOperation:
        faults.append(_unreadable(path, typed))
        return None
    return value


def _unreadable(path: str, typed: str) -> Fault:
    return Fault(code=Code.TQ_FMT_018, path=path, value=typed, values={"field": path})


def _shown(value: object, language: str) -> Any:
    if isinstance(value, Decimal):
        return number_shown(f"{value.normalize():f}", language)
    return value if isinstance(value, date) else ("" if value is None else str(value))


def _texts(part: Any, names: Iterable[str], language: str) -> dict[str, str]:
    row = {name: _shown(getattr(part, name), language) for name in names}
    return {**row, "originating": "yes" if getattr(part, "originating", False) else "no"}


def _uppered(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.upper() if name in _UPPER and value else value for name, value in values.items()}
