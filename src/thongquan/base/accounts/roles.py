"""The roles of the system and the kinds of organization they belong to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OFFICER_ROLES = frozenset(
    {
        "clearance_officer",
        "gate_officer",
        "team_leader",
        "risk_analyst",
        "law_officer",
        "director",
        "internal_control",
        "administrator",
    }
)
TRADER_ROLES = frozenset({"declarant", "broker"})
REGIONAL_ROLES = frozenset({"risk_analyst", "law_officer", "director", "auditor", "internal_control", "administrator"})
SECOND_FACTOR_ROLES = OFFICER_ROLES | {"auditor"}

ROLES = {
    "declarant": _("Declarant"),
    "broker": _("Customs broker"),
    "clearance_officer": _("Clearance officer"),
    "gate_officer": _("Gate officer"),
    "team_leader": _("Team leader"),
    "risk_analyst": _("Risk analyst"),
    "law_officer": _("Law officer"),
    "director": _("Director"),
    "auditor": _("Post-clearance auditor"),
    "partner_agency": _("Partner agency"),
    "neighbor_customs": _("Neighboring customs"),
    "internal_control": _("Internal control"),
    "administrator": _("Administrator"),
}

KINDS = {
    "enterprise": _("Enterprise"),
    "broker": _("Customs broker"),
    "customs_office": _("Customs office"),
    "region": _("Customs region"),
    "partner_agency": _("Partner agency"),
    "neighbor_customs": _("Neighboring customs"),
}

_CUSTOMS = OFFICER_ROLES | {"auditor"}
ROLES_OF_KIND: dict[str, frozenset[str]] = {
    "enterprise": frozenset({"declarant"}),
    "broker": frozenset({"broker"}),
    "customs_office": _CUSTOMS,
    "region": _CUSTOMS,
    "partner_agency": frozenset({"partner_agency"}),
    "neighbor_customs": frozenset({"neighbor_customs"}),
}
