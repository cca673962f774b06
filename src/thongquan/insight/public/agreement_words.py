"""Words for agreements side by side: what a rule says, why goods meet it or not, how they come."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thongquan.rules.origin.criteria import Criterion, alternatives
from thongquan.rules.origin.qualifying import PartAnswer, Qualification

ANSWERS: dict[str, Promise] = {
    "met": pgettext_lazy("rule of origin", "Met"),
    "not_met": pgettext_lazy("rule of origin", "Not met"),
    "unknown": _("Cannot be said"),
}
WAYS: dict[str, Promise] = {
    "": _("Not said: compare duties only"),
    "wholly": _("Grown, born, mined or caught there: wholly obtained"),
    "originating": _("Made there of originating materials alone"),
    "materials": _("Made there of these materials"),
}
WHYS: dict[str, Promise] = {
    "wholly": _("Wholly obtained goods meet every rule."),
    "made": _("Only originating materials are used."),
    "changed": _("Every material from outside has another code at these digits."),
    "unchanged": _("A material from outside has the same code at these digits."),
    "content": _("The share of the region reaches the threshold."),
    "too_little": _("The share of the region stays below the threshold."),
    "not_told": _("Say in the form how the goods are made."),
    "no_rule": _("The rule of this agreement for the code is not in the law at hand."),
    "unread_rule": _("The rule is written in a way that a person must read."),
    "no_materials": _("No material was told."),
    "no_code": _("A material from outside has no code, or too few digits."),
    "no_price": _("The price at the border of the exporting country (FOB) was not told."),
    "no_value": _("A material from outside has no value."),
    "no_threshold": _("The law at hand gives no threshold."),
    "needs_wholly": _("The goods must be wholly obtained."),
    "needs_person": _("A person must hold the making against the text."),
    "rule": _("Held against the rule below."),
}
PASSAGES: dict[str, Promise] = {
    "direct": _("Straight from the country of origin: direct transport needs no more evidence."),
    "member": _(
        "Through another member: a back-to-back certificate of that member, or evidence that the goods stayed as they "
        "were."
    ),
    "outside": _(
        "Through a country outside the agreement: a customs paper of that country, a confirmation of the carrier, or "
        "an unchanged container and seal."
    ),
}
PROOFS: dict[str, Promise] = {
    "certificate": _("A certificate of an authority"),
    "self": _("A statement of the exporter (self-certification)"),
    "both": _("A certificate of an authority, or a statement of the exporter where it is allowed"),
}
TERMS: dict[str, Promise] = {"late_filing_days": _("Days to file it late, from registration")}
KINDS: dict[str, Promise] = {
    "WO": _("wholly obtained"),
    "PE": _("made of originating materials alone"),
    "CC": _("change of chapter (2 digits)"),
    "CTH": _("change of heading (4 digits)"),
    "CTSH": _("change of subheading (6 digits)"),
    "SP": _("a process that the list names"),
    "PSR": _("the product's own rule"),
}


def rule_text(rule: str) -> str:
    """A rule in words: `CTH|RVC40` is 'change of heading (4 digits) or regional value of at least 40 %'."""
    told = alternatives(rule)
    if not told:
        return rule
    return gettext(" or ").join(gettext(" and ").join(_criterion(part) for part in parts) for parts in told)


def _criterion(one: Criterion) -> str:
    if one.kind == "RVC":
        if one.percent is None:
            return gettext("regional value")
        return gettext("regional value of at least %(percent)s %%") % {"percent": f"{one.percent.normalize():f}"}
    return str(KINDS[one.key])


def reasons(found: Qualification) -> list[tuple[str, Promise, Promise, str]]:
    """Each criterion that was held: its key, the answer, why, and the figure or the materials that decide."""
    return [
        (part.criterion, ANSWERS[part.answer], WHYS[part.why], _figure(part))
        for parts in found.alternatives
        for part in parts
    ]


def _figure(part: PartAnswer) -> str:
    if part.content is not None:
        share = {"percent": f"{part.content.percent:f}", "threshold": f"{part.content.threshold.normalize():f}"}
        return gettext("%(percent)s %% of %(threshold)s %%") % share
    return ", ".join(part.shift.unchanged) if part.shift is not None else ""
