"""Words of the room of values: states, steps, methods and what they are computed from."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongquan.clearance.valuation.states import Step

STATES: dict[str, Promise] = {
    "opened": pgettext_lazy("consultation", "Under consultation"),
    "proposed": pgettext_lazy("consultation", "Waits for the decision"),
    "accepted": pgettext_lazy("consultation", "Declared value accepted"),
    "rejected": pgettext_lazy("consultation", "Declared value rejected"),
}
OUTCOMES: dict[str, Promise] = {
    "accepted": _("The declared value stands"),
    "rejected": _("The declared value falls"),
}
STEPS: dict[str, Promise] = {
    "open": _("Consultation opened"),
    "ask": _("Question to the declarant"),
    "answer": _("Answer of the declarant"),
    "note": pgettext_lazy("consultation", "Note"),
    "determine": _("Value of a line found"),
    "withdraw": _("Value found taken back"),
    "propose": _("Outcome proposed"),
    "return": _("Outcome given back"),
    "decide": pgettext_lazy("consultation", "Decided"),
}
VERBS: dict[Step, Promise] = {
    Step.ASK: _("Ask the declarant"),
    Step.ANSWER: _("Answer the question"),
    Step.NOTE: _("Write a note for the office"),
    Step.WITHDRAW: _("Take a value found back"),
    Step.PROPOSE: _("Propose the outcome"),
    Step.RETURN: _("Give back to the officer"),
    Step.DECIDE: _("Decide as proposed"),
}
METHODS: dict[str, Promise] = {
    "transaction": _("1. Transaction value"),
    "identical": _("2. Transaction value of identical goods"),
    "similar": _("3. Transaction value of similar goods"),
    "deductive": _("4. Deductive value"),
    "computed": _("5. Computed value"),
    "fallback": _("6. Fall-back method"),
}
TERMS: dict[str, Promise] = {
    "price": _("Customs value of a unit of the goods compared with"),
    "quantity": _("Adjustment for the quantity sold (+ or −)"),
    "level": _("Adjustment for the level of trade (+ or −)"),
    "transport": _("Transport and insurance to the gate (+ or −)"),
    "sale": _("Price of a unit sold in Vietnam"),
    "commission": _("Commission, or profit and general expenses of the sale"),
    "inland": _("Transport and insurance within Vietnam"),
    "taxes": _("Duties and taxes of import and sale"),
    "processing": _("Value added by further processing"),
    "materials": _("Materials of a unit"),
    "production": _("Making of a unit"),
    "profit": _("Profit and general expenses of the maker"),
    "additions": _("Additions to the price"),
    "deductions": _("Deductions from the price"),
}
TERMS_OF: dict[tuple[str, str], Promise] = {("computed", "transport"): _("Transport and insurance to the gate")}
PLACES: dict[str, Promise] = {
    "below": _("below what is usual"),
    "within": _("within what is usual"),
    "above": _("above what is usual"),
    "": _("nothing to compare with"),
}
BASES: dict[str, Promise] = {
    "text": _("goods of the same words"),
    "code": _("all goods of the code"),
    "reference": _("reference price"),
}
REFERENCES: dict[str, Promise] = {
    "proposed": _("Waits for a second person"),
    "confirmed": pgettext_lazy("reference price", "In force"),
    "withdrawn": pgettext_lazy("reference price", "Withdrawn"),
}
NEVER = (
    _("the price in Vietnam of goods made in Vietnam"),
    _("the higher of two values"),
    _("the price on the home market of the country of export"),
    _("costs of production other than those of the fifth method"),
    _("the price of goods sold to another country"),
    _("minimum, fictitious or arbitrary values"),
)
"""What the sixth method may never rest on (WTO Valuation Agreement Art. 7.2)."""


def name_of_term(method: str, term: str) -> str:
    """A term of a derivation in words."""
    return str(TERMS_OF.get((method, term)) or TERMS[term])
