"""Whatever people do in whatever order: no state that the table does not allow, books balanced, ledger whole."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from random import Random

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clearance.control.gate import GATE, PLATE, plain
from tests.clearance.control.yard import agreeing, filled_check, officers
from tests.clearance.revenue.formats.files import row, table
from tests.clearance.revenue.test_books_balance import check_books
from tests.world import World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import OperationError
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import relay
from thongquan.base.ledger.operations import seal
from thongquan.base.ledger.queries import export_lines
from thongquan.base.ledger.verification import verify_export
from thongquan.clearance.control.operations import acts, channel, checks, exits, inspections, preserving, releasing
from thongquan.clearance.control.operations.slips import issue_slip
from thongquan.clearance.control.queries.inspections import inspection_file
from thongquan.clearance.control.queries.slips import slips_of
from thongquan.clearance.declarations.operations import lodge_declaration, present_goods
from thongquan.clearance.declarations.operations.amending import amend_declaration
from thongquan.clearance.declarations.operations.cancelling import (
    cancel_declaration,
    refuse_cancellation,
    request_cancellation,
)
from thongquan.clearance.declarations.operations.correcting import (
    confirm_correction,
    propose_correction,
    reject_correction,
)
from thongquan.clearance.declarations.operations.expiring import expire_declaration
from thongquan.clearance.declarations.operations.instructing import instruct_declaration
from thongquan.clearance.declarations.operations.requesting import (
    approve_amendment,
    refuse_amendment,
    request_amendment,
)
from thongquan.clearance.declarations.queries import Instruction, document_in_force, events_of
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.clearance.postaudit.operations import open_audit
from thongquan.clearance.revenue.operations.banking import take_bank_file
from thongquan.clearance.revenue.queries import balance_of
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.document import Document

EXAMPLES, LENGTH = 20, 60
OFTEN = {"carry": 10, "pay": 6, "check": 5, "inspect": 3, "clear": 5, "release": 3, "leave": 5, "open_audit": 2}
SELDOM = {"cancel": 0.3, "expire": 0.3, "wait": 0.5, "raise": 0.5, "ask_preservation": 0.5}
"""Weights beside the usual 1: what makes a declaration go on comes more often than what ends it."""
_invoices = itertools.count(1)
_references = itertools.count(1)


class Office:
    """One declaration in one office, and every verb that people have for it."""

    def __init__(self, customs: World) -> None:
        self.at = now()
        self.trader, self.officer = customs.actor("declarant"), customs.actor("clearance_officer")
        self.leader, self.gate = customs.actor("team_leader"), customs.actor("gate_officer")
        self.auditor, self.customs = customs.actor("auditor"), customs
        self.inspectors: list[Actor] = []
        self.number = ""

    def lodge(self) -> None:
        """Begin with a declaration."""
        document = plain(invoice=f"ANY-{next(_invoices)}")
        lodged = lodge_declaration(actor=self.trader, document=document, at=self.at, source="api")
        self.number = lodged.number

    def changed(self) -> Document:
        """The document with another reference."""
        return msgspec.structs.replace(document_in_force(self.number), own_reference=f"R{next(_references)}")

    def carry(self) -> None:
        """The worker passes on what is announced."""
        while sum(relay(one, at=self.at) for one in SUBSCRIPTIONS):
            pass

    def pay(self) -> None:
        """The bank pays what is open."""
        open_vnd = balance_of(f"declaration:{self.number[:11]}0").open_vnd
        line = row(open_vnd, f"TK {self.number}", on=self.at.date(), reference=f"FT{next(_references)}")
        take_bank_file(actor=self.officer, office="15BB", name="sao-ke.csv", content=table(line), at=self.at)

    def check(self, **differing: str) -> None:
        """A document check from begin to end."""
        filled_check(self.officer, self.number, self.at, **differing)
        checks.conclude_document_check(actor=self.officer, number=self.number, at=self.at)

    def inspect(self) -> None:
        """An inspection from the draw to both signatures."""
        inspections.assign_inspection(actor=self.leader, number=self.number, at=self.at)
        act = inspection_file(actor=self.officer, number=self.number).act
        assert act is not None
        drawn = {one.officer for one in act.assigned}
        pair = [one for one in self.inspectors if one.reference in drawn]
        for line in document_in_force(self.number).lines:
            acts.save_line(actor=pair[0], number=self.number, measured=agreeing(line.number), at=self.at)
        for one in pair:
            found = inspection_file(actor=one, number=self.number).act
            assert found is not None
            acts.sign_act(actor=one, number=self.number, digest=found.digest, at=self.at)

    def leave(self) -> None:
        """A slip, and out."""
        issue_slip(actor=self.trader, number=self.number, plate=PLATE, at=self.at)
        for one in slips_of(actor=self.trader, number=self.number, at=self.at):
            exits.let_out(actor=self.gate, code=one.code, plate=PLATE, gate=GATE, at=self.at)

    def wait(self) -> None:
        """Days pass."""
        self.at += timedelta(days=9)

    def verbs(self) -> dict[str, Callable[[], object]]:
        """Every operation on a declaration by its name; who does it is part of it."""
        by_trader = {"actor": self.trader, "number": self.number, "at": self.at}
        by_officer = {"actor": self.officer, "number": self.number, "at": self.at}
        by_leader = {"actor": self.leader, "number": self.number, "at": self.at}
        words = {"reason": "Vì vậy"}
        field = (Instruction(path="own_reference", words="Ghi rõ", example="A1"),)
        return {
            "carry": self.carry,
            "wait": self.wait,
            "pay": self.pay,
            "check": self.check,
            "inspect": self.inspect,
            "leave": self.leave,
            "amend": lambda: amend_declaration(**by_trader, **words, document=self.changed()),
            "request_amendment": lambda: request_amendment(**by_trader, **words, document=self.changed()),
            "approve_amendment": lambda: approve_amendment(**by_officer),
            "refuse_amendment": lambda: refuse_amendment(**by_officer, **words),
            "propose_correction": lambda: propose_correction(**by_officer, **words, document=self.changed()),
            "confirm_own_correction": lambda: confirm_correction(**by_officer),
            "confirm_correction": lambda: confirm_correction(**by_leader),
            "reject_correction": lambda: reject_correction(**by_leader, **words),
            "instruct": lambda: instruct_declaration(**by_officer, fields=field),
            "present": lambda: present_goods(**by_trader),
            "request_cancel": lambda: request_cancellation(**by_trader, **words, ground="request"),
            "cancel": lambda: cancel_declaration(**by_officer, **words),
            "refuse_cancel": lambda: refuse_cancellation(**by_officer, **words),
            "expire": lambda: expire_declaration(**by_officer),
            "raise": lambda: channel.raise_channel(**by_officer, **words, channel=3),
            "propose_lower": lambda: channel.propose_lower_channel(**by_officer, **words, channel=1),
            "lower": lambda: channel.lower_channel(**by_leader),
            "reject_lower": lambda: channel.reject_lower_channel(**by_leader, **words),
            "release": lambda: releasing.release_goods(**by_officer, **words, question="value"),
            "clear": lambda: releasing.clear_goods(**by_officer, result="Đồng ý"),
            "ask_preservation": lambda: preserving.request_preservation(
                **by_trader, **words, place_kind="own", place="Kho"
            ),
            "preserve": lambda: preserving.preserve_goods(**by_officer),
            "arrived": lambda: preserving.record_preserved_arrival(**by_trader),
            "result": lambda: preserving.record_preserved_result(**by_officer, result="passed", paper="KD-1"),
            "open_audit": lambda: open_audit(actor=self.auditor, number=self.number, at=self.at, place="customs"),
        }


def is_allowed(number: str) -> bool:
    """Whether the story is a walk through the table of steps that ends where the declaration stands."""
    told = events_of(number)
    for before, after in itertools.pairwise(told):
        if STEPS[Step(after.kind)].moves.get(State(before.state)) != after.state:
            return False
    return True


def test_no_sequence_of_operations_leaves_the_table_or_the_books(customs: World) -> None:
    office = Office(customs)
    office.inspectors = officers(customs, office.at)
    office.lodge()
    names = sorted(office.verbs())
    weights = [OFTEN.get(name, SELDOM.get(name, 1)) for name in names]
    refused, done = 0, set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.randoms(use_true_random=False))
    def walk(chance: Random) -> None:
        nonlocal refused
        office.at = now()
        office.lodge()
        office.carry()  # what was lodged is held against other goods before anything is released
        for name in chance.choices(names, weights, k=LENGTH):
            try:
                office.verbs()[name]()
                done.add(name)
            except (Refused, OperationError):
                refused += 1
            assert is_allowed(office.number)
        office.carry()
        check_books()

    walk()
    assert refused > 0
    assert done >= {"amend", "pay", "check", "clear", "leave", "instruct"}
    states = customs.run_sql("SELECT DISTINCT state FROM declarations_event")
    assert {state for (state,) in states} >= {"settled", "instructed", "cleared", "exited"}
    assert customs.run_sql("SELECT count(*), min(error) FROM core_deadletter") == [(0, None)]
    while seal(at=now()):
        pass
    assert verify_export(export_lines(progress=lambda done, total: None)).findings == []
