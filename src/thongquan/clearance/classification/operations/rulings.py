"""What an applicant does for an advance ruling: prepares, files, answers, withdraws.

Legal basis: Decree 08/2015/NĐ-CP Art. 24 as amended (application with papers and samples, own proposed code).
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.attachments.queries import files_of
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.models import Ruling
from thongquan.clearance.classification.operations.precedents import code_faults
from thongquan.clearance.classification.operations.ruling_steps import happened, locked_ruling, needed_words, take
from thongquan.clearance.classification.permissions import check_may
from thongquan.clearance.classification.queries.ruling_values import GOODS_FIELDS
from thongquan.clearance.classification.queries.rulings import subject_of
from thongquan.clearance.classification.ruling_states import START, RulingAct, RulingState
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import canonical, fingerprint
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

LENGTHS = {"goods": 300, "maker": 300}
NAME = 300
LONG_TEXT = 10_000


class RulingGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the applicant tells of the goods; `secret` names the fields that are never published."""

    goods: str
    description: str
    composition: str = ""
    process: str = ""
    use: str = ""
    maker: str = ""
    secret: tuple[str, ...] = ()
    own_hs: str = ""
    own_reasons: str = ""


def start_ruling(
    *, actor: Actor, office: str, tax_code: str, given: RulingGiven, at: datetime, trader_name: str = ""
) -> int:
    """Begin an application of an enterprise; gives its identity. Papers and samples come to it as files.

    Raises `NotAllowed`; `Refused` with every fault: TQ-CLS-040 (own code), -041 (description), -045 (office, secret),
    -046 (missing), -049 (too long).
    """
    check_may(actor, "classification.apply", tax_code=tax_code)
    told = _cleaned(given)
    faults = _faults_of(told, at)
    if not code_name("office", office, timezone.localdate(at), "vi"):
        values = {"field": "office", "allowed": "–"}
        faults.append(Fault(code=Code.TQ_CLS_045, path="office", value=office[:20], values=values))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        row = Ruling.objects.create(
            office=office,
            tax_code=tax_code,
            trader_name=(storable(trader_name) or enterprise_names([tax_code]).get(tax_code, ""))[:NAME],
            state=RulingState.DRAFT,
            opened_at=at,
            opened_by=actor.reference,
            **_columns(told),
        )
        happened(row, START, actor, at)
        return row.pk


def change_ruling(*, actor: Actor, ruling: int, given: RulingGiven, at: datetime) -> None:
    """Change an application that is not filed. Raises `NotFound`, `NotAllowed`; `Refused` as `start_ruling`, -050."""
    told = _cleaned(given)
    with transaction.atomic():
        row = locked_ruling(actor, ruling, RulingAct.CHANGE)
        faults = _faults_of(told, at)
        if faults:
            raise Refused(faults)
        columns = _columns(told)
        for name, value in columns.items():
            setattr(row, name, value)
        take(row, RulingAct.CHANGE, actor, at, changed=tuple(columns))


def file_ruling(*, actor: Actor, ruling: int, at: datetime) -> None:
    """Hand the application to customs. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CLS-050, -053 (no file)."""
    with transaction.atomic():
        row = locked_ruling(actor, ruling, RulingAct.FILE)
        if not files_of(subject_of(row)):
            raise Refused([Fault(code=Code.TQ_CLS_053, path="files")])
        take(row, RulingAct.FILE, actor, at)


def answer_ruling(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Answer what customs asked. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CLS-046, -050."""
    with transaction.atomic():
        row = locked_ruling(actor, ruling, RulingAct.ANSWER)
        take(row, RulingAct.ANSWER, actor, at, words=needed_words(words, "ruling.answer"))


def withdraw_ruling(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Withdraw an application that is not decided. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CLS-050."""
    with transaction.atomic():
        row = locked_ruling(actor, ruling, RulingAct.WITHDRAW)
        take(row, RulingAct.WITHDRAW, actor, at, words=words)


def _cleaned(given: RulingGiven) -> RulingGiven:
    texts = {name: storable(getattr(given, name)) for name in (*GOODS_FIELDS, "own_hs")}
    return msgspec.structs.replace(given, **texts)


def _columns(given: RulingGiven) -> dict[str, object]:
    columns: dict[str, object] = {name: getattr(given, name) for name in GOODS_FIELDS}
    return columns | {"own_hs": digits_of(given.own_hs), "secret": sorted(set(given.secret))}


def _faults_of(given: RulingGiven, at: datetime) -> list[Fault]:
    faults = [
        Fault(code=Code.TQ_CLS_046, path=name, values={"field": name})
        for name in ("goods", "description")
        if not getattr(given, name)
    ]
    for name in GOODS_FIELDS:
        most = LENGTHS.get(name, LONG_TEXT)
        if len(getattr(given, name)) > most:
            field = name if name in ("goods", "description") else f"ruling.{name.removeprefix('own_')}"
            faults.append(Fault(code=Code.TQ_CLS_049, path=name, values={"field": field, "limit": str(most)}))
    if given.description and not fingerprint(canonical(given.description)):
        faults.append(Fault(code=Code.TQ_CLS_041, path="description", value=given.description[:80]))
    if given.own_hs:
        faults += code_faults(given.own_hs, "own_hs", timezone.localdate(at))
    for name in sorted(set(given.secret) - set(GOODS_FIELDS)):
        values = {"field": "secret", "allowed": ", ".join(GOODS_FIELDS)}
        faults.append(Fault(code=Code.TQ_CLS_045, path="secret", value=name[:40], values=values))
    return faults
