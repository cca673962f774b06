"""Lists of risk goods: the nine of the circular from the shipped file, their codes entered with a source.

Legal basis: Circular 81/2019/TT-BTC Art. 19 as amended by Circular 06/2024/TT-BTC. The codes themselves are not public
and not at hand: what is entered stays unverified until somebody says where it stands.
"""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.risk.models import ListedGoods, RiskList
from thongquan.clearance.risk.operations.steps import changed_live
from thongquan.clearance.risk.permissions import check_may
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

SHIPPED = Path(__file__).parents[3] / "reference" / "risk_lists.csv"
_CODE = re.compile(r"\d{8}(?:\d{2})?", re.ASCII)


def load_risk_lists(*, at: datetime, file: Path = SHIPPED) -> int:
    """Bring the lists into the database from the shipped file; gives how many are new. May be run again."""
    known = set(RiskList.objects.values_list("code", "valid_from"))
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [{**row, "valid_from": date.fromisoformat(row["valid_from"])} for row in csv.DictReader(stream)]
    fresh = [row for row in rows if (row["code"], row["valid_from"]) not in known]
    RiskList.objects.bulk_create(
        RiskList(**{**row, "verified": row["verified"] == "yes"}, loaded_at=at) for row in fresh
    )
    return len(fresh)


def list_goods(
    *, actor: Actor, risk_list: str, hs: str, valid_from: date, listed: bool, source: str, at: datetime
) -> None:
    """Put a code of 8 or 10 digits on a list from a day on, or take it off. Raises `NotAllowed`; `Refused` with
    TQ-RSK-009 without a source, TQ-RSK-014 for a list or a code that is none.
    """
    check_may(actor, "risk.draft")
    faults = [] if source.strip() else [Fault(code=Code.TQ_RSK_009, path="source")]
    if not RiskList.objects.filter(code=risk_list).exists():
        faults.append(Fault(code=Code.TQ_RSK_014, path="risk_list", value=risk_list[:40]))
    if not _CODE.fullmatch(hs):
        faults.append(Fault(code=Code.TQ_RSK_014, path="hs", value=hs[:40]))
    if faults:
        raise Refused(faults)
    told = {"list": risk_list, "hs": hs, "valid_from": valid_from.isoformat(), "listed": listed}
    with transaction.atomic():
        ListedGoods.objects.update_or_create(
            risk_list=risk_list,
            hs=hs,
            valid_from=valid_from,
            defaults={"listed": listed, "source": source.strip()[:300], "by": actor.reference, "at": at},
        )
        record(action="risk.goods_listed", subject="law:risk_goods", actor=actor.reference, at=at, details=told)
        announce(kind="risk.goods_listed", subject="law:risk_goods", payload=told, at=at)
        changed_live()
