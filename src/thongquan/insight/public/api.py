"""The calculator and tracking over HTTP, for everyone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from thongquan.base.accounts.throttle import public_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json, told_faults
from thongquan.base.core.openapi import FAULTS, described
from thongquan.clearance.tariff.queries.agreements import Called
from thongquan.insight.public.limits import track_throttle
from thongquan.insight.public.queries.agreements import Comparison, Offer, compare, others_of
from thongquan.insight.public.queries.duties import AHEAD, FIRST_DAY, Asked, Row, reckon, side_by_side
from thongquan.insight.public.queries.procedures import explained, procedures_with
from thongquan.insight.public.queries.tracking import tracked
from thongquan.insight.public.reader import language_now, today
from thongquan.insight.public.words import NEXT, PLAIN
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.computing import Material
from thongquan.rules.origin.qualifying import Making

router = Router(tags=["public"], auth=None, throttle=public_throttle)
OBJECT: dict[str, Any] = {"type": "object"}


class Question(Schema):
    """What the calculator is asked; amounts in `currency`. `rates` chooses among several: `vat:8,sct:20`."""

    hs: str
    origin: str
    value: Decimal
    currency: str = "USD"
    on: date | None = None
    flow: Literal["import", "export"] = "import"
    regime: str = ""
    term: str = "CIF"
    freight: Decimal | None = None
    insurance: Decimal | None = None
    quantity: Decimal | None = None
    quantity2: Decimal | None = None
    net_weight_kg: Decimal | None = None
    schedule: str = "B01"
    in_quota: bool | None = None
    rates: str = ""


@router.get(
    "/calculator",
    url_name="calculator",
    summary="Duties of one line of goods",
    openapi_extra=described(
        {200: ("Duties with their derivation, and every schedule side by side", OBJECT), 422: ("No answer", FAULTS)},
        open_to_all=True,
    ),
)
def calculator(request: HttpRequest, question: Query[Question]) -> HttpResponse:
    """The same answer that lodging these goods as the only line would give. Nothing is stored.

    The law of a day is in hand from 2021-06-01 on, and of days to come for a year (else TQ-FMT-008).
    """
    asked = _asked(question)
    found = reckon(asked)
    if not found.accepted:
        raise Refused([fault for fault in found.faults if fault.severity == "error"])
    body = {
        "on": asked.on,
        "law": found.decision.law_version,
        "due_vnd": found.decision.due_vnd,
        "fee_vnd": found.decision.fee_vnd,
        "totals_vnd": found.decision.totals_vnd,
        "line": found.decision.lines[0],
        "derivation": found.derivation,
        "assumed": found.assumed,
        "warnings": told_faults(fault for fault in found.decision.faults if fault.path.startswith("lines")),
        "schedules": [_row(row) for row in side_by_side(asked, language_now())],
    }
    return answer_json(body)


def _asked(question: Question) -> Asked:
    on = question.on or today()
    if not FIRST_DAY <= on <= today() + AHEAD:
        raise Refused([Fault(code=Code.TQ_FMT_008, path="on", value=on.isoformat())])
    given = question.dict(include=set(Question.model_fields) - {"rates", "on", "regime", "hs"})
    pairs = (part.partition(":") for part in question.rates.split(",") if ":" in part)
    return Asked(
        **given,
        hs=question.hs.replace(".", "").strip(),
        on=on,
        regime=question.regime or ("B11" if question.flow == "export" else "A11"),
        choices={tax.strip(): rate.strip() for tax, _, rate in pairs},
    )


def _row(row: Row) -> dict[str, Any]:
    return {
        "schedule": row.schedule,
        "name": row.name,
        "proof_of_origin": row.form,
        "import_duty_vnd": row.duty_vnd,
        "vat_vnd": row.vat_vnd,
        "due_vnd": row.due_vnd,
        "rate": row.rate,
        "unknown": row.unknown,
        "verified": row.verified,
        "faults": told_faults(row.faults),
    }


class AgreementsQuestion(Question):
    """The calculator's question, where goods set out from, and how they are made.

    `materials`: `code:value:country` parted by commas, the country empty for what does not originate; `fob` is in the
    currency of the values.
    """

    dispatch: str = ""
    made: Literal["", "wholly", "originating", "materials"] = ""
    fob: Decimal | None = None
    materials: str = ""


@router.get(
    "/calculator/agreements",
    url_name="agreements",
    summary="Which agreement pays best for goods of a country, and whether they qualify",
    openapi_extra=described(
        {200: ("Every agreement side by side, the cheapest first", OBJECT), 422: ("No answer", FAULTS)},
        open_to_all=True,
    ),
)
def agreements(request: HttpRequest, question: Query[AgreementsQuestion]) -> HttpResponse:
    """Every agreement that the country of origin is a member of on the day, with duties, rule, terms and conditions.

    What the law at hand does not hold is told as such (`known` false, `qualifies` `unknown`), never guessed.
    """
    making = Making(way=question.made, fob=question.fob, materials=_materials(question.materials))
    asked = _asked(question)
    told = compare(asked, dispatch=question.dispatch.strip().upper(), making=making, language=language_now())
    if not told.accepted:
        raise Refused([fault for fault in told.outcome.faults if fault.severity == "error"])
    return answer_json(
        {
            "on": asked.on,
            "law": told.outcome.decision.law_version,
            "best": told.best,
            "without_preference": _row(told.usual) | {"other_taxes_vnd": others_of(told.usual)},
            "agreements": [_offer(one, told) for one in told.offers],
            "papers": told.papers,
            "warnings": told_faults(one for one in told.outcome.decision.faults if one.path.startswith("lines")),
        }
    )


def _materials(text: str) -> tuple[Material, ...]:
    """Raises `Refused` with TQ-FMT-007 for a value that is no number."""
    found = []
    for part in filter(None, (one.strip() for one in text.split(",")[:200])):
        hs, value, origin = (*part.split(":"), "", "")[:3]
        amount = _amount(value)
        found.append(Material(name=hs, hs=hs.replace(".", ""), value=amount, origin=origin.strip().upper()))
    return tuple(found)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text or "0")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise Refused([Fault(code=Code.TQ_FMT_007, path="materials", value=text[:40])])
    return amount


def _offer(one: Offer, told: Comparison) -> dict[str, Any]:
    agreement = one.agreement
    language = language_now()
    return _row(one.row) | {
        "agreement": agreement.code,
        "name": agreement.name(language),
        "known": one.known,
        "pays_best": one.row.schedule in told.best.schedules,
        "other_taxes_vnd": one.others_vnd,
        "saves_vnd": one.row.saves_vnd if one.known else None,
        "qualifies": one.qualification,
        "rule": one.rule,
        "transport": one.passage,
        "proof": agreement.proof,
        "proof_source": agreement.source,
        "proof_waived": one.waived,
        "forms": [_called(form, language) for form in agreement.forms],
        "terms": [_called(term, language) | {"value": term.value, "unit": term.unit} for term in agreement.terms],
    }


def _called(one: Called, language: str) -> dict[str, Any]:
    return {"code": one.code, "name": one.name(language), "source": one.source, "verified": one.verified}


@router.get(
    "/track/{number}",
    url_name="track",
    throttle=track_throttle,
    summary="Where a declaration stands, by number and tracking code",
    openapi_extra=described(
        {
            200: ("Where it stands", OBJECT),
            404: ("Number and code do not fit", FAULTS),
            422: ("The code is missing", FAULTS),
        },
        open_to_all=True,
    ),
)
def track(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """State, what comes next and the clock; neither goods nor amounts nor names nor reasons."""
    found = tracked(number=number[:20], code=code[:20], at=now())
    if found is None:
        body = {"faults": told_faults([Fault(code=Code.TQ_PUB_001)])}
        return _uncached(answer_json(body, status=404))
    clock = found.due.clock if found.due else None
    answer = {
        "number": found.number,
        "flow": found.flow,
        "state": found.state,
        "told": str(PLAIN.get(found.state, found.state)),
        "next": str(NEXT.get(found.next, "")),
        "registered_at": found.registered_at,
        "clock": {"name": clock.name, "due_at": clock.due_at, "for": clock.for_whom} if clock else None,
        "story": [{"kind": kind, "at": at} for kind, at in found.story],
    }
    return _uncached(answer_json(answer))


def _uncached(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer


@router.get(
    "/procedures",
    url_name="procedures",
    summary="Procedures by words",
    openapi_extra=described({200: ("Procedures", OBJECT)}, open_to_all=True),
)
def procedures(request: HttpRequest, q: str = "") -> HttpResponse:
    """Every procedure that holds all the words; all of them without words."""
    found = procedures_with(q[:80].replace("\x00", ""), today(), language_now())
    rows = [
        {"key": one.procedure.key, "title": str(one.procedure.title), "what": str(one.procedure.what)} for one in found
    ]
    return answer_json({"procedures": rows})


@router.get(
    "/procedures/{key}",
    url_name="procedure",
    summary="One procedure with the numbers and papers of today's law",
    openapi_extra=described({200: ("The procedure", OBJECT), 404: ("No such procedure", FAULTS)}, open_to_all=True),
)
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """Steps, terms, papers, fee and law, each number with its source."""
    one = explained(key, today(), language_now())
    if one is None:
        raise NotFound(key)
    told = one.procedure
    words = {"key": told.key, "title": str(told.title), "what": str(told.what), "who": str(told.who)}
    body = {
        **words,
        "steps": [str(step) for step in told.steps],
        "laws": told.laws,
        "terms": one.terms,
        "fees": one.fees,
        "papers": one.papers or [{"name": str(paper)} for paper in told.papers],
        "regimes": [{"code": regime.code, "name": regime.name} for regime in one.regimes],
    }
    return answer_json(body)
