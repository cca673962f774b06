"""The one table of who is told of what, and the words of each kind of notice.

A row reads: when this message comes, these people get this kind. Declarants' rows say what happened and never why:
reasons of officers, findings and names stay where the reader's rights are asked.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from thongquan.base.notices.kinds import register_kinds
from thongquan.base.notices.words import Side
from thongquan.base.notices.words import register as register_words
from thongquan.config.notices import people
from thongquan.config.notices.people import Audience
from thongquan.config.notices.webhooks import WEBHOOK_KINDS

FILE = "declarations:file"


class Row(NamedTuple):
    """One line of the table. `about` makes the subject the notice leads to; '' keeps the message's own.

    `actions` narrows a message that several operations send to what was done.
    """

    on: str
    kind: str
    to: Audience
    about: str = ""
    actions: frozenset[str] = frozenset()


_MONEY_MOVED = ("liability.settled", "liability.reopened", "liability.changed")
_CLAIM_GRANTED = frozenset({"refund.approved", "waiver.approved", "refund.paid"})


def _same(to: Audience, *kinds: str) -> list[Row]:
    """Messages whose notice has the same name."""
    return [Row(kind, kind, to) for kind in kinds]


TABLE: list[Row] = [
    Row("declaration.lodged", "declaration.lodged", people.enterprise_if_lodged_by_others),
    *_same(
        people.traders,
        "declaration.instruct",
        "declaration.confirm_correction",
        "declaration.request_specialized",
        "declaration.specialized_result",
        "declaration.extend_check",
        "declaration.documents_checked",
        "declaration.assign_inspection",
        "declaration.goods_inspected",
        "declaration.settle",
        "declaration.release",
        "declaration.clear",
        "declaration.preserve",
        "declaration.refuse_preservation",
        "declaration.preserved_result",
        "declaration.exit",
        "declaration.cancel",
        "declaration.refuse_cancel",
        "declaration.expire",
        "declaration.refuse_amendment",
        "declaration.amend_after",
        "declaration.proof_due_soon",
        "declaration.grant_late_certificate",
        "declaration.lapse_late_certificate",
        "declaration.open_audit",
        "declaration.audit",
        "liability.reopened",
    ),
    Row("declaration.raise_channel", "declaration.channel", people.traders),
    Row("declaration.lower_channel", "declaration.channel", people.traders),
    Row("declaration.assign_inspection", "work.inspection", people.inspectors),
    Row("declaration.amend", "work.amended", people.officer_in_charge),
    Row("declaration.complete", "work.amended", people.officer_in_charge),
    Row("declaration.file_documents", "work.documents", people.officer_in_charge),
    Row("declaration.present_goods", "work.goods", people.officer_in_charge),
    Row("declaration.raise_channel", "work.channel", people.officer_in_charge),
    Row("declaration.request_cancel", "work.request", people.in_charge_or_leaders),
    Row("declaration.request_amendment", "work.request", people.in_charge_or_leaders),
    Row("declaration.request_preservation", "work.request", people.in_charge_or_leaders),
    Row("declaration.propose_correction", "work.sign", people.leaders),
    Row("declaration.propose_lower_channel", "work.sign", people.leaders),
    *_same(people.enterprise, "violation.decided", "violation.annulled"),
    Row("violation.proposed", "work.violation", people.leaders),
    *_same(people.enterprise, "audit.ask", "audit.decide_objection", "audit.decide_appeal"),
    *_same(people.traders, "consultation.open", "consultation.ask", "consultation.decide"),
    Row("consultation.answer", "work.consultation", people.in_charge_or_leaders),
    Row("consultation.propose", "work.consultation_decide", people.leaders),
    Row("audit.answer", "work.audit", people.auditors),
    Row("audit.object", "work.audit", people.auditors),
    Row("audit.appeal", "work.audit", people.auditors),
    Row("audit.propose", "work.audit_sign", people.leaders),
    *(Row(f"{kind}.requested", "work.claim", people.checkers, "claim") for kind in ("refund", "waiver")),
    *(Row(f"{kind}.proposed", "work.claim_sign", people.leaders, "claim") for kind in ("refund", "waiver")),
    *(Row(f"{kind}.refused", "claim.decided", people.traders, "claim") for kind in ("refund", "waiver")),
    *(Row(kind, "claim.decided", people.traders, "claim", _CLAIM_GRANTED) for kind in _MONEY_MOVED),
    *(Row(f"exemption.{end}", "exemption.decided", people.enterprise) for end in ("registered", "refused", "closed")),
    *(Row(f"guarantee.{end}", "guarantee.decided", people.enterprise) for end in ("accepted", "refused", "closed")),
    Row("classification.ruling.receive", "ruling.received", people.enterprise),
    Row("classification.ruling.give_back", "ruling.asked", people.enterprise),
    Row("classification.ruling.ask", "ruling.asked", people.enterprise),
    Row("classification.ruling.call_complex", "ruling.complex", people.enterprise),
    Row("classification.ruling.sign", "ruling.decided", people.enterprise),
    Row("classification.ruling.revoke", "ruling.revoked", people.enterprise),
    *(Row(f"classification.ruling.{step}", "work.ruling", people.checkers) for step in ("file", "answer", "withdraw")),
    *(Row(f"classification.ruling.{step}", "work.ruling_sign", people.rulers) for step in ("propose", "propose_end")),
    Row("classification.code_given", "codes.given", people.enterprise),
    Row("classification.code_asked", "work.code_asked", people.rulers),
    Row("classification.code_given_on_case", "work.code_answered", people.asker),
    Row("classification.code_declined_on_case", "work.code_answered", people.asker),
    Row("classification.case_handed_on", "work.code_case", people.leaders),
    Row("classification.case_audited", "work.code_audit", people.auditors, "audit"),
    Row("risk.asked_officers", "work.risk", people.officer_in_charge),
    Row("risk.case_officers", "work.risk_case", people.leaders_of_case),
    Row("risk.case_audit", "work.risk_audit", people.auditors_of_case),
    Row("risk.case_assign", "work.risk_owner", people.owner),
    Row("risk.model_alarm", "work.model_alarm", people.watchers),
    Row("risk.model_drift", "work.model_drift", people.watchers),
    Row("risk.model_better", "work.model_better", people.watchers),
    Row("risk.model_propose", "work.model", people.watchers),
    Row("risk.treatment_alarm", "work.treatment", people.watchers),
    Row("risk.profile_miss", "work.profile", people.owner),
    *_same(people.broker_named, "accounts.mandate_given", "accounts.mandate_withdrawn"),
]
KINDS = frozenset(row.on for row in TABLE)


class _Words(NamedTuple):
    label: object
    text: object
    url_name: str = FILE
    by_mail: bool = False
    in_app: bool = True


_TRADER: dict[str, _Words] = {
    "declaration.lodged": _Words(
        _("Lodged in your name"), _("Declaration {number} was lodged in your enterprise's name.")
    ),
    "declaration.instruct": _Words(
        _("Instruction to amend"), _("Customs instructs you to amend declaration {number}."), by_mail=True
    ),
    "declaration.confirm_correction": _Words(
        _("Corrected by customs"), _("Customs corrected declaration {number}."), by_mail=True
    ),
    "declaration.channel": _Words(
        _("Channel changed"), _("The channel of declaration {number} was changed."), by_mail=True
    ),
    "declaration.request_specialized": _Words(
        _("Specialized inspection asked for"), _("Declaration {number} needs a specialized inspection."), by_mail=True
    ),
    "declaration.specialized_result": _Words(
        _("Result of the specialized inspection"),
        _("The result of the specialized inspection for declaration {number} is there."),
    ),
    "declaration.extend_check": _Words(
        _("Time of the check extended"), _("The time for checking declaration {number} was extended.")
    ),
    "declaration.documents_checked": _Words(
        _("Documents checked"), _("The documents of declaration {number} were checked.")
    ),
    "declaration.assign_inspection": _Words(
        _("Inspection assigned"), _("The goods of declaration {number} will be inspected."), by_mail=True
    ),
    "declaration.goods_inspected": _Words(_("Goods inspected"), _("The goods of declaration {number} were inspected.")),
    "declaration.settle": _Words(
        _("Duties settled"), _("The duties of declaration {number} are settled or guaranteed.")
    ),
    "liability.reopened": _Words(_("Money due again"), _("Money is due again on declaration {number}."), by_mail=True),
    "declaration.release": _Words(_("Goods released"), _("The goods of declaration {number} are released.")),
    "declaration.clear": _Words(_("Goods cleared"), _("The goods of declaration {number} are cleared."), by_mail=True),
    "declaration.preserve": _Words(
        _("Goods to preservation"), _("The goods of declaration {number} may be taken to preservation.")
    ),
    "declaration.refuse_preservation": _Words(
        _("Preservation refused"), _("Preservation for declaration {number} was refused."), by_mail=True
    ),
    "declaration.preserved_result": _Words(
        _("Result for preserved goods"), _("There is a result for the preserved goods of declaration {number}.")
    ),
    "declaration.exit": _Words(
        _("Left the supervision area"), _("Goods of declaration {number} left the supervision area."), in_app=False
    ),
    "declaration.cancel": _Words(_("Declaration cancelled"), _("Declaration {number} was cancelled."), by_mail=True),
    "declaration.refuse_cancel": _Words(
        _("Cancellation refused"), _("The cancellation of declaration {number} was refused."), by_mail=True
    ),
    "declaration.expire": _Words(_("Declaration expired"), _("Declaration {number} has expired."), by_mail=True),
    "declaration.refuse_amendment": _Words(
        _("Amendment refused"), _("The amendment of declaration {number} was refused."), by_mail=True
    ),
    "declaration.amend_after": _Words(
        _("Amended after clearance"), _("Declaration {number} was amended after clearance.")
    ),
    "declaration.proof_due_soon": _Words(
        _("Proof of origin due soon"),
        _("The time for the proof of origin of declaration {number} ends soon."),
        "declarations:late",
        by_mail=True,
    ),
    "declaration.grant_late_certificate": _Words(
        _("Recalculated with the proof of origin"),
        _("The duties of declaration {number} were recalculated with the proof of origin."),
        by_mail=True,
    ),
    "declaration.lapse_late_certificate": _Words(
        _("No proof of origin in time"),
        _("The proof of origin of declaration {number} did not come in time."),
        by_mail=True,
    ),
    "declaration.open_audit": _Words(
        _("Audit opened"), _("An audit of declaration {number} was opened."), by_mail=True
    ),
    "declaration.audit": _Words(
        _("Audit concluded"), _("The audit of declaration {number} was concluded."), by_mail=True
    ),
    "ruling.received": _Words(
        _("Application for a ruling received"),
        _("Customs found application {number} for an advance ruling complete."),
        "classification:ruling",
    ),
    "ruling.asked": _Words(
        _("Question on an application for a ruling"),
        _("Customs needs something from you for application {number}."),
        "classification:ruling",
        by_mail=True,
    ),
    "ruling.complex": _Words(
        _("Longer term of an application for a ruling"),
        _("Application {number} is complex: the longer term counts."),
        "classification:ruling",
    ),
    "ruling.decided": _Words(
        _("Application for a ruling decided"),
        _("Application {number} for an advance ruling was decided."),
        "classification:ruling",
        by_mail=True,
    ),
    "ruling.revoked": _Words(
        _("Advance ruling revoked"),
        _("The advance ruling on application {number} was revoked."),
        "classification:ruling",
        by_mail=True,
    ),
    "codes.given": _Words(
        _("Code of goods you declared"),
        _("Customs published notice {number} on the code of goods like yours."),
        "rulings:published",
        by_mail=True,
    ),
    "violation.decided": _Words(
        _("Decision on a violation"),
        _("There is a decision on a violation about declaration {number}."),
        "violations:case",
        by_mail=True,
    ),
    "violation.annulled": _Words(
        _("Decision on a violation annulled"),
        _("The decision on a violation about declaration {number} was annulled."),
        "violations:case",
        by_mail=True,
    ),
    "consultation.open": _Words(
        _("Consultation on the customs value"),
        _("Customs asks you about the value of declaration {number}."),
        "valuation:case",
        by_mail=True,
    ),
    "consultation.ask": _Words(
        _("Question about the customs value"),
        _("The consultation on declaration {number} asks you something."),
        "valuation:case",
        by_mail=True,
    ),
    "consultation.decide": _Words(
        _("Customs value decided"),
        _("The consultation on the value of declaration {number} was decided."),
        "valuation:case",
        by_mail=True,
    ),
    "audit.ask": _Words(
        _("Question of an audit"), _("The audit of declaration {number} asks you something."), "postaudit:case", True
    ),
    "audit.decide_objection": _Words(
        _("Objection decided"),
        _("Your objection to the audit of declaration {number} was decided."),
        "postaudit:case",
        by_mail=True,
    ),
    "audit.decide_appeal": _Words(
        _("Appeal decided"),
        _("Your appeal about the audit of declaration {number} was decided."),
        "postaudit:case",
        by_mail=True,
    ),
    "claim.decided": _Words(
        _("Refund or non-collection decided"), _("There is a decision on claim {number}."), "revenue:claim", True
    ),
    "exemption.decided": _Words(
        _("Exemption list decided"), _("There is a decision on exemption list {number}."), "revenue:exemption", True
    ),
    "guarantee.decided": _Words(
        _("Guarantee decided"), _("Something changed with guarantee {number}."), "revenue:guarantees", True
    ),
    "accounts.mandate_given": _Words(
        _("Mandate given"), _("Enterprise {number} lets you act in its name."), "declarations:list"
    ),
    "accounts.mandate_withdrawn": _Words(
        _("Mandate withdrawn"), _("Enterprise {number} has withdrawn its mandate."), "declarations:list", True
    ),
}
_CUSTOMS: dict[str, _Words] = {
    "work.inspection": _Words(
        _("Inspection assigned to me"),
        _("The inspection of declaration {number} is assigned to you."),
        "control:inspection",
        by_mail=True,
    ),
    "work.amended": _Words(_("My declaration amended"), _("The declarant amended declaration {number}.")),
    "work.documents": _Words(
        _("Documents filed for my declaration"), _("Documents were filed for declaration {number}.")
    ),
    "work.goods": _Words(_("Goods presented for my declaration"), _("The goods of declaration {number} are there.")),
    "work.channel": _Words(_("Channel of my declaration raised"), _("The channel of declaration {number} was raised.")),
    "work.request": _Words(
        _("Requests of declarants"), _("The declarant asks for something about declaration {number}.")
    ),
    "work.sign": _Words(_("To countersign"), _("Declaration {number} has a proposal that waits for your signature.")),
    "work.violation": _Words(
        _("Violations to decide"),
        _("A violation about declaration {number} waits for your decision."),
        "violations:case",
    ),
    "work.consultation": _Words(
        _("Answers in consultations"),
        _("The declarant answered about the value of declaration {number}."),
        "valuation:case",
    ),
    "work.consultation_decide": _Words(
        _("Consultations to decide"),
        _("The consultation on the value of declaration {number} waits for your decision."),
        "valuation:case",
    ),
    "work.risk": _Words(
        _("Risk asks to look at my declaration"),
        _("Risk management asks to look at something on declaration {number}."),
    ),
    "work.risk_case": _Words(
        _("Cases of risk for my office"),
        _("A case of risk asks officers to look at declarations: R-{number}."),
        "declarations:list",
    ),
    "work.risk_audit": _Words(
        _("Audits proposed by risk"), _("A case of risk proposes audits: R-{number}."), "postaudit:selections"
    ),
    "work.model_alarm": _Words(
        _("Alarms about models of risk"),
        _("A model of risk cannot be relied on: see what stands in its place."),
        "risk:model",
        by_mail=True,
    ),
    "work.model_drift": _Words(
        _("Drift of the model of risk"),
        _("The trade moved far from what the model of risk learned: look at its page."),
        "risk:model",
    ),
    "work.model_better": _Words(
        _("Better models of risk"),
        _("A newly trained model did better than the champion beyond doubt: propose it, or leave it."),
        "risk:model",
    ),
    "work.model": _Words(
        _("Steps of models to decide"),
        _("A step of a model of risk waits for a second person."),
        "risk:model",
    ),
    "work.risk_owner": _Words(_("Cases of risk given to me"), _("Case R-{number} was given to you."), "risk:case"),
    "work.treatment": _Words(
        _("Alarms of fairness"),
        _("A group of traders is opened more without finding more."),
        "risk:fairness",
        by_mail=True,
    ),
    "work.profile": _Words(
        _("Profiles that miss what was expected"),
        _("Profile {number} does not choose the share that was expected."),
        "risk:profile",
    ),
    "work.audit": _Words(
        _("Answers and objections in audits"),
        _("The enterprise answered or objected in the audit of declaration {number}."),
        "postaudit:case",
    ),
    "work.audit_sign": _Words(
        _("Audits to sign"), _("The audit of declaration {number} waits for your signature."), "postaudit:case"
    ),
    "work.ruling": _Words(
        _("Applications for rulings"), _("Something came for application {number}."), "classification:ruling"
    ),
    "work.ruling_sign": _Words(
        _("Rulings to sign"),
        _("Application {number} has a proposal that waits for a signature."),
        "classification:ruling",
    ),
    "work.code_asked": _Words(
        _("Codes asked for"), _("Two-code case {number} asks for a code."), "classification:case"
    ),
    "work.code_answered": _Words(
        _("Answers to codes you asked for"), _("Two-code case {number} was answered."), "classification:case"
    ),
    "work.code_case": _Words(
        _("Two-code cases handed on"),
        _("A two-code case concerns declaration {number} of your office."),
        "classification:case",
    ),
    "work.code_audit": _Words(
        _("Audits from two-code cases"),
        _("An audit of declaration {number} was opened from a two-code case."),
        "postaudit:case",
    ),
    "work.claim": _Words(_("New claims"), _("Claim {number} was filed."), "revenue:claim", in_app=False),
    "work.claim_sign": _Words(_("Claims to decide"), _("Claim {number} waits for your decision."), "revenue:claim"),
}


def register() -> None:
    """Tell the room of notices the words of every kind of the table, and the kinds that webhooks carry."""
    sides: list[tuple[Side, dict[str, _Words]]] = [("trader", _TRADER), ("customs", _CUSTOMS)]
    for side, kinds in sides:
        for kind, words in kinds.items():
            register_words(
                kind,
                text=words.text,
                label=words.label,
                url_name=words.url_name,
                side=side,
                in_app=words.in_app,
                by_mail=words.by_mail,
            )
    register_kinds(WEBHOOK_KINDS)
