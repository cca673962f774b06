"""Every address there is: who is not signed in, or is from next door, gets nothing that is not public."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils.timezone import localdate

from tests.academy.cases import of_another
from tests.base.attachments.office import put
from tests.base.notices.office import one_of_each
from tests.clearance.classification.rulings.applied import filed as ruling_filed
from tests.clearance.classification.rulings.given import contradicted
from tests.clearance.classification.twins.alarms import alarm
from tests.clearance.express.parcels import batch_elsewhere
from tests.clearance.lawdesk import desk
from tests.clearance.origin.entry.test_papers import elsewhere as paper_elsewhere
from tests.clearance.origin.entry.test_specimens import entered as specimen_entered
from tests.clearance.origin.exports import handed as exported
from tests.clearance.origin.papers import one_line
from tests.clearance.origin.papers import registered as certified
from tests.clearance.origin.verification.cases import opened as verification_of
from tests.clearance.residents.forms import registered
from tests.clearance.revenue.claims import asked, paid
from tests.clearance.revenue.exempt import a_list
from tests.clearance.revenue.money import guarantee_elsewhere
from tests.clearance.risk.cases import case_elsewhere as risk_case_elsewhere
from tests.clearance.risk.models import registered as model_registered
from tests.clearance.risk.profiles import draft as profile_drafted
from tests.clearance.valuation.cases import lodged as valued_import
from tests.clearance.valuation.cases import opened as consulted
from tests.clearance.violations.cases import recorded
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World, as_json, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.casework.operations.questions import ask_question
from thongquan.clearance.classification.models import Precedent, SuggestionSheet
from thongquan.clearance.declarations.formats.content import Content
from thongquan.clearance.declarations.operations import start_draft
from thongquan.clearance.declarations.operations.saved_views import save_view
from thongquan.clearance.declarations.operations.templates import save_template
from thongquan.clearance.residents.operations import note_arrival, open_collection
from thongquan.clearance.revenue.queries.statements import payments_of

PUBLIC = {
    "account_login",
    "account_reset_password",
    "account_inactive",
    "accounts/logout/",
    "api-docs",
    "api-root",
    "openapi-json",
    "keyboard",
    "language",
    "theme",
    "demo",
    "heads",
    "api/v1/residents/prepared",
    "resident_prepare",
    "resident_prepared",
    "resident_check",
    "outbound_check",
}
"""Names of addresses for everyone; the law (`law/`, `api/v1/law/`) is public as a whole. Signing out needs nobody."""

OPEN_ROOMS = (
    *("law/", "api/v1/law/", "status/", "api/v1/status", "procedures/", "calculator/", "track/"),
    *("api/v1/procedures", "api/v1/calculator", "api/v1/track/"),
    *("rulings/", "api/v1/rulings/"),
    "fairness/",
)
"""What is public as a whole: it shows nothing of anybody."""

NAMED = {
    "consultation_id",
    "signal_id",
    "file_id",
    "attachment_id",
    "number",
    "draft_id",
    "token_id",
    "notice_id",
    "endpoint_id",
    "delivery_id",
    "letter",
    "user_id",
    "subject",
    "violation_id",
    "line_id",
    "guarantee_id",
    "exemption",
    "claim",
    "payment_id",
    "audit_id",
    "selection_id",
    "batch",
    "place",
    "carrier_id",
    "thread_id",
    "note_id",
    "form",
    "collection",
    "stay",
    "view_id",
    "enterprise",
    "broker",
    "template_id",
    "workbasket",
    "run",
    "proof_id",
    "verification_id",
    "outbound_id",
    "exercise_id",
    "entry",
    "profile_id",
    "finding",
    "finding_id",
    "met_id",
    "ruling_id",
    "case",
    "case_id",
    "sheet_id",
    "riskcase",
    "riskmodel",
}
"""Parts of addresses that name something of one person, firm or office."""

REFUSED = {401, 403, 404, 405}


def walk(patterns: Sequence[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every address as written and its name."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.name or ""
        else:
            yield from walk(pattern.url_patterns, prefix + str(pattern.pattern))


ADDRESSES = sorted(set(walk(get_resolver().url_patterns)))


def is_public(route: str, name: str) -> bool:
    return name in PUBLIC or route in PUBLIC or route.startswith(OPEN_ROOMS)


def filled(route: str, given: dict[str, str]) -> str:
    """The address with true values, so that a refusal is one of scope and not of a wrong number."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: given[match[1]], route)


