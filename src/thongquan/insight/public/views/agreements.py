"""Which agreement pays best: a question in the address, totals side by side, conditions and papers of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thongquan.base.accounts.throttle import open_to_public
from thongquan.base.core.law_words import legal
from thongquan.base.core.sentences import sentence
from thongquan.base.core.tables import Value, csv_table, excel_table
from thongquan.base.web.guard import open_page
from thongquan.clearance.tariff.queries import goods
from thongquan.clearance.tariff.queries.agreements import CalledTerm
from thongquan.clearance.tariff.queries.code_lists import code_name, code_values
from thongquan.insight.public.agreement_words import ANSWERS, PASSAGES, PROOFS, TERMS, WHYS, reasons, rule_text
from thongquan.insight.public.charts import Chart, Total, totals_chart
from thongquan.insight.public.queries.agreements import Comparison, Offer, compare, others_of
from thongquan.insight.public.questions import AgreementsForm
from thongquan.insight.public.reader import language_now, today
from thongquan.insight.public.views.sharing import file_of, goods_named, kept_a_while, problems_of

TEMPLATE = "public/agreements.html"
TRADERS_TERMS = (
    *("waiver_fob_usd", "self_certification_eur", "self_certification_usd"),
    *("validity_months", "retroactive_after_days", "retroactive_within_months", "late_filing_days"),
)
"""What a trader must know of an agreement, in this order; the days of authorities stand on the pages of law."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Shown:
    """An offer in words: what the small check says and why, how the goods come, the rule, forms and terms."""

    offer: Offer
    name: str
    is_best: bool
    answer: Promise
    why: Promise
    reasons: list[tuple[str, Promise, Promise, str]]
    passage: Promise
    proof: Promise
    rule: str
    forms: list[tuple[str, str, bool]]
    terms: list[tuple[str, CalledTerm]]


@require_safe
@open_page
@open_to_public
def agreements(request: HttpRequest) -> HttpResponse:
    """The form and, once goods are named, every agreement of their country side by side."""
    form = AgreementsForm(request.GET, today=today())
    context: dict[str, Any] = {"form": form, "countries": code_values("country", today(), language_now())}
    if not form.is_asked:
        return kept_a_while(render(request, TEMPLATE, context))
    if not form.is_valid():
        return render(request, TEMPLATE, context, status=422)
    if not form.names_a_code:
        found = goods_named(form.cleaned_data["hs"], form.cleaned_data["on"])
        return kept_a_while(render(request, TEMPLATE, {**context, "words": True, "found": found}))
    told = _compared(form)
    context |= {"found": told, "goods": goods.goods_of(told.asked.hs, told.asked.on, language_now())}
    if not told.accepted:
        context["problems"] = problems_of(fault for fault in told.outcome.faults if fault.severity == "error")
        return render(request, TEMPLATE, context, status=422)
    return kept_a_while(render(request, TEMPLATE, {**context, **_told(request, told)}))


def _compared(form: AgreementsForm) -> Comparison:
    return compare(form.asked(), dispatch=form.cleaned_data["dispatch"], making=form.making(), language=language_now())


def _told(request: HttpRequest, told: Comparison) -> dict[str, Any]:
    asked = told.asked
    return {
        "shown": [_shown(one, told) for one in told.offers],
        "usual_others": others_of(told.usual),
        "best_names": [one.agreement.name(language_now()) for one in _best(told)],
        "country": code_name("country", asked.origin, asked.on, language_now()) or asked.origin,
        "papers": [
            (code_name("attachment_kind", one.kind, asked.on, language_now()) or one.kind, one) for one in told.papers
        ],
        "chart": _chart(told),
        "law_version": told.outcome.decision.law_version,
        "address": request.build_absolute_uri(f"{reverse('public:agreements')}?{request.GET.urlencode()}"),
        "whole_query": request.GET.urlencode(),
    }


