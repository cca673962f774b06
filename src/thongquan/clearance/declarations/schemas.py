"""Query parameters of the API."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class ListParameters(Schema):
    """How a list is narrowed and paged."""

    text: str = Field("", max_length=200)
    channel: int | None = Field(None, ge=1, le=3)
    flow: str = Field("", pattern="^(import|export)?$")
    regime: str = Field("", max_length=3)
    office: str = Field("", max_length=6)
    enterprise: str = Field("", max_length=14, description="Tax code of the trader")
    since: date | None = None
    until: date | None = None
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


class LodgeParameters(Schema):
    """How a document is lodged."""

    split: bool = Field(False, description="Split it over linked declarations when it has too many lines")


class AmendParameters(Schema):
    """How a change is sent."""

    reason: str = Field("", max_length=2000, description="Why it is changed")
    version: int | None = Field(
        None, ge=0, le=9, description="The version it was written on; refused when not the last"
    )


class VersionsParameters(Schema):
    """Which two versions are compared; the last two unless told."""

    before: int | None = Field(None, ge=0, le=9)
    after: int | None = Field(None, ge=0, le=9)


class TemplateParameters(Schema):
    """How the list of templates is narrowed."""

    enterprise: str = Field("", max_length=14, description="Tax code of the trader")


class LateParameters(Schema):
    """Which awaited proofs of origin are listed."""

    show: str = Field("", pattern="^(soon|overdue|filed|ended)?$")
    page: int = Field(1, ge=1, le=9_999)


class StartParameters(Schema):
    """What is kept of a template."""

    quantities: bool = Field(True, description="Keep quantities and weights")
    prices: bool = Field(True, description="Keep prices and values")
