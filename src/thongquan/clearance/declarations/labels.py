"""Words for codes of our own: taxes, treatments, states, doors, steps of a derivation."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.sentences.labels import STATES as _STATES

FLOWS: dict[str, Promise] = {"import": _("Import"), "export": _("Export")}
TAXES: dict[str, Promise] = {
    "import_duty": _("Import duty"),
    "export_duty": _("Export duty"),
    "anti_dumping": _("Anti-dumping duty"),
    "countervailing": _("Countervailing duty"),
    "safeguard": _("Safeguard duty"),
    "sct": _("Special consumption tax"),
    "ept": _("Environment tax"),
    "vat": _("VAT"),
}
TREATMENTS: dict[str, Promise] = {
    "due": _("Due"),
    "exempt": _("Exempt"),
    "not_subject": _("Not subject"),
    "secured": _("Secured"),
}
STATES: dict[str, Promise] = {state: _(words) for state, words in _STATES.items()}
DOORS: dict[str, Promise] = {
    "api": _("Program (API)"),
    "form": _("Web form"),
    "excel": _("Excel workbook"),
    "wco": _("WCO message"),
    "cli": _("Command line"),
    "sample": _("Sample day"),
    "practice": _("Practice world: invented trade"),
}
ACTIONS: dict[str, Promise] = {
    "declaration.lodged": _("Lodged, checked and assigned to a channel"),
    "file.attached": _("File attached"),
    "file.detached": _("File removed"),
    "declaration.lodge_incomplete": _("Lodged incomplete by a priority enterprise"),
    "declaration.complete": _("Completed by the declarant"),
    "declaration.amend": _("Amended by the declarant"),
    "declaration.instruct": _("Instructed to amend"),
    "declaration.propose_correction": _("Correction by customs proposed"),
    "declaration.withdraw_preference": _("Withdrawal of the preference proposed"),
    "declaration.confirm_correction": _("Correction by customs countersigned"),
    "declaration.reject_correction": _("Correction by customs refused by the second signatory"),
    "declaration.file_documents": _("Documents filed"),
    "declaration.present_goods": _("Goods presented"),
    "declaration.request_specialized": _("Specialized inspection requested"),
    "declaration.specialized_result": _("Result of the specialized inspection"),
    "declaration.extend_check": _("Time of the check extended"),
    "declaration.documents_checked": _("Documents checked"),
    "declaration.assign_inspection": _("Inspection assigned"),
    "declaration.goods_inspected": _("Goods inspected"),
    "declaration.report_check": _("Check reported"),
    "declaration.raise_channel": _("Channel raised"),
    "declaration.propose_lower_channel": _("Lower channel proposed"),
    "declaration.lower_channel": _("Channel lowered with a second signature"),
    "declaration.reject_lower_channel": _("Lower channel refused by the second signatory"),
    "declaration.settle": _("Duties settled or guaranteed"),
    "declaration.unsettle": _("Duties open again"),
    "declaration.release": _("Goods released"),
    "declaration.clear": _("Goods cleared"),
    "declaration.request_preservation": _("Preservation requested"),
    "declaration.refuse_preservation": _("Preservation refused"),
    "declaration.preserve": _("Goods taken to preservation"),
    "declaration.preserved_arrival": _("Goods arrived at the place of preservation"),
    "declaration.preserved_result": _("Result for the preserved goods"),
    "declaration.exit": _("Left the supervision area"),
    "declaration.request_cancel": _("Cancellation requested"),
    "declaration.refuse_cancel": _("Cancellation refused"),
    "declaration.cancel": _("Cancelled"),
    "declaration.expire": _("Expired"),
    "declaration.request_amendment": _("Amendment requested"),
    "declaration.refuse_amendment": _("Amendment refused"),
    "declaration.amend_after": _("Amended after clearance"),
    "declaration.file_late_certificate": _("Proof of origin filed"),
    "declaration.grant_late_certificate": _("Recalculated with the proof of origin"),
    "declaration.lapse_late_certificate": _("No proof of origin in time"),
    "declaration.charge_late_certificate": _("Difference of duty charged"),
    "declaration.open_audit": _("Audit opened"),
    "declaration.audit": _("Audit concluded"),
    "declaration.take": _("Taken by an officer"),
    "declaration.give_back": _("Given back to the team"),
    "declaration.assign": _("Assigned to an officer"),
    "revenue.assessed": _("Duties assessed anew"),
    "revenue.paid": _("Payment received"),
    "revenue.guaranteed": _("Duties guaranteed"),
    "revenue.fined": _("Fine posted"),
    "revenue.fine_voided": _("Fine taken back"),
}
STEPS: dict[str, Promise] = {
    **TAXES,
    "customs_value": _("Customs value"),
    "goods": _("Price of the goods"),
    "exchange_rate": _("Exchange rate"),
    "freight": _("Freight"),
    "insurance": _("Insurance"),
    "AD": _("Addition"),
    "IP": _("Addition by proportion"),
    "SB": _("Deduction"),
    "DP": _("Deduction by proportion"),
    "base": _("Taxable base"),
    "fee": _("Customs fee"),
    "taxes": _("Taxes"),
    "due": _("To be paid"),
    "quantity": _("quantity"),
    "specific": _("amount per unit"),
    "additions": _("additions"),
    "total": _("Customs value of the declaration"),
    "value": _("invoice value of the line"),
    "others": _("customs value of the lines before"),
    "amount": _("amount"),
    "sign": _("sign"),
}
ROUNDINGS: dict[str, Promise] = {
    "half_up": _("rounded half up to the dong"),
    "truncate": _("cut off to the dong"),
    "half_even": _("rounded half to even"),
}
LEVELS: dict[int, Promise] = {
    1: _("Priority enterprise"),
    2: _("Very high compliance"),
    3: _("High compliance"),
    4: _("Medium compliance"),
    5: _("Non-compliant"),
}


def tax_label(tax: str) -> Promise | str:
    """Name of a tax; its code when it has none."""
    return TAXES.get(tax, tax)


EVIDENCE: dict[str, Promise] = {
    "condition": _("Condition"),
    "hs": _("Goods code (HS)"),
    "gate": _("Border gate"),
    "gates": _("Gates open to these goods"),
    "tax": _("Tax"),
    "treatment": _("Treatment"),
    "level": _("Compliance level"),
    "share": _("Share drawn at random"),
}
"""What may be told of a reason beside its sentence; other values stay with the facts."""

PURPOSES: dict[str, Promise] = {
    "amend": _("Amend the declaration"),
    "complete": _("Complete the declaration"),
    "request": _("Ask to amend after clearance"),
    "correct": _("Propose a correction by customs"),
    "preregister": _("Change pre-registered data"),
}
"""What a draft that is not a new declaration is for."""
SENT: dict[str, Promise] = {
    "amend": _("The declaration is amended; its number is %(number)s now."),
    "complete": _("The declaration is complete; its number is %(number)s now."),
    "request": _("The request to amend declaration %(number)s was sent to customs."),
    "correct": _("The correction of declaration %(number)s waits for a second signature."),
}
"""What is told when such a draft was sent."""
