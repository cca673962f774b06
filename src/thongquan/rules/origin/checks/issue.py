"""Who issued a proof, when, and for how long it stands.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (when it is filed: at the declaration, else within 1 year, EVFTA and UKVFTA
2 years), 13 (5 working days after a new code), 14 (late, cancelled), 15; terms of each agreement are dated data.
"""

from __future__ import annotations

from datetime import MAXYEAR, date

from thongquan.rules.codes import Code
from thongquan.rules.origin.findings import Examined, OriginFinding, found

SELF = frozenset({"REX", "EORI", "CE"})
"""Registers of exporters who state origin themselves (Art. 11): named as issuer in the place of an authority."""


def months_after(day: date, months: int) -> date:
    """The day so many months later; the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, MAXYEAR)
    last = [31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return date(year, month + 1, min(day.day, last[month]))


def check_country(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-018: the issuing country is a member of the agreement (Art. 10)."""
    country, agreement = given.certificate.issuing_country, given.law.agreement
    if agreement is None or not agreement.members or country in agreement.members:
        return []
    values = {"country": country, "agreement": agreement.code}
    return [found(Code.TQ_ORI_018, "refuse", "10.1", "issuing_country", country, values=values)]


def check_issuer(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-016, TQ-ORI-017: the issuer is one authorized on the day of issue, where they are known here (Art. 15)."""
    certificate, on = given.certificate, given.certificate.issued_on
    country = certificate.issuing_country
    known = [one for one in given.law.issuers if one.country in ("", country)]
    stated = certificate.issuer in SELF
    if not [one for one in known if (one.code in SELF) == stated]:
        values = {"country": country, "agreement": certificate.agreement}
        return [found(Code.TQ_ORI_017, "note", "15", "issuer", certificate.issuer, values=values)]
    for one in known:
        in_force = on is None or (one.valid_from <= on and (one.valid_until is None or on < one.valid_until))
        if one.code == certificate.issuer and in_force:
            return []
    values = {"issuer": certificate.issuer, "on": on.isoformat() if on else ""}
    return [found(Code.TQ_ORI_016, "doubt", "15", "issuer", certificate.issuer, values=values)]


def check_cancelled(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-044: not cancelled by its issuer (Art. 14)."""
    if not given.certificate.cancelled_by_issuer:
        return []
    return [found(Code.TQ_ORI_044, "refuse", "14", "number", given.certificate.number)]


def check_retroactive(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-021, TQ-ORI-022: issued by shipment or soon after; later with the mark, within its months (Art. 15)."""
    certificate, law = given.certificate, given.law
    issued, shipped = certificate.issued_on, certificate.shipped_on
    days, months = law.number("retroactive_after_days"), law.number("retroactive_within_months")
    if issued is None or shipped is None or days is None:
        return []
    late = (issued - shipped).days > days
    if late and not certificate.retroactive:
        values = {"shipped": shipped.isoformat(), "issued": issued.isoformat(), "days": str(days)}
        return [found(Code.TQ_ORI_021, "doubt", "15", "retroactive", issued, values=values)]
    if late and months is not None and issued > months_after(shipped, months):
        values = {"shipped": shipped.isoformat(), "issued": issued.isoformat(), "months": str(months)}
        return [found(Code.TQ_ORI_022, "refuse", "15", "issued_on", issued, values=values)]
    return []


def valid_until(given: Examined) -> date | None:
    """The last day of a certificate: as printed, else so many months from its issue by the agreement's term."""
    certificate, months = given.certificate, given.law.number("validity_months")
    if certificate.valid_until is not None:
        return certificate.valid_until
    if certificate.issued_on is None or months is None:
        return None
    return months_after(certificate.issued_on, months)


def check_validity(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-019, TQ-ORI-020, TQ-ORI-024: the declaration's day lies between issue and end (Art. 14, 15)."""
    issued, declared = given.certificate.issued_on, given.declared
    if issued is None or declared is None:
        return []
    values = {"issued": issued.isoformat(), "on": declared.on.isoformat()}
    filed = declared.filed_on or declared.on
    if issued > filed:
        return [found(Code.TQ_ORI_019, "refuse", "15", "issued_on", issued, values=values)]
    last = valid_until(given)
    if last is None:
        return [found(Code.TQ_ORI_024, "note", "15", "issued_on", issued, values={"term": "validity_months"})]
    if declared.on > last:
        return [
            found(Code.TQ_ORI_020, "refuse", "14", "issued_on", issued, values={**values, "until": last.isoformat()})
        ]
    return []


def check_filed(given: Examined) -> list[OriginFinding]:
    """TQ-ORI-023: filed with the declaration or within the days from its registration (Art. 12)."""
    declared, days = given.declared, given.law.number("late_filing_days")
    if declared is None or declared.filed_on is None or declared.filed_on <= declared.on:
        return []
    if days is None:
        values = {"term": "late_filing_days"}
        return [found(Code.TQ_ORI_024, "note", "12", "filed_on", declared.filed_on, values=values)]
    if (declared.filed_on - declared.on).days <= days:
        return []
    values = {"filed": declared.filed_on.isoformat(), "days": str(days), "on": declared.on.isoformat()}
    return [found(Code.TQ_ORI_023, "refuse", "12", "filed_on", declared.filed_on, values=values)]
