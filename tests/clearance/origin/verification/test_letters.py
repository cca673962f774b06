"""Letters to authorities: official form, words of their language, the list of certificates, a draft marked as such."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.clearance.origin.verification.cases import ADDRESSEE, CONTACT, opened
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.papers import picture
from thongquan.clearance.origin.formats.letters import TEMPLATE, letter_data, letter_pdf
from thongquan.clearance.origin.models import CaseLetter
from thongquan.clearance.origin.operations import sign_letter, write_letter
from thongquan.clearance.origin.queries.verification_files import letter_for

NATION = {
    "vi": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "en": "SOCIALIST REPUBLIC OF VIET NAM",
    "zh-hans": "越南社会主义共和国",
}
PICTURES = os.environ.get("TQ_PICTURES", "")


@pytest.mark.parametrize("language", NATION)
def test_a_letter_says_in_its_language_whom_it_asks_what_by_when_and_why(customs: World, language: str) -> None:
    officer, case = customs.actor("clearance_officer"), opened(customs)
    letter = write_letter(
        actor=officer, verification=case, kind="request", addressee=ADDRESSEE, contact=CONTACT, at=now()
    )
    draft = letter_for(actor=officer, verification=case, letter=letter, language=language)
    with override(language):
        said = letter_data(draft, language)
    assert said["nation"] == NATION[language]
    assert draft.number in said["number"]
    assert ADDRESSEE in said["to"]
    assert said["rows"][0][1] == "E26450000123456"
    assert said["reasons"] == ["Con dấu lạ"]
    assert any(CONTACT in one for one in said["after"])
    assert str(draft.answer_by.year) in said["after"][0]
    assert said["draft"]
    assert said["signer"] == ""
    sign_letter(actor=customs.actor("team_leader"), verification=case, letter=letter, at=now())
    signed = letter_for(actor=officer, verification=case, letter=letter, language=language)
    with override(language):
        final = letter_data(signed, language)
        if PICTURES:
            (Path(PICTURES) / f"letter-{language}.png").write_bytes(picture(TEMPLATE, final))
    assert (final["draft"], final["signer"]) == ("", "Phạm Quang Minh")
    assert letter_pdf(signed, language) == letter_pdf(signed, language)
    assert letter_pdf(signed, language) != letter_pdf(draft, language)


def test_only_a_country_that_reads_it_gets_chinese(customs: World) -> None:
    officer, case = customs.actor("clearance_officer"), opened(customs)
    customs.run_sql("UPDATE origin_verification SET country = 'TH'")
    letter = write_letter(actor=officer, verification=case, kind="request", addressee="x", contact="y", at=now())
    assert CaseLetter.objects.get(id=letter).languages == ["vi", "en"]
