"""What an expression may speak of: declared facts and the history of the trader, each with its type.

Only what was declared, and what was known before: what a check finds is an outcome, never a fact here. Numbers are
given as CEL doubles; they choose whom to look at and enter no amount that anybody pays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from cel_expr_python import cel

from thongquan.rules.document import Document, Line
from thongquan.rules.facts import History, Standing
from thongquan.rules.law import LawOfDay
from thongquan.rules.text import fold

_TEXT, _WHOLE, _NUMBER, _FLAG = cel.Type.STRING, cel.Type.INT, cel.Type.DOUBLE, cel.Type.BOOL
VARIABLES: dict[str, Any] = {
    "flow": _TEXT,
    "regime": _TEXT,
    "office": _TEXT,
    "gate": _TEXT,
    "transport": _TEXT,
    "dispatch": _TEXT,
    "trader": _TEXT,
    "agent": _TEXT,
    "counterpart": _TEXT,
    "vehicle": _TEXT,
    "currency": _TEXT,
    "payment": _TEXT,
    "invoice_value_vnd": _NUMBER,
    "gross_weight_kg": _NUMBER,
    "packages": _WHOLE,
    "lines": _WHOLE,
    "hour": _WHOLE,
    "weekday": _WHOLE,
    "level": _WHOLE,
    "rank": _WHOLE,
    "priority": _FLAG,
    "known_days": _WHOLE,
    "declarations_365": _WHOLE,
    "checked_365": _WHOLE,
    "found_365": _WHOLE,
    "acts_365": _WHOLE,
    "proof_issuer_verified": _WHOLE,
    "proof_issuer_refused": _WHOLE,
    "proof_exporter_verified": _WHOLE,
    "proof_exporter_refused": _WHOLE,
    "goods": cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN)),
}
GOODS = (
    *("hs", "origin", "unit", "schedule", "description"),
    *("value_vnd", "quantity", "net_weight_kg", "unit_value_vnd", "kg_value_vnd"),
)
"""What each of `goods` has: texts, then numbers (0 where not declared)."""
_UNKNOWN = History()


def given(
    document: Document, standing: Standing, law: LawOfDay, at: datetime, zone: tzinfo, proofs: Mapping[str, int]
) -> dict[str, Any]:
    """The variables of one declaration. Texts that people write are folded: no diacritics, lower case.

    `proofs` are those of its certificates (`queries.proofs.Verdicts.facts`).
    """
    history, local = standing.history or _UNKNOWN, at.astimezone(zone)
    invoice, vehicle = document.invoice, document.vehicle
    rate = _rate(law, invoice.currency if invoice else None)
    return {
        "flow": document.flow,
        "regime": document.regime or "",
        "office": document.office or "",
        "gate": document.gate or "",
        "transport": document.transport_mode or "",
        "dispatch": document.export_country or "",
        "trader": (document.trader and document.trader.tax_code) or "",
        "agent": (document.agent and document.agent.tax_code) or "",
        "counterpart": fold((document.counterpart and document.counterpart.name) or ""),
        "vehicle": (vehicle and vehicle.identifier) or "",
        "currency": (invoice and invoice.currency) or "",
        "payment": (invoice and invoice.payment_method) or "",
        "invoice_value_vnd": _float(invoice.amount if invoice else None) * rate,
        "gross_weight_kg": _float(document.gross_weight_kg),
        "packages": document.packages or 0,
        "lines": len(document.lines),
        "hour": local.hour,
        "weekday": local.isoweekday(),
        "level": standing.level or 0,
        "rank": standing.rank or 0,
        "priority": standing.priority,
        "known_days": history.known_days,
        "declarations_365": history.declarations,
        "checked_365": history.checked,
        "found_365": history.found,
        "acts_365": history.acts,
        **proofs,
        "goods": [_goods(line, rate) for line in document.lines],
    }


def _goods(line: Line, rate: float) -> dict[str, str | float]:
    value, quantity, weight = _float(line.value) * rate, _float(line.quantity), _float(line.net_weight_kg)
    return {
        "hs": line.hs or "",
        "origin": line.origin or "",
        "unit": line.unit or "",
        "schedule": line.schedule or "",
        "description": fold(line.description or ""),
        "value_vnd": value,
        "quantity": quantity,
        "net_weight_kg": weight,
        "unit_value_vnd": value / quantity if quantity else 0.0,
        "kg_value_vnd": value / weight if weight else 0.0,
    }


def _rate(law: LawOfDay, currency: str | None) -> float:
    """Dong per unit of the currency; 0 where the day has no rate, and lodging refuses the declaration anyway."""
    if currency == "VND":
        return 1.0
    known = law.rates.get(currency or "")
    return float(known.vnd) if known else 0.0


def _float(value: Decimal | None) -> float:
    """A declared number; what is none, or has no end, is 0."""
    return float(value) if value is not None and value.is_finite() else 0.0
