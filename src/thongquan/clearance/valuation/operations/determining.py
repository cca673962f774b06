"""Finding the value of a line by one of the methods, and the duties that follow; the declared value is not touched.

Legal basis: Decree 08/2015/NĐ-CP Art. 20; Circular 39/2015/TT-BTC; Law 107/2016/QH13 Art. 8 (the law of the day of
registration).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.judging import decided_anew
from thongquan.clearance.declarations.queries import decision_in_force, document_in_force, facts_in_force
from thongquan.clearance.revenue.queries.law import rounding_on
from thongquan.clearance.valuation.models import Consultation, Determination, Reassessed
from thongquan.clearance.valuation.operations.steps import check_words, happened, locked
from thongquan.clearance.valuation.states import Step
from thongquan.rules import found as rules
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import Facts
from thongquan.rules.valuing import VNACCS, Asked, Valued, as_valued, value_faults, value_line


def try_value(*, actor: Actor, consultation: int, asked: Asked, at: datetime) -> Valued:
    """What a method comes to, with its derivation; stores nothing. Raises as `determine_value`."""
    with transaction.atomic():
        return _valued(locked(actor, consultation, Step.DETERMINE), asked)


def determine_value(*, actor: Actor, consultation: int, asked: Asked, at: datetime) -> int:
    """Keep the value of a line in question, with its derivation; one found before for the line is withdrawn.

    `asked.quantity` is taken from the declaration. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CVL-001, -010, or
    with all that `rules.valuing.value_faults` finds.
    """
    with transaction.atomic():
        row = locked(actor, consultation, Step.DETERMINE)
        valued = _valued(row, asked)
        row.determinations.filter(line=asked.line, withdrawn_at=None).update(withdrawn_at=at)
        made = Determination.objects.create(
            consultation=row,
            line=asked.line,
            method=asked.method,
            declared_vnd=declared_values(row.number)[asked.line],
            unit_vnd=valued.unit_vnd,
            value_vnd=valued.value_vnd,
            tree=msgspec.to_builtins(valued),
            at=at,
            by=actor.reference,
        )
        told = {"determination": made.pk, "line": asked.line, "method": asked.method}
        happened(row, Step.DETERMINE, actor, at, data=told)
        return made.pk


def withdraw_value(*, actor: Actor, consultation: int, determination: int, words: str, at: datetime) -> None:
    """Take a value found back, with a reason. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CVL-001, -002."""
    with transaction.atomic():
        row = locked(actor, consultation, Step.WITHDRAW)
        made = row.determinations.filter(pk=determination, withdrawn_at=None).first()
        if made is None:
            raise NotFound(str(determination))
        check_words(words=words)
        made.withdrawn_at = at
        made.save(update_fields=["withdrawn_at"])
        happened(row, Step.WITHDRAW, actor, at, words=words, data={"determination": made.pk, "line": made.line})


def _valued(row: Consultation, asked: Asked) -> Valued:
    quantities = {line.number: line.quantity for line in document_in_force(row.number).lines}
    quantity = quantities.get(asked.line)
    if asked.line not in row.lines or not quantity:
        raise Refused([Fault(code=Code.TQ_CVL_010, path="line", value=str(asked.line)[:10])])
    asked = msgspec.structs.replace(asked, quantity=quantity)
    if faults := value_faults(asked):
        raise Refused(faults)
    return value_line(asked, rounding=rounding_on(timezone.localdate(row.registered_at)))


def declared_values(number: str) -> dict[int, Decimal]:
    """Customs values of the lines as declared, in dong."""
    return {line.number: line.value_vnd for line in decision_in_force(number).lines}


def standing_determinations(row: Consultation) -> list[Determination]:
    """The values found that were not withdrawn, by line."""
    return list(row.determinations.filter(withdrawn_at=None).order_by("line", "pk"))


def reassessed(row: Consultation, actor: Actor, at: datetime) -> Reassessed:
    """Store the declaration decided again with the values found. Raises `Refused` with the document's faults."""
    standing = standing_determinations(row)
    facts, decision = decided_with(row, {one.line: one.value_vnd for one in standing}, standing[0].method)
    rows = rules.differences(decision_in_force(row.number), decision)
    return Reassessed.objects.create(
        consultation=row,
        at=at,
        actor=actor.reference,
        facts=encoded(facts),
        decision=encoded(decision),
        rows=[one.as_row() for one in rows],
        short_vnd=rules.short_vnd(rows),
        determinations=[one.pk for one in standing],
    )


def decided_with(row: Consultation, found_vnd: Mapping[int, Decimal], method: str) -> tuple[Facts, Decision]:
    """Facts and decision with these customs values, under the law of the day of registration."""
    facts = facts_in_force(row.number)
    document = as_valued(facts.document, declared_values(row.number), found_vnd)
    document = msgspec.structs.replace(document, valuation_method=VNACCS[method])
    return decided_anew(facts, document, registered_at=row.registered_at)
