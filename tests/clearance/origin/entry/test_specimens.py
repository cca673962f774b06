"""The specimen book: entered and withdrawn by officers, shown beside the papers of its days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate

from tests.base.attachments import made
from tests.clearance.origin.papers import paper, registered
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Specimen
from thongquan.clearance.origin.operations.specimens import enter_specimen, withdraw_specimen
from thongquan.clearance.origin.queries.specimens import specimen_picture, specimens, specimens_for
from thongquan.rules.codes import Code

BOOK = "/origin/specimens/"


def today() -> date:
    return localdate(now())


def entered(customs: World, *, role: str = "clearance_officer", **changes: object) -> int:
    given: dict[str, object] = {
        "country": "cn",
        "issuer": "Nanning Customs",
        "kind": "stamp",
        "holder": "",
        "valid_from": today() - timedelta(days=10),
        "valid_to": None,
        "source": "Letter 12 of the authority",
        "name": "stamp.jpg",
        "content": made.photo(),
    }
    return enter_specimen(actor=customs.actor(role), at=now(), **{**given, **changes})  # type: ignore[arg-type]  # by name


def test_a_specimen_holds_from_its_first_day_to_before_its_last(customs: World) -> None:
    first, last = today() - timedelta(days=10), today() - timedelta(days=2)
    key = entered(customs, valid_from=first, valid_to=last)

    def on(day: date) -> list[int]:
        return [one.id for one in specimens_for(country="CN", issuer="", on=day)]

    assert (on(first), on(last - timedelta(days=1))) == ([key], [key])
    assert (on(first - timedelta(days=1)), on(last)) == ([], [])
    assert b"SpyPhone" not in specimen_picture(key)
    assert customs.run_sql(f"SELECT action FROM ledger_entry WHERE subject = 'specimen:{key}'")[0][0] == (
        "origin.specimen_entered"
    )


def test_those_of_the_very_issuer_stand_first(customs: World) -> None:
    mine = entered(customs)
    other = entered(customs, issuer="Guangzhou Customs")
    found = specimens_for(country="CN", issuer="NANNING CUSTOMS, GUANGXI", on=today())
    assert [one.id for one in found] == [mine, other]


def test_a_bad_specimen_tells_everything_at_once_and_is_not_kept(customs: World) -> None:
    with pytest.raises(Refused) as refused:
        entered(customs, valid_to=today() - timedelta(days=20), content=made.pdf(), name="stamp.pdf")
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_ORI_080, Code.TQ_ORI_081]
    assert not Specimen.objects.exists()
    key = entered(customs)
    with pytest.raises(IntegrityError), transaction.atomic():
        Specimen.objects.filter(id=key).update(valid_to=today() - timedelta(days=30))


def test_a_withdrawn_specimen_stays_in_the_book_and_beside_no_paper(customs: World) -> None:
    key, officer = entered(customs), customs.actor("clearance_officer")
    with pytest.raises(Refused) as refused:
        withdraw_specimen(actor=officer, specimen=key, words=" ", at=now())
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_ORI_055]
    withdraw_specimen(actor=officer, specimen=key, words="Sai mẫu dấu", at=now())
    assert specimens_for(country="CN", issuer="", on=today()) == []
    assert [(one.id, one.words) for one in specimens(country="cn")] == [(key, "Sai mẫu dấu")]
    with pytest.raises(Refused) as refused:
        withdraw_specimen(actor=officer, specimen=key, words="Again", at=now())
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_ORI_082]


def test_the_book_is_kept_on_its_page_and_stands_beside_a_certificate(customs: World) -> None:
    officer = customs.client("clearance_officer")
    given = {
        "country": "CN",
        "issuer": "GX",
        "kind": "signature",
        "holder": "Wang Fang",
        "valid_from": (today() - timedelta(days=30)).isoformat(),
        "source": "List of 2026",
    }
    assert officer.post(BOOK, given).status_code == 422
    wrong = {**given, "picture": SimpleUploadedFile("a.png", made.pdf())}
    assert officer.post(BOOK, wrong).status_code == 422
    good = {**given, "picture": SimpleUploadedFile("a.png", made.picture())}
    assert officer.post(BOOK, good).status_code == 302
    key = specimens()[0].id
    assert officer.get(f"{BOOK}{key}/picture.jpg")["Content-Type"] == "image/jpeg"
    assert "Wang Fang" in officer.get(f"{BOOK}?country=CN").content.decode()
    assert "Wang Fang" not in officer.get(f"{BOOK}?country=TH").content.decode()
    certificate = registered(customs, paper())
    assert "Wang Fang" in officer.get(f"/origin/{certificate}/paper").content.decode()
    assert "Wang Fang" not in customs.client("declarant").get(f"/origin/{certificate}/paper").content.decode()
    assert officer.post(f"{BOOK}{key}/withdraw", {"words": ""}).status_code == 422
    assert officer.post(f"{BOOK}{key}/withdraw", {"words": "Hết hạn"}).status_code == 302
    assert "Wang Fang" not in officer.get(f"/origin/{certificate}/paper").content.decode()


def test_a_stranger_reads_no_book(customs: World) -> None:
    key = entered(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in (BOOK, f"{BOOK}{key}/picture.jpg", "/origin/1/paper"):
        assert stranger.get(address).status_code in (302, 403)
    assert stranger.post(f"{BOOK}{key}/withdraw").status_code in (302, 403)


def test_a_neighbor_without_certificates_of_an_office_keeps_no_book(customs: World) -> None:
    key = entered(customs)
    for role in ("declarant", "gate_officer"):
        neighbor = customs.client(role)
        assert neighbor.get(BOOK).status_code == 403
        assert neighbor.get(f"{BOOK}{key}/picture.jpg").status_code == 403
        assert neighbor.post(f"{BOOK}{key}/withdraw", {"words": "x"}).status_code == 403
    with pytest.raises(NotAllowed):
        entered(customs, role="declarant")
