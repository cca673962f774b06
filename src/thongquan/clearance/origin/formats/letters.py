"""Letters to issuing authorities as official papers, in the language each is written in.

Form: Decree 30/2020/NĐ-CP, Annex I (agency, number, subject, place and day, addressee, body, recipients, signature). A
letter in another language than Vietnamese keeps the form; its words come from the catalogues.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from thongquan.base.accounts.queries import name_of, office_and_region
from thongquan.base.core.papers import pdf
from thongquan.clearance.origin.queries.verification_values import LetterContent
from thongquan.clearance.origin.verification_labels import LETTERS, doubt_words
from thongquan.clearance.tariff.queries.origins import agreements_on

TEMPLATE = Path(__file__).parent / "letter.typ"


def letter_pdf(content: LetterContent, language: str) -> bytes:
    """A letter as PDF; one that nobody signed says so."""
    with override(language):
        return pdf(TEMPLATE, letter_data(content, language))


def letter_data(content: LetterContent, language: str) -> dict[str, Any]:
    """What the paper says, in the active language, which `language` names."""
    office, region = office_and_region(content.office)
    numbers = {"number": content.number}
    return {
        "language": language.split("-")[0],
        "nation": _("SOCIALIST REPUBLIC OF VIET NAM"),
        "motto": _("Independence - Freedom - Happiness"),
        "parent": region,
        "agency": office,
        "number": _("No.: %(number)s") % numbers,
        "on": content.on,
        "day": _day(content),
        "about": f"{pgettext('letter', 'Subject')}: {LETTERS[content.kind]}",
        "to": f"{pgettext('letter', 'To')}: {content.addressee}",
        "paragraphs": _paragraphs(content, language),
        "heads": [_("No."), _("Certificate"), _("Form"), _("Date of issue")],
        "rows": [
            [str(place), number, form, formats.date_format(on, "SHORT_DATE_FORMAT") if on else "–"]
            for place, (number, form, on) in enumerate(content.certificates, 1)
        ],
        "reasons_title": _("Reasons for the request:"),
        "reasons": [doubt_words(one, content.on, language) for one in content.doubts]
        or [_("The certificates were drawn at random; nothing in particular is held against them.")],
        "after": _after(content),
        "draft": "" if content.signed_by else _("DRAFT, NOT SIGNED"),
        "signer": name_of(content.signed_by) if content.signed_by else "",
        "capacity": _("For the head of the office"),
        "recipients_title": _("Recipients:"),
        "recipients": [content.addressee, office],
    }


def _day(content: LetterContent) -> str:
    return formats.date_format(content.on, "DATE_FORMAT")


def _agreement(content: LetterContent, language: str) -> str:
    """The agreement by its name of the day."""
    known = {one.code: one.name(language) for one in agreements_on(content.on)}
    return known.get(content.agreement, content.agreement)


def _paragraphs(content: LetterContent, language: str) -> list[str]:
    values = {"agreement": _agreement(content, language), "exporter": content.exporter or "–"}
    asks = {
        "request": _(
            "We ask you to verify whether the certificates of origin below, issued under %(agreement)s for goods of "
            "%(exporter)s, are genuine and whether the goods in them meet the criteria of origin stated."
        ),
        "reminder": _(
            "We have not yet received your answer to our request to verify the certificates of origin below, issued "
            "under %(agreement)s for goods of %(exporter)s, and ask you for it once more."
        ),
        "visit": _(
            "To verify the certificates of origin below, issued under %(agreement)s, we propose a visit to the place "
            "of production of %(exporter)s and ask for your consent."
        ),
    }
    return [asks[content.kind] % values, *([content.words] if content.words else [])]


def _after(content: LetterContent) -> list[str]:
    values = {
        "day": formats.date_format(content.answer_by, "DATE_FORMAT"),
        "contact": content.contact,
    }
    asked = _("Please answer by %(day)s.")
    if content.doubts:
        asked = _("Please answer by %(day)s. Until then the goods are not given the preferential rate.")
    return [
        asked % values,
        _("Legal basis: Circular 33/2023/TT-BTC, Art. 19 and 20, and the rules of origin of the agreement."),
        _("Contact: %(contact)s.") % values,
    ]
