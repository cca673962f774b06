"""Words of suggested codes: the questions that are asked back, where a text comes from, how sure an answer is."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.learning.suggest import Refusal, Source

QUESTIONS: dict[Refusal, Promise] = {
    Refusal.EMPTY: _("What are the goods? Name them, say what they are made of and what they are for."),
    Refusal.NUMBERS_ONLY: _("What are the goods called? Numbers and codes of a stock book do not tell."),
    Refusal.VAGUE: _("Which goods exactly? Say what they are made of, what they are for, and how they are put up."),
    Refusal.UNKNOWN_WORDS: _("What are the goods in usual words? Nothing known resembles this description."),
}
UNSURE: Promise = _(
    "Not sure enough to propose one. Say what the goods are made of, what they are for, and how they are put up."
)
NO_MODEL: Promise = _("No suggestion today: no model has been trained yet. Find the code by words or in the tariff.")
SOURCES: dict[Source, Promise] = {
    Source.HISTORY: _("declared before"),
    Source.PRECEDENT: _("ruled by customs"),
    Source.NOMENCLATURE: _("nomenclature"),
    Source.REFERENCE: _("search reference"),
}
STANDS: dict[str, Promise] = {
    "challenger": _("Challenger"),
    "proposed": _("Proposed"),
    "champion": _("In force"),
    "retired": _("Replaced"),
}
SHEETS: dict[str, Promise] = {
    "waiting": _("Being answered"),
    "done": _("Answered"),
    "failed": _("Could not be answered"),
}