def true_values(customs: World) -> dict[str, str]:
    """A declaration and a draft of the demo enterprise, lodged at another office than the officer's."""
    body = as_json(import_document(office="20BB"))
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    number = answer.json()["number"]
    draft = start_draft(actor=customs.actor("declarant"), content={"flow": "import"}, at=now())
    attached = put(customs, f"declaration:{number}")
    return {
        "file_id": str(attached.file.id),
        "attachment_id": str(attached.id),
        "number": number,
        "draft_id": str(draft.pk),
        "enterprise": "9999900011",
        "broker": "9999900029",
        "template_id": str(kept_template(customs)),
        "entry": str(paper_elsewhere()),
        "specimen": str(specimen_entered(customs)),
        "profile_id": str(profile_drafted(customs)),
        "riskcase": str(risk_case_elsewhere()),
        "riskmodel": model_registered(),
        "proof_id": str(certified(customs, office="20BB", tax_code=OTHER_ENTERPRISE, actor=system_actor("x"))),
        "outbound_id": str(
            exported(
                customs,
                office="20BB",
                tax_code=OTHER_ENTERPRISE,
                actor=system_actor("x", enterprises=[OTHER_ENTERPRISE]),
            )
        ),
        "line": "1",
        "verification_id": str(verified_elsewhere(customs)),
        "paper_id": "999999",
        "language": "vi",
        "token_id": "999999",
        "exercise_id": str(of_another(customs, number)[0]),
        **one_of_each(customs, number),
        "user_id": str(customs.user("declarant").pk),
        "subject": f"declaration:{number}",
        "kind": "csv",
        "key": "import",
        "name": "country",
        "code": "08",
        "serial": "0000000000",
        "hs": "08081000",
        "violation_id": str(recorded(customs, actor=system_actor("x", offices=["20BB"]), office="20BB").case),
        "line_id": "999999",
        "guarantee_id": str(guarantee_elsewhere()),
        "exemption": a_list(customs, office="20BB", step=""),
        "claim": asked(customs, subject := paid(customs, office="20BB")).number,
        "payment_id": str(payments_of(subject)[0]),
        "step": "register",
        "certificate_id": "999999",
        "audit_id": "999999",
        "selection_id": "999999",
        "batch": str(batch_elsewhere(customs)),
        "place": "1",
        "carrier_id": "999999",
        "consignment": "VN261100000001",
        **resident_values(customs),
        "workbasket": str(basket := desk.draft(customs)),
        "run": str(desk.tried(customs, basket)),
        **two_codes_elsewhere(),
        "thread_id": str(
            ask_question(actor=customs.actor("declarant"), number=number, topic="Giá", text="Vì sao?", at=now())
        ),
        **ruled_elsewhere(customs, f"declaration:{number}"),
        "consultation_id": str(consulted_elsewhere(customs)),
        "question_id": "999999",
        "reference_id": "999999",
        "signal_id": "999999",
        "note_id": "999999",
        "sheet_id": str(descriptions_of(customs.actor("declarant").reference)),
        "version": "0123456789abcdef",
        "view_id": str(save_view(actor=customs.actor("team_leader"), name="x", query="", office="15BB", at=now())),
    }


def descriptions_of(sender: str) -> int:
    """A workbook of descriptions that somebody sent in."""
    values = {"name": "x.xlsx", "sent_by": sender, "sent_at": now(), "language": "vi", "rows": [[2, "táo"]], "total": 1}
    return int(SuggestionSheet.objects.create(state="waiting", **values).pk)


def ruled_elsewhere(customs: World, subject: str) -> dict[str, str]:
    """A line against a precedent at another office, and an application of another enterprise there."""
    met, ruling = contradicted(customs, subject=subject, office="20BB"), ruling_filed(customs, office="20BB")
    customs.run_sql("UPDATE classification_ruling SET tax_code = %s", OTHER_ENTERPRISE)
    held = {"met_id": met, "ruling_id": ruling, "precedent_id": Precedent.objects.get().pk}
    return {**{name: str(key) for name, key in held.items()}, "attribute_id": "999999"}


