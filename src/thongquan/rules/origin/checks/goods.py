"""Goods, quantity, weight, invoice and consignee of a certificate against the declared lines.

Legal basis: Circular 33/2023/TT-BTC Art. 15.7 (invoice of a third party: name and country are cross-checked), 15.8
(minor differences that are accepted; the list is dated data), 22 (partial shipments).
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.codes import Code
from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.differences import differing
from thongquan.rules.origin.findings import Examined, Grade, OriginFinding, Pair, found
from thongquan.rules.origin.numbers import folded_number, plain, usable
from thongquan.rules.text import fold


def check_matched(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-033: a line of the certificate stands for every line that claims it (Art. 15)."""
    return [
        found(
            Code.TQ_ORI_033,
            "refuse",
            "15",
            "certificate",
            pair.line.hs,
            line=pair.line.number,
            values={"hs": pair.line.hs},
        )
        for pair in given.pairs
        if pair.item is None
    ]


def check_origin(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-039: the declared origin is the certificate's, and a member (Art. 10, 15)."""
    members = given.law.agreement.members if given.law.agreement else ()
    told = []
    for pair in given.pairs:
        stated = (pair.item.origin if pair.item else "") or given.certificate.issuing_country
        origin = pair.line.origin
        if pair.item is not None and (origin != stated or (members and origin not in members)):
            values = {"declared": origin, "stated": stated}
            told.append(found(Code.TQ_ORI_039, "refuse", "15", "origin", origin, line=pair.line.number, values=values))
    return told


def check_descriptions(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-025, TQ-ORI-032: the goods are the same; small differences of words are accepted (Art. 15.8)."""
    told = []
    for pair in given.pairs:
        if pair.item is None or not pair.item.description:
            continue
        kind = differing(pair.line.description, pair.item.description)
        if kind:
            grade: Grade = "minor" if kind in given.law.minor else "note"
            code = Code.TQ_ORI_025 if grade == "minor" else Code.TQ_ORI_032
            values = {"difference": kind, "declared": pair.line.description[:80], "stated": pair.item.description[:80]}
            told.append(
                found(code, grade, "15.8", "description", line=pair.line.number, item=pair.item.number, values=values)
            )
    return told


def check_quantities(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-026, TQ-ORI-027: all lines of an item together claim no more than it has, units by table (Art. 22)."""
    told: list[OriginFinding] = []
    claimed: dict[int, Decimal] = {}
    for pair in given.pairs:
        item, line = pair.item, pair.line
        if item is None or not usable(item.quantity) or not usable(line.quantity):
            continue
        quantity = given.law.converted(line.quantity, line.unit, item.unit)
        if quantity is None:
            values = {"unit": line.unit, "stated": item.unit}
            told.append(found(Code.TQ_ORI_027, "doubt", "15", "unit", line.unit, line=line.number, values=values))
            continue
        if line.unit != item.unit and "unit" in given.law.minor:
            told.append(_other_unit(pair))
        with exact():
            claimed[item.number] = claimed.get(item.number, ZERO) + quantity
        if claimed[item.number] > item.quantity:
            values = {"claimed": plain(claimed[item.number]), "stated": plain(item.quantity), "unit": item.unit}
            told.append(
                found(Code.TQ_ORI_026, "refuse", "22", "quantity", line.quantity, line=line.number, values=values)
            )
    return told


def _other_unit(pair: Pair) -> OriginFinding:
    stated = pair.item.unit if pair.item else ""
    values = {"difference": "unit", "declared": pair.line.unit, "stated": stated}
    return found(Code.TQ_ORI_025, "minor", "15.8", "unit", pair.line.unit, line=pair.line.number, values=values)


def check_weight(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-028: no more gross weight than certified, where both papers state one (Art. 15)."""
    told = []
    for pair in given.pairs:
        declared, stated = pair.line.gross_weight_kg, pair.item.gross_weight_kg if pair.item else None
        if usable(declared) and usable(stated) and declared > stated:
            values = {"declared": plain(declared), "stated": plain(stated)}
            told.append(
                found(Code.TQ_ORI_028, "doubt", "15", "gross_weight_kg", declared, line=pair.line.number, values=values)
            )
    return told


def check_invoice(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-029: the declared invoice is one that the certificate names (Art. 15); blanks and dashes alter nothing."""
    declared = given.declared
    named = [*given.certificate.invoices, *(line.invoice for line in given.certificate.lines if line.invoice)]
    if declared is None or not declared.invoice or not named or given.certificate.third_party:
        return []
    if folded_number(declared.invoice) in {folded_number(one) for one in named}:
        return []
    values = {"declared": declared.invoice, "stated": ", ".join(named)[:80]}
    return [found(Code.TQ_ORI_029, "doubt", "15", "invoices", declared.invoice, values=values)]


def check_third_party(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-030, TQ-ORI-047: a third party may invoice; its name and country are cross-checked (Art. 15.7)."""
    certificate, declared = given.certificate, given.declared
    if declared is None:
        return []
    if certificate.third_party:
        if not (certificate.invoice_issuer.strip() and certificate.invoice_country):
            return [
                found(Code.TQ_ORI_030, "doubt", "15.7", "invoice_issuer", values={"seller": declared.invoice_issuer})
            ]
        values = {"issuer": certificate.invoice_issuer, "country": certificate.invoice_country}
        if declared.invoice_issuer and fold(declared.invoice_issuer) != fold(certificate.invoice_issuer):
            return [
                found(Code.TQ_ORI_030, "doubt", "15.7", "invoice_issuer", values={"seller": declared.invoice_issuer})
            ]
        return [found(Code.TQ_ORI_047, "note", "15.7", "third_party", values=values)]
    if certificate.invoice_country and certificate.invoice_country != certificate.issuing_country:
        return [found(Code.TQ_ORI_030, "doubt", "15.7", "third_party", values={"seller": certificate.invoice_issuer})]
    return []


def check_consignee(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-025, TQ-ORI-031: the consignee is the importer; a name written otherwise is typing (Art. 15.8)."""
    certificate, declared = given.certificate, given.declared
    if declared is None or not certificate.consignee or given.certificate.consignee_tax_code == declared.tax_code != "":
        return []
    kind = differing(declared.trader, certificate.consignee, minor="typing")
    if not kind or not declared.trader:
        return []
    values = {"declared": declared.trader[:80], "stated": certificate.consignee[:80], "difference": kind}
    if kind == "typing" and "typing" in given.law.minor:
        return [found(Code.TQ_ORI_025, "minor", "15.8", "consignee", declared.trader, values=values)]
    return [found(Code.TQ_ORI_031, "doubt", "15", "consignee", declared.trader, values=values)]
