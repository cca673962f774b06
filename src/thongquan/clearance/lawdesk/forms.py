"""Forms of the law desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.sentences import field_label
from thongquan.clearance.lawdesk.queries import BreakRow
from thongquan.clearance.tariff.wording import TAXES, tax_name

MAX_WORDS = 4_000


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _source() -> forms.CharField:
    return forms.CharField(label=_("Source: text of law and article"), max_length=400)


class StartForm(forms.Form):
    """A new workbasket."""

    title = forms.CharField(label=_("Title"), max_length=120)
    why = forms.CharField(label=_("Why"), max_length=MAX_WORDS, required=False, widget=_area())
    effective_on = forms.DateField(label=_("Effective on"), widget=_date())


class FileForm(forms.Form):
    """Rows from a file."""

    file = forms.FileField(
        label=_("File of changes"), help_text=_("YAML or CSV, with rows like those of the reference data")
    )


class RowForm(forms.Form):
    """One row of law, typed: its fields are the columns of the table."""

    table = ""


class ParameterForm(RowForm):
    """A number or word of the law."""

    table = "parameters"
    field_order = ("name", "value", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.SlugField(label=_("Parameter"), max_length=64)
        self.fields["value"] = forms.CharField(label=_("New value"), max_length=200)
        self.fields["source"] = _source()


class RateForm(RowForm):
    """A box of the tariff."""

    table = "cells"
    hs8 = forms.CharField(
        label=_("Goods code"), max_length=8, help_text=_("Two to eight digits: every national line below it")
    )
    tax = forms.ChoiceField(label=_("Tax"))
    schedule = forms.CharField(
        label=_("Tariff schedule"), max_length=16, required=False, help_text=_("For import duty only, for example B01")
    )
    rate = forms.CharField(label=_("New rate"), max_length=80, help_text=_("As it is published: 5, 8/10, 0 (-KH)"))
    source = _source()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tax = self.fields["tax"]
        if isinstance(tax, forms.ChoiceField):
            tax.choices = [(name, tax_name(name)) for name in TAXES]


class RemoveForm(forms.Form):
    """A row to take out."""

    change = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class TryForm(forms.Form):
    """The period of a dry run."""

    since = forms.CharField(
        label=_("Declarations since"), max_length=10, initial="30d", help_text=_("30d, 12w or a day such as 2026-10-01")
    )


class FileTryForm(FileForm, TryForm):
    """A dry run of a file alone."""

    field_order = ("file", "since")


class WordsForm(forms.Form):
    """A step that asks for its reason."""

    words = forms.CharField(label=_("Reason"), max_length=MAX_WORDS, widget=_area())


class RemarkForm(forms.Form):
    """A step with a remark or without."""

    words = forms.CharField(label=_("Remark"), max_length=MAX_WORDS, required=False, widget=_area(2))


class ApproveForm(RemarkForm):
    """An approval, with the reason for each way in which valid filings would fall.

    The page asks for every reason; what was sent without one is refused by the operation, line by line.
    """

    def __init__(self, *args: Any, breaks: Sequence[BreakRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.breaks = tuple(breaks)
        for one in self.breaks:
            label = _("Why %(code)s on %(goods)s may happen") % {
                "code": one.code,
                "goods": one.hs or field_label(one.field),
            }
            self.fields[f"reason_{one.id}"] = forms.CharField(
                label=label, max_length=MAX_WORDS, required=not self.is_bound, widget=_area(2)
            )
        self.order_fields([*(f"reason_{one.id}" for one in self.breaks), "words"])

    def reasons(self) -> dict[int, str]:
        """The reasons by the number of what they are for."""
        return {one.id: self.cleaned_data.get(f"reason_{one.id}", "") for one in self.breaks}


class ReverseForm(WordsForm):
    """Taking a publication back."""

    effective_on = forms.DateField(label=_("Put back from"), widget=_date())
    field_order = ("effective_on", "words")
