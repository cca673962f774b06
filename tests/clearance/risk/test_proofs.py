"""What verifications of origin came to, as facts of profiles: kept once, known from their end, never before."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from tests.clearance.origin.papers import one_line, paper, registered
from tests.clearance.origin.verification.cases import ended, opened, used
from tests.clearance.risk.cases import heard, lodged
from tests.clearance.risk.profiles import draft, live, tried
from tests.rules.builders import facts
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.declarations.queries import stored_facts
from thongquan.clearance.risk.handlers import VERIFICATIONS, follow_verifications
from thongquan.clearance.risk.models import ProfileRun, VerifiedProof
from thongquan.clearance.risk.queries.live import forget_live, live_hits
from thongquan.clearance.risk.queries.proofs import key_of, verdicts
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.facts import Standing

REFUSED = "proof_issuer_refused > 0 || proof_exporter_refused > 0"


def closed(customs: World) -> list[Message]:
    """The messages of closed cases, as the relay hands them over."""
    rows = customs.run_sql(
        "SELECT id, xid::text::bigint, kind, subject, payload, at FROM core_outboxmessage WHERE kind = "
        "'origin.verification.closed' ORDER BY id"
    )
    return [Message(row[0], row[1], row[2], row[3], bytes(row[4]), row[5]) for row in rows]


def test_the_table_of_listeners_starts_it() -> None:
    assert any(one.kinds == VERIFICATIONS and one.handler is follow_verifications for one in SUBSCRIPTIONS)


def test_a_closed_verification_is_kept_by_certificate_and_a_second_delivery_changes_nothing(customs: World) -> None:
    key, number = used(customs)
    over = ended(customs, opened(customs, key), "partly", "partly", lines={key: [2, 3]})
    heard()
    (kept,) = VerifiedProof.objects.all()
    assert (kept.issuer, kept.exporter) == ("gx", "guangxipingxiangtradingcoltd")
    assert (kept.wrong, kept.by_chance, kept.uses, kept.closed_at) == (True, False, {number: [2, 3]}, over)
    follow_verifications([*closed(customs), *closed(customs)])
    assert [one.pk for one in VerifiedProof.objects.all()] == [kept.pk]


def test_a_genuine_certificate_counts_as_verified_and_is_no_label(customs: World) -> None:
    key, _number = used(customs)
    over = ended(customs, opened(customs, key), "genuine", "accepted")
    heard()
    (kept,) = VerifiedProof.objects.all()
    assert (kept.wrong, kept.uses) == (False, {})
    known = verdicts().issuers[key_of("GX")]
    assert known.before(over + timedelta(seconds=1)) == (1, 0)


def test_a_verdict_counts_from_its_moment_and_by_any_spelling(customs: World) -> None:
    key, _number = used(customs)
    over = ended(customs, opened(customs, key), "not_genuine", "refused")
    heard()
    known = verdicts().exporters[key_of("GUANGXI  PINGXIANG TRADING CO. LTD")]
    assert known.before(over) == (0, 0)
    assert known.before(over + timedelta(seconds=1)) == (1, 1)
    assert key_of("公司 Công ty Đá") != key_of("Công ty Đá")
    assert key_of(" .,- ") == ""


def plenty(customs: World) -> None:
    """The certificate that the good import names, with enough for several of them."""
    whole = paper()
    registered(
        customs, replace(whole, lines=tuple(replace(one, quantity=(one.quantity or 0) * 5) for one in whole.lines))
    )


def refused_another(customs: World) -> None:
    """Another certificate of the same authority and exporter turns out false."""
    key = registered(customs, one_line("1", number="ZZ-1", invoices=("ZZ",), transport_document="ZZ"))
    ended(customs, opened(customs, key), "not_genuine", "refused")
    heard()


def hits(customs: World, number: str) -> list[int]:
    made, _facts, _decision = stored_facts(actor=customs.actor("risk_analyst"), number=number)
    return [hit.profile for hit in made.profiles]


def test_a_live_profile_speaks_of_refused_certificates_and_its_hit_replays(customs: World) -> None:
    profile = live(customs, expression=REFUSED)
    plenty(customs)
    before = lodged(customs, invoice="A-1")
    refused_another(customs)
    forget_live()
    after = lodged(customs, invoice="A-2")
    assert hits(customs, before) == []
    assert hits(customs, after) == [profile]
    assert replay_declaration(actor=customs.actor("risk_analyst"), number=after).equal


def test_a_dry_run_tells_each_declaration_what_was_known_at_its_moment(customs: World) -> None:
    plenty(customs)
    lodged(customs, invoice="A-1")
    refused_another(customs)
    late = lodged(customs, invoice="A-2")
    profile = draft(customs, expression=REFUSED)
    tried(customs, profile)
    outcome = ProfileRun.objects.get(profile=profile).outcome or {}
    assert (outcome["declarations"], outcome["hits"], outcome["examples"]) == (2, 1, [late])


def test_no_question_more_is_asked_while_lodging_and_none_where_no_profile_speaks_of_it(customs: World) -> None:
    live(customs)
    forget_live()
    with CaptureQueriesContext(connection) as asked:
        live_hits(facts().document, Standing(), facts().law, now())
    assert not any("verifiedproof" in one["sql"] for one in asked)
    live(customs, name="Nguồn xuất xứ", expression=REFUSED)
    forget_live()
    live_hits(facts().document, Standing(), facts().law, now())
    with CaptureQueriesContext(connection) as asked:
        live_hits(facts().document, Standing(), facts().law, now())
    assert len(asked) == 0
