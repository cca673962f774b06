"""Registering what was written in a form, a workbook or a message: every fault of reading and of the paper at once.

Legal basis: Circular 33/2023/TT-BTC Art. 11-12 (proof filed with the declaration).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.formats.texts import Written, paper_of
from thongquan.clearance.origin.operations.registering import cleaned, faults_of, register_certificate
from thongquan.clearance.origin.permissions import check_may
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

_TAX_CODE = re.compile(r"\d{10}(-?\d{3})?", re.ASCII)


def enter_certificate(
    *, actor: Actor, office: str, tax_code: str, trader_name: str, written: Written, at: datetime
) -> int:
    """Register a certificate from texts; gives its identity.

    Raises `NotAllowed`; `Refused` with everything at once: TQ-FMT-018 and -011 (reading), TQ-DEC-001 and -003 (office,
    tax code), and all that `register_certificate` says of the paper.
    """
    if office and tax_code:
        check_may(actor, "origin.register", office=office, tax_code=tax_code)
    if faults := faults_of_written(written, office=office, tax_code=tax_code, at=at):
        raise Refused(faults)
    paper, _unread = paper_of(written.without_blank_lines())
    name = trader_name or enterprise_names([tax_code]).get(tax_code, "")
    return register_certificate(actor=actor, office=office, tax_code=tax_code, trader_name=name, paper=paper, at=at)


def faults_of_written(written: Written, *, office: str, tax_code: str, at: datetime) -> list[Fault]:
    """What could not be read first; of a field that could not be read nothing more is said."""
    paper, unread = paper_of(written.without_blank_lines())
    told = {fault.path for fault in unread}
    rest = [fault for fault in faults_of(cleaned(paper), at.date()) if fault.path not in told]
    return [*holder_faults(office, tax_code), *unread, *rest]


def holder_faults(office: str, tax_code: str) -> Iterator[Fault]:
    """What is wrong with where and for whom: TQ-DEC-001 missing, TQ-DEC-003 no tax code."""
    if not office:
        yield Fault(code=Code.TQ_DEC_001, path="office")
    if not tax_code:
        yield Fault(code=Code.TQ_DEC_001, path="tax_code")
    elif not _TAX_CODE.fullmatch(tax_code):
        yield Fault(code=Code.TQ_DEC_003, path="tax_code", value=tax_code[:40])
