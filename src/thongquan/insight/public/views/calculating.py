"""The calculator of duties: a question in the address, an answer that anybody may check figure by figure."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec.structs import replace

from thongquan.base.accounts.throttle import open_to_public
from thongquan.base.web.guard import open_page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.declarations.labels import TAXES
from thongquan.clearance.declarations.views.reckoning import Reckoning, reckoning_of, table_of
from thongquan.clearance.tariff.queries import goods
from thongquan.clearance.tariff.wording import option_text
from thongquan.insight.public.formats.duties import duties_pdf
from thongquan.insight.public.forms import CalculatorForm
from thongquan.insight.public.queries.duties import Assumed, Outcome, reckon, side_by_side
from thongquan.insight.public.reader import language_now, today
from thongquan.insight.public.views.sharing import SHORTEST, csv_of, file_of, goods_named, kept_a_while, problems_of
from thongquan.rules.law import Cell

TEMPLATE = "public/calculator.html"
SUGGESTED = 12
QUOTA = "in_quota"


@require_safe
@open_page
@open_to_public
def calculator(request: HttpRequest) -> HttpResponse:
    """The form and, once goods are named, what they would cost."""
    form = CalculatorForm(request.GET, today=today())
    if not form.is_asked:
        return kept_a_while(render(request, TEMPLATE, {"form": form}))
    if not form.is_valid():
        return render(request, TEMPLATE, {"form": form}, status=422)
    if not form.names_a_code:
        return kept_a_while(render(request, TEMPLATE, {"form": form, "words": True, "found": _found(form)}))
    return _answered(request, form)


def _found(form: CalculatorForm) -> list[goods.Goods]:
    return goods_named(form.cleaned_data["hs"], form.cleaned_data["on"])


def _answered(request: HttpRequest, form: CalculatorForm) -> HttpResponse:
    found = reckon(form.asked())
    context: dict[str, Any] = {
        "form": form,
        "outcome": found,
        "goods": goods.goods_of(found.asked.hs, found.asked.on, language_now()),
        "law_on": found.asked.on,
        "language": language_now(),
        "file": {"law_version": found.decision.law_version},
        "query": _without(request, "schedule"),
        "address": _address(request),
        "whole_query": request.GET.urlencode(),
    }
    if not found.accepted:
        context["problems"] = problems_of(fault for fault in found.faults if fault.severity == "error")
        return render(request, TEMPLATE, context, status=422)
    context |= {
        "reckoning": _reckoning(found, context["goods"]),
        "warnings": _warnings(found),
        "assumed": [_choice(one, found) for one in found.assumed],
        "rows": side_by_side(found.asked, language_now()),
    }
    return kept_a_while(render(request, TEMPLATE, context))


def _choice(one: Assumed, found: Outcome) -> dict[str, Any]:
    """A choice that the law leaves open, each answer with the address that takes it."""
    if one.tax == QUOTA:
        words: dict[str, Any] = {"yes": _("yes"), "no": _("no")}
        label: Promise | str = _("Within the tariff quota")
        field = QUOTA
    else:
        words = {option.key: option_text(option) for cell in _cells(found, one.tax) for option in cell.options}
        label = TAXES.get(one.tax, one.tax)
        field = f"rate_{one.tax}"
    options = [{"key": key, "label": words.get(key, key), "taken": key == one.taken} for key in one.options]
    return {"label": label, "field": field, "options": options}


def _cells(found: Outcome, tax: str) -> list[Cell]:
    return [cell for cell in found.facts.law.lines[0].cells if cell.tax == tax]


def _warnings(found: Outcome) -> list[Problem]:
    """What is uncertain, without what the declaration around the goods was given by us."""
    return problems_of(
        fault for fault in found.decision.faults if fault.path.startswith(("lines", "freight", "insurance"))
    )


def _without(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    return query.urlencode()


def _reckoning(found: Outcome, named: goods.Goods | None) -> Reckoning:
    """The duties with their steps; the line bears the name of the goods."""
    line = replace(found.document.lines[0], description=named.name if named else "")
    return reckoning_of(replace(found.document, lines=(line,)), found.decision, found.derivation)


def _address(request: HttpRequest) -> str:
    """Where the same question is answered as a page."""
    return request.build_absolute_uri(f"{reverse('public:calculator')}?{request.GET.urlencode()}")


@require_safe
@open_page
@open_to_public
def suggestions(request: HttpRequest) -> HttpResponse:
    """Codes that fit what was typed, as options of a list; a part of the page for htmx."""
    text = request.GET.get("hs", "").strip()[:80]
    found = goods.search(text, today(), language_now()) if len(text) >= SHORTEST else []
    rows = [one for one in found if one.is_line][:SUGGESTED]
    return kept_a_while(render(request, "public/_codes.html", {"rows": rows}))


@require_safe
@open_page
@open_to_public
def calculator_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The answer to keep: `csv` or `pdf`. 404 for a question that has no answer."""
    form = CalculatorForm(request.GET, today=today())
    if not (form.is_asked and form.is_valid() and form.names_a_code):
        raise Http404
    found = reckon(form.asked())
    if not found.accepted or kind not in ("csv", "pdf"):
        raise Http404
    named = goods.goods_of(found.asked.hs, found.asked.on, language_now())
    name = f"thue-{found.asked.hs}-{found.asked.on.isoformat()}"
    if kind == "pdf":
        return file_of(duties_pdf(found, named, address=_address(request)), "application/pdf", f"{name}.pdf")
    head = [_("Line"), _("Goods code (HS)"), _("Description of the goods"), _("Customs value (VND)"), _("Tax")]
    head += [_("Base (VND)"), _("Rate (%)"), _("Amount per unit (VND)"), _("Amount (VND)"), _("Treatment")]
    head += [_("Tariff schedule"), _("Source"), _("Valid from"), _("Unverified")]
    return csv_of(name, head, table_of(_reckoning(found, named)))
