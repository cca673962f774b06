"""Checking a proof file: that these events are in the ledger under this signed head."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from thongquan.base.ledger.heads import SignedHead, read_head
from thongquan.base.ledger.lines import PROOF_FORMAT, ProofEntry, ProofFile, read_proof
from thongquan.base.ledger.merkle import verify_inclusion
from thongquan.base.ledger.verification.report import Finding, Report, Unreadable
from thongquan.base.ledger.verification.rows import row_finding


def verify_proof(content: bytes, *, trusted_keys: Sequence[str] = (), witness: Sequence[SignedHead] = ()) -> Report:
    """Check a proof file. Raises Unreadable when it is none.

    What the head is worth is the reader's to judge: `trusted_keys` are short names of keys, `witness` other heads.
    """
    try:
        file = read_proof(content)
        return _checked(file, frozenset(trusted_keys), {head.head.size: head for head in witness})
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(str(error)) from None


def _checked(file: ProofFile, trusted: frozenset[str], witness: dict[int, SignedHead]) -> Report:
    if file.format != PROOF_FORMAT:
        raise Unreadable("not a proof of the ledger in a format known here")
    report = Report(entries=len(file.proofs), waiting=file.waiting)
    if file.head is None:
        if file.proofs:
            raise Unreadable("proofs without the head they lead to")
        return report
    signed = read_head(file.head)
    report.heads, report.last, report.realm, report.keys = 1, signed, signed.head.realm, [signed.head.key_id]
    report.findings += _head_findings(signed, trusted, witness)
    report.findings += [finding for entry in file.proofs if (finding := _finding(entry, file.subject, signed))]
    return report


def _head_findings(signed: SignedHead, trusted: frozenset[str], witness: dict[int, SignedHead]) -> list[Finding]:
    findings = []
    if not signed.is_genuine():
        findings.append(Finding(kind="signature", what="The head is not signed by the key it names"))
    if trusted and signed.head.key_id not in trusted:
        findings.append(Finding(kind="key", what=f"The head is signed by the key {signed.head.key_id}, not trusted"))
    seen = witness.get(signed.head.size)
    if seen and seen.head.digest() != signed.head.digest():
        findings.append(Finding(kind="witness", what="A witness keeps another head of the same size"))
    return findings


def _finding(entry: ProofEntry, subject: str, signed: SignedHead) -> Finding | None:
    finding = row_finding(entry)
    if finding:
        return finding
    if entry.subject != subject:
        what = f"is about {entry.subject}, not about {subject}"
        return Finding(kind="subject", what=what, index=entry.index, entry_id=entry.id)
    path = [bytes.fromhex(value) for value in entry.path]
    leaf, head = bytes.fromhex(entry.hash), signed.head
    if verify_inclusion(leaf=leaf, index=entry.index, size=head.size, path=path, root=head.root):
        return None
    what = "is not proved: its path does not lead to the root of the head"
    return Finding(kind="path", what=what, index=entry.index, entry_id=entry.id)
