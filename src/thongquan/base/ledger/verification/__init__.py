"""Checking exports and proofs of the ledger without any database or Django."""

from thongquan.base.ledger.verification.export import read_lines, verify_export
from thongquan.base.ledger.verification.proof import verify_proof
from thongquan.base.ledger.verification.report import Finding, Report, Unreadable

__all__ = ["Finding", "Report", "Unreadable", "read_lines", "verify_export", "verify_proof"]