def verified_elsewhere(customs: World) -> int:
    """A verification of another enterprise's certificate at another office."""
    case = verification_of(customs, certified(customs, one_line("5", number="V-1"), actor=system_actor("x")))
    customs.run_sql("UPDATE origin_verification SET office = '20BB', tax_code = %s", OTHER_ENTERPRISE)
    return case


def two_codes_elsewhere() -> dict[str, str]:
    """A finding and its case on lines of another office."""
    found = alarm(office="20BB")
    named = {"finding": found.pk, "finding_id": found.pk, "case": found.case_id, "case_id": found.case_id}
    return {name: str(key) for name, key in named.items()}


def consulted_elsewhere(customs: World) -> int:
    """A consultation with another enterprise at another office."""
    case = consulted(customs, number=valued_import(customs, invoice="V-1"))
    customs.run_sql("UPDATE valuation_consultation SET office = '20BB', tax_code = %s", OTHER_ENTERPRISE)
    return case


def kept_template(customs: World) -> int:
    """A template that the enterprise's people share among themselves."""
    content = Content("import", {"trader.tax_code": ENTERPRISE}, [])
    return save_template(actor=customs.actor("declarant"), name="Mẫu", content=content, shared=True, at=now())


def resident_values(customs: World) -> dict[str, str]:
    """A resident's form and a vehicle at another office, and a list of another merchant there."""
    form = registered(customs)
    number = open_collection(
        actor=customs.actor("declarant"), tax_code=ENTERPRISE, office="20BB", collected_on=localdate(now()), at=now()
    )
    stay = note_arrival(
        actor=customs.actor("gate_officer"), office="15BB", plate="12C-1", driver="", purpose="x", at=now()
    )
    customs.run_sql("UPDATE residents_shortform SET office = '20BB'")
    customs.run_sql("UPDATE residents_stay SET office = '20BB'")
    return {"form": form.number, "collection": number, "stay": str(stay)}


def answers(client: Client, address: str, *, following: bool = False) -> list[HttpResponse]:
    return [client.get(address, follow=following), client.post(address, follow=following)]


def leads_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


def test_a_stranger_reaches_nothing_that_is_not_public(customs: World) -> None:
    given = true_values(customs)
    open_to_all = set()
    for route, name in ADDRESSES:
        for answer in answers(Client(SERVER_NAME="127.0.0.1"), filled(route, given)):
            if answer.status_code not in REFUSED and not leads_to_sign_in(answer) and not is_public(route, name):
                open_to_all.add((route, answer.status_code))
    assert open_to_all == set()


@pytest.mark.parametrize("role", ["clearance_officer", "partner_agency", "broker"])
def test_a_neighbor_reaches_nothing_of_another_person_or_office(customs: World, role: str) -> None:
    """Someone of another office, agency or firm, at every address that names a declaration, a draft or a person."""
    given = true_values(customs)
    client = customs.client(role)
    # The demo broker holds a mandate of the enterprise.
    own = (
        {
            "number",
            "subject",
            "file_id",
            "attachment_id",
            "guarantee_id",
            "exemption",
            "claim",
            "collection",
            "batch",
            "place",
            "payment_id",
            "thread_id",
        }
        if role == "broker"
        else set()
    )
    reached = set()
    for route, _name in ADDRESSES:
        named = set(re.findall(r"<(?:\w+:)?(\w+)>", route)) & NAMED
        if named - own:
            reached |= {
                (route, a.status_code)
                for a in answers(client, filled(route, given), following=True)
                if a.status_code < 400
            }
    assert reached == set()


def test_the_walk_sees_what_is_open(customs: World) -> None:
    """The declarant reaches by the same walk what the neighbors do not."""
    given = true_values(customs)
    client = customs.client("declarant")
    for route in (
        "declarations/<declaration:number>/",
        "api/v1/declarations/<number>",
        "ledger/proof/<str:subject>/",
        "files/<int:file_id>/",
    ):
        assert route in dict(ADDRESSES)
        assert client.get(filled(route, given)).status_code == 200
