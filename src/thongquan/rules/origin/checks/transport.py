"""Route and transport: direct transport with its evidence, back-to-back certificates, transport papers.

Legal basis: Circular 33/2023/TT-BTC Art. 17 (back-to-back only from a member), 18 (transit: a customs paper of the
transit country, the carrier's confirmation, or an unchanged container and seal), 15.8 (another vessel or trip).
"""

from __future__ import annotations

from thongquan.rules.codes import Code
from thongquan.rules.origin.findings import Examined, OriginFinding, found
from thongquan.rules.origin.numbers import folded_number

EVIDENCE = frozenset({"transit_customs", "carrier", "container_seal"})
"""What Article 18 names; a through bill of lading alone is not among it in the facts at hand."""


def check_direct(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-036: goods that passed another country have evidence that they stayed as they were (Art. 18)."""
    certificate = given.certificate
    agreement = given.law.agreement
    members = set(agreement.members) if agreement else set()
    outside = [country for country in certificate.route if country not in members]
    if not outside or EVIDENCE & set(certificate.evidence):
        return []
    return [found(Code.TQ_ORI_036, "doubt", "18", "route", " ".join(outside), values={"countries": ", ".join(outside)})]


def check_back_to_back(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-037: a back-to-back certificate comes from a member and names the first one (Art. 17)."""
    certificate, agreement = given.certificate, given.law.agreement
    if not certificate.back_to_back or agreement is None:
        return []
    values = {"country": certificate.issuing_country, "agreement": agreement.code}
    if certificate.issuing_country not in agreement.members:
        return [found(Code.TQ_ORI_037, "refuse", "17", "issuing_country", certificate.issuing_country, values=values)]
    if not certificate.original_number or certificate.original_country not in agreement.members:
        values["country"] = certificate.original_country
        return [found(Code.TQ_ORI_037, "doubt", "17", "original_number", certificate.original_number, values=values)]
    return []


def check_documents(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-038: the transport document named on the certificate is the declared one (Art. 15)."""
    certificate, declared = given.certificate, given.declared
    if declared is None or not certificate.transport_document or not declared.transport_documents:
        return []
    named = {folded_number(one) for one in declared.transport_documents}
    if folded_number(certificate.transport_document) in named:
        return []
    values = {"declared": ", ".join(declared.transport_documents)[:80], "stated": certificate.transport_document}
    return [found(Code.TQ_ORI_038, "doubt", "15", "transport_document", certificate.transport_document, values=values)]


def check_vehicle(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-025: another vessel or trip than the certificate names is a minor difference (Art. 15.8)."""
    certificate, declared = given.certificate, given.declared
    if declared is None or not certificate.vehicle or not declared.vehicle:
        return []
    if folded_number(certificate.vehicle) == folded_number(declared.vehicle):
        return []
    values = {"difference": "vessel", "declared": declared.vehicle, "stated": certificate.vehicle}
    if "vessel" in given.law.minor:
        return [found(Code.TQ_ORI_025, "minor", "15.8", "vehicle", certificate.vehicle, values=values)]
    return [found(Code.TQ_ORI_038, "doubt", "15", "vehicle", certificate.vehicle, values=values)]
