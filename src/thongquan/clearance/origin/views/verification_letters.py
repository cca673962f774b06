"""Letters of a verification: as PDF in each language, and the signatures they went out with."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import actor_of_request, names_of
from thongquan.base.core.clock import now
from thongquan.base.signatures.signings import Signing
from thongquan.base.web.guard import page
from thongquan.clearance.origin.entry_labels import REVOCATIONS, SIGNINGS
from thongquan.clearance.origin.formats.letters import letter_pdf
from thongquan.clearance.origin.queries import case_number
from thongquan.clearance.origin.queries.verification_files import letter_for, letter_paper, signed_letter
from thongquan.clearance.origin.verification_labels import LANGUAGES, LETTERS


@page
@never_cache
@require_GET
def letter(request: HttpRequest, verification_id: int, paper_id: int, language: str) -> HttpResponse:
    """A letter as PDF in one of its languages: signed as it went out, unsigned marked as a draft."""
    actor = actor_of_request(request, now())
    content = letter_for(actor=actor, verification=verification_id, letter=paper_id, language=language)
    kept = letter_paper(actor=actor, verification=verification_id, letter=paper_id, language=language)
    response = HttpResponse(kept or letter_pdf(content, language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{content.kind}-{paper_id}-{language}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@page
@never_cache
@require_GET
def signatures(request: HttpRequest, verification_id: int, paper_id: int) -> HttpResponse:
    """Who signed a letter, when, and whether its papers are whole and their signatures trusted now."""
    actor, at = actor_of_request(request, now()), now()
    kept = signed_letter(actor=actor, verification=verification_id, letter=paper_id, at=at)
    context = {
        "case_id": verification_id,
        "number": case_number(verification_id),
        "letter": kept.letter,
        "kind": LETTERS[kept.letter.kind],
        "signer": names_of({kept.letter.signed_by}).get(kept.letter.signed_by, ""),
        "papers": [(key, LANGUAGES[key], [_told(one) for one in found]) for key, found in kept.papers],
    }
    return render(request, "origin/verification_signatures.html", context)


def _told(one: Signing) -> tuple[Signing, Promise, Promise | str, datetime | None]:
    """A signature in words, what it was held against, and when it was made."""
    at = datetime.fromisoformat(one.at) if one.at else None
    return one, SIGNINGS[one.state], REVOCATIONS.get(one.revocations, ""), at
