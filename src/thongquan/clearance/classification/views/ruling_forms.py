"""Each step of an application with its operation and its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.web.steps import StepForm
from thongquan.clearance.classification.forms.rulings import (
    ChoosingForm,
    GoodsForm,
    MayForm,
    NothingForm,
    ProposalForm,
    WordsForm,
)
from thongquan.clearance.classification.operations import ruling_decisions as decisions
from thongquan.clearance.classification.operations import rulings
from thongquan.clearance.classification.permissions import may
from thongquan.clearance.classification.queries.ruling_values import GOODS_FIELDS, RulingFile
from thongquan.clearance.classification.ruling_labels import VERBS
from thongquan.clearance.classification.ruling_states import RULING_STEPS, RulingAct, RulingState
from thongquan.clearance.classification.views.ruling_common import language_now
from thongquan.clearance.tariff.queries.code_lists import code_values


class Spec(NamedTuple):
    """The operation of a step and its form."""

    operation: Callable[..., None]
    form: type[ChoosingForm] = WordsForm


SPECS: dict[RulingAct, Spec] = {
    RulingAct.FILE: Spec(rulings.file_ruling, NothingForm),
    RulingAct.CHANGE: Spec(rulings.change_ruling, GoodsForm),
    RulingAct.ANSWER: Spec(rulings.answer_ruling),
    RulingAct.RECEIVE: Spec(decisions.receive_ruling, NothingForm),
    RulingAct.PROPOSE: Spec(decisions.propose_ruling, ProposalForm),
    RulingAct.SIGN: Spec(decisions.sign_ruling, NothingForm),
    RulingAct.REVOKE: Spec(decisions.revoke_ruling),
    RulingAct.KEEP: Spec(decisions.keep_ruling),
    RulingAct.ASK: Spec(decisions.ask_applicant),
    RulingAct.CALL_COMPLEX: Spec(decisions.call_complex),
    RulingAct.GIVE_BACK: Spec(decisions.give_back_ruling),
    RulingAct.SEND_BACK: Spec(decisions.send_back_ruling),
    RulingAct.PROPOSE_END: Spec(decisions.propose_end),
    RulingAct.WITHDRAW: Spec(rulings.withdraw_ruling, MayForm),
}
"""In the order in which a page offers them."""
MAIN = frozenset({RulingAct.FILE, RulingAct.ANSWER, RulingAct.RECEIVE, RulingAct.SIGN, RulingAct.REVOKE})


def form_of(step: RulingAct, kept: RulingFile, data: object = None) -> ChoosingForm:
    """The form of a step, filled in with what is known."""
    spec, choices = SPECS[step], {}
    initial: dict[str, object] = {}
    if step is RulingAct.PROPOSE:
        grounds = code_values(decisions.GROUNDS, now().date(), language_now())
        choices = {"ground": [("", "–"), *((one.code, one.name) for one in grounds)]}
        initial = {"outcome": "issued", "hs": kept.row.own_hs}
    if step is RulingAct.CHANGE:
        known = {name: getattr(kept, name, "") for name in GOODS_FIELDS if name != "goods"}
        initial = {**known, "goods": kept.row.goods, "own_hs": kept.row.own_hs, "secret": list(kept.secret)}
    return spec.form(data, prefix=step.value, choices=choices, initial=initial)


def take_step(step: RulingAct, form: ChoosingForm, *, actor: Actor, ruling: int, at: datetime) -> None:
    """Start the operation of a step with the values of its form."""
    given = dict(form.cleaned_data)
    if step is RulingAct.CHANGE:
        given = {"given": goods_given(given)}
    SPECS[step].operation(actor=actor, ruling=ruling, at=at, **given)


def goods_given(values: dict[str, object]) -> rulings.RulingGiven:
    """The goods as the operation takes them."""
    texts = {name: str(values[name]) for name in (*GOODS_FIELDS, "own_hs")}
    secret = values["secret"]
    return rulings.RulingGiven(**texts, secret=tuple(secret) if isinstance(secret, list) else ())


def open_steps(actor: Actor, kept: RulingFile, bound: dict[RulingAct, ChoosingForm]) -> list[StepForm]:
    """The steps that are open to the reader now; nobody is offered to sign what they proposed."""
    row, state = kept.row, RulingState(kept.row.state)
    proposed = {one.step: one.actor for one in reversed(kept.events) if one.step in ("propose", "propose_end")}
    own = {
        RulingAct.SIGN: proposed.get("propose") == actor.reference,
        RulingAct.REVOKE: proposed.get("propose_end") == actor.reference,
    }
    return [
        StepForm(
            VERBS[step],
            reverse("classification:ruling_step", args=[row.id, step.value]),
            bound.get(step) or form_of(step, kept),
            step in MAIN,
        )
        for step in SPECS
        if state in RULING_STEPS[step].moves
        and may(actor, RULING_STEPS[step].who, office=row.office, tax_code=row.tax_code)
        and not own.get(step, False)
    ]
