"""What can be done here, procedure by procedure: only what to do is written here, every number is read from the law.

Legal basis: each procedure names its own texts; lengths, fees and papers come from the law in the database.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CUSTOMS_LAW = "Customs Law 54/2014/QH13"
CIRCULAR_38 = "Circular 38/2015/TT-BTC as amended by 39/2018 and 121/2025"
DUTY_LAW = "Law 107/2016/QH13"
AMENDED = f"{CIRCULAR_38}, Art. 20"
TRADERS = _("The owner of the goods, or a customs broker with a mandate")
TAXPAYERS = _("The taxpayer, or a customs broker with a mandate")
AUDITED = _("The one who was audited")
CHECKS = ("document_check_hours", "goods_check_hours", "goods_check_extension_days")
PAYMENT = ("guarantee_max_days", "release_final_days")


class Procedure(NamedTuple):
    """A thing that a declarant does: words, names of parameters of the law, whose papers it needs, where it starts."""

    key: str
    title: Promise
    what: Promise
    who: Promise
    steps: tuple[Promise, ...]
    laws: tuple[str, ...]
    terms: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    flow: str = ""
    papers: tuple[Promise, ...] = ()
    starts: str = ""


GUIDE = (
    Procedure(
        key="import",
        title=_("Import goods"),
        what=_("Declare goods that come into the country, have them checked, pay, and take them away."),
        who=TRADERS,
        steps=(
            _("Find the goods code and see what is due: the calculator answers before you lodge."),
            _("Lodge the declaration: by form, Excel workbook, WCO message or program. The answer names the channel."),
            _("Yellow and red: file the documents. Red: present the goods too."),
            _("Pay the duties or have them guaranteed. Customs clears or releases the goods."),
            _("Take the goods out of the supervision area with the exit slip."),
        ),
        laws=(f"{CUSTOMS_LAW} Art. 21-37", f"{CIRCULAR_38}, Art. 16-19", f"{DUTY_LAW} Art. 5-9"),
        terms=("lodge_days_after_arrival", *CHECKS, "void_after_days", *PAYMENT, "certificate_late_days"),
        fees=("fee_import_vnd", "fee_exempt_value_vnd", "fee_exempt_tax_vnd"),
        flow="import",
        starts="declarations:new",
    ),
    Procedure(
        key="export",
        title=_("Export goods"),
        what=_("Declare goods that leave the country before they pass the gate."),
        who=TRADERS,
        steps=(
            _("Lodge the declaration in time before the goods leave."),
            _("Yellow and red: file the documents. Red: present the goods too."),
            _("Pay export duty where the goods bear any."),
            _("Bring the goods into the supervision area and out through the gate."),
        ),
        laws=(f"{CUSTOMS_LAW} Art. 21-37", f"{CIRCULAR_38}, Art. 16-19", f"{DUTY_LAW} Art. 5"),
        terms=("lodge_hours_before_exit", "lodge_hours_before_exit_express", *CHECKS, "void_after_days"),
        fees=("fee_export_vnd",),
        flow="export",
        starts="declarations:new",
    ),
    Procedure(
        key="preregistration",
        title=_("Give data before registration"),
        what=_("Keep the data of a declaration under a number of its own and register it later with one click."),
        who=TRADERS,
        steps=(
            _("Fill in the form and choose to keep it as pre-registered."),
            _("Complete or change it as often as needed."),
            _("Register it when the goods are certain; the law of that day holds."),
        ),
        laws=(f"{CIRCULAR_38}, Art. 18.6",),
        terms=("pre_declared_keep_days",),
        starts="declarations:preregistrations",
    ),
    Procedure(
        key="amendment",
        title=_("Amend a declaration"),
        what=_("Correct what was declared: yourself, because customs asked, or after clearance."),
        who=TRADERS,
        steps=(
            _("Open the declaration and choose to amend; the versions are compared field by field."),
            _("Say why, and attach what proves it."),
            _("Customs answers a request; duties are assessed anew, and the difference is paid or refunded."),
        ),
        laws=(f"{CUSTOMS_LAW} Art. 29", AMENDED),
        terms=(
            "amendment_on_request_days",
            "amendment_answer_hours",
            "amendment_after_clearance_days",
            "max_amendments",
        ),
        starts="declarations:list",
    ),
    Procedure(
        key="cancellation",
        title=_("Cancel a declaration"),
        what=_("End a declaration whose goods do not come, do not leave, or were declared by mistake."),
        who=TRADERS,
        steps=(
            _("Open the declaration and ask to cancel, naming the ground of the law."),
            _("Customs decides; what was paid becomes a refund."),
            _("A declaration whose time has run out lapses by itself on its ground."),
        ),
        laws=(f"{CIRCULAR_38}, Art. 22",),
        terms=("void_after_days",),
        starts="declarations:list",
    ),
    Procedure(
        key="guarantee",
        title=_("Guarantee duties"),
        what=_("Have a bank answer for the duties so that the goods move before they are paid."),
        who=TAXPAYERS,
        steps=(
            _("Register the bank's letter of guarantee, for one declaration or for many."),
            _("Customs accepts it when your record allows it."),
            _("Choose it for a declaration; pay before the guarantee ends, or interest runs."),
        ),
        laws=(f"{DUTY_LAW} Art. 9", f"{CIRCULAR_38}, Art. 43"),
        terms=("guarantee_max_days", "guarantee_activity_days", "guarantee_violations_max", "interest_per_day"),
        papers=(_("The bank's letter of guarantee"),),
        starts="revenue:propose",
    ),
    Procedure(
        key="refund",
        title=_("Ask for a refund or for duties not to be collected"),
        what=_("Get back what was paid too much, or be freed of what the law does not ask."),
        who=TAXPAYERS,
        steps=(
            _("Open a claim on the declaration and name the case of the law."),
            _("Attach what proves it."),
            _("Two officers propose and decide; the decision can be downloaded, the money goes to your account."),
        ),
        laws=(f"{DUTY_LAW} Art. 18-19", "Decree 134/2016/NĐ-CP Art. 33-37"),
        terms=("refund_minimum_vnd",),
        papers=(_("What proves the case: re-export, wrong amount, cancelled declaration"),),
        starts="revenue:claim_new",
    ),
    Procedure(
        key="exemption-list",
        title=_("Register an exemption list"),
        what=_("Have goods of a project exempted from import duty before the first of them comes."),
        who=TAXPAYERS,
        steps=(
            _("Enter the goods with their quantities."),
            _("Customs registers the list or says what is missing."),
            _("Name list and line in each declaration; what is left is counted for you."),
        ),
        laws=(f"{DUTY_LAW} Art. 16", "Decree 134/2016/NĐ-CP Art. 30-31"),
        papers=(_("The investment certificate or another ground of the exemption"),),
        starts="revenue:exemption_new",
    ),
    Procedure(
        key="objection",
        title=_("Object to the conclusion of an audit"),
        what=_("Have the conclusion of an audit after clearance looked at by somebody who did not draw it."),
        who=AUDITED,
        steps=(
            _("Open the audit and write what you object to, point by point."),
            _("A director who was not part of it answers in time."),
            _("An answer that does not satisfy can be appealed, to somebody else again."),
        ),
        laws=(f"{CUSTOMS_LAW} Art. 77-82",),
        terms=(
            "objection_days",
            "objection_answer_days",
            "appeal_days",
            "appeal_answer_days",
            "audit_at_customs_days",
            "audit_at_declarant_days",
        ),
        starts="postaudit:list",
    ),
    Procedure(
        key="border-residents",
        title=_("Goods of border residents"),
        what=_(
            "Residents of the border bring in goods of the list for their own use, free of duty within their quota."
        ),
        who=_("Residents of the border with a border pass or citizen card"),
        steps=(
            _("Show the pass or card at the counter, or fill in the short form on a phone."),
            _("What is left of the quota of the day and month is told at once."),
            _("Above the quota the goods are inspected and the duty on that part is paid at the gate, with a receipt."),
        ),
        laws=("Circular 80/2019/TT-BTC Art. 6-7", "Decree 134/2016/NĐ-CP Annex V", "Circular 02/2018/TT-BCT"),
        terms=("resident_quota_vnd", "resident_trips_per_month", "collection_list_days"),
        papers=(_("Border pass or citizen card"),),
        starts="residents:declare",
    ),
    Procedure(
        key="express",
        title=_("Low-value express goods"),
        what=_("Declare parcels of low value many at a time, in a lane of their own."),
        who=_("The express company"),
        steps=(
            _("Send one file with up to fifty thousand parcels."),
            _("Each parcel gets its own answer; a broken upload goes on where it stopped."),
            _("Parcels above the limit of value are declared as ordinary imports."),
        ),
        laws=("Decree 134/2016/NĐ-CP Art. 29", "Decision 01/2025/QĐ-TTg"),
        terms=("express_minimum_value_vnd", "express_minimum_tax_vnd", "lodge_hours_before_exit_express"),
        fees=("fee_exempt_express_value_vnd", "fee_exempt_express_tax_vnd"),
        starts="express:batches",
    ),
)
