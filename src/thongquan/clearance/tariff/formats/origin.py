"""The files of the law of origin: which file fills which table, column by column (`valid_from` and source aside)."""

from __future__ import annotations

from thongquan.clearance.tariff.formats.reading import Convert, amount, digits, one_of, word, yes
from thongquan.rules.origin.criteria import alternatives, read_criterion
from thongquan.rules.origin.differences import MINOR

NAMES: dict[str, Convert] = {"name_vi": str, "name_en": str, "name_zh": str, "name_fr": str}


def code_or_none(text: str) -> str:
    """The beginning of a goods code; nothing for a general rule."""
    return str(digits(2, 4, 6, 8)(text)) if text else ""


def rule(text: str) -> str:
    """A product rule that can be read (`CTH|RVC40`)."""
    if not alternatives(text):
        raise ValueError
    return text


def criterion(text: str) -> str:
    """A criterion that is known."""
    if read_criterion(text) is None:
        raise ValueError
    return text


ORIGIN: tuple[tuple[str, str, dict[str, Convert]], ...] = (
    (
        "agreements.csv",
        "Agreement",
        {"code": word, "schedule": word, "proof": one_of("certificate", "self", "both"), **NAMES},
    ),
    ("forms.csv", "OriginForm", {"agreement": word, "form": word, **NAMES}),
    ("boxes.csv", "OriginBox", {"form": word, "box": word, "field": str, "required": yes, **NAMES}),
    ("criteria.csv", "OriginCriterion", {"agreement": word, "criterion": criterion, **NAMES}),
    ("terms.csv", "OriginTerm", {"agreement": str, "name": word, "value": amount, "unit": word, **NAMES}),
    ("issuers.csv", "OriginIssuer", {"agreement": word, "country": str, "code": word, **NAMES}),
    ("product_rules.csv", "ProductRule", {"agreement": word, "hs": code_or_none, "rule": rule}),
    ("minor_differences.csv", "MinorDifference", {"kind": one_of(*sorted(MINOR)), **NAMES}),
    ("unit_factors.csv", "UnitFactor", {"unit": word, "into": word, "factor": amount}),
)
ORIGIN_KEYS: dict[str, tuple[str, ...]] = {
    "Agreement": ("code",),
    "OriginForm": ("agreement", "form"),
    "OriginBox": ("form", "box"),
    "OriginCriterion": ("agreement", "criterion"),
    "OriginTerm": ("agreement", "name"),
    "OriginIssuer": ("agreement", "country", "code"),
    "ProductRule": ("agreement", "hs"),
    "MinorDifference": ("kind",),
    "UnitFactor": ("unit", "into"),
}
"""What names a row of each table, beside its day."""
