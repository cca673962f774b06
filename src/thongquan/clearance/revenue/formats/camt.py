"""A bank statement as ISO 20022 camt.053, read with `pycamt` after the message was found to be harmless.

The message is parsed here first with entities, document types and the network off and its size bounded; the library
then gets its elements written anew. It knows European account numbers only, so other identifications of accounts are
looked up in the message beside it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree
from pycamt.parser import Camt053ParseError, Camt053Parser

from thongquan.base.core.faults import Refused
from thongquan.clearance.revenue.formats.bookings import Booking, Read, booking_of, clean, refuse
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MAX_ENTRIES = 5_000
MAX_FAULTS = 100
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053."
BOOKED = "BOOK"
_HARMLESS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def read_camt(data: bytes) -> Read:
    """Read a statement. Raises `Refused` with every fault; rows are entries in their order, from 1."""
    root = _harmless(data)
    try:
        parser = Camt053Parser(etree.tostring(root))
        rows = parser.get_transactions()
    except (Camt053ParseError, AttributeError, ValueError, TypeError):
        raise refuse(Code.TQ_REV_020) from None
    accounts = _payer_accounts(root)
    faults: list[Fault] = []
    found = [_booking(number, row, accounts, faults) for number, row in enumerate(rows, start=1) if _is_final(row)]
    if faults:
        raise Refused(faults[:MAX_FAULTS])
    return Read(kind="camt.053", account=_account(root), bookings=tuple(one for one in found if one is not None))


def _harmless(data: bytes) -> etree._Element:
    try:
        root = etree.fromstring(data, etree.XMLParser(**_HARMLESS))
    except etree.XMLSyntaxError as problem:
        row, column = problem.position
        raise refuse(Code.TQ_FMT_016, value=f"{row}:{column}", row=str(row), column=str(column), element="") from None
    except (ValueError, LookupError):
        raise refuse(Code.TQ_FMT_009) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse(Code.TQ_FMT_013, value="DOCTYPE")
    if not str(root.tag).startswith("{" + NAMESPACE):
        raise refuse(Code.TQ_REV_020, value=str(root.tag))
    if len(list(root.iter("{*}Ntry", "{*}TxDtls"))) > 2 * MAX_ENTRIES:
        raise refuse(Code.TQ_FMT_011, limit=str(MAX_ENTRIES))
    return _without_prefix(root)


def _without_prefix(root: etree._Element) -> etree._Element:
    """The message with its namespace as the default one, as the library looks for it."""
    spaces: Any = {None: etree.QName(root).namespace}  # the stubs know no default namespace
    whole = etree.Element(root.tag, nsmap=spaces)
    whole.extend(list(root))
    return whole


def _is_final(row: dict[str, str | None]) -> bool:
    """Whether the bank has booked it; what is only pending comes again in a later statement."""
    return (row.get("Status") or BOOKED).strip() == BOOKED


def _booking(number: int, row: dict[str, str | None], accounts: dict[int, str], faults: list[Fault]) -> Booking | None:
    sign = "-" if row.get("CreditDebitIndicator") == "DBIT" else ""
    texts = (
        row.get("RemittanceInformation"),
        row.get("RemittanceInformationFull"),
        row.get("AdditionalEntryInformation"),
    )
    said = dict.fromkeys(
        text.strip() for text in (*texts, row.get("EndToEndId")) if text and text.strip() != "NOTPROVIDED"
    )
    raw = {
        "amount": f"{sign}{(row.get('Amount') or '').strip()}",
        "booked_on": row.get("BookingDate") or row.get("ValueDate") or "",
        "currency": row.get("Currency") or "",
        "reference": row.get("TransactionID") or "",
        "payer": row.get("DebtorName") or "",
        "payer_account": row.get("DebtorIBAN") or accounts.get(number, ""),
        "text": " ".join(said),
    }
    found = booking_of(number, raw, faults, grouped=False)
    if found is None or row.get("ReversalIndicator") != "true":
        return found
    return replace(found, reversal=True)


def _account(root: etree._Element) -> str:
    """The account of the statement, by whatever identification the bank gives."""
    place = root.find(".//{*}Stmt/{*}Acct/{*}Id")
    return clean("".join(map(str, place.itertext())) if place is not None else "", "account")


def _payer_accounts(root: etree._Element) -> dict[int, str]:
    """The payer's account by the row of its booking, where it is no European account number."""
    found: dict[int, str] = {}
    number = 0
    for entry in root.iter("{*}Ntry"):
        for detail in entry.findall("{*}NtryDtls/{*}TxDtls") or [entry]:
            number += 1
            place = detail.find(".//{*}DbtrAcct/{*}Id/{*}Othr/{*}Id")
            found[number] = "" if place is None else (place.text or "")
    return found
