"""Files on declarations: who sees them, whose they are, and which papers the law asks for. Registered at start-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from thongquan.base.accounts.permissions import can_lodge, sees_office
from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments.kinds import (
    Kind,
    Need,
    Required,
    register_kinds,
    register_requirements,
    register_usual_kinds,
)
from thongquan.base.attachments.permissions import register_subject_scope
from thongquan.clearance.casework.queries.scopes import adds_to_question, owner_for_question, sees_question
from thongquan.clearance.classification.queries.rulings import may_file_ruling, may_see_ruling
from thongquan.clearance.control.queries.photos import adds_photos, owner_of_photos, sees_photos
from thongquan.clearance.declarations.queries import Stand, document_in_force, may_see_subject, stand_by_subject
from thongquan.clearance.declarations.states import ENDED
from thongquan.clearance.origin.queries import may_file_for, may_see_verification
from thongquan.clearance.tariff.queries import RequiredPaper, required_documents
from thongquan.clearance.tariff.queries.code_lists import code_name, code_values
from thongquan.clearance.valuation.queries.consultations import files_owner, may_see_consultation
from thongquan.rules.document import Document

KINDS = "attachment_kind"
WHOLE = "ALL"
BILLS = frozenset({"BOL", "AWB"})
AIR, WATER_AND_RAIL, ROAD = frozenset({"1"}), frozenset({"2", "3", "5", "6"}), frozenset({"4"})
LICENCES, QUARANTINES, CHECKS = frozenset({"IL", "EL", "TQ"}), frozenset({"PQ", "AQ"}), frozenset({"FS", "QC"})


PAID: dict[str, Need] = {"A": "required", "C": "required", "B": "not_needed"}
"""By the kind of price: paid, mixed, free of charge."""


def stand_seen(actor: Actor, subject: str) -> Stand | None:
    """The declaration when this is the very reference it has for ever and the actor may see it."""
    stand = stand_by_subject(subject)
    return stand if stand and stand.subject == subject and may_see_subject(actor, subject) else None


def sees_files(actor: Actor, subject: str) -> bool:
    """Whoever sees the declaration."""
    return stand_seen(actor, subject) is not None


def changes_files(actor: Actor, subject: str) -> bool:
    """As long as the declaration has not ended: its trader, and customs of its office."""
    stand = stand_seen(actor, subject)
    return stand is not None and stand.state not in ENDED and bool(_owner(actor, stand))


def owner_of_files(actor: Actor, subject: str) -> str:
    """The trader's enterprise for those who lodge for it, the office for its officers; empty for all others."""
    stand = stand_seen(actor, subject)
    return _owner(actor, stand) if stand else ""


def _owner(actor: Actor, stand: Stand) -> str:
    if can_lodge(actor, stand.tax_code):
        return f"enterprise:{stand.tax_code}"
    return f"office:{stand.office}" if sees_office(actor, stand.office) else ""


def page_of(subject: str) -> str:
    """The page of a declaration."""
    return reverse("declarations:file", args=[subject.partition(":")[2]])


def page_of_question(subject: str) -> str:
    """The page of a question."""
    return reverse("casework:thread", args=[subject.partition(":")[2]])


def kinds_of_papers(on: date, language: str) -> Sequence[Kind]:
    """The kinds of papers on a day."""
    return [Kind(one.code, one.name) for one in code_values(KINDS, on, language)]


def papers_of_declaration(actor: Actor, subject: str, on: date, language: str) -> Sequence[Required]:
    """What the law asks for with this declaration, as far as the declaration itself tells."""
    stand = stand_seen(actor, subject)
    if stand is None:
        return ()
    document = document_in_force(stand.number)
    papers = required_documents(stand.regime, stand.flow, on)
    return [_required(paper, document, on, language) for paper in papers]


def _required(paper: RequiredPaper, document: Document, on: date, language: str) -> Required:
    ask = NEEDS.get(paper.condition)
    others = BILLS if paper.kind in BILLS else frozenset({paper.kind})
    return Required(
        kind=paper.kind,
        name=code_name(KINDS, paper.kind, on, language) or paper.kind,
        need=ask(document) if ask else "conditional",
        when=paper.when.get(language.split("-")[0], paper.when.get("en", "")),
        source=paper.article or paper.source,
        verified=paper.verified,
        any_of=(*sorted(others), WHOLE),
    )


def _payment(document: Document) -> Need:
    kind = document.invoice.price_kind if document.invoice else None
    return PAID.get(kind or "", "conditional")


def _carried(modes: frozenset[str]) -> Callable[[Document], Need]:
    def need(document: Document) -> Need:
        known = document.transport_mode in AIR | WATER_AND_RAIL | ROAD
        return "required" if document.transport_mode in modes else "not_needed" if known else "conditional"

    return need


def _permitted(kinds: frozenset[str]) -> Callable[[Document], Need]:
    def need(document: Document) -> Need:
        return "required" if any(permit.kind in kinds for permit in document.permits) else "conditional"

    return need


def _preference(document: Document) -> Need:
    return "required" if any(line.certificate is not None for line in document.lines) else "conditional"


NEEDS: dict[str, Callable[[Document], Need]] = {
    "payment": _payment,
    "sea_rail": _carried(WATER_AND_RAIL),
    "air": _carried(AIR),
    "licence": _permitted(LICENCES),
    "quarantine": _permitted(QUARANTINES),
    "specialized": _permitted(CHECKS),
    "preference": _preference,
}
"""What a declaration says of a condition; of every other only people know."""


def files_panel(actor: Actor, stand: Stand) -> dict[str, Any]:
    """The panel of files on the page of a declaration."""
    return {"subject": stand.subject}


def page_of_verification(subject: str) -> str:
    """The page of a verification of origin."""
    return reverse("origin:verification", args=[subject.partition(":")[2]])


def page_of_ruling(subject: str) -> str:
    """The page of an application for an advance ruling."""
    return reverse("classification:ruling", args=[subject.partition(":")[2]])


def page_of_consultation(subject: str) -> str:
    """The page of a consultation on a customs value."""
    return reverse("valuation:case", args=[subject.partition(":")[2]])


def register() -> None:
    """Tell the room of files what this house knows of them."""
    register_kinds(kinds_of_papers)
    register_subject_scope("declaration", sees_files, changes=changes_files, owner=owner_of_files, address=page_of)
    register_subject_scope("inspection", sees_photos, changes=adds_photos, owner=owner_of_photos)
    register_usual_kinds("inspection", ("PHO", "ACT", "RES", "ETC"))
    register_subject_scope(
        "question",
        sees_question,
        changes=adds_to_question,
        owner=owner_for_question,
        address=page_of_question,
        shared=True,
    )
    register_subject_scope(
        "verification",
        may_see_verification,
        changes=lambda actor, subject: bool(may_file_for(actor, subject)),
        owner=may_file_for,
        address=page_of_verification,
    )
    register_subject_scope(
        "ruling",
        may_see_ruling,
        changes=lambda actor, subject: bool(may_file_ruling(actor, subject)),
        owner=may_file_ruling,
        address=page_of_ruling,
    )
    register_subject_scope(
        "consultation",
        may_see_consultation,
        changes=lambda actor, subject: bool(files_owner(actor, subject)),
        owner=files_owner,
        address=page_of_consultation,
    )
    register_requirements("declaration", papers_of_declaration)
