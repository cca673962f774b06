"""Verbs of certificates of origin: register, check, accept, doubt, withdraw, use and give back."""

from thongquan.clearance.origin.operations.checking import check_certificate
from thongquan.clearance.origin.operations.deciding import accept_certificate, doubt_certificate, withdraw_certificate
from thongquan.clearance.origin.operations.registering import register_certificate
from thongquan.clearance.origin.operations.using import Take, give_back, takes_of, use_certificate, use_items

__all__ = [
    "Take",
    "accept_certificate",
    "check_certificate",
    "doubt_certificate",
    "give_back",
    "register_certificate",
    "takes_of",
    "use_certificate",
    "use_items",
    "withdraw_certificate",
]
