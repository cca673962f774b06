"""Where a declaration stands, in one line of plain words: who acts next and what that is, or what may be done now.

Legal basis: that of the clocks (`rules.clocks`), from which it is derived for whom a declaration waits.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongquan.clearance.declarations.states import State
from thongquan.rules.clocks import CUSTOMS


class Standing(Protocol):
    """What the line is made of: a row of a list, or a declaration as it stands."""

    @property
    def state(self) -> str:
        """As `states.State`."""

    @property
    def flow(self) -> str:
        """Import or export."""

    @property
    def waiting_for(self) -> str:
        """Customs, declarant, or empty where nobody has to act."""

    @property
    def due_clock(self) -> str:
        """The clock that obliges, empty where none does."""


ACTS: dict[str, Promise] = {
    "amendment_on_request": gettext_lazy("correct what customs asked for"),
    "release_final": gettext_lazy("settle the final duties"),
    "incomplete_declaration": gettext_lazy("complete the declaration"),
    "guarantee": gettext_lazy("pay before the guarantee ends"),
    "preservation_result": gettext_lazy("bring the result for the preserved goods"),
    "proof_announced": gettext_lazy("file the proof of origin"),
    "proof_redetermined": gettext_lazy("file the proof of origin"),
    "proof_differing": gettext_lazy("file the proof of origin"),
    "expiry_not_arrived": gettext_lazy("bring the goods to the border gate"),
    "expiry_not_in_area": gettext_lazy("bring the goods into the supervision area"),
    "expiry_documents": gettext_lazy("file the documents"),
    "expiry_not_presented": gettext_lazy("present the goods"),
}
"""What the declarant does before a clock ends."""
ACTS_WITHOUT_CLOCK: dict[str, Promise] = {
    State.INSTRUCTED: ACTS["amendment_on_request"],
    State.PRESERVED: ACTS["preservation_result"],
}
PAY: Promise = gettext_lazy("pay or secure the duties")
CUSTOMS_ACTS: dict[str, Promise] = {
    "document_check": gettext_lazy("Customs is checking the documents"),
    "goods_check": gettext_lazy("Customs is inspecting the goods"),
    "amendment_answer": gettext_lazy("Customs is deciding on the request to amend"),
    "preservation_reply": gettext_lazy("Customs is deciding on preservation"),
}
CUSTOMS_WITHOUT_CLOCK: dict[str, Promise] = {
    State.SETTLED: gettext_lazy("Duties are settled: customs releases the goods next"),
    State.PRESERVED: gettext_lazy("The goods are in preservation: customs decides next"),
}
CUSTOMS_NEXT: Promise = gettext_lazy("Customs acts next")
STANDS: dict[tuple[str, str], Promise] = {
    (State.CHANNELED, ""): gettext_lazy("Registered and assigned to a channel"),
    (State.INSTRUCTED, ""): gettext_lazy("Customs asked for a correction"),
    (State.SETTLED, ""): gettext_lazy("Duties are settled"),
    (State.RELEASED, ""): gettext_lazy("Released: the goods may be taken away, the final duties follow"),
    (State.PRESERVED, ""): gettext_lazy("The goods are in preservation until they are cleared"),
    (State.CLEARED, "import"): gettext_lazy("Cleared: the goods may be taken out"),
    (State.CLEARED, "export"): gettext_lazy("Cleared: the goods may leave the country"),
    (State.EXITED, "import"): gettext_lazy("Done: the goods have left customs supervision"),
    (State.EXITED, "export"): gettext_lazy("Done: the goods have left the country"),
    (State.AMENDED_AFTER, ""): gettext_lazy("Cleared, and amended afterwards"),
    (State.AUDITED, ""): gettext_lazy("Audited after clearance"),
    (State.CANCELLED, ""): gettext_lazy("Cancelled: it counts for nothing any more"),
    (State.EXPIRED, ""): gettext_lazy("Void: its time ran out"),
}
"""What a state means when nobody has to act; by flow where it differs."""
OWN: dict[tuple[str, str], Promise] = {
    (State.CLEARED, "import"): gettext_lazy("Cleared: you may take the goods out"),
    (State.RELEASED, ""): gettext_lazy("Released: you may take the goods away, the final duties follow"),
}
"""The same to the declarant, where it differs."""
AFTER = frozenset({State.RELEASED, State.CLEARED, State.EXITED, State.AMENDED_AFTER, State.AUDITED})
"""What is already allowed here is told also while somebody has to act."""


def plain_state(row: Standing, *, mine: bool) -> str:
    """One line in the reader's language. `mine`: it is told to the declarant's side."""
    told = _stands(row, mine=mine)
    if not row.waiting_for:
        return told
    waits = _waits(row, mine=mine)
    return f"{told} · {waits}" if row.state in AFTER else waits


def act_of(row: Standing) -> Promise:
    """What the declarant has to do."""
    return ACTS.get(row.due_clock) or ACTS_WITHOUT_CLOCK.get(row.state, PAY)


def _waits(row: Standing, *, mine: bool) -> str:
    if row.waiting_for == CUSTOMS:
        return str(CUSTOMS_ACTS.get(row.due_clock) or CUSTOMS_WITHOUT_CLOCK.get(row.state, CUSTOMS_NEXT))
    words = {"what": act_of(row)}
    return (_("Waiting for you: %(what)s") if mine else _("Waiting for the declarant: %(what)s")) % words


def _stands(row: Standing, *, mine: bool) -> str:
    own = OWN if mine else {}
    keys = ((row.state, row.flow), (row.state, ""))
    found = next((table[key] for table in (own, STANDS) for key in keys if key in table), None)
    return str(found or row.state)
