"""The duty difference of each line, in words, on the page of the declaration and of the certificate and in the API."""

from __future__ import annotations

import pytest

from tests.clearance.origin.papers import lodged, registered
from tests.world import World, as_json, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.origin.operations import check_certificate

GRANTED = {
    "vi": "Được hưởng ưu đãi",
    "en": "Preference granted",
    "zh-hans": "给予优惠",
    "fr": "Préférence accordée",
}


@pytest.mark.parametrize("language", GRANTED)
def test_each_line_says_what_the_preference_saves(customs: World, language: str) -> None:
    key = registered(customs)
    number = lodged(customs)
    officer = customs.client("clearance_officer")
    check_certificate(actor=customs.actor("clearance_officer"), certificate=key, declaration=number, at=now())
    officer.cookies["django_language"] = language
    for address in (f"/declarations/{number}/", f"/origin/{key}/"):
        page = officer.get(address, headers={"accept-language": language})
        assert page.status_code == 200, address
        assert page.content.decode().count(GRANTED[language]) == 5, address


def test_a_certificate_that_is_not_registered_is_said_to_be_so(customs: World) -> None:
    number = lodged(customs)
    page = customs.client("declarant").get(f"/declarations/{number}/", headers={"accept-language": "en"})
    assert page.content.decode().count("chưa được đăng ký") + page.content.decode().count("not registered with us") == 5


def test_the_api_answers_with_both_duties(customs: World) -> None:
    registered(customs)
    body = as_json(import_document())
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json").json()
    first = answer["origin"][0]
    assert (first["line"], first["result"], first["certificate"]) == (1, "granted", "E26450000123456")
    assert int(first["due_mfn_vnd"]) - int(first["due_preference_vnd"]) == int(first["difference_vnd"]) > 0
