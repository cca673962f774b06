"""The law of origin of a day, for one agreement, as the rules read it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in
from thongquan.rules.origin.law import AgreementLaw, Box, Issuer, OriginLaw, ProductRule, Term

TWO_YEARS = frozenset({"EVFTA", "UKVFTA"})
"""Agreements with a longer term for late certificates (Circular 33/2023/TT-BTC Art. 12)."""


class AgreementName(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement with its forms and its names by column."""

    code: str
    schedule: str
    forms: tuple[str, ...]
    names: tuple[tuple[str, str], ...]

    def name(self, language: str) -> str:
        """Its name in a language (`vi`, `en`, `zh-hans`, `fr`)."""
        return name_in(dict(self.names), language)


def origin_law_on(agreement: str, form: str, on: date, issued_on: date | None = None) -> OriginLaw:
    """Everything the checks of a certificate read. Issuers are those of the day of issue, all else of the day asked."""
    return _origin_law(current_law().version, agreement, form, on, issued_on or on)


def agreements_on(on: date) -> tuple[AgreementName, ...]:
    """The agreements of a day, by code."""
    return _agreements(current_law().version, on)


def minor_difference_name(kind: str, on: date, language: str) -> str:
    """What a kind of minor difference is called; the kind itself when the day has no such row."""
    return name_in(dict(_minor_names(current_law().version, on).get(kind, ())), language) or kind


def _rows(model: type[models.Dated], on: date, **where: Any) -> list[dict[str, Any]]:
    return [row for row in model.objects.on(on).filter(**where).values() if not row["repealed"]]


@lru_cache(maxsize=256)
def _origin_law(version: str, agreement: str, form: str, on: date, issued_on: date) -> OriginLaw:
    """Held per law version: a new version is a new key."""
    own = {"agreement": agreement}
    return OriginLaw(
        on=on,
        agreement=_agreement(agreement, on),
        forms=frozenset(row["form"] for row in _rows(models.OriginForm, on, **own)),
        boxes=tuple(_box(row) for row in _rows(models.OriginBox, on, form=form)),
        criteria=frozenset(row["criterion"] for row in _rows(models.OriginCriterion, on, **own)),
        terms=_terms(agreement, on),
        issuers=tuple(_issuer(row) for row in _rows(models.OriginIssuer, issued_on, **own)),
        rules=tuple(_rule(row) for row in _rows(models.ProductRule, on, **own)),
        minor=frozenset(row["kind"] for row in _rows(models.MinorDifference, on)),
        factors={
            f"{row['unit']}>{row['into']}": Decimal(row["factor"]).normalize() for row in _rows(models.UnitFactor, on)
        },
    )


def _agreement(code: str, on: date) -> AgreementLaw | None:
    found = _rows(models.Agreement, on, code=code)
    if not found:
        return None
    row = found[0]
    schedules = _rows(models.Schedule, on, code=row["schedule"])
    return AgreementLaw(
        code=code,
        schedule=row["schedule"],
        proof=row["proof"],
        members=tuple(schedules[0]["members"]) if schedules else (),
        valid_from=row["valid_from"],
        source=row["source"],
        verified=row["verified"],
    )


def _box(row: dict[str, Any]) -> Box:
    return Box(
        box=row["box"], field=row["field"], required=row["required"], source=row["source"], verified=row["verified"]
    )


def _issuer(row: dict[str, Any]) -> Issuer:
    return Issuer(
        country=row["country"],
        code=row["code"],
        valid_from=row["valid_from"],
        source=row["source"],
        verified=row["verified"],
    )


def _rule(row: dict[str, Any]) -> ProductRule:
    return ProductRule(hs=row["hs"], rule=row["rule"], source=row["source"], verified=row["verified"])


def _terms(agreement: str, on: date) -> dict[str, Term]:
    """Terms of the agreement before those of all; the days of late filing are parameters of the law."""
    rows = sorted(_rows(models.OriginTerm, on, agreement__in=["", agreement]), key=lambda row: bool(row["agreement"]))
    found = {
        row["name"]: Term(
            name=row["name"],
            value=row["value"],
            unit=row["unit"],
            source=row["source"],
            verified=row["verified"],
        )
        for row in rows
    }
    name = "certificate_late_days_evfta" if agreement in TWO_YEARS else "certificate_late_days"
    late = current_law().parameter(name, on)
    if late is not None and late.value.isdecimal():
        found["late_filing_days"] = Term(
            name="late_filing_days",
            value=Decimal(late.value),
            unit="days",
            source=late.source,
            verified=late.verified,
        )
    return found


@lru_cache(maxsize=32)
def _agreements(version: str, on: date) -> tuple[AgreementName, ...]:
    forms: dict[str, list[str]] = {}
    for row in _rows(models.OriginForm, on):
        forms.setdefault(row["agreement"], []).append(row["form"])
    return tuple(
        AgreementName(
            code=row["code"],
            schedule=row["schedule"],
            forms=tuple(forms.get(row["code"], ())),
            names=tuple((name, row[name]) for name in COLUMNS),
        )
        for row in _rows(models.Agreement, on)
    )


@lru_cache(maxsize=32)
def _minor_names(version: str, on: date) -> dict[str, tuple[tuple[str, str], ...]]:
    rows = _rows(models.MinorDifference, on)
    return {row["kind"]: tuple((name, row[name]) for name in COLUMNS) for row in rows}
