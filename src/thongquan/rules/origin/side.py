"""A certificate and the declaration that claims it, value by value: the same, a little different, different.

Legal basis: Circular 33/2023/TT-BTC Art. 15 (what is compared), 15.8 (differences that are accepted). For the eye of an
officer: what follows from a difference, the checks say.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from thongquan.rules.origin.certificate import Paper, PaperLine
from thongquan.rules.origin.declared import Declared, DeclaredLine
from thongquan.rules.origin.differences import differing
from thongquan.rules.origin.findings import Pair
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.numbers import folded_number, plain, usable
from thongquan.rules.parts import Frozen

Likeness = Literal["same", "minor", "differs", "alone"]


class Sided(Frozen, frozen=True, kw_only=True):
    """One value on both papers. `alone`: only one of them says it, so that nothing can be compared."""

    field: str
    stated: str = ""
    declared: str = ""
    likeness: Likeness = "alone"


def paper_sides(certificate: Paper, declared: Declared) -> tuple[Sided, ...]:
    """What both papers say as a whole: parties, invoice, transport, days."""
    invoices = [*certificate.invoices, *(line.invoice for line in certificate.lines if line.invoice)]
    return (
        _texts("exporter", certificate.exporter, declared.invoice_issuer),
        _texts("consignee", certificate.consignee, declared.trader),
        _numbers("invoices", invoices, [declared.invoice]),
        _numbers("transport_document", [certificate.transport_document], declared.transport_documents),
        _numbers("vehicle", [certificate.vehicle], [declared.vehicle], otherwise="minor"),
        _days("issued_on", certificate.issued_on, declared.on),
    )


def line_sides(pair: Pair, law: OriginLaw, issuing_country: str) -> tuple[Sided, ...]:
    """What a line of the certificate and the declared line say; a declared line without its item stands alone."""
    item, line = pair.item or PaperLine(number=0), pair.line
    return (
        _codes(item.hs, line.hs),
        _texts("description", item.description, line.description),
        _origins(item.origin or issuing_country, line.origin),
        _quantities(item, line, law),
        _weights(item.gross_weight_kg, line.gross_weight_kg),
    )


def _texts(field: str, stated: str, declared: str) -> Sided:
    if not stated or not declared:
        return Sided(field=field, stated=stated, declared=declared)
    kind = differing(stated, declared)
    likeness: Likeness = "same" if not kind else "minor" if kind == "description" else "differs"
    return Sided(field=field, stated=stated, declared=declared, likeness=likeness)


def _numbers(
    field: str,
    stated: list[str],
    declared: list[str] | tuple[str, ...],
    *,
    otherwise: Likeness = "differs",
) -> Sided:
    """Blanks and dashes alter nothing; one number in common is enough."""
    mine, other = [one for one in stated if one], [one for one in declared if one]
    told = Sided(field=field, stated=", ".join(dict.fromkeys(mine)), declared=", ".join(other))
    if not mine or not other:
        return told
    same = {folded_number(one) for one in mine} & {folded_number(one) for one in other}
    return Sided(field=field, stated=told.stated, declared=told.declared, likeness="same" if same else otherwise)


def _days(field: str, issued: date | None, registered: date) -> Sided:
    """A certificate is issued before the declaration claims it, or filed late."""
    stated, declared = issued.isoformat() if issued else "", registered.isoformat()
    if issued is None:
        return Sided(field=field, declared=declared)
    return Sided(field=field, stated=stated, declared=declared, likeness="same" if issued <= registered else "differs")


def _codes(stated: str, declared: str) -> Sided:
    """As far as both say digits: six in common are the same goods to the agreement, eight that differ are minor."""
    if not stated or not declared:
        return Sided(field="hs", stated=stated, declared=declared)
    shared = min(len(stated), len(declared))
    likeness: Likeness = "differs"
    if stated[:shared] == declared[:shared]:
        likeness = "same"
    elif stated[:6] == declared[:6]:
        likeness = "minor"
    return Sided(field="hs", stated=stated, declared=declared, likeness=likeness)


def _origins(stated: str, declared: str) -> Sided:
    likeness: Likeness = "alone" if not stated or not declared else "same" if stated == declared else "differs"
    return Sided(field="origin", stated=stated, declared=declared, likeness=likeness)


def _quantities(item: PaperLine, line: DeclaredLine, law: OriginLaw) -> Sided:
    """Less than certified is a part of it; more, or a unit that no table converts, differs."""
    stated, declared = _amount(item.quantity, item.unit), _amount(line.quantity, line.unit)
    if not usable(item.quantity) or not usable(line.quantity):
        return Sided(field="quantity", stated=stated, declared=declared)
    converted = law.converted(line.quantity, line.unit, item.unit)
    fits = converted is not None and converted <= item.quantity
    likeness: Likeness = "differs" if not fits else "same" if line.unit == item.unit else "minor"
    return Sided(field="quantity", stated=stated, declared=declared, likeness=likeness)


def _weights(stated: Decimal | None, declared: Decimal | None) -> Sided:
    said, other = _amount(stated, "KGM"), _amount(declared, "KGM")
    if not usable(stated) or not usable(declared):
        return Sided(field="gross_weight_kg", stated=said, declared=other)
    return Sided(
        field="gross_weight_kg", stated=said, declared=other, likeness="same" if declared <= stated else "differs"
    )


def _amount(quantity: Decimal | None, unit: str) -> str:
    return f"{plain(quantity)} {unit}".strip() if usable(quantity) else ""
