"""Names of legal texts in the reader's language: `Circular 81/2019 Art. 10` is `Thông tư 81/2019 Điều 10`.

Sources are kept in one form, in English, beside each value; only the words that name a kind of text, and the
notes on how sure a value is, are put over here, numbers and symbols stay as they are.
"""

from __future__ import annotations

import re

from django.utils.translation import pgettext

from thongquan.base.core.law_notes import NOTES

CONTEXT = "legal text"
WORDS = (
    "Law on Tax Administration",
    "Customs Law",
    "Law",
    "Decree",
    "Decrees",
    "Circular",
    "Decision",
    "Resolution",
    "Annex",
    "Art.",
    "as amended by",
    "as cited by the compilations",
    "compilation",
    "compilation A of",
    "compilation B of",
    "and amendments",
    "and others",
    "and",
    "replaced",
    "decree not named in the facts at hand",
    "unverified",
    "in force from",
    "no source in the facts at hand",
    "legal list not in the facts at hand",
    "text not at hand",
    "article not at hand",
)
_LONGEST_FIRST = sorted((*WORDS, *NOTES), key=len, reverse=True)
_PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?!\w)")


def legal(source: str) -> str:
    """A source with the words for its legal texts in the active language."""
    return _PATTERN.sub(lambda found: pgettext(CONTEXT, found[0]), source)
