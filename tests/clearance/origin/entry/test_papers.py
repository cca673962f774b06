"""Papers entered: handed to the machine, compared by a person beside the image, registered or put aside."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.base.attachments import made
from tests.clearance.origin.entry import drawn
from tests.clearance.origin.entry.signing import Office
from tests.clearance.origin.entry.typed import form_data
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.signatures.operations import load_revocations, trust_authority
from thongquan.clearance.origin.formats.texts import Written
from thongquan.clearance.origin.operations.entering_papers import confirm_entry, drop_entry, enter_paper, read_entry
from thongquan.clearance.origin.queries import certificate_file, certificates_in_scope
from thongquan.clearance.origin.queries.entering import Entered, entered
from thongquan.clearance.origin.tasks import read_entry as task
from thongquan.rules.codes import Code

FILE = "/origin/new/file"


def handed(customs: World, content: bytes = b"", *, role: str = "clearance_officer", name: str = "form-e.pdf") -> int:
    return enter_paper(
        actor=customs.actor(role),
        office="15BB",
        tax_code=ENTERPRISE,
        trader_name="",
        name=name,
        content=content or drawn.digital(),
        at=now(),
    )


def read(customs: World, content: bytes = b"", *, role: str = "clearance_officer", name: str = "form-e.pdf") -> Entered:
    key = handed(customs, content, role=role, name=name)
    read_entry(entry=key, at=now())
    return entered(actor=customs.actor(role), entry=key)


def elsewhere() -> int:
    """A paper of another office and enterprise."""
    program = system_actor("test", offices=["20BB"], enterprises=[OTHER_ENTERPRISE])
    return enter_paper(
        actor=program,
        office="20BB",
        tax_code=OTHER_ENTERPRISE,
        trader_name="",
        name="co.pdf",
        content=drawn.digital(),
        at=now(),
    )


def posted(kept: Entered, **changes: str) -> dict[str, str]:
    written = Written(dict(kept.read.fields), [dict(line) for line in kept.read.lines])
    return form_data(written, **changes)


def count(customs: World) -> int:
    return certificates_in_scope(customs.actor("clearance_officer")).count()


@pytest.mark.parametrize("role", ["clearance_officer", "declarant"])
def test_a_paper_goes_from_the_machine_to_a_person_to_the_register(customs: World, role: str) -> None:
    person = customs.client(role)
    sent = {"office": "15BB", "tax_code": ENTERPRISE, "file": SimpleUploadedFile("form-e.pdf", drawn.digital())}
    answer = person.post(FILE, sent)
    assert answer.status_code == 302
    page = answer["Location"]
    key = int(page.strip("/").rpartition("/")[2])
    waiting = person.get(page).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "f-number" not in waiting
    assert "HX-Refresh" not in person.get(f"{page}progress")
    queued = customs.run_sql("SELECT args ->> 'entry' FROM procrastinate_jobs WHERE args ? 'entry'")
    assert str(key) in {row[0] for row in queued}
    task(key)
    assert person.get(f"{page}progress")["HX-Refresh"] == "true"
    shown = person.get(page).content.decode()
    assert f'value="{drawn.NUMBER}"' in shown
    assert "100 %" in shown
    assert f"{page}page-1.jpg" in shown
    picture = person.get(f"{page}page-1.jpg")
    assert Image.open(io.BytesIO(picture.content)).format == "JPEG"
    assert f"{page}" in person.get(FILE).content.decode()

    kept, before = entered(actor=customs.actor(role), entry=key), count(customs)
    alone = person.post(page, posted(kept, **{"lines[0].quantity": ""}))
    assert alone.status_code == 422
    assert {Code.TQ_ORI_076, Code.TQ_ORI_015} == set(re.findall(r"TQ-[A-Z]+-\d+", alone.content.decode()))
    assert count(customs) == before
    done = person.post(page, posted(kept, vehicle="桂FA9999", compared="1"))
    assert done.status_code == 302
    made_of = entered(actor=customs.actor(role), entry=key)
    assert made_of.changed == [("vehicle", "FA1234", "桂FA9999")]
    certificate = certificate_file(actor=customs.actor(role), certificate=made_of.certificate_id or 0)
    assert certificate.paper.vehicle == "桂FA9999"
    assert certificate.paper.boxes["1"].startswith("GUANGXI")
    beside = person.get(f"/origin/{made_of.certificate_id}/paper").content.decode()
    assert "桂FA9999" in beside
    assert f"{page}page-1.jpg" in beside
    assert person.get(page).status_code == 302
    actions = customs.run_sql(f"SELECT action FROM ledger_entry WHERE subject = 'entry:{key}' ORDER BY id")
    assert [row[0] for row in actions] == ["origin.paper_entered", "origin.paper_confirmed"]


def test_nothing_is_registered_twice_or_after_it_was_put_aside(customs: World) -> None:
    kept, officer = read(customs), customs.actor("clearance_officer")
    drop_entry(actor=officer, entry=kept.id, at=now())
    for again in (drop_entry, confirm_again):
        with pytest.raises(Refused) as refused:
            again(actor=officer, entry=kept.id, at=now())
        assert [fault.code for fault in refused.value.faults] == [Code.TQ_ORI_075]
    assert customs.client("clearance_officer").post(f"/origin/new/{kept.id}/drop").status_code == 422
    read_entry(entry=kept.id, at=now())
    assert entered(actor=officer, entry=kept.id).state == "dropped"


def confirm_again(*, actor: object, entry: int, at: object) -> None:
    confirm_entry(
        actor=actor,  # type: ignore[arg-type]  # as given
        entry=entry,
        office="15BB",
        tax_code=ENTERPRISE,
        trader_name="",
        written=Written(),
        compared=True,
        at=at,  # type: ignore[arg-type]  # as given
    )


def test_what_cannot_be_read_says_why_and_is_typed_from_the_image(customs: World) -> None:
    kept = read(customs, drawn.digital(pages=("E999",)))
    assert (kept.state, [fault.code for fault in kept.faults]) == ("failed", [Code.TQ_ORI_070])
    officer = customs.client("clearance_officer")
    page = officer.get(f"/origin/new/{kept.id}/", headers={"accept-language": "en"}).content.decode()
    assert "Send each certificate in a file of its own." in page
    assert count(customs) == 0


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (made.pdf(password="secret"), "locked.pdf", Code.TQ_ATT_015),
        (b"%PDF-1.7\n" + b"\x00rubbish" * 50, "broken.pdf", Code.TQ_ATT_011),
        (made.picture("PNG", (60_000, 1_000), "1"), "bomb.png", Code.TQ_ATT_012),
    ],
)
def test_locked_damaged_and_greedy_papers_fail_with_a_remedy(
    customs: World, content: bytes, name: str, code: str
) -> None:
    kept = read(customs, content, name=name)
    assert (kept.state, [fault.code for fault in kept.faults]) == ("failed", [code])
    page = customs.client("clearance_officer").get(f"/origin/new/{kept.id}/").content.decode()
    assert "tq-remedy" in page


def test_another_kind_of_file_is_no_paper(customs: World) -> None:
    with pytest.raises(Refused) as refused:
        handed(customs, made.XML, name="co.xml")
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_ORI_077]
    with pytest.raises(Refused) as refused:
        handed(customs, b"\x00" * 50, name="co.pdf")
    assert refused.value.faults[0].code.startswith("TQ-ATT-")


def test_the_signature_of_a_paper_stands_beside_it_in_words(customs: World) -> None:
    office = Office()
    trust_authority(actor=customs.actor("administrator"), certificate=office.pem(), at=now())
    assert office.root.public_bytes(serialization.Encoding.PEM) == office.pem()
    kept = read(customs, office.sign(drawn.digital()))
    assert [one.state for one in kept.signings] == ["valid"]
    page = customs.client("clearance_officer").get(f"/origin/new/{kept.id}/", headers={"accept-language": "en"})
    assert "Valid signature of a trusted issuer" in page.content.decode()


def test_a_paper_of_a_revoked_signer_is_told_and_so_is_a_list_that_is_missing(customs: World) -> None:
    office, at = Office(), now()
    chief = customs.actor("administrator")
    trust_authority(actor=chief, certificate=office.pem(), at=at)
    signed = office.sign(drawn.digital())

    def told() -> str:
        key = read(customs, signed).id
        page = customs.client("clearance_officer").get(f"/origin/new/{key}/", headers={"accept-language": "en"})
        return page.content.decode()

    assert "No list of revoked certificates of its issuer is loaded" in told()
    until = at + timedelta(days=7)
    load_revocations(actor=chief, listed=office.revocations(issued=at - timedelta(hours=2), until=until), at=at)
    assert "Held against the list of revoked certificates" in told()
    serial = office.certificate.serial_number
    newer = office.revocations(serial, issued=at - timedelta(hours=1), until=until)
    assert load_revocations(actor=chief, listed=newer, at=at) == 1
    older = office.revocations(issued=at - timedelta(hours=3), until=until)
    load_revocations(actor=chief, listed=older, at=at)
    assert "The certificate of the signer was revoked" in told()


def test_a_stranger_sees_no_paper(customs: World) -> None:
    key = handed(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for end in ("", "progress", "page-1.jpg"):
        assert stranger.get(f"/origin/new/{key}/{end}").status_code in (302, 403)
    assert stranger.post(f"/origin/new/{key}/drop").status_code in (302, 403)


def test_a_neighbor_finds_no_paper(customs: World) -> None:
    key = elsewhere()
    for role in ("clearance_officer", "declarant"):
        neighbor = customs.client(role)
        for end in ("", "progress", "page-1.jpg"):
            assert neighbor.get(f"/origin/new/{key}/{end}").status_code == 404
        assert neighbor.post(f"/origin/new/{key}/drop").status_code == 404
        assert neighbor.post(f"/origin/new/{key}/", form_data()).status_code == 404
        with pytest.raises(NotFound):
            drop_entry(actor=customs.actor(role), entry=key, at=now())
