"""What rooms must not know of each other is tied together here, once, at start-up."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core import people
from thongquan.base.core.registry import registry
from thongquan.base.ledger.permissions import register_subject_scope
from thongquan.base.notices.cards import TOP_PARTS
from thongquan.clearance.casework.queries.scopes import sees_note, sees_question
from thongquan.clearance.casework.watching import heartbeat
from thongquan.clearance.classification.queries.cases import may_see_case
from thongquan.clearance.classification.queries.findings import may_see_finding
from thongquan.clearance.classification.queries.rulings import may_see_ruling
from thongquan.clearance.classification.subjects import read_certificates_by, read_declarations_by
from thongquan.clearance.declarations.actions import declaration_page
from thongquan.clearance.declarations.queries import document_in_force, may_see_subject, stand_of, stored_facts
from thongquan.clearance.declarations.todo import todo_sources
from thongquan.clearance.integrity.permissions import controlled_offices
from thongquan.clearance.integrity.queries.reading import may_see_case as may_see_integrity_case
from thongquan.clearance.lawdesk.queries import may_see_subject as may_see_workbasket
from thongquan.clearance.origin.exports import read_exports_by
from thongquan.clearance.origin.queries import may_see_subject as may_see_certificate
from thongquan.clearance.origin.queries import may_see_verification
from thongquan.clearance.origin.queries.outbound import may_see_outbound
from thongquan.clearance.origin.subjects import Claim, describe_claims_by
from thongquan.clearance.postaudit.queries import may_see_subject as may_see_audit
from thongquan.clearance.risk.past import read_past_by
from thongquan.clearance.risk.queries.cases import may_see_case as may_see_risk_case
from thongquan.clearance.risk.queries.profiles import may_see_subject as may_see_profile
from thongquan.clearance.risk.queries.versions import may_see_model
from thongquan.clearance.tariff.tabs import more_tabs
from thongquan.clearance.valuation.queries.consultations import may_see_consultation
from thongquan.clearance.violations.queries import may_see_subject as may_see_violation
from thongquan.clearance.violations.subjects import About, describe_subjects_by
from thongquan.config import attachments, notices, risk
from thongquan.config.classification import read_certificate, read_declarations
from thongquan.config.desks import DECLARATION_ACTIONS, DECLARATION_PANELS, DESKS, HOME_CARDS, LAW_TABS, TODO_SOURCES
from thongquan.config.exports import read_export, recent_exports
from thongquan.rules.origin.claims import SECURED_TERMS
from thongquan.rules.origin.declared import declared_of
from thongquan.rules.origin.preference import with_duties

registry.desks[:] = DESKS
registry.home_cards[:] = HOME_CARDS
registry.heartbeats[:] = [heartbeat]
registry.top_parts[:] = TOP_PARTS
declaration_page.actions[:] = DECLARATION_ACTIONS
declaration_page.panels[:] = DECLARATION_PANELS
todo_sources.known[:] = TODO_SOURCES
more_tabs[:] = LAW_TABS


def sees_declaration(actor: people.Actor, subject: str) -> bool:
    """Whether the actor may list this declaration, and so may have the proof of its events."""
    return isinstance(actor, Actor) and may_see_subject(actor, subject)


register_subject_scope("declaration", sees_declaration)


def sees_violation(actor: people.Actor, subject: str) -> bool:
    """Whether the actor may read this case."""
    return isinstance(actor, Actor) and may_see_violation(actor, subject)


def sees_audit(actor: people.Actor, subject: str) -> bool:
    """Whether the actor may read this audit."""
    return isinstance(actor, Actor) and may_see_audit(actor, subject)


def about_declaration(actor: Actor, subject: str) -> About:
    """A declaration as a case of violation needs it. Raises `NotFound` outside the actor's scope."""
    stand = stand_of(actor=actor, number=subject.partition(":")[2])
    return About(
        subject=stand.subject,
        name=stand.number,
        tax_code=stand.tax_code,
        trader_name=stand.trader_name,
        office=stand.office,
        on=timezone.localdate(stand.registered_at),
        url=reverse("declarations:file", args=[stand.number]),
    )


def claim_by_certificate(actor: Actor, declaration: str, certificate: str) -> Claim:
    """What a declaration claims by a certificate. Raises `NotFound` outside the actor's scope."""
    stand = stand_of(actor=actor, number=declaration)
    document, on = document_in_force(stand.number), timezone.localdate(stand.registered_at)
    declared = declared_of(document, certificate, on, secured=document.tax_term in SECURED_TERMS)
    return Claim(
        subject=stand.subject,
        number=stand.number,
        office=stand.office,
        tax_code=stand.tax_code,
        declared=with_duties(declared, stored_facts(actor=actor, number=stand.number)[0]),
    )


register_subject_scope(
    "origin", lambda actor, subject: isinstance(actor, Actor) and may_see_certificate(actor, subject)
)
register_subject_scope("outbound", lambda actor, subject: isinstance(actor, Actor) and may_see_outbound(actor, subject))
register_subject_scope(
    "verification", lambda actor, subject: isinstance(actor, Actor) and may_see_verification(actor, subject)
)
register_subject_scope("ruling", lambda actor, one: isinstance(actor, Actor) and may_see_ruling(actor, one))
describe_claims_by(claim_by_certificate)
read_exports_by(read_export, recent_exports)
register_subject_scope("twocodes", lambda actor, one: isinstance(actor, Actor) and may_see_finding(actor, one))
register_subject_scope("codecase", lambda actor, one: isinstance(actor, Actor) and may_see_case(actor, one))
read_declarations_by(read_declarations)
read_certificates_by(read_certificate)
register_subject_scope("violation", sees_violation)
register_subject_scope("audit", sees_audit)
register_subject_scope("consultation", lambda actor, one: isinstance(actor, Actor) and may_see_consultation(actor, one))
register_subject_scope("profile", lambda actor, one: isinstance(actor, Actor) and may_see_profile(actor, one))
register_subject_scope("riskcase", lambda actor, one: isinstance(actor, Actor) and may_see_risk_case(actor, one))
register_subject_scope("riskmodel", lambda actor, one: isinstance(actor, Actor) and may_see_model(actor, one))
register_subject_scope("workbasket", lambda actor, one: isinstance(actor, Actor) and may_see_workbasket(actor, one))
register_subject_scope("note", lambda actor, subject: isinstance(actor, Actor) and sees_note(actor, subject))
register_subject_scope("question", lambda actor, subject: isinstance(actor, Actor) and sees_question(actor, subject))
register_subject_scope(
    "integrity_case", lambda actor, one: isinstance(actor, Actor) and may_see_integrity_case(actor, one)
)
for _subject in ("integrity", "integrity_signal"):
    register_subject_scope(_subject, lambda actor, _one: isinstance(actor, Actor) and bool(controlled_offices(actor)))
describe_subjects_by("declaration", about_declaration)
read_past_by(risk.past_between)
attachments.register()
notices.register()
