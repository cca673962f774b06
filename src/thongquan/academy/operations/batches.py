"""Filings of a practice world into declarations, a batch in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from thongquan.academy.filing import Slot, document_of
from thongquan.academy.operations.specimens import Kept, keep_truths
from thongquan.academy.worlds import Filing
from thongquan.base.accounts.operations import ensure_organization
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.operations.judging import known_together
from thongquan.clearance.declarations.operations.together import written_together
from thongquan.clearance.tariff.queries import current_law
from thongquan.practice.places import GATES
from thongquan.rules.document import Document

BATCH = 500
"""Declarations of one transaction: what a break costs, and what is held in memory beside a day of the world."""


class Batches:
    """Lodges under a source, and counts: declarations, lines, and refusals by the code of their first fault."""

    def __init__(self, *, seed: int, source: str, at: datetime, together: bool = True) -> None:
        self.seed, self.source, self.at, self.together = seed, source, at, together
        self.counts: Counter[str] = Counter()
        self._admitted: set[tuple[str, str]] = set()

    def lodge(self, slots: Sequence[Slot], tried: Callable[[], None] = lambda: None) -> list[Kept]:
        """Lodge them, `BATCH` in a transaction. Goods declared before make a batch go the slow way, which tells them.

        `tried` is called after each.
        """
        found: list[Kept] = []
        for start in range(0, len(slots), BATCH):
            batch = slots[start : start + BATCH]
            try:
                found += self._lodged(batch, tried, together=self.together)
            except IntegrityError:
                found += self._lodged(batch, lambda: None, together=False)
        return found

    def _lodged(self, slots: Sequence[Slot], tried: Callable[[], None], *, together: bool) -> list[Kept]:
        counts: Counter[str] = Counter()
        kept: list[Kept] = []
        with transaction.atomic():
            for slot in slots:
                self._admit(slot.filing)
            documents = [_document(slot) for slot in slots]
            with _at_once(slots, documents) if together else nullcontext():
                for slot, document in zip(slots, documents, strict=True):
                    try:
                        kept.append(self._lodge(slot, document))
                    except Refused as refused:
                        counts[str(refused.faults[0].code)] += 1
                    tried()
            keep_truths(kept, seed=self.seed, at=self.at)
        counts["lodged"], counts["lines"] = len(kept), sum(len(one.slot.filing.lines) for one in kept)
        self.counts += counts
        return kept

    def _lodge(self, slot: Slot, document: Document) -> Kept:
        """Lodge one at its moment. Raises `Refused`."""
        head = slot.filing.head
        actor = system_actor(self.source, enterprises=[head.trader_code])
        lodged = lodge_declaration(actor=actor, document=document, at=slot.moment, source=self.source)
        return Kept(slot, lodged.number, document.office or GATES[head.gate].office, lodged.decision.channel or 0)

    def _admit(self, filing: Filing) -> None:
        """Make the enterprise and its agent, when they are not there."""
        head = filing.head
        for kind, code, name in (
            ("enterprise", head.trader_code, head.trader_name),
            ("broker", head.broker_code, head.broker_name or ""),
        ):
            if code and (kind, code) not in self._admitted:
                ensure_organization(actor=system_actor(self.source), kind=kind, code=code, name=name, at=self.at)
                self._admitted.add((kind, code))

    @property
    def refused(self) -> dict[str, int]:
        """Refusals by the code of their first fault."""
        return {code: count for code, count in self.counts.items() if code.startswith("TQ-")}


def _document(slot: Slot) -> Document:
    return document_of(slot.filing, current_law(), on=timezone.localdate(slot.moment), moved=slot.moved)


@contextmanager
def _at_once(slots: Sequence[Slot], documents: Sequence[Document]) -> Iterator[None]:
    """What is known of all of them is asked before, what they write is written at the end."""
    pairs = zip(documents, (slot.moment for slot in slots), strict=True)
    with known_together(pairs), written_together():
        yield
