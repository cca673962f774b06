"""Parts that stand in several places: addresses, parties, papers, statements, containers, adjustments."""

from __future__ import annotations

from thongquan.clearance.declarations.formats.wco.groups import Group
from thongquan.clearance.declarations.formats.wco.leaves import Amount, Index, Integer, Leaf, Number, Sum
from thongquan.clearance.declarations.formats.wco.moments import Day
from thongquan.clearance.declarations.formats.wco.nodes import Promotion
from thongquan.clearance.declarations.formats.wco.parts import Part, Words
from thongquan.rules.parts import (
    Address,
    Adjustment,
    Contact,
    Container,
    Party,
    Pointer,
    Reference,
    Statement,
    Vehicle,
)

OURS = "TQ"
"""Marks what the WCO classes have no element for: the type of statement, the category of certificate, and the like."""


def address() -> Part:
    """Give the address of a party or a place."""
    return Part(
        "Address",
        "04A",
        "address",
        Address,
        Leaf("TypeCode", "410", "kind"),
        Leaf("CityName", "241", "city"),
        Leaf("CountryCode", "242", "country"),
        Leaf("CountrySubDivisionName", "243", "region"),
        Leaf("Line", "239", "street"),
        Leaf("PostcodeID", "245", "postcode"),
    )


def party(
    name: str,
    wco: str,
    key: str,
    ids: tuple[str, str],
    *,
    many: bool = False,
    role: tuple[str, str] = ("RoleCode", "R005"),
) -> Part:
    """Give a party; `ids` are the WCO identifiers of its name and of its number, `role` the element of its function."""
    return Part(
        name,
        wco,
        key,
        Party,
        Leaf("Name", ids[0], "name"),
        Leaf("ID", ids[1], "tax_code"),
        Leaf(role[0], role[1], "role"),
        address(),
        Part(
            "Communication",
            "25A",
            "contacts",
            Contact,
            Leaf("ID", "240", "value"),
            Leaf("TypeCode", "253", "kind"),
            many=True,
        ),
        many=many,
    )


def office(name: str, wco: str, identifier: str, key: str) -> Group:
    """Give a customs office: its code alone."""
    return Group(name, wco, Leaf("ID", identifier, key))


def paper(key: str = "permits", *promotions: Promotion) -> Part:
    """Give the papers relied on, with what is written off from them."""
    return Part(
        "AdditionalDocument",
        "02A",
        key,
        Reference,
        Leaf("CategoryCode", "D031", "category"),
        Leaf("ID", "D005", "number"),
        Day("IssueDateTime", "", "issued_on"),
        Leaf("Name", "D028", "name"),
        Leaf("TypeCode", "D006", "kind"),
        Leaf("LPCOExemptionCode", "360", "exemption"),
        Integer("LineNumeric", "171", "line"),
        Group("Submitter", "17B", Leaf("Name", "R058", "issuer")),
        Group(
            "WriteOff",
            "22C",
            Number("QuantityQuantity", "502", "quantity", "unit"),
            Sum("AmountAmount", "503", "amount"),
        ),
        many=True,
        promotions=promotions,
    )


def previous(*promotions: Promotion) -> Part:
    """Give the documents that went before."""
    return Part(
        "PreviousDocument",
        "99A",
        "supplement.previous_documents",
        Reference,
        Leaf("CategoryCode", "D031", "category"),
        Leaf("ID", "D018", "number"),
        Leaf("TypeCode", "D019", "kind"),
        Integer("LineNumeric", "171", "line"),
        many=True,
        promotions=promotions,
    )


def pointer() -> Part:
    """Give the places that a statement or an amendment is about."""
    return Part(
        "Pointer",
        "97A",
        "pointers",
        Pointer,
        Integer("SequenceNumeric", "006", "sequence"),
        Leaf("DocumentSectionCode", "375", "section"),
        Leaf("TagID", "381", "tag"),
        many=True,
    )


def statement(key: str, *promotions: Promotion) -> Part:
    """Give the coded statements."""
    return Part(
        "AdditionalInformation",
        "03A",
        key,
        Statement,
        Leaf("StatementCode", "226", "code"),
        Leaf("StatementDescription", "225", "text"),
        Leaf("StatementTypeCode", "369", "kind"),
        pointer(),
        many=True,
        promotions=promotions,
    )


def container(key: str) -> Part:
    """Give the containers with their seals."""
    return Part(
        "TransportEquipment",
        "31B",
        key,
        Container,
        Integer("SequenceNumeric", "006", "sequence"),
        Leaf("ID", "159", "identifier"),
        Words("Seal", "44B", "seals", "word", Index("SequenceNumeric", "006", "index"), Leaf("ID", "165", "word")),
        many=True,
    )


def adjustment(key: str, *promotions: Promotion) -> Part:
    """Give the additions to and deductions from the value."""
    return Part(
        "ChargeDeduction",
        "58B",
        key,
        Adjustment,
        Leaf("ChargesTypeCode", "371", "code"),
        Amount("OtherChargeDeductionAmount", "181", "amount", "currency"),
        many=True,
        promotions=promotions,
    )


def means(name: str, wco: str, key: str, ids: tuple[str, str, str]) -> Part:
    """Give a means of transport; `ids` are the WCO identifiers of its number, kind of number and mode."""
    return Part(
        name,
        wco,
        key,
        Vehicle,
        Leaf("ID", ids[0], "identifier"),
        Leaf("IdentificationTypeCode", ids[1], "identifier_kind"),
        Leaf("RegistrationNationalityCode", "T014", "nationality"),
        Leaf("ModeCode", ids[2], "mode"),
    )


def stated(code: str, key: str, **how: object) -> Promotion:
    """Give the promotion of a statement of ours with this code to a field."""
    return Promotion({"kind": OURS, "code": code}, {"text": key}, **how)  # type: ignore[arg-type]  # read and write pass through
