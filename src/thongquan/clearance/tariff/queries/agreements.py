"""Every agreement of a day at once, with its members, forms, criteria and terms, for comparing them side by side.

A bounded number of reads however many agreements there are, held per law version.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in
from thongquan.clearance.tariff.queries.origins import TWO_YEARS
from thongquan.rules.origin.law import ProductRule, Proof

LATE, LATE_LONG = "certificate_late_days", "certificate_late_days_evfta"
LATE_FILING = "late_filing_days"
LONGEST = 8


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """A code of the law of origin (a form, a criterion) with its names by column and its source."""

    code: str
    names: tuple[tuple[str, str], ...] = ()
    source: str
    verified: bool

    def name(self, language: str) -> str:
        """Its name in a language (`vi`, `en`, `zh-hans`, `fr`)."""
        return name_in(dict(self.names), language) or self.code


class CalledTerm(Called, frozen=True, kw_only=True):
    """A number of an agreement; `own` tells a term of the agreement itself from one of all agreements."""

    value: Decimal
    unit: str
    own: bool = False


class AgreementOfDay(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement with all that a trader asks of it. `proof`: a certificate, a statement of the exporter, or both."""

    code: str
    schedule: str
    proof: Proof
    members: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    source: str
    verified: bool
    forms: tuple[Called, ...] = ()
    criteria: tuple[Called, ...] = ()
    issuers: tuple[Called, ...] = ()
    terms: tuple[CalledTerm, ...] = ()

    def name(self, language: str) -> str:
        """Its name in a language."""
        return name_in(dict(self.names), language) or self.code

    def term(self, name: str) -> CalledTerm | None:
        """A term by its name, None where the law at hand does not give it."""
        return next((one for one in self.terms if one.code == name), None)


def agreements_of_day(on: date) -> tuple[AgreementOfDay, ...]:
    """All agreements in force on a day, by code."""
    return _agreements(current_law().version, on)


def product_rules_of(hs: str, on: date) -> dict[str, ProductRule]:
    """The most special rule of each agreement for a code on a day, by agreement; one read."""
    return dict(_rules(current_law().version, hs, on))


def terms_named(name: str, on: date) -> dict[str, Decimal]:
    """The value of one term by agreement; '' stands for every agreement that has none of its own."""
    return dict(_terms_named(current_law().version, name, on))


@lru_cache(maxsize=64)
def _agreements(version: str, on: date) -> tuple[AgreementOfDay, ...]:
    """Held per law version: a new version is a new key."""
    members = {row["code"]: tuple(row["members"]) for row in _rows(models.Schedule, on)}
    forms, criteria = (
        _by_agreement(models.OriginForm, on, "form"),
        _by_agreement(models.OriginCriterion, on, "criterion"),
    )
    issuers, terms = _by_agreement(models.OriginIssuer, on, "code"), _rows(models.OriginTerm, on)
    return tuple(
        AgreementOfDay(
            code=row["code"],
            schedule=row["schedule"],
            proof=row["proof"],
            members=members.get(row["schedule"], ()),
            names=_names(row),
            source=row["source"],
            verified=row["verified"],
            forms=forms.get(row["code"], ()),
            criteria=criteria.get(row["code"], ()),
            issuers=issuers.get(row["code"], ()),
            terms=_terms(row["code"], terms, on),
        )
        for row in _rows(models.Agreement, on)
    )


def _rows(model: type[models.Dated], on: date, **where: Any) -> list[dict[str, Any]]:
    return [row for row in model.objects.on(on).filter(**where).values() if not row["repealed"]]


def _names(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, row[name]) for name in COLUMNS)


def _by_agreement(model: type[models.Dated], on: date, code: str) -> dict[str, tuple[Called, ...]]:
    found: dict[str, tuple[Called, ...]] = {}
    for row in _rows(model, on):
        one = Called(code=row[code], names=_names(row), source=row["source"], verified=row["verified"])
        found[row["agreement"]] = (*found.get(row["agreement"], ()), one)
    return found


def _terms(agreement: str, rows: Iterable[dict[str, Any]], on: date) -> tuple[CalledTerm, ...]:
    """Terms of the agreement before those of all; the days of late filing are a parameter of the law."""
    found: dict[str, CalledTerm] = {}
    for row in sorted(rows, key=lambda row: bool(row["agreement"])):
        if row["agreement"] in ("", agreement):
            found[row["name"]] = CalledTerm(
                code=row["name"],
                names=_names(row),
                value=row["value"].normalize(),
                unit=row["unit"],
                source=row["source"],
                verified=row["verified"],
                own=bool(row["agreement"]),
            )
    late = current_law().parameter(LATE_LONG if agreement in TWO_YEARS else LATE, on)
    if late is not None and late.value.isdecimal():
        found[LATE_FILING] = CalledTerm(
            code=LATE_FILING, value=Decimal(late.value), unit="days", source=late.source, verified=late.verified
        )
    return tuple(found.values())


@lru_cache(maxsize=512)
def _rules(version: str, hs: str, on: date) -> tuple[tuple[str, ProductRule], ...]:
    prefixes = ["", *(hs[:length] for length in range(1, min(len(hs), LONGEST) + 1))]
    found: dict[str, ProductRule] = {}
    for row in sorted(_rows(models.ProductRule, on, hs__in=prefixes), key=lambda row: len(row["hs"])):
        found[row["agreement"]] = ProductRule(
            hs=row["hs"], rule=row["rule"], source=row["source"], verified=row["verified"]
        )
    return tuple(found.items())


@lru_cache(maxsize=64)
def _terms_named(version: str, name: str, on: date) -> tuple[tuple[str, Decimal], ...]:
    return tuple((row["agreement"], row["value"].normalize()) for row in _rows(models.OriginTerm, on, name=name))
