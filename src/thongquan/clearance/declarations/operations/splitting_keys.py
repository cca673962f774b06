"""The fingerprint of a part of a split: goods that look alike in two parts of one upload are no double declaration."""

from __future__ import annotations

import hashlib

from thongquan.clearance.declarations.models import Declaration, Link
from thongquan.clearance.declarations.operations.judging import fingerprint_of
from thongquan.rules.document import Document


def branch_keys(declaration: Declaration) -> frozenset[int]:
    """The declaration itself and those it was split with."""
    link = Link.objects.filter(declaration=declaration).first()
    if link is None:
        return frozenset({declaration.id})
    return frozenset(Link.objects.filter(first_id=link.first_id).values_list("declaration_id", flat=True))


def branch_fingerprint(declaration: Declaration, document: Document) -> bytes:
    """The fingerprint of the goods; marked with the number of the part for every part but the first."""
    link = Link.objects.filter(declaration=declaration).first()
    fingerprint = fingerprint_of(document)
    return marked(fingerprint, link.branch) if link else fingerprint


def marked(fingerprint: bytes, branch: int) -> bytes:
    """32 bytes for one part of a split; the first part keeps the plain fingerprint, so that it is known again."""
    return fingerprint if branch == 1 else hashlib.sha256(fingerprint + branch.to_bytes(2, "big")).digest()
