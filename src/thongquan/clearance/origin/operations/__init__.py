"""Verbs of certificates of origin: register, check, accept, doubt, withdraw, use and give back."""

from thongquan.clearance.origin.operations.checking import check_certificate
from thongquan.clearance.origin.operations.deciding import accept_certificate, doubt_certificate, withdraw_certificate
from thongquan.clearance.origin.operations.registering import register_certificate
from thongquan.clearance.origin.operations.using import Take, give_back, takes_of, use_certificate, use_items
from thongquan.clearance.origin.operations.verifying import (
    answer_question,
    ask_documents,
    ask_explanation,
    open_verification,
    write_note,
)
from thongquan.clearance.origin.operations.verifying_ends import close_verification, note_consequence, record_answer
from thongquan.clearance.origin.operations.verifying_letters import record_consent, sign_letter, write_letter
from thongquan.clearance.origin.operations.verifying_reports import record_report, start_report

__all__ = [
    "Take",
    "accept_certificate",
    "answer_question",
    "ask_documents",
    "ask_explanation",
    "check_certificate",
    "close_verification",
    "doubt_certificate",
    "give_back",
    "note_consequence",
    "open_verification",
    "record_answer",
    "record_consent",
    "record_report",
    "register_certificate",
    "sign_letter",
    "start_report",
    "takes_of",
    "use_certificate",
    "use_items",
    "withdraw_certificate",
    "write_letter",
    "write_note",
]
