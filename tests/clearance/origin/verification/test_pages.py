"""Pages of verifications: the list with its clocks, one case step by step, the trader's view, letters, statistics."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from tests.clearance.origin.papers import NUMBER, one_line, registered
from tests.clearance.origin.verification.cases import ADDRESSEE, CONTACT, ended, opened, requested, used
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.signatures.queries import paper_signings
from thongquan.clearance.origin.models import CaseLetter, Verification
from thongquan.clearance.origin.operations import write_letter
from thongquan.clearance.origin.operations.verifying_draws import draw_certificates
from thongquan.clearance.origin.queries import VerificationFile, verification_file

WORDS = {"vi": "Hồ sơ xác minh", "en": "Verification XM", "zh-hans": "核查案件", "fr": "Vérification XM"}
STEPS = (
    "explain",
    "documents",
    "answer",
    "request",
    "remind",
    "visit",
    "sign",
    "consent",
    "record",
    "report_due",
    "report",
    "note",
    "close",
)


def test_a_case_is_opened_asked_written_answered_and_closed_on_its_page(customs: World) -> None:
    key, _number = used(customs)
    officer, leader, trader = (customs.client(role) for role in ("clearance_officer", "team_leader", "declarant"))
    assert f"/origin/{key}/verify/" in officer.get(f"/origin/{key}/").content.decode()
    assert officer.get(f"/origin/{key}/verify/").status_code == 200
    assert officer.post(f"/origin/{key}/verify/", {"certificates": key, "words": ""}).status_code == 422
    answer = officer.post(f"/origin/{key}/verify/", {"certificates": key, "words": "Con dấu lạ"})
    case = Verification.objects.get().pk
    page = f"/origin/verifications/{case}/"
    assert answer.headers["Location"] == page
    assert page in officer.get(f"/origin/{key}/").content.decode()
    shown = officer.get(f"/origin/verifications/?state=opened&text={NUMBER}", headers={"accept-language": "en"})
    assert page in shown.content.decode()
    assert "Whole verification" in shown.content.decode()
    assert officer.post(f"{page}explain", {"explain-words": "Vì sao?"}).status_code == 302
    assert trader.post(f"{page}answer", {"answer-question": "1", "answer-words": "Vì lỗi in"}).status_code == 302
    assert "Vì lỗi in" in officer.get(page).content.decode()
    assert officer.post(f"{page}request", {"request-addressee": "", "request-contact": ""}).status_code == 422
    data = {"request-addressee": ADDRESSEE, "request-contact": CONTACT}
    assert officer.post(f"{page}request", data).status_code == 302
    letter = CaseLetter.objects.get().pk
    assert leader.post(f"{page}sign", {"sign-letter": letter}).status_code == 302
    recorded = {"record-answer": "not_genuine", "record-words": "Công văn số 12"}
    assert officer.post(f"{page}record", recorded).status_code == 302
    assert leader.post(f"{page}close", {"close-outcome": "refused", "close-words": "Giả"}).status_code == 302
    assert Verification.objects.get().outcome == "refused"
    told = trader.get(page).content.decode()
    assert "Công văn số 12" not in told
    assert ADDRESSEE not in told
    assert page in trader.get("/origin/verifications/").content.decode()


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans"])
def test_a_letter_is_a_pdf_in_its_language_draft_until_signed(customs: World, language: str) -> None:
    case = opened(customs)
    letter = requested(customs, case)
    officer = customs.client("clearance_officer")
    address = f"/origin/verifications/{case}/letters/{letter}/{language}.pdf"
    answer = officer.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert officer.get(address.replace(language, "fr")).status_code == 404
    assert customs.client("declarant").get(address).status_code == 404


def test_a_signed_letter_is_valid_when_it_is_opened_and_says_who_signed_when(customs: World) -> None:
    case = opened(customs)
    letter = requested(customs, case)
    officer = customs.client("clearance_officer")
    content = officer.get(f"/origin/verifications/{case}/letters/{letter}/vi.pdf").content
    (signed,) = paper_signings(content, now())
    assert (signed.state, signed.covers_all) == ("valid", True)
    assert "Hữu Nghị" in signed.signer
    assert officer.get(f"/origin/verifications/{case}/letters/{letter}/vi.pdf").content == content
    place = content.index(b"/Creator") if b"/Creator" in content else 40
    assert paper_signings(content[:place] + b"#" + content[place + 1 :], now())[0].state != "valid"
    address = f"/origin/verifications/{case}/letters/{letter}/"
    assert address in officer.get(f"/origin/verifications/{case}/").content.decode()
    page = officer.get(address, headers={"accept-language": "en"}).content.decode()
    assert page.count("Valid signature of a trusted issuer") == 3
    assert "Phạm Quang Minh" in page
    assert "No list of revoked certificates of its issuer is loaded" in page


def test_a_letter_not_signed_yet_has_no_page_of_signatures(customs: World) -> None:
    case = opened(customs)
    officer = customs.actor("clearance_officer")
    letter = write_letter(
        actor=officer, verification=case, kind="request", addressee=ADDRESSEE, contact=CONTACT, at=now()
    )
    address = f"/origin/verifications/{case}/letters/{letter}/"
    assert customs.client("clearance_officer").get(address).status_code == 404


def test_a_report_to_headquarters_is_due_from_the_act_of_an_officer(customs: World) -> None:
    case = opened(customs)
    officer, page = customs.client("clearance_officer"), f"/origin/verifications/{case}/"
    assert officer.post(f"{page}report", {"report-words": "Số 1"}).status_code == 422
    assert officer.post(f"{page}report_due", {"report_due-words": "Vượt thẩm quyền"}).status_code == 302
    shown = officer.get(page, headers={"accept-language": "en"}).content.decode()
    assert "Report to headquarters" in shown
    assert "Art. 19" in shown
    assert "unverified" in shown
    assert officer.post(f"{page}report_due", {"report_due-words": "Lại"}).status_code == 422
    clock = next(one for one in the_file(customs, case).clocks if one.clock.name == "report")
    assert (clock.clock.for_whom, clock.clock.working, clock.clock.verified) == ("customs", True, False)
    assert clock.clock.runs()
    assert officer.post(f"{page}report", {"report-words": "Số 12 ngày 1"}).status_code == 302
    assert [one.clock.runs() for one in the_file(customs, case).clocks if one.clock.name == "report"] == [False]
    assert "Số 12" not in customs.client("declarant").get(page).content.decode()


def the_file(customs: World, case: int) -> VerificationFile:
    return verification_file(actor=customs.actor("clearance_officer"), verification=case, at=now())


@pytest.mark.parametrize("language", WORDS)
def test_the_pages_speak_four_languages(customs: World, language: str) -> None:
    case = opened(customs)
    requested(customs, case)
    officer = customs.client("clearance_officer")
    for address in ("/origin/verifications/", f"/origin/verifications/{case}/", "/origin/verifications/statistics/"):
        answer = officer.get(address, headers={"accept-language": language})
        assert answer.status_code == 200
        if address.endswith(f"/{case}/"):
            assert WORDS[language] in answer.content.decode()


def test_statistics_stand_with_an_interval_beside_each_share_and_may_be_taken_away(customs: World) -> None:
    key, _number = used(customs)
    ended(customs, opened(customs, key), "not_genuine", "refused")
    drawn = registered(customs, one_line("9", number="QQ-1"))
    ended(customs, opened(customs, drawn), "genuine", "accepted")
    officer = customs.client("clearance_officer")
    page = officer.get("/origin/verifications/statistics/?by=agreement", headers={"accept-language": "en"})
    text = page.content.decode()
    assert "<svg" in text
    assert "50%" in text.replace("\xa0", "").replace(" ", "")
    for kind, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        answer = officer.get(f"/origin/verifications/statistics.{kind}?by=month")
        assert answer.content.startswith(start)
        assert "attachment" in answer.headers["Content-Disposition"]
    assert officer.get("/origin/verifications/statistics.pdf").status_code == 404
    assert customs.client("declarant").get("/origin/verifications/statistics/").status_code == 403


def test_a_drawn_case_says_so_and_holds_nothing_against_the_certificate(customs: World) -> None:
    used(customs)
    subject = customs.run_sql("SELECT DISTINCT subject FROM origin_use")[0][0]
    assert draw_certificates(subjects=[subject], share=Decimal(1), source="test", seed="00" * 32, at=now()) == 1
    case = Verification.objects.get().pk
    shown = customs.client("clearance_officer").get(f"/origin/verifications/{case}/", headers={"accept-language": "en"})
    assert "Drawn at random" in shown.content.decode()
    assert "most-favored-nation" not in shown.content.decode()


def test_a_stranger_is_sent_to_the_door(customs: World) -> None:
    case = opened(customs)
    letter = requested(customs, case)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in (
        "/origin/verifications/",
        f"/origin/verifications/{case}/",
        f"/origin/verifications/{case}/letters/{letter}/vi.pdf",
        f"/origin/verifications/{case}/letters/{letter}/",
        "/origin/verifications/statistics/",
        "/origin/verifications/statistics.csv",
        "/origin/1/verify/",
    ):
        assert stranger.get(address).status_code in (302, 403)
    for step in STEPS:
        assert stranger.post(f"/origin/verifications/{case}/{step}").status_code in (302, 403)


def test_a_neighbor_finds_nothing(customs: World) -> None:
    program = system_actor("test", offices=["20BB"])
    key = registered(customs, one_line("9", number="N1"), actor=program, office="20BB", tax_code=OTHER_ENTERPRISE)
    case = opened(customs)
    letter = requested(customs, case)
    customs.run_sql("UPDATE origin_verification SET office = '20BB', tax_code = '9999900099'")
    for role in ("clearance_officer", "declarant"):
        neighbor = customs.client(role)
        assert neighbor.get(f"/origin/{key}/verify/").status_code == 404
        assert neighbor.get(f"/origin/verifications/{case}/").status_code == 404
        assert neighbor.get(f"/origin/verifications/{case}/letters/{letter}/").status_code == 404
        assert f"/origin/verifications/{case}/" not in neighbor.get("/origin/verifications/").content.decode()
        for step in STEPS:
            assert neighbor.post(f"/origin/verifications/{case}/{step}").status_code == 404
        assert neighbor.get(f"/files/of/verification:{case}/").status_code == 404
    assert customs.client("gate_officer").get("/origin/verifications/").status_code == 403
