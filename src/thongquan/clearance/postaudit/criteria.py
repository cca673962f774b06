"""What a selection asks of a declaration: data, written by people, read here into typed values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

ONE = Decimal(1)
MAX_TEXT = 20


class Criteria(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything optional; what is set must all hold. Values are customs values of the declaration in dong."""

    flow: str = ""
    since: date | None = None
    until: date | None = None
    value_from_vnd: Decimal | None = None
    value_to_vnd: Decimal | None = None
    hs_prefix: str = ""
    regime: str = ""
    origin: str = ""
    tax_code: str = ""
    office: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked."""
        return self == Criteria()


def share_of(text: str, field: str, faults: list[Fault]) -> Decimal | None:
    """A share from 0 to 1; None for an empty text; a fault (TQ-AUD-012) for what is neither."""
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= ONE:
        faults.append(Fault(code=Code.TQ_AUD_012, path=field, value=text[:40], values={"field": field}))
        return None
    return value.quantize(Decimal("0.00001"))


def criteria_faults(criteria: Criteria) -> list[Fault]:
    """What cannot be asked (TQ-AUD-012): a wrong flow, a prefix that is no code, bounds in the wrong order."""
    wrong: list[tuple[str, str]] = []
    if criteria.flow not in ("", "import", "export"):
        wrong.append(("flow", criteria.flow))
    hs = criteria.hs_prefix
    if hs and not (hs.isascii() and hs.isdigit() and len(hs) in (2, 4, 6, 8)):
        wrong.append(("hs_prefix", hs))
    wrong += [
        (name, text) for name in ("regime", "origin", "tax_code", "office") if _odd(text := getattr(criteria, name))
    ]
    low, high = criteria.value_from_vnd, criteria.value_to_vnd
    if any(value is not None and (not value.is_finite() or value < 0) for value in (low, high)):
        wrong.append(("value_from_vnd", str(low)))
    elif low is not None and high is not None and low > high:
        wrong.append(("value_to_vnd", str(high)))
    if criteria.since and criteria.until and criteria.since > criteria.until:
        wrong.append(("until", criteria.until.isoformat()))
    return [Fault(code=Code.TQ_AUD_012, path=name, value=text, values={"field": name}) for name, text in wrong]


def _odd(text: str) -> bool:
    return len(text) > MAX_TEXT or (bool(text) and not text.isalnum())
