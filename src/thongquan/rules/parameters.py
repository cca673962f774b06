"""Dated numbers and words of the law, read by name.

Legal basis: each parameter carries its own source and date; a parameter that is missing is an error, never a constant.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import MODES, ZERO

_BOTH = ("max_lines", "price_tolerance", "description_min_length", "rounding_mode", "random_share")
_IMPORT = (
    "lodge_days_after_arrival",
    "void_after_days",
    "trade_defense_in_sct_base",
    "ordinary_multiplier",
    "fee_import_vnd",
)
_DUTY = ("minimum_value_vnd", "minimum_duty_vnd", "fee_exempt_value_vnd", "fee_exempt_tax_vnd")
NEEDED = {"import": _BOTH + _DUTY + _IMPORT, "export": (*_BOTH, *_DUTY, "fee_export_vnd")}
WELCOME: dict[str, tuple[str, ...]] = {"import": (), "export": ("export_origin_suffix",)}
"""Parameters a flow reads where the day has them: without them a rule does not hold, and nothing is at fault."""
CONCLUDING = frozenset(
    {
        "random_share",
        "fee_import_vnd",
        "fee_export_vnd",
        "fee_exempt_value_vnd",
        "fee_exempt_tax_vnd",
        "fee_exempt_express_value_vnd",
        "fee_exempt_express_tax_vnd",
        "fee_exempt_border_residents",
    }
)
"""Parameters that channel and fee alone are decided by: faults, values and duties are the same whatever they say."""
_PLACES = 18  # no number of the law has more places before or after the point
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WORDS: dict[str, Collection[str]] = {"rounding_mode": MODES, "trade_defense_in_sct_base": _TRUTH}


@lru_cache(maxsize=512)
def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _PLACES else None


@lru_cache(maxsize=512)
def readable(name: str, value: str) -> bool:
    """Whether the value is one that the parameter may have: a number, or one of its words."""
    words = _WORDS.get(name)
    return value in words if words is not None else _number(value) is not None


def check_parameters(law: LawOfDay, flow: str, report: list[Fault]) -> None:
    """TQ-LAW-001, TQ-LAW-003: every parameter that the flow needs is there on the day and can be read."""
    for name in NEEDED[flow]:
        parameter = law.parameters.get(name)
        if parameter is None:
            report.append(Fault(code=Code.TQ_LAW_001, values={"name": name, "on": law.on.isoformat()}))
        elif not readable(name, parameter.value):
            report.append(Fault(code=Code.TQ_LAW_003, value=parameter.value, values={"name": name}))


def number(law: LawOfDay, name: str) -> Decimal:
    """Give a parameter as a number; zero when missing, which `check_parameters` has then reported as an error."""
    parameter = law.parameters.get(name)
    return (_number(parameter.value) if parameter else None) or ZERO


def mode(law: LawOfDay) -> str:
    """Give the rounding mode of the day, one of `money.MODES`."""
    parameter = law.parameters.get("rounding_mode")
    return parameter.value if parameter and parameter.value in MODES else "half_up"


def truth(law: LawOfDay, name: str) -> bool:
    """Give a yes-or-no parameter."""
    parameter = law.parameters.get(name)
    return _TRUTH.get(parameter.value, False) if parameter else False
