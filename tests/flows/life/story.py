"""A story of a declaration over HTTP: people at pages and programs at the API, with the outbox carried in between.

Nothing here reaches into the database but to count; time passes by moving the one clock that interfaces read.
"""

from __future__ import annotations

import itertools
import re
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.clearance.control.gate import GATE, PLATE, plain
from tests.clearance.control.yard import officers
from tests.clearance.revenue.formats.files import row, table
from tests.world import SCOPES, World, as_json
from thongquan.base.accounts.loopback import DEMO_SESSION_KEY
from thongquan.base.accounts.models import User
from thongquan.base.accounts.operations import create_token
from thongquan.base.accounts.queries import Actor
from thongquan.base.accounts.views.doors import BACKEND
from thongquan.base.core import clock
from thongquan.base.core.outbox import relay
from thongquan.base.ledger.operations import seal
from thongquan.base.ledger.queries import export_lines
from thongquan.base.ledger.verification import verify_export
from thongquan.clearance.revenue.queries import balance_of
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.document import Document

API = "/api/v1/declarations/"
OFFICE = "15BB"
TRIES = 20


class Story:
    """One office, its people, and what they do."""

    def __init__(self, customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.customs = customs
        self.later = timedelta()
        self._count = itertools.count(1)
        self._clients: dict[str, Client] = {}
        self._officers: list[Actor] = []
        real = timezone.now
        monkeypatch.setattr(clock.timezone, "now", lambda: real() + self.later)

    # People

    def page(self, role: str) -> Client:
        """A browser signed in as the demo person of a role, in English."""
        if role not in self._clients:
            client = self.customs.client(role)
            client.cookies["language"] = "en"
            self._clients[role] = client
        return self._clients[role]

    def program(self, role: str) -> Client:
        """A program with a token of this person."""
        key = f"{role} (program)"
        if key not in self._clients:
            actor = self.customs.actor(role)
            token = create_token(actor=actor, name="story", scopes=SCOPES, days=300, at=clock.now()).secret
            headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
            self._clients[key] = Client(SERVER_NAME="127.0.0.1", headers=headers)
        return self._clients[key]

    def pass_time(self, **time: float) -> datetime:
        """Let time pass; people sign in anew when it was longer than a session, and tokens end."""
        self.later += timedelta(**time)
        if timedelta(**time) > timedelta(days=150):
            self._clients = {}
        if timedelta(**time) > timedelta(hours=7):
            self._clients = {key: one for key, one in self._clients.items() if "(program)" in key}
        return clock.now()

    # Steps

    def ask(self, client: Client, path: str, body: object = b"", *, status: int = 201, **headers: str) -> Any:
        """A request to the API; gives the answer's JSON."""
        raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
        answer = client.post(path, raw, "application/json", headers=headers)
        assert answer.status_code == status, (path, answer.status_code, said(answer)[:1200])
        return answer.json()

    def post(self, role: str | Client, path: str, *, status: int = 302, **data: Any) -> HttpResponse:
        """A form posted by a person; with 302 the person is sent on, so nothing was refused."""
        client = self.page(role) if isinstance(role, str) else role
        answer = client.post(path, data)
        assert answer.status_code == status, (path, answer.status_code, said(answer))
        return answer

    def carry(self) -> None:
        """Hand over every message, with those that handlers announce, until none is left."""
        while sum(relay(one, at=clock.now()) for one in SUBSCRIPTIONS):
            pass

    def lodge(self, *, channel: int | None = None, role: str = "declarant", **changes: Any) -> str:
        """Number of a fresh import of plain goods; into channel 2 or 3 an officer raises it, with a reason."""
        for _ in range(TRIES):
            document = plain(invoice=f"LIFE-{next(self._count):05d}")
            answer = self.ask(self.program(role), API, as_json(msgspec.structs.replace(document, **changes)))
            if channel is None or answer["channel"] == min(channel, 1):
                break
        number = str(answer["number"])
        if channel is not None and channel > 1:
            path = reverse("control:channel", args=[number])
            self.post("clearance_officer", path, act="raise", channel=str(channel), reason="Nghi vấn trị giá")
        self.carry()
        return number

    def amend(self, number: str, document: Document, *, status: int = 201, version: int | None = None) -> Any:
        """An amendment by the declarant's program; gives the answer."""
        query = "reason=Ghi+nham" + (f"&version={version}" if version is not None else "")
        answer = self.ask(self.program("declarant"), f"{API}{number}/amend?{query}", as_json(document), status=status)
        self.carry()
        return answer

    def document(self, number: str) -> Document:
        """The document in force, read by its declarant."""
        return msgspec.convert(self.file(number)["document"], Document, strict=False)

    def file(self, number: str, role: str = "declarant") -> dict[str, Any]:
        """The declaration as the API gives it."""
        answer = self.program(role).get(f"{API}{number}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def state(self, number: str) -> str:
        """Where it stands."""
        return str(self.file(number)["state"])

    def steps(self, number: str) -> list[str]:
        """The kinds of its events in order."""
        rows = self.customs.run_sql(
            "SELECT kind FROM declarations_event WHERE declaration_id = %s ORDER BY id", int(number[:11])
        )
        return [kind for (kind,) in rows]

    def owed(self, number: str) -> int:
        """What is open, in dong."""
        return int(balance_of(f"declaration:{number[:11]}0").open_vnd)

    def pay(self, number: str, amount: int | None = None, *, text: str = "") -> int:
        """A bank file that pays a declaration, whole unless told otherwise; gives what was paid."""
        paid = self.owed(number) if amount is None else amount
        words = text or f"nop thue to khai {number}"
        line = row(paid, words, on=timezone.localdate(clock.now()), reference=f"FT{next(self._count):06d}")
        file = SimpleUploadedFile("sao-ke.csv", table(line))
        self.post("clearance_officer", reverse("revenue:bank"), office=OFFICE, file=file)
        self.carry()
        return paid

    def check_documents(self, number: str, **differing: str) -> None:
        """Every point of the checklist said to agree, but those given with what was found; then concluded."""
        officer, path = self.page("clearance_officer"), f"/control/{number}/documents"
        if not re.search(r'name="code" value="', officer.get(path).text):
            self.post(officer, f"{path}/begin")
        for code in dict.fromkeys(re.findall(r'name="code" value="([^"]+)"', officer.get(path).text)):
            found = differing.get(code, "")
            outcome = {"outcome": "differs", "found": found, "line": "1"} if found else {"outcome": "agrees"}
            self.post(officer, f"{path}/point", code=code, **outcome)
        self.post(officer, f"{path}/conclude", note="")
        self.carry()

    def first_point(self, number: str) -> str:
        """The code of the first point of the checklist."""
        path = f"/control/{number}/documents"
        self.post("clearance_officer", f"{path}/begin")
        found = re.search(r'name="code" value="([^"]+)"', self.page("clearance_officer").get(path).text)
        assert found is not None
        return found[1]

    def export(self) -> Document:
        """A good export of goods without export duty."""
        document = plain(invoice=f"LIFE-{next(self._count):05d}")
        lines = tuple(
            msgspec.structs.replace(one, origin="VN", certificate=None, schedule=None, choices=())
            for one in document.lines
        )
        return msgspec.structs.replace(
            document,
            flow="export",
            regime="B11",
            lines=lines,
            arrival_on=None,
            unloading_place=None,
            export_country=None,
            departure_on=timezone.localdate(clock.now()) + timedelta(days=1),
            destination_country="CN",
            loading_place="VNHNG",
            invoice=msgspec.structs.replace(document.invoice, incoterm="DAF") if document.invoice else None,
            bills_of_lading=(),
        )

    def inspect(self, number: str, findings: dict[int, tuple[str, str]] | None = None) -> None:
        """The goods presented, two officers drawn, every line looked at, findings noted, both signatures given."""
        if not self._officers:
            self._officers = officers(self.customs, clock.now())
        path = f"/control/{number}/inspection"
        self.offer("declarant", number, "present")
        self.post("team_leader", f"{path}/assign")
        drawn = [one for one in map(signed_in, self._officers) if "/inspection/line" in one.get(path).text]
        assert len(drawn) == 2
        for line in self.document(number).lines:
            kind, found = (findings or {}).get(line.number, ("", ""))
            self.post(drawn[0], f"{path}/line", line=line.number, agrees="no" if kind else "yes", quantity="")
            if kind:
                self.post(drawn[0], f"{path}/finding", line=line.number, kind=kind, found=found)
        for one in drawn:
            digest = re.search(r'name="digest" value="([^"]+)"', one.get(f"{path}/sign").text)
            assert digest is not None
            self.post(one, f"{path}/sign", digest=digest[1])
        self.carry()

    def offer(self, role: str, number: str, verb: str) -> None:
        """Press a one-click button of the declaration's page, where it is offered."""
        found = re.search(rf'action="([^"]*/{verb})"', self.page(role).get(f"/declarations/{number}/").text)
        if found is not None:
            self.post(role, found[1])
            self.carry()

    def release(self, number: str, *, act: str = "clear", status: int = 302, **data: str) -> HttpResponse:
        """The officer's button of clearance or release."""
        answer = self.post(
            "clearance_officer", reverse("control:release", args=[number]), act=act, status=status, **data
        )
        self.carry()
        return answer

    def slip(self, number: str, plate: str = PLATE) -> str:
        """The code of an exit slip issued for a declaration."""
        answer = self.ask(self.program("declarant"), f"/api/v1/control/{number}/slips", {"plate": plate, "gate": GATE})
        return str(answer["code"])

    def show(self, code: str, *, plate: str = PLATE, gate: str = GATE) -> str:
        """A slip shown at a gate; gives the words of the verdict, which may be that it may not leave."""
        answer = self.page("gate_officer").post(reverse("control:gate"), {"code": code, "plate": plate, "gate": gate})
        assert answer.status_code == 200, said(answer)
        self.carry()
        return said(answer)

    def let_out(self, number: str) -> str:
        """Out of the gate with a fresh slip; gives the slip's code."""
        code = self.slip(number)
        self.show(code)
        return code

    # In the end

    def holds(self) -> None:
        """The books balance, nothing was put aside, and the ledger verifies."""
        self.carry()
        rows = self.customs.run_sql("SELECT count(*), min(error) FROM core_deadletter")
        assert rows == [(0, None)], rows
        while seal(at=clock.now()):
            pass
        report = verify_export(export_lines(progress=lambda done, total: None))
        assert report.findings == []
        assert report.entries == self.customs.run_sql("SELECT count(*) FROM ledger_entry")[0][0]


def signed_in(actor: Actor) -> Client:
    """A browser of a person made for the story, let in as through the demo door: second factor and all."""
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "en"})
    client.force_login(User.objects.get(pk=actor.user_id), backend=BACKEND)
    session = client.session
    session[DEMO_SESSION_KEY] = True
    session.save()
    return client


def said(answer: HttpResponse) -> str:
    """The words of a page that refused, for the message of a failing test."""
    text = re.sub(r"<(script|style|svg)[\s\S]*?</\1>", " ", answer.content.decode(errors="replace"))
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())[:3000]
