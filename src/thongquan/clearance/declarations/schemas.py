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
    since: date | None = None
    until: date | None = None
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)
