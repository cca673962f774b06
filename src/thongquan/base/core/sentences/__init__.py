"""What each code says to people: text, remedy, example and legal basis, in the active language.

The facts come from the fault or reason; here they only get their words. Adding a code means adding it to
`rules.codes`, its sentence to the module of its family, and its translations to `base/core/locale`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language, gettext

from thongquan.base.core.sentences import (
    academy,
    accounts,
    attachments,
    casework,
    certificate_entry,
    channel,
    checks,
    consultations,
    declaration,
    duties,
    express,
    formats,
    integrity,
    lawdesk,
    life,
    notices,
    origin,
    postaudit,
    preference,
    public,
    reference,
    regime,
    release,
    relief,
    requests,
    residents,
    revenue,
    risk,
    rulings,
    signatures,
    suggesting,
    two_codes,
    value,
    violations,
    worklist,
)
from thongquan.base.core.sentences.labels import CHECKS, FIELDS, LIMITS, LISTS, STATES, TAXES, WORDS
from thongquan.base.core.sentences.shape import Sentence, Told
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault, Reason

__all__ = ["SENTENCES", "Sentence", "Told", "field_label", "sentence"]

_MODULES = (
    academy,
    accounts,
    attachments,
    casework,
    certificate_entry,
    channel,
    checks,
    consultations,
    declaration,
    duties,
    express,
    formats,
    integrity,
    lawdesk,
    life,
    notices,
    origin,
    postaudit,
    preference,
    public,
    reference,
    regime,
    relief,
    release,
    requests,
    residents,
    revenue,
    risk,
    rulings,
    signatures,
    suggesting,
    two_codes,
    value,
    violations,
    worklist,
)
SENTENCES: dict[Code, Sentence] = {code: told for module in _MODULES for code, told in module.SENTENCES.items()}

_PLACE = re.compile(r"\[\d+\]")
_LABELS: dict[str, Mapping[str, str]] = {
    "tax": TAXES,
    "list": LISTS,
    "state": STATES,
    "flow": WORDS,
    "declared": WORDS,
    "treatment": WORDS,
    "check": CHECKS,
    "limit": LIMITS,
}


class _Values(dict[str, str]):
    """Values of a sentence; one that nobody gave reads as an ellipsis instead of failing."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(about: Fault | Reason) -> Told:
    """Tell a fault or a reason in the active language; a code without a sentence is told by its number."""
    try:
        known = SENTENCES[Code(about.code)]
    except (KeyError, ValueError):
        return Told(about.code, "", "", "")
    values = _Values(about.values)
    if isinstance(about, Fault):
        values.setdefault("value", about.value)
        values["field"] = field_label(values.get("field") or about.path)
    for name, labels in _LABELS.items():
        if values.get(name) in labels:
            values[name] = gettext(labels[values[name]])
    worded = _worded(known, get_language())
    return Told(
        text=worded.text.format_map(values),
        remedy=worded.remedy.format_map(values),
        example=known.example,
        basis=worded.basis,
    )


@cache
def _worded(known: Sentence, language: str | None) -> Sentence:
    """The sentence in this, the active, language; every answer tells some, so each is looked up once."""
    return known._replace(
        text=gettext(known.text),
        remedy=gettext(known.remedy),
        basis=gettext(known.basis) if known.basis else "",
    )


def field_label(path: str) -> str:
    """Name a field of the document (`lines[2].quantity`, `invoice.amount`) as people call it; else the path itself."""
    plain = _PLACE.sub("", path)
    plain = plain.removeprefix("lines.").removeprefix("goods.")
    return gettext(FIELDS[plain]) if plain in FIELDS else path