def _best(told: Comparison) -> Iterator[Offer]:
    return (one for one in told.offers if one.row.schedule in told.best.schedules)


def _shown(one: Offer, told: Comparison) -> Shown:
    language, agreement = language_now(), one.agreement
    return Shown(
        offer=one,
        name=agreement.name(language),
        is_best=one.row.schedule in told.best.schedules,
        answer=ANSWERS[one.qualification.answer],
        why=WHYS[one.qualification.why],
        reasons=reasons(one.qualification),
        passage=PASSAGES[one.passage],
        proof=PROOFS[agreement.proof],
        rule=rule_text(one.rule.rule) if one.rule else "",
        forms=[(form.name(language), form.source, form.verified) for form in agreement.forms],
        terms=[(_term_name(term, language), term) for name in TRADERS_TERMS if (term := agreement.term(name))],
    )


def _term_name(term: CalledTerm, language: str) -> str:
    return str(TERMS[term.code]) if term.code in TERMS else term.name(language)


def _chart(told: Comparison) -> Chart | None:
    """What is known, MFN first; the others in the order of the table."""
    best = told.best.schedules
    totals = [_total(_("Without preference"), told.usual, best=not best)]
    named = [(one.agreement.name(language_now()), one) for one in told.offers if one.known]
    totals += [_total(name, one.row, best=one.row.schedule in best) for name, one in named]
    return totals_chart([one for one in totals if one is not None])


def _total(name: str, row: Any, *, best: bool) -> Total | None:
    others = others_of(row)
    return None if others is None else Total(name, row.duty_vnd, others, best)


@require_safe
@open_page
@open_to_public
def agreements_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The table to keep: `csv` or `xlsx`. 404 for a question that has no answer."""
    form = AgreementsForm(request.GET, today=today())
    if kind not in ("csv", "xlsx") or not (form.is_asked and form.is_valid() and form.names_a_code):
        raise Http404
    told = _compared(form)
    if not told.accepted:
        raise Http404
    name = f"hiep-dinh-{told.asked.hs}-{told.asked.origin}-{told.asked.on.isoformat()}"
    head, rows = _head(), list(_table(told))
    if kind == "csv":
        return file_of(csv_table(head, rows), "text/csv; charset=utf-8", f"{name}.csv")
    return file_of(excel_table(_("Agreements"), head, rows), EXCEL, f"{name}.xlsx")


def _head() -> list[str]:
    head = [_("Agreement"), _("Tariff schedule"), _("Import duty rate (%)"), _("Import duty (VND)")]
    head += [_("Other taxes and fee (VND)"), _("To be paid (VND)"), _("Against MFN (VND)"), _("Goods qualify")]
    return [*head, _("Rule of origin"), _("Proof of origin"), _("Source"), _("Unverified")]


def _table(told: Comparison) -> Iterator[list[Value]]:
    usual = told.usual
    yield [_("Without preference"), usual.schedule, *_figures(usual), "", "", "", "", "" if usual.verified else "x"]
    for one in told.offers:
        shown, rule = _shown(one, told), one.rule
        note = sentence(one.row.faults[0]).text if one.row.faults else ""
        source = legal((rule.source if rule else one.agreement.source).removeprefix("unverified: "))
        sure = one.row.verified and one.agreement.verified and (rule is None or rule.verified)
        yield [
            *(shown.name, one.row.schedule, *_figures(one.row)),
            *(str(shown.answer), note or shown.rule, ", ".join(form for form, _s, _v in shown.forms)),
            *(source, "" if sure else "x"),
        ]


def _figures(row: Any) -> list[Value]:
    rate = None if row.rate is None or row.unknown else row.rate * 100
    if row.unknown or row.due_vnd is None:
        return [rate, None, None, None, None]
    saved = None if row.saves_vnd is None else -row.saves_vnd
    return [rate, row.duty_vnd, others_of(row), row.due_vnd, saved]
