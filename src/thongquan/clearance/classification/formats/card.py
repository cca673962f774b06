"""The evidence card of a finding as a paper to print."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import names_of
from thongquan.base.web.templatetags.tq import number, rate
from thongquan.clearance.classification import evidence, labels
from thongquan.clearance.classification.formats.report import Section, report_pdf
from thongquan.clearance.classification.queries.duties import TaxUnder
from thongquan.clearance.classification.queries.findings import FindingFile, Side
from thongquan.clearance.classification.queries.precedents import PrecedentShown
from thongquan.clearance.tariff.queries.goods import Goods

NONE = "–"


def card_pdf(kept: FindingFile, precedents: list[PrecedentShown]) -> bytes:
    """Both lines, where the codes part, what hangs on it, how often each was declared, and what officers said."""
    row, language = kept.row, get_language() or "vi"
    one, other = row.line, row.other
    said = evidence.certificate_told(kept.certificate) if kept.certificate else None
    return report_pdf(
        title=_("%(one)s or %(other)s?") % {"one": one.code, "other": other.code},
        on=timezone.localdate(row.found_at),
        facts=[
            (_("Outcome"), str(labels.OUTCOMES[row.outcome])),
            (_("Likeness"), labels.likeness_words(row.likeness)),
            (_("Office"), row.office),
        ],
        sections=[
            _lines(one, other),
            Section(title=_("How sure this is"), text=labels.measured_words(kept.measured)),
            Section(title=_("What decides"), text="\n".join(evidence.questions_of(one.code, other.code, language))),
            _tree(kept, language),
            _money(kept),
            _conditions(kept),
            _history(kept),
            Section(title=_("What the certificate of origin says"), text=f"{said.text} {said.remedy}" if said else ""),
            _ruled(precedents),
            _story(kept),
        ],
    )


def _lines(one: Side, other: Side) -> Section:
    def told(name: str, own: object, theirs: object) -> tuple[str, str, str]:
        return (name, str(own or NONE), str(theirs or NONE))

    return Section(
        title=_("Both lines"),
        heads=("", _("This line"), _("The other line")),
        rows=[
            told(_("Code"), one.code, other.code),
            told(_("Goods"), one.description, other.description),
            told(_("Declaration"), f"{one.declaration} / {one.line}", f"{other.declaration} / {other.line}"),
            told(pgettext("two codes", "Declared on"), _day(one), _day(other)),
            told(_("Importer"), _party(one), _party(other)),
            told(_("Supplier"), one.supplier, other.supplier),
            told(_("Origin"), one.origin, other.origin),
            told(f"{_('Value')} (VND)", number(one.value_vnd), number(other.value_vnd)),
        ],
        widths=(0, 1, 1),
    )


def _day(side: Side) -> str:
    return f"{date_format(side.on, 'SHORT_DATE_FORMAT')} · {side.office}"


def _party(side: Side) -> str:
    return f"{side.importer_name} {side.importer}".strip()


def _tree(kept: FindingFile, language: str) -> Section:
    def told(level: Goods | None) -> str:
        return f"{level.dotted} {level.name}" if level else NONE

    tree = evidence.tree_of(kept.row.line.code, kept.row.other.code, kept.row.line.on, language)
    return Section(
        title=_("Where the codes part"),
        heads=(_("This line"), _("The other line")),
        rows=[(told(level.one), told(level.other)) for level in tree if level.below],
        widths=(1, 1),
    )


def _money(kept: FindingFile) -> Section:
    def told(one: TaxUnder | None) -> tuple[str, str]:
        if one is None:
            return NONE, NONE
        return (NONE if one.rate is None else rate(one.rate)), number(one.amount_vnd)

    total = [owed.total_vnd for owed in kept.owed]
    rows = [
        (tax.name, *told(tax.one), *told(tax.other), number(tax.difference_vnd))
        for tax in evidence.taxes_beside(kept.owed)
    ]
    rows.append((_("Total"), "", number(total[0]), "", number(total[1]), number(Decimal(total[1] - total[0]))))
    known = all(owed.known for owed in kept.owed)
    return Section(
        title=_("What hangs on it"),
        text="" if known else _("A rate is missing or open to choice: the total says less than the law."),
        heads=(_("Tax"), kept.row.line.code, "VND", kept.row.other.code, "VND", _("Difference")),
        rows=rows,
        widths=(2, 0, 0, 0, 0, 0),
        right=(1, 2, 3, 4, 5),
    )


def _conditions(kept: FindingFile) -> Section:
    rows = [(own or NONE, theirs or NONE) for own, theirs in evidence.conditions_beside(kept.owed)]
    return Section(
        title=_("Asked for under one code only"),
        heads=(kept.row.line.code, kept.row.other.code),
        rows=rows,
        widths=(1, 1),
    )


def _history(kept: FindingFile) -> Section:
    return Section(
        title=_("How these goods were declared"),
        heads=(_("Code"), _("At this office"), _("By this importer"), _("By others")),
        rows=[(one.code, number(one.here), number(one.importer), number(one.others)) for one in kept.history],
        widths=(1, 1, 1, 1),
        right=(1, 2, 3),
    )


def _ruled(precedents: list[PrecedentShown]) -> Section:
    return Section(
        title=_("What customs ruled"),
        heads=(_("Number"), _("Code"), _("Goods")),
        rows=[(one.number, one.hs, one.description[:300]) for one in precedents],
        widths=(0, 0, 1),
    )


def _story(kept: FindingFile) -> Section:
    names = names_of({said.by for said in kept.said})
    rows = [
        (
            date_format(timezone.localtime(said.at), "SHORT_DATETIME_FORMAT"),
            str(labels.OUTCOMES[said.outcome]) + (f" ({_('Taken back')})" if said.taken_back_at else ""),
            said.words,
            names.get(said.by, ""),
        )
        for said in kept.said
    ]
    return Section(
        title=_("Story"), heads=(_("When"), _("Outcome"), _("Why"), _("Who")), rows=rows, widths=(0, 1, 2, 0)
    )
