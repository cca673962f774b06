"""Units and values of the law's parameters in the reader's language."""

from __future__ import annotations

from django.utils.translation import pgettext

CONTEXT = "law parameter"
UNITS = (
    "USD FOB, up to this",
    "VND in the window",
    "VND per declaration",
    "VND per person, day and trip",
    "VND, customs value up to this",
    "VND, duties up to this",
    "VND, not paid below this",
    "VND, tax below this",
    "VND, tax up to this",
    "VND, value below this",
    "VND, value up to this",
    "all or import_duty",
    "amendments",
    "bank",
    "bills, exceptions in Annex II",
    "cargo classes and exemption codes",
    "characters",
    "containers",
    "country code",
    "day of the following month",
    "days",
    "days from collection",
    "days from filing",
    "days from registration",
    "days from registration (one year)",
    "days from registration (two years)",
    "days from the answer",
    "days from the conclusion",
    "days without such acts",
    "decided acts at most",
    "decimals kept",
    "declarations in the window",
    "doors: api, excel, wco, form; or none",
    "flows of channels 2 and 3",
    "fraction",
    "fraction of certificates used",
    "fraction of declarations",
    "fraction per day",
    "hours",
    "kind of rate",
    "kinds of goods",
    "kinds of money, first paid first",
    "last day",
    "lines",
    "lines per declaration",
    "minutes",
    "mode, to the dong",
    "months",
    "of the preceding week",
    "other violations",
    "permits per declaration",
    "persons",
    "regime",
    "regime code",
    "robust deviations",
    "samples",
    "shape",
    "taxes per line",
    "times the MFN rate",
    "trips",
    "warning or error",
    "true or false",
    "unit of the invoice currency",
    "word",
    "words",
    "working days",
    "working hours",
    "working hours from presentation",
    "years",
    "years from registration",
)
VALUES = {
    "all": "all taxes",
    "day after due date to day before payment": "day after due date to day before payment",
    "false": "false",
    "true": "true",
    "half_up": "half up",
    "import export": "import and export",
    "next_working_day": "next working day",
    "none": "none",
    "release or clearance": "release or clearance",
    "sbv_cross": "State Bank cross rate",
    "tax,fee,fine,interest": "tax, fee, fine, interest",
    "thursday": "Thursday",
    "transfer_buying": "transfer buying rate",
}
"""Values that are words, and how they are said."""


def unit_name(unit: str) -> str:
    """A unit in the reader's language; one that is not known as it is."""
    return pgettext(CONTEXT, unit) if unit in UNITS else unit


def value_name(value: str) -> str:
    """A value that is a word in the reader's language; names and codes as they are."""
    return pgettext(CONTEXT, VALUES[value]) if value in VALUES else value
