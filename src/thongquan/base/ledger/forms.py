"""Filters of the ledger's page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.base.ledger.queries import EntryFilters

LARGEST_ID = 2**63 - 1


class LedgerFilters(forms.Form):
    """Which entries to list; everything may be left empty."""

    action = forms.CharField(label=_("Action"), max_length=64, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=128, required=False)
    sealed = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), ("yes", _("Sealed")), ("no", _("Waiting"))]
    )
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)

    def filters(self) -> EntryFilters:
        """The filters as asked; those that cannot be read count as empty."""
        return EntryFilters(**{name: value for name, value in self.cleaned_data.items() if value})


class HeadsAfter(forms.Form):
    """From which head on the public list begins."""

    after = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_ID)
