"""Checking a whole export: every leaf, every root, every signature, and the copy of a witness.

The export is judged against itself (rows, tree, chain of signed heads), against keys the reader trusts, and against
heads that a witness kept. Memory stays small however long the ledger is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from thongquan.base.ledger.heads import BEFORE_THE_FIRST, SignedHead, read_head
from thongquan.base.ledger.lines import EXPORT_FORMAT, EndLine, EntryLine, HeaderLine, HeadLine, Line, read_line
from thongquan.base.ledger.merkle import Frontier
from thongquan.base.ledger.verification.report import Finding, Report, Unreadable
from thongquan.base.ledger.verification.rows import row_finding

ORIGIN = "ledger.origin"
KEY_ACTIONS = frozenset({ORIGIN, "ledger.key_changed"})


def read_lines(raw: Iterable[bytes]) -> Iterator[Line]:
    """Lines of an export file. Raises Unreadable at the first that is none."""
    for number, line in enumerate(raw, 1):
        try:
            yield read_line(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            message = f"line {number}: {error}"
            raise Unreadable(message) from None


def verify_export(
    lines: Iterable[Line], *, trusted_keys: Sequence[str] = (), witness: Sequence[SignedHead] = ()
) -> Report:
    """Check an export. `trusted_keys` (short names) say who may have signed; empty takes the keys it announces itself.

    Raises Unreadable when the lines are no whole export.
    """
    check = _Check(trusted_keys=frozenset(trusted_keys), witness={head.head.size: head for head in witness})
    for line in lines:
        try:
            check.feed(line)
        except (ValueError, KeyError, TypeError) as error:
            message = f"after {check.report.entries} entries: {error}"
            raise Unreadable(message) from None
    return check.finish()


@dataclass
class _Check:
    trusted_keys: frozenset[str]
    witness: dict[int, SignedHead]
    report: Report = field(default_factory=Report)
    header: HeaderLine | None = None
    end: EndLine | None = None
    frontier: Frontier = field(default_factory=Frontier)
    # Once the tree is known to be wrong, later roots say nothing new; rows, signatures and the chain go on.
    tree_broken: bool = False
    suspect: Finding | None = None
    order: tuple[int, int] = (-1, -1)
    announced: set[str] = field(default_factory=set)
    first_since_head: EntryLine | None = None
    last_entry: EntryLine | None = None
    witnessed: int = 0

    def feed(self, line: Line) -> None:
        """Take the next line."""
        if isinstance(line, HeaderLine):
            self._take_header(line)
        elif self.header is None or self.end is not None:
            raise Unreadable("not an export of the ledger")
        elif isinstance(line, EntryLine):
            self._take_entry(line)
        elif isinstance(line, HeadLine):
            self._take_head(read_head(line.head), self.header)
        else:
            self.end = line

    def finish(self) -> Report:
        """Judge what only the end shows."""
        if self.end is None:
            raise Unreadable("the file was cut off: its last line is missing")
        self.report.waiting = self.end.waiting
        for entry_id in self.end.skipped:
            self._find("skipped", "was slipped in behind the sealer and stands in no tree", entry_id=entry_id)
        self._keys_are_known()
        self._witness_is_met()
        self._all_is_signed()
        return self.report

    def _find(
        self, kind: str, what: str, *, index: int | None = None, last: int | None = None, entry_id: int | None = None
    ) -> None:
        self.report.findings.append(Finding(kind=kind, what=what, index=index, last=last, entry_id=entry_id))

    def _take_header(self, line: HeaderLine) -> None:
        if self.header is not None or line.format != EXPORT_FORMAT:
            raise Unreadable("not an export of the ledger in a format known here")
        self.header, self.report.realm = line, line.realm

    def _take_entry(self, line: EntryLine) -> None:
        if line.index != self.frontier.size and not self.tree_broken:
            self._find("missing", "is missing from the tree", index=self.frontier.size)
            self.tree_broken = True
        self.report.entries += 1
        finding = row_finding(line)
        if finding:
            self.report.findings.append(finding)
        if line.xid is not None:
            self._stands_in_order(line, line.xid)
        self._says_what_it_should(line)
        self._fits_the_nodes(line)

    def _stands_in_order(self, line: EntryLine, xid: int) -> None:
        if (xid, line.id) <= self.order:
            self._find("order", "stands out of the order of transactions", index=line.index, entry_id=line.id)
        self.order = (xid, line.id)
        self.first_since_head = self.first_since_head or line
        self.last_entry = line

    def _says_what_it_should(self, line: EntryLine) -> None:
        """The first entry is the origin of this very realm; keys that sign are announced by entries."""
        if line.index == 0 and line.action != ORIGIN:
            self._find("origin", "should be the origin of the ledger", index=0, entry_id=line.id)
        if line.action not in KEY_ACTIONS:
            return
        details = _json_object(line.details_bytes())
        self.announced.add(str(details.get("key")))
        if line.action == ORIGIN and self.header and details.get("identity") != self.header.identity:
            self._find("origin", "is the origin of another database", index=line.index, entry_id=line.id)

    def _fits_the_nodes(self, line: EntryLine) -> None:
        completed = [(place.level, value.hex()) for place, value in self.frontier.append(bytes.fromhex(line.hash))]
        if self.tree_broken or self.suspect or completed == line.nodes:
            return
        level = next((level for level, value in completed if (level, value) not in line.nodes), 1)
        first = line.index + 1 - (1 << level)
        what = "their hashes, or the hash kept over them, were replaced"
        self.suspect = Finding(kind="altered", what=what, index=first, last=line.index)

    def _take_head(self, signed: SignedHead, header: HeaderLine) -> None:
        before, head = self.report.last, signed.head
        first = before.head.size if before else 0
        self.report.heads += 1
        for kind, what in self._faults_of(signed, before, header):
            self._find(kind, f"the head over {head.size} entries {what}", index=first, last=head.size - 1)
        self._lies_within(before.head.horizon if before else 0, head.horizon)
        self._has_root(signed, first)
        self._agrees_with_witness(signed)
        self.report.last = signed
        if head.key_id not in self.report.keys:
            self.report.keys.append(head.key_id)

    def _faults_of(
        self, signed: SignedHead, before: SignedHead | None, header: HeaderLine
    ) -> Iterator[tuple[str, str]]:
        head = signed.head
        if not signed.is_genuine():
            yield "signature", "is not signed by the key it names"
        if self.trusted_keys and head.key_id not in self.trusted_keys:
            yield "key", f"is signed by the key {head.key_id}, which is not trusted"
        if (head.realm, head.identity) != (header.realm, header.identity):
            yield "realm", "is of another database"
        if head.previous != (before.head.digest() if before else BEFORE_THE_FIRST):
            yield "chain", "does not follow the head before it"
        if before and (head.size <= before.head.size or head.horizon < before.head.horizon):
            yield "chain", "goes back behind the head before it"

    def _lies_within(self, start: int, end: int) -> None:
        """Rows sealed by a head belong to transactions from the horizon before up to its own."""
        for line in (self.first_since_head, self.last_entry) if self.first_since_head else ():
            if line and line.xid is not None and not start <= line.xid < end:
                self._find("order", "was sealed outside its time", index=line.index, entry_id=line.id)
                break
        self.first_since_head = None

    def _has_root(self, signed: SignedHead, first: int) -> None:
        head, size = signed.head, self.frontier.size
        if self.tree_broken:
            return
        if size < head.size:
            self._find("missing", "is missing from the tree", index=size)
            self.tree_broken = True
        elif size > head.size or self.frontier.root() != head.root:
            what = f"one of them was replaced whole: they do not give the root of the head over {head.size} entries"
            suspect = self.suspect or Finding(kind="root", what=what, index=first, last=head.size - 1)
            self.report.findings.append(suspect)
            self.tree_broken = True
        elif self.suspect:
            what = "the hash kept over them was changed; the rows themselves are whole"
            self._find("cache", what, index=self.suspect.index, last=self.suspect.last)
            self.suspect = None

    def _agrees_with_witness(self, signed: SignedHead) -> None:
        seen = self.witness.pop(signed.head.size, None)
        if seen is None:
            return
        if seen.head.digest() != signed.head.digest():
            what = "history was rewritten: a witness keeps another head over them"
            self._find("witness", what, index=self.witnessed, last=signed.head.size - 1)
        else:
            self.witnessed = signed.head.size

    def _witness_is_met(self) -> None:
        for size in sorted(self.witness):
            what = f"a witness keeps a head over {size} entries that is not here"
            self._find("witness", what, index=self.witnessed, last=size - 1)

    def _keys_are_known(self) -> None:
        for key_id in self.report.keys:
            if key_id not in self.announced and not self.trusted_keys:
                self._find("key", f"The key {key_id} signs heads, and no entry of the ledger announces it")

    def _all_is_signed(self) -> None:
        signed = self.report.last.head.size if self.report.last else 0
        if self.frontier.size > signed and not self.tree_broken:
            self._find("root", "no head is signed over them", index=signed, last=self.frontier.size - 1)


def _json_object(content: bytes) -> dict[str, object]:
    try:
        value = json.loads(content)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
