"""The act of an inspection as it stands: its officers, what was measured and found, signatures, and its digest."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal

import msgspec

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.attachments.queries import files_of
from thongquan.clearance.control.models import Finding, InspectedLine, Inspection, Sample
from thongquan.clearance.control.permissions import check_may_read
from thongquan.clearance.control.queries.due import due_of
from thongquan.clearance.declarations.queries import Stand, document_in_force, stand_of
from thongquan.rules.controls import Checks
from thongquan.rules.document import Line

KINDS = ("quantity", "weight", "origin", "value", "code", "prohibited", "ipr")
"""Kinds of findings that officers note; `none` is written for a line where nothing was found."""
NONE = "none"


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted and weighed of a line; kilograms."""

    line: int
    agrees: bool
    quantity: Decimal | None = None
    unit: str = ""
    packages: int | None = None
    net_weight_kg: Decimal | None = None
    gross_weight_kg: Decimal | None = None
    note: str = ""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A coded finding: what was declared and, apart from it, what was found."""

    id: int
    kind: str
    line: int | None = None
    declared: str = ""
    found: str = ""
    unit: str = ""
    note: str = ""
    at: datetime | None = None
    by: str = ""


class SampleSet(msgspec.Struct, frozen=True, kw_only=True):
    """Samples of a line sent for analysis, and their result."""

    id: int
    line: int
    seals: list[str]
    question: str
    laboratory: str
    is_complex: bool
    taken_at: datetime
    kept_until: date
    due_on: date
    result: str
    found: str
    paper: str
    result_at: datetime | None


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of the inspection, when they signed, and by whom and why they were replaced."""

    officer: str
    name: str
    since: datetime
    until: datetime | None
    reason: str
    signed_at: datetime | None


class ActFile(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection as its officers see it. `digest` stands for all that the act says; it is what is signed."""

    id: int
    version: int
    office: str
    drawn_on: date
    assigned_at: datetime
    first: bool
    place: str
    note: str
    outcome: str
    concluded_at: datetime | None
    officers: list[Officer]
    lines: list[Measured]
    findings: list[Found]
    samples: list[SampleSet]
    digest: str

    @property
    def is_open(self) -> bool:
        """Whether the act can be filled in and signed."""
        return self.concluded_at is None

    @property
    def assigned(self) -> list[Officer]:
        """The two officers it is assigned to now."""
        return [one for one in self.officers if one.until is None]

    def measured(self, line: int) -> Measured | None:
        """What was measured of a line."""
        return next((one for one in self.lines if one.line == line), None)


class InspectionFile(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration with its latest inspection, if there is one, and the declared lines to compare with."""

    stand: Stand
    due: Checks
    lines: tuple[Line, ...]
    act: ActFile | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the declaration was amended after the act was last saved."""
        return self.act is not None and self.act.is_open and self.act.version != self.stand.version


def inspection_file(*, actor: Actor, number: str) -> InspectionFile:
    """The latest inspection of a declaration. Raises `NotFound` out of scope, `NotAllowed` for traders."""
    stand = stand_of(actor=actor, number=number)
    check_may_read(actor, stand)
    latest = Inspection.objects.filter(declaration_id=stand.key).order_by("-id").first()
    return InspectionFile(
        stand=stand,
        due=due_of(stand),
        lines=document_in_force(stand.number).lines,
        act=act_from(latest) if latest else None,
    )


def act_from(row: Inspection) -> ActFile:
    """Everything an inspection says."""
    lines = [_measured(one) for one in row.lines.order_by("line")]
    findings = [found_from(one) for one in row.findings.exclude(kind=NONE).order_by("id")]
    samples = [sample_from(one) for one in row.samples.order_by("id")]
    digest = digest_of(row, lines, findings, samples)
    return ActFile(
        id=row.id,
        version=row.version,
        office=row.office,
        drawn_on=row.drawn_on,
        assigned_at=row.assigned_at,
        first=row.first,
        place=row.place,
        note=row.note,
        outcome=row.outcome,
        concluded_at=row.concluded_at,
        officers=_officers(row, digest),
        lines=lines,
        findings=findings,
        samples=samples,
        digest=digest,
    )


def digest_of(row: Inspection, lines: list[Measured], findings: list[Found], samples: list[SampleSet]) -> str:
    """SHA-256 of what the act says, its pictures among it: the same content gives the same digest."""
    taken = [(one.line, one.seals, one.question, one.laboratory, one.is_complex, one.kept_until) for one in samples]
    pictures = sorted(one.file.sha256 for one in files_of(photos_of(row.id)))
    content = (row.id, row.version, row.place, row.note, lines, findings, taken, pictures)
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def mark_of_line(measured: Measured | None) -> str:
    """A mark of what the act says of a line, to tell whether it says something else later; empty for nothing."""
    return _mark(measured) if measured else ""


def mark_of_place(place: str, note: str) -> str:
    """The same of the place and words of an act."""
    return _mark([place, note]) if place or note else ""


def _mark(said: object) -> str:
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]


def photos_of(inspection_id: int) -> str:
    """The subject under which an inspection's pictures are kept: originals sealed, shown without place and device."""
    return f"inspection:{inspection_id}"


def _measured(row: InspectedLine) -> Measured:
    return Measured(
        line=row.line,
        agrees=row.agrees,
        quantity=_plain(row.quantity),
        unit=row.unit,
        packages=row.packages,
        net_weight_kg=_plain(row.net_weight_kg),
        gross_weight_kg=_plain(row.gross_weight_kg),
        note=row.note,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Without zeros at the end that say nothing."""
    return Decimal(f"{value.normalize():f}") if value is not None else None


def found_from(row: Finding) -> Found:
    """A finding as a value."""
    return Found(
        id=row.id,
        kind=row.kind,
        line=row.line,
        declared=row.declared,
        found=row.found,
        unit=row.unit,
        note=row.note,
        at=row.at,
        by=row.by,
    )


def sample_from(row: Sample) -> SampleSet:
    """A set of samples as a value."""
    names = [field.name for field in msgspec.structs.fields(SampleSet)]
    return SampleSet(**{name: getattr(row, name) for name in names})


def _officers(row: Inspection, digest: str) -> list[Officer]:
    """Who it was assigned to; a signature counts only under what the act says now."""
    assignments = list(row.assignments.order_by("id"))
    signed = dict(row.signatures.filter(void_at__isnull=True, digest=digest).values_list("officer", "at"))
    names = names_of({one.officer for one in assignments})
    return [
        Officer(
            officer=one.officer,
            name=names.get(one.officer, one.officer),
            since=one.since,
            until=one.until,
            reason=one.reason,
            signed_at=signed.get(one.officer) if one.until is None else None,
        )
        for one in assignments
    ]


def act_under_way(key: int) -> bool:
    """Whether an inspection of the declaration is open."""
    return Inspection.objects.filter(declaration_id=key, concluded_at__isnull=True).exists()


def goods_outcome(key: int) -> str:
    """Outcome of the last inspection, `agrees` or `differs`; empty when none was concluded."""
    rows = Inspection.objects.filter(declaration_id=key, concluded_at__isnull=False)
    return rows.order_by("-id").values_list("outcome", flat=True).first() or ""


def findings_of(key: int) -> list[Found]:
    """Every finding of every check of a declaration, in order; lines where nothing was found are left out."""
    rows = Finding.objects.filter(declaration_id=key).exclude(kind=NONE).order_by("id")
    return [found_from(one) for one in rows]
