"""Bodies of the API, read strictly."""

from __future__ import annotations

from datetime import date

import msgspec

from thongquan.clearance.residents.shapes import FormGiven, PersonGiven


class PrepareBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form filled in without an account."""

    person: PersonGiven
    form: FormGiven


class RegisterBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form to register at an office; `code` takes over a prepared one, `attempt` makes sending twice safe."""

    office: str
    person: PersonGiven
    form: FormGiven
    code: str = ""
    attempt: str = ""


class FormStepBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a step where it asks for them; `agrees` is the outcome of an inspection."""

    words: str = ""
    agrees: bool = True


class OpenBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A collection list to open."""

    tax_code: str
    office: str
    collected_on: date


class CodesBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Codes or numbers of forms that residents handed over."""

    codes: tuple[str, ...]


class ArrivalBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A vehicle that came in."""

    office: str
    plate: str
    purpose: str
    driver: str = ""
