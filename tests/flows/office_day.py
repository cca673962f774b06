"""One office with something on every page, and the walk over all pages each role can read there.

Pages come from the address resolver: a new page is walked without anybody adding it. An address with parts is filled
with every value the office knows for them; a part without a value here leaves the page to the tests of its room.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.test import Client

from tests.base.attachments import made
from tests.base.attachments.office import put, read_all
from tests.base.notices.office import one_of_each
from tests.clearance.classification.rulings.applied import issued, proposed
from tests.clearance.classification.rulings.applied import started as ruling_started
from tests.clearance.classification.rulings.given import contradicted
from tests.clearance.classification.twins.alarms import alarm
from tests.clearance.control.gate import cleared, plain, slip_for
from tests.clearance.control.yard import lodged, routers
from tests.clearance.express.parcels import as_csv, carrier, judged, row, sent
from tests.clearance.lawdesk import desk
from tests.clearance.postaudit.cases import found, opened
from tests.clearance.residents.forms import inspected, registered
from tests.clearance.revenue.claims import asked, pay
from tests.clearance.revenue.exempt import a_list
from tests.clearance.revenue.money import guarantee
from tests.clearance.risk.profiles import draft as profile_drafted
from tests.clearance.risk.profiles import live as profile_live
from tests.clearance.violations.cases import decided, recorded
from tests.flows.test_every_address import ADDRESSES, filled
from tests.world import ENTERPRISE, World, import_document
from thongquan.academy.duty import put_demo_officers_on_duty
from thongquan.base.accounts.roles import ROLES
from thongquan.base.core.clock import now
from thongquan.clearance.casework.operations.notes import write_note
from thongquan.clearance.casework.operations.questions import ask_question
from thongquan.clearance.classification.models import Precedent
from thongquan.clearance.control.operations.inspections import assign_inspection
from thongquan.clearance.declarations.formats.content import Content
from thongquan.clearance.declarations.operations import start_draft
from thongquan.clearance.declarations.operations.preregistering import preregister
from thongquan.clearance.declarations.operations.saved_views import save_view
from thongquan.clearance.declarations.operations.templates import save_template
from thongquan.clearance.postaudit.criteria import Criteria
from thongquan.clearance.postaudit.operations import make_selection, run_selection
from thongquan.clearance.residents.operations import note_arrival, open_collection
from thongquan.clearance.revenue.models import Guarantee
from thongquan.clearance.revenue.operations import book_lodged
from thongquan.clearance.revenue.queries.statements import payments_of

VISITOR = ""
"""Somebody who is not signed in."""

QUERIES = {
    "calculator/": "?hs=08081000&origin=CN&value=1000000&currency=VND&quantity=100&unit=KGM",
    "calculator/agreements/": "?hs=08081000&origin=CN&dispatch=HK&value=1000&currency=USD&made=materials&m1_hs=4819",
    "law/": "?q=t%C3%A1o",
    "search/": "?q=t%C3%A1o",
    "rulings/one/": "?number=00001/TB-XDTMS-15BB",
}
"""What is asked of a page that shows a result; it is walked without too."""


@dataclass(frozen=True)
class Seen:
    """A page as somebody read it."""

    role: str
    route: str
    address: str
    html: str


def furnished(customs: World) -> dict[str, list[str]]:
    """Values for the parts of addresses, of things that stand at the demo office and belong to the demo enterprise."""
    at, declarant, officer = now(), customs.actor("declarant"), customs.actor("clearance_officer")
    red = lodged(customs, at, document=routers("GX-1"))
    attached = put(customs, f"declaration:{red}", made.pdf(pages=2))
    read_all()
    put_demo_officers_on_duty(at=at)
    assign_inspection(actor=officer, number=red, at=at)
    yellow = lodged(customs, at, channel=2, invoice="GX-2")
    free = cleared(customs, at, document=plain(invoice="GX-3"))
    slip, _code = slip_for(customs, free, at)
    write_note(actor=officer, number=red, text="Xem lại số seri", at=at)
    thread = ask_question(actor=declarant, number=red, topic="Giá", text="Vì sao?", at=at)
    kept = preregister(actor=declarant, document=import_document(invoice="GX-4"), at=at)
    content = Content("import", {"trader.tax_code": ENTERPRISE}, [])
    subject = f"declaration:{yellow}"
    book_lodged(subjects={subject: "15BB"}, at=at)
    pay(customs, subject, 900_000_000)
    carrier(customs)
    batch = sent(customs, as_csv([row(1), row(2, hs="99999999"), row(3, value="90000000")]))
    judged()
    audit = opened(customs)
    found(customs, audit)
    selection = make_selection(
        actor=customs.actor("auditor"),
        name="Quý này",
        criteria=Criteria(regime="A11"),
        random_share=Decimal(0),
        score_at_least=None,
        at=at,
    )
    run_selection(actor=customs.actor("auditor"), selection=selection, at=at)
    form = registered(customs)
    inspected(customs, registered(customs).number)
    bank = guarantee(officer, limit=1_000_000, kind="single", declaration=red)
    two_codes = alarm()
    return {
        "number": [red, yellow, free, kept.number],
        "workbasket": [str(basket := desk.draft(customs, desk.NO_PAYMENT, "code_lists.csv")), str(desk.draft(customs))],
        "run": [str(desk.tried(customs, basket))],
        "subject": [f"declaration:{red}", subject],
        "file_id": [str(attached.file.id)],
        "draft_id": [str(start_draft(actor=declarant, content={"flow": "import"}, at=at).pk)],
        "template_id": [str(save_template(actor=declarant, name="Mẫu", content=content, shared=True, at=at))],
        **{name: [value] for name, value in one_of_each(customs, red).items()},
        "user_id": [str(customs.user("declarant").pk)],
        "key": ["import"],
        "code": ["08", form.number],
        "serial": [slip.serial],
        "hs": ["08081000", "85176249"],
        "violation_id": [str(recorded(customs).case), str(decided(customs, subject=f"declaration:{red}").case)],
        "guarantee_id": [str(Guarantee.objects.get(number=bank).pk)],
        "exemption": [a_list(customs), a_list(customs, step="")],
        "claim": [asked(customs, subject, 100_000, tax="vat").number],
        "payment_id": [str(payments_of(subject)[0])],
        "audit_id": [str(audit)],
        "selection_id": [str(selection)],
        "profile_id": [str(profile_live(customs)), str(profile_drafted(customs))],
        "batch": [str(batch)],
        "place": ["1", "2"],
        "finding_id": [str(two_codes.pk)],
        **ruled(customs, f"declaration:{red}"),
        "case_id": [str(two_codes.case_id)],
        "form": [form.number],
        "collection": [
            open_collection(actor=declarant, tax_code=ENTERPRISE, office="15BB", collected_on=at.date(), at=at)
        ],
        "stay": [
            str(
                note_arrival(
                    actor=customs.actor("gate_officer"), office="15BB", plate="12C-1", driver="", purpose="x", at=at
                )
            )
        ],
        "thread_id": [str(thread)],
        "view_id": [str(save_view(actor=customs.actor("team_leader"), name="x", query="", office="15BB", at=at))],
    }


def ruled(customs: World, subject: str) -> dict[str, list[str]]:
    """Applications for a ruling in their states, a line against a precedent, and attributes."""
    rulings = [issued(customs), proposed(customs), ruling_started(customs)]
    met = contradicted(customs, subject=subject, office="15BB")
    return {
        "ruling_id": [str(key) for key in rulings],
        "met_id": [str(met)],
        "precedent_id": [str(key) for key in Precedent.objects.values_list("id", flat=True)],
        "attribute_id": ["1"],
    }


def clients(customs: World) -> dict[str, Client]:
    """A browser of every role, those with the most desks first, and one of nobody."""
    first = ["declarant", "clearance_officer", "team_leader", "auditor"]
    known = {role: customs.client(role) for role in dict.fromkeys([*first, *ROLES])}
    return {**known, VISITOR: Client(SERVER_NAME="127.0.0.1")}


def addresses(values: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Route and address of everything that may be a page, every value of its parts in turn."""
    for route, _name in ADDRESSES:
        if route.startswith("api/"):
            continue
        parts = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for chosen in itertools.product(*(values.get(part, []) for part in parts)):
            address = filled(route, dict(zip(parts, chosen, strict=True)))
            yield route, address
            if route in QUERIES:
                yield route, address + QUERIES[route]


def pages(known: dict[str, Client], values: dict[str, list[str]], *, readers: int = 2) -> Iterator[Seen]:
    """Every whole page, each as so many roles read it who can; the first page as everybody does."""
    for route, address in addresses(values):
        wanted = readers if route else len(known)
        for role, client in known.items():
            answer = client.get(address)
            if answer.status_code == 405:
                break
            html = "" if answer.streaming else answer.content.decode(errors="replace")
            answer.close()
            if answer.status_code == 200 and "</html>" in html:
                yield Seen(role, route, address, html)
                wanted -= 1
                if not wanted:
                    break
