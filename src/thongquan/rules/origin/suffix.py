"""The suffix of an export description that names the goods' origin: `#&VN`, `#&<country>`, `#&KXĐ`.

Legal basis: Circular 33/2023/TT-BTC Art. 5, as a press reading gives it; the day and force of the rule are the
parameter `export_origin_suffix` (`warning` or `error`). A decision whose law does not hold the parameter asks for none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Line
from thongquan.rules.law import LawOfDay
from thongquan.rules.text import normalise

PARAMETER = "export_origin_suffix"
MARK, UNKNOWN = "#&", "KXĐ"
_SUFFIX = re.compile(r"#&\s*([^\s#&.;]{1,6})\s*[.;]?\Z")
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_ALIKE = {"KXD": UNKNOWN, UNKNOWN: UNKNOWN}


class Named(NamedTuple):
    """What a description ends with: the suffix as written ('' for none), and the origin it names ('' when unclear)."""

    written: str
    origin: str


def named_origin(description: str) -> Named:
    """The origin a description names: a country (`VN`), `KXĐ` for not determined, or '' when none can be read."""
    found = _SUFFIX.search(normalise(description))
    if found is None:
        return Named("", "")
    said = found[1].upper()
    if _COUNTRY.fullmatch(said):
        return Named(found[1], said)
    return Named(found[1], _ALIKE.get(said, ""))


def suffix_for(origin: str) -> str:
    """What to type for goods of an origin; without one it is not determined."""
    return f"{MARK}{origin.upper() or UNKNOWN}"


def with_suffix(description: str, origin: str) -> str:
    """The description with the suffix of its origin in place of any it had."""
    return f"{without_suffix(description)}{suffix_for(origin)}"


def without_suffix(description: str) -> str:
    """The description alone, as a paper for the other side says it."""
    return _SUFFIX.sub("", normalise(description)).rstrip()


def origin_of_export(line: Line) -> str:
    """The origin an export line stands for: as declared, else as its description names it; '' when not determined."""
    named = named_origin(line.description or "").origin
    return (line.origin or "").upper() or ("" if named == UNKNOWN else named)


def check_suffix(index: int, line: Line, law: LawOfDay, report: list[Fault]) -> None:
    """TQ-ORI-121, TQ-ORI-122, TQ-ORI-123: the description ends with the origin, one that can be read, the declared one.

    Legal basis: Circular 33/2023/TT-BTC Art. 5.
    """
    force = law.parameters.get(PARAMETER)
    if force is None or not line.description:
        return
    written, named = named_origin(line.description)
    declared = (line.origin or "").upper()
    code = None
    if not written:
        code = Code.TQ_ORI_121
    elif not named:
        code = Code.TQ_ORI_122
    elif declared and named not in (declared, UNKNOWN):
        code = Code.TQ_ORI_123
    if code is None:
        return
    wanted = suffix_for(declared) if declared else f"{MARK}VN"
    values = {"suffix": wanted, "written": f"{MARK}{written}" if written else "", "origin": declared}
    report.append(
        Fault(
            code=code,
            path=f"lines[{index}].description",
            line=line.number,
            value=line.description[-40:],
            values=values,
            severity="error" if force.value == "error" else "warning",
        )
    )
