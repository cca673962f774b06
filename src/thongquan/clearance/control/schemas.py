"""Bodies of the API and of the pages' forms: plain structs, read strictly."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec


class PointBody(msgspec.Struct, frozen=True, kw_only=True):
    """What one point of a document check came to."""

    code: str
    outcome: str
    found: str = ""
    note: str = ""
    line: int | None = None


class NoteBody(msgspec.Struct, frozen=True, kw_only=True):
    """Words beside a conclusion."""

    note: str = ""


class PlaceBody(msgspec.Struct, frozen=True, kw_only=True):
    """Where the goods stood, and the words of the act."""

    place: str = ""
    note: str = ""


class LineBody(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted and weighed of a line; kilograms."""

    line: int
    agrees: bool
    quantity: Decimal | None = None
    unit: str = ""
    packages: int | None = None
    net_weight_kg: Decimal | None = None
    gross_weight_kg: Decimal | None = None
    note: str = ""


class FindingBody(msgspec.Struct, frozen=True, kw_only=True):
    """A coded finding on a line."""

    kind: str
    line: int
    found: str
    unit: str = ""
    note: str = ""


class KeptEntryBody(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed of an act on a device: one of `place`, `line` and `finding`.

    `key` is the device's own and makes sure it is written once; `version` and `seen` tell what the officer had before
    them (the version of the declaration, the mark of what the act said there).
    """

    key: str
    version: int
    typed_at: datetime
    seen: str = ""
    place: PlaceBody | None = None
    line: LineBody | None = None
    finding: FindingBody | None = None


class KeptBody(msgspec.Struct, frozen=True, kw_only=True):
    """Entries of one inspection in the order they were typed."""

    act: int
    entries: tuple[KeptEntryBody, ...]


class RemovalBody(msgspec.Struct, frozen=True, kw_only=True):
    """A finding to take back."""

    finding: int


class SamplesBody(msgspec.Struct, frozen=True, kw_only=True):
    """Samples of a line under seals."""

    line: int
    seals: tuple[str, ...]
    laboratory: str
    question: str = ""
    is_complex: bool = False


class SampleResultBody(msgspec.Struct, frozen=True, kw_only=True):
    """The laboratory's result."""

    sample: int
    result: str
    found: str = ""
    paper: str = ""


class SignatureBody(msgspec.Struct, frozen=True, kw_only=True):
    """The digest of the act as read."""

    digest: str


class ReassignmentBody(msgspec.Struct, frozen=True, kw_only=True):
    """Who is replaced (`user:12`) and why."""

    officer: str
    reason: str


class SpecializedBody(msgspec.Struct, frozen=True, kw_only=True):
    """A specialized inspection asked of another agency; no lines means all."""

    kind: str
    agency: str
    code: str = ""
    lines: tuple[int, ...] = ()


class SpecializedResultBody(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a specialized inspection."""

    kind: str
    result: str
    code: str = ""
    paper: str = ""
    note: str = ""


class TurnBody(msgspec.Struct, frozen=True, kw_only=True):
    """A turn of duty."""

    office: str
    officer: str
    starts_at: datetime
    ends_at: datetime


class ReleaseBody(msgspec.Struct, frozen=True, kw_only=True):
    """A release while the final tax is open: what is open (`code`, `value`, `other`) and why."""

    question: str
    reason: str


class ClearBody(msgspec.Struct, frozen=True, kw_only=True):
    """A clearance; `result` answers what was open when the goods were released."""

    result: str = ""


class ChannelBody(msgspec.Struct, frozen=True, kw_only=True):
    """Another channel and the reason for it."""

    channel: int
    reason: str


class ReasonBody(msgspec.Struct, frozen=True, kw_only=True):
    """A reason alone."""

    reason: str


class SlipBody(msgspec.Struct, frozen=True, kw_only=True):
    """An exit slip for a vehicle; without a gate the declared or only one of the office is taken."""

    plate: str
    gate: str = ""


class ExitBody(msgspec.Struct, frozen=True, kw_only=True):
    """A slip shown at a gate; `attempt` is the same for one request sent twice."""

    code: str
    plate: str
    gate: str
    attempt: str = ""


class UseBody(msgspec.Struct, frozen=True, kw_only=True):
    """A slip that passed while the gate had no network; `shown_at` with its offset."""

    code: str
    plate: str
    gate: str
    shown_at: datetime


class UsesBody(msgspec.Struct, frozen=True, kw_only=True):
    """Uses of a gate without network, at most 500 at a time."""

    uses: tuple[UseBody, ...]
