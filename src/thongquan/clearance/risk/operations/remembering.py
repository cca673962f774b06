"""Every night: remember the past of everything that trade and findings speak of, as files that lodging looks up."""

from __future__ import annotations

import shutil
from datetime import datetime

import numpy as np

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.risk.models import NightPast
from thongquan.clearance.risk.permissions import may
from thongquan.clearance.risk.queries.trade import own_findings, own_trade
from thongquan.clearance.risk.scoring.memory import folder_of_past, forget_held
from thongquan.learning.risk.findings import USUAL
from thongquan.learning.risk.online import remembered
from thongquan.learning.risk.online_files import save_state

KEPT = 14
"""So many nights are kept: a decision of their days can be made again from its stored features long after."""


def remember_past(*, actor: Actor, at: datetime) -> str:
    """Remember the own records as they were known at a moment; gives the version, '' when there are no lines.

    For programs only. Raises `NotAllowed`.
    """
    if not may(actor, "risk.train"):
        raise NotAllowed("risk.train")
    trade = own_trade(at)
    if not len(trade):
        return ""
    revealed = own_findings(trade, np.zeros(len(trade)), at).findings.revealed
    state = remembered(trade, revealed, at=int(at.timestamp()), usual=USUAL)
    draft = folder_of_past("draft")
    version = save_state(state, draft)
    folder = folder_of_past(version)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    told = {"at": at, "lines": len(trade), "outcomes": len(revealed.row), "features": len(state.names)}
    NightPast.objects.update_or_create(version=version, defaults=told)
    _drop_old()
    forget_held()
    return version


def _drop_old() -> None:
    for row in NightPast.objects.order_by("-at")[KEPT:]:
        shutil.rmtree(folder_of_past(row.version), ignore_errors=True)
        row.delete()
