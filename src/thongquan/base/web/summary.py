"""Faults as the error summary above a page tells them."""

from __future__ import annotations

from collections.abc import Iterable

from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.rules.decision import Fault


def problems_of(faults: Iterable[Fault], prefix: str = "") -> list[Problem]:
    """Each fault in the reader's words, leading to its field; `prefix` is that of the form."""
    found = []
    for fault in faults:
        told = sentence(fault)
        anchor = f"id_{prefix}{fault.path}" if fault.path.isidentifier() else ""
        found.append(Problem(told.text, anchor, told.remedy, fault.code, told.example, told.basis))
    return found
