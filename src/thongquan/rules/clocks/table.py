"""Which events open and close which clock.

Legal basis: Customs Law 54/2014/QH13 Art. 23.2 (checks) and 36 (release); Circular 38/2015/TT-BTC as amended by
39/2018, Art. 20 (amendment) and 32 (preservation).
"""

from __future__ import annotations

from typing import NamedTuple

from thongquan.rules.clocks.values import CUSTOMS, DECLARANT, Side

ENDS = frozenset({"cancel", "expire"})
PASSED = frozenset({"release", "clear", "audit"})
HERE = frozenset({"enter_area", "present_goods", "goods_inspected", "preserve", "preserved_arrival", "exit"})
"""Events which show that the goods are in the supervision area."""
ARRIVED = HERE | PASSED
CERTAIN = frozenset({"expiry_documents", "expiry_not_presented"})
"""Grounds that the events tell for sure. That no event tells of goods does not yet mean that they are not there."""


class Rule(NamedTuple):
    """A clock that events open and close.

    It opens when all of `needs` have happened since it was last closed. A pause stops it as well, but then whatever
    opens it lets it begin anew; with `awaits` only that does. While it runs, `restarts` let it begin again. An approved
    `extend_check` makes it longer by the parameter `lengthened`.
    """

    name: str
    parameter: str
    for_whom: Side
    opens: frozenset[str]
    closes: frozenset[str]
    needs: frozenset[str] = frozenset()
    pauses: frozenset[str] = frozenset()
    awaits: str = ""
    restarts: frozenset[str] = frozenset()
    lengthened: str = ""
    obliges: bool = True


def kinds(*names: str) -> frozenset[str]:
    """Kinds of events."""
    return frozenset(names)


DOCUMENT_CHECK = Rule(
    "document_check",
    "document_check_hours",
    CUSTOMS,
    opens=kinds("file_documents", "amend", "complete", "raise_channel"),
    needs=kinds("file_documents"),
    pauses=kinds("instruct"),
    closes=PASSED | {"documents_checked"},
)
GOODS_CHECK = Rule(
    "goods_check",
    "goods_check_hours",
    CUSTOMS,
    opens=kinds("present_goods", "specialized_result", "raise_channel"),
    needs=kinds("present_goods"),
    restarts=kinds("raise_channel"),
    pauses=kinds("request_specialized"),
    awaits="specialized_result",
    lengthened="goods_check_extension_days",
    closes=PASSED | {"goods_inspected"},
)
RULES = (
    Rule(
        "amendment_answer",
        "amendment_answer_hours",
        CUSTOMS,
        opens=kinds("request_amendment"),
        closes=kinds("amend", "amend_after", "refuse_amendment"),
    ),
    Rule(
        "amendment_on_request",
        "amendment_on_request_days",
        DECLARANT,
        opens=kinds("instruct"),
        closes=PASSED | {"amend", "confirm_correction"},
    ),
    Rule(
        "amendment_after_clearance",
        "amendment_after_clearance_days",
        DECLARANT,
        opens=kinds("clear"),
        closes=kinds("audit"),
        obliges=False,
    ),
    Rule(
        "release_final",
        "release_final_days",
        DECLARANT,
        opens=kinds("release"),
        closes=kinds("clear", "audit"),
    ),
    Rule(
        "preservation_result",
        "preservation_result_days",
        DECLARANT,
        opens=kinds("preserve"),
        closes=PASSED | {"preserved_result"},
    ),
)


def reply_rule(place: str) -> Rule:
    """How soon customs answers a request to preserve goods at the place of an `agency`, else in the `own` store."""
    name = f"preservation_reply_{'agency' if place == 'agency' else 'own'}_hours"
    closes = kinds("preserve", "refuse_preservation")
    return Rule("preservation_reply", name, CUSTOMS, opens=kinds("request_preservation"), closes=closes)


NEEDED = (
    *(rule.parameter for rule in (DOCUMENT_CHECK, GOODS_CHECK, *RULES)),
    "goods_check_extension_days",
    "void_after_days",
    "void_control_flows",
    "preservation_reply_agency_hours",
    "preservation_reply_own_hours",
    "incomplete_declaration_days",
    "guarantee_max_days",
    "deadline_on_day_off",
)
"""Parameters that clocks read; where one is missing, its clock is."""
