"""The form that registers a certificate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 20_000


class CertificateForm(forms.Form):
    """A certificate file and the proof that its key is at hand."""

    code = forms.ChoiceField(label=_("Organization"))
    certificate = forms.FileField(label=_("Certificate (PEM or DER)"), max_length=200)
    proof = forms.CharField(
        label=_("Proof of the key"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=8192,
        help_text=_("What the command “thongquan certificate proof CODE --signer FILE” prints."),
    )

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, code) for code in codes]

    def clean_certificate(self) -> bytes:
        """The bytes of the file. Raises ValidationError for what is too large to be a certificate."""
        file = self.cleaned_data["certificate"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is too large to be a certificate."))
        data: bytes = file.read()
        return data
