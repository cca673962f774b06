"""Words of models: where they stand, what they look at, what is measured, what they are not good at."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROLES: dict[str, Promise] = {
    "challenger": pgettext_lazy("model", "Challenger"),
    "shadow": pgettext_lazy("model", "Watched beside"),
    "champion": pgettext_lazy("model", "Champion"),
    "retired": pgettext_lazy("model", "Set aside"),
}
MODES: dict[str, Promise] = {
    "shadow": pgettext_lazy("model", "In the shadow: scores, changes nothing"),
    "informed": pgettext_lazy("model", "Informs officers"),
    "active": pgettext_lazy("model", "Opens goods within its budget"),
}
SOURCES: dict[str, Promise] = {"own": _("Own records"), "world": _("Practice world")}
LABELS: dict[str, Promise] = {
    "inspection": _("Checks and inspections"),
    "audit": _("Audits after clearance"),
    "codes": _("Judged two-code findings"),
    "certificate": _("Verified certificates"),
}
STEPS: dict[str, Promise] = {
    "register": _("Brought in as a challenger"),
    "propose": _("A step was proposed"),
    "approve": _("The step was approved"),
    "refuse": _("The step was refused"),
    "withdraw": _("The proposal was taken back"),
    "watch": _("Kept to be watched beside the champion"),
    "retire": _("Set aside by a person"),
    "retreat": _("Let in less by a person"),
    "replaced": _("Another model took the seat"),
    "fall": _("Changed by the program: the model no longer held"),
}
TROUBLES: dict[str, Promise] = {
    "missing": _("Its files are missing."),
    "damaged": _("Its files are not what was written."),
    "foreign": _("It was made for other features than this release reckons."),
    "drift": _("The trade moved away from it, or it finds no more than chance."),
}
GROUNDS: dict[str, Promise] = {
    "calibration": _("What it says is far from what the random lane finds."),
    "no_better": _("It ranks no better than chance."),
}
MEANINGS: dict[str, Promise] = {
    "price": _("Price against peers"),
    "weight": _("Weights"),
    "code": _("Code against the text"),
    "certificate": _("Certificate of origin"),
    "regime": _("Regime and quota"),
    "lots": _("Goods split into lots"),
    "value": _("Value and duty at stake"),
    "time": _("Hour, day and season"),
    "goods": _("Kind of goods"),
    "trader": _("Record of the trader"),
    "parties": _("Seller and agent"),
    "relations": _("Related enterprises"),
    "route": _("Route"),
    "outcomes": _("What checks found before"),
}
KEYS: dict[str, Promise] = {
    "firm": _("Traders"),
    "hs": _("Codes of goods"),
    "text": _("Descriptions"),
    "seller": _("Foreign parties"),
    "broker": _("Agents"),
    "truck": _("Vehicles"),
    "origin": _("Origins"),
}
NOT_GOOD_AT: tuple[Promise, ...] = (
    _("It learns from what was opened; what nobody looked at it cannot know. The random lane is the only measure."),
    _("It does not tell fraud from honest error: a finding is a finding."),
    _("Goods of a third country under a certificate leave weak marks and are found late."),
    _("Collusion shows slowly, over weeks."),
    _("A trader, a seller or goods seen for the first time are judged by their own marks alone."),
    _("Names, nationality and personal data are no features; director and address are keys of relations only."),
    _("Own records tell nothing of crews of officers, drivers, or closed enterprises: those marks are empty."),
)
FROM_A_WORLD = _("It learned from an invented practice world: what real trade holds beyond that is unknown to it.")
