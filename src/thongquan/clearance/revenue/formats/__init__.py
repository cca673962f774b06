"""Reading bank statements: what the bank booked, row by row."""

from thongquan.clearance.revenue.formats.bank import Booking, Read, read_bank_file

__all__ = ["Booking", "Read", "read_bank_file"]
