"""A bank file by what it is, not by its name: camt.053 or CSV."""

from __future__ import annotations

from thongquan.clearance.revenue.formats.bookings import Booking, Read, refuse
from thongquan.clearance.revenue.formats.camt import read_camt
from thongquan.clearance.revenue.formats.table import read_table
from thongquan.rules.codes import Code

__all__ = ["Booking", "Read", "read_bank_file"]

MAX_BYTES = 5 * 2**20


def read_bank_file(data: bytes) -> Read:
    """Read a statement. Raises `Refused` with every fault.

    TQ-FMT-010 too large, -009, -011, -013, -016, -018; TQ-REV-011 not in dong, -012 column missing, -016 amount, -020
    not a statement.
    """
    if len(data) > MAX_BYTES:
        raise refuse(Code.TQ_FMT_010, limit=str(MAX_BYTES // 2**20))
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start or b"\x00" in data:
        raise refuse(Code.TQ_REV_020)
    return read_camt(data) if start.startswith(b"<") else read_table(data)
