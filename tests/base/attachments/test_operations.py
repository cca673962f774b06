"""Storing once, attaching within one's own side, taking away, and what the ledger has of it."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.base.attachments import made
from tests.base.attachments.office import OTHER, OWN, kept, lodged, other_enterprise, put, read_all
from tests.world import World
from thongquan.base.attachments import queries
from thongquan.base.attachments.models import Attachment, File, Unsealing
from thongquan.base.attachments.operations import (
    attach,
    detach,
    file_papers,
    keep_reading,
    open_original,
    read_next,
    store_file,
)
from thongquan.base.attachments.operations.keeping import GIVEN_UP_AFTER
from thongquan.base.attachments.reading import Found, Reading
from thongquan.base.attachments.states import MAX_TRIES
from thongquan.base.attachments.storage import digest_of, key_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(fault.code) for fault in refused.value.faults]


def stored_contents(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def told(customs: World, action: str) -> list[dict[str, Any]]:
    rows = customs.run_sql("SELECT details, actor FROM ledger_entry WHERE action = %s ORDER BY id", action)
    return [json.loads(bytes(row[0])) for row in rows]


def test_a_file_is_stored_under_its_digest_and_read_later(customs: World, files: Path) -> None:
    content = made.pdf(pages=2)
    file = store_file(
        actor=customs.actor("declarant"), owner=OWN, name="../hóa đơn.pdf", content=BytesIO(content), at=now()
    )
    assert (file.name, file.size, file.sha256) == ("hóa đơn.pdf", len(content), digest_of(content))
    assert (files / key_of(OWN, file.sha256)).read_bytes() == content
    assert file.state == "waiting"
    read_all()
    again = queries.file_for(actor=customs.actor("declarant"), file_id=file.id)
    assert (again.state, again.pages) == ("read", 2)


def test_the_same_file_on_two_declarations_is_stored_once(customs: World, files: Path) -> None:
    first, second = lodged(customs), lodged(customs, invoice="GX-2")
    one, two = put(customs, first), put(customs, second)
    assert one.file.id == two.file.id
    assert len(stored_contents(files)) == 1
    assert [file.subject for file in queries.files_of(first)] == [first]
    assert queries.files_of(second)[0].kind == "INV"
    assert put(customs, second).id == two.id, "what is there already stays as it is"
    assert len(told(customs, "file.stored")) == 1
    assert len(told(customs, "file.attached")) == 2


def test_an_owner_does_not_learn_that_another_has_the_same_file(customs: World, files: Path) -> None:
    """Same answer, same state, same work: nothing that is stored or read for one owner is seen by another."""
    mine = kept(customs)
    read_all()
    theirs = store_file(actor=other_enterprise(), owner=OTHER, name="hóa đơn.pdf", content=made.pdf(), at=now())
    assert theirs.sha256 == mine.sha256
    assert theirs.id != mine.id
    assert theirs.state == "waiting"
    assert len({path.parent.parent for path in stored_contents(files) if path.name == mine.sha256}) == 2
    with pytest.raises(NotFound):
        queries.file_for(actor=other_enterprise(), file_id=mine.id)


def test_the_ledger_has_one_row_of_each_without_names(customs: World) -> None:
    subject = lodged(customs)
    one = put(customs, subject)
    detach(actor=customs.actor("declarant"), attachment_id=one.id, at=now())
    read_all()
    facts = {"file": one.file.id, "sha256": one.file.sha256, "size": one.file.size, "content_type": "application/pdf"}
    assert told(customs, "file.stored") == told(customs, "file.read") == [facts]
    assert told(customs, "file.attached") == told(customs, "file.detached") == [{**facts, "kind": "INV"}]
    kinds = customs.run_sql("SELECT kind, subject FROM core_outboxmessage WHERE kind LIKE 'file.%%' ORDER BY id")
    assert [row[0] for row in kinds] == ["file.stored", "file.attached", "file.detached", "file.read"]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "TQ-ATT-001"), (made.SVG, "TQ-ATT-006"), (b"%PDF-" + b"x" * 2048, "TQ-ATT-002")]
)
def test_what_is_refused_leaves_nothing(customs: World, files: Path, settings: Any, content: bytes, code: str) -> None:
    settings.ATTACHMENT_MAX_BYTES = 1024
    with pytest.raises(Refused) as refused:
        store_file(actor=customs.actor("declarant"), owner=OWN, name="a.pdf", content=content, at=now())
    assert codes(refused) == [code]
    assert stored_contents(files) == []
    assert not File.objects.exists()


def test_a_day_has_a_limit_of_files_and_of_bytes(customs: World, settings: Any) -> None:
    settings.ATTACHMENTS_PER_DAY = 1
    kept(customs)
    kept(customs), "the same again is nothing new"
    with pytest.raises(Refused) as refused:
        kept(customs, made.pdf(pages=2))
    assert codes(refused) == ["TQ-ATT-007"]
    assert kept(customs, made.pdf(pages=2), at=now() + timedelta(days=1)).id
    settings.ATTACHMENTS_PER_DAY, settings.ATTACHMENT_BYTES_PER_DAY = 100, 10
    with pytest.raises(Refused) as refused:
        kept(customs, made.pdf(pages=3))
    assert codes(refused) == ["TQ-ATT-007"]


def test_a_subject_has_a_limit_and_only_known_kinds(customs: World, settings: Any) -> None:
    subject, file = lodged(customs), kept(customs)
    actor = customs.actor("declarant")
    with pytest.raises(Refused) as refused:
        attach(actor=actor, file_id=file.id, subject=subject, kind="XXX", at=now())
    assert codes(refused) == ["TQ-ATT-009"]
    settings.ATTACHMENTS_PER_SUBJECT = 1
    attach(actor=actor, file_id=file.id, subject=subject, kind="INV", at=now())
    with pytest.raises(Refused) as refused:
        attach(actor=actor, file_id=file.id, subject=subject, kind="CON", at=now())
    assert codes(refused) == ["TQ-ATT-008"]


def test_several_files_are_taken_together_or_not_at_all(customs: World, settings: Any) -> None:
    subject, actor = lodged(customs), customs.actor("declarant")
    papers = [("a.pdf", made.pdf()), ("b.svg", made.SVG), ("c.txt", b"")]
    with pytest.raises(Refused) as refused:
        file_papers(actor=actor, subject=subject, papers=papers, kind="INV", at=now())
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("b.svg", "TQ-ATT-006"),
        ("c.txt", "TQ-ATT-001"),
    ]
    assert not File.objects.exists()
    with pytest.raises(Refused) as refused:
        file_papers(actor=actor, subject=subject, papers=papers[:1] * 2, kind="?", at=now())
    assert codes(refused) == ["TQ-ATT-009"]
    settings.ATTACHMENTS_AT_ONCE = 2
    with pytest.raises(Refused) as refused:
        file_papers(actor=actor, subject=subject, papers=papers, kind="INV", at=now())
    assert codes(refused) == ["TQ-ATT-010"]


def test_a_neighbor_stores_and_attaches_nothing_for_others(customs: World) -> None:
    subject = lodged(customs)
    for role in ("clearance_officer", "partner_agency", "administrator"):
        with pytest.raises(NotAllowed):
            store_file(actor=customs.actor(role), owner=OWN, name="a", content=made.pdf(), at=now())
    with pytest.raises(NotAllowed):
        store_file(actor=customs.actor("declarant"), owner=OTHER, name="a", content=made.pdf(), at=now())
    theirs = store_file(actor=other_enterprise(), owner=OTHER, name="a", content=made.pdf(), at=now())
    with pytest.raises(NotFound):
        attach(actor=other_enterprise(), file_id=theirs.id, subject=subject, kind="INV", at=now())
    with pytest.raises(NotFound):
        attach(actor=customs.actor("declarant"), file_id=theirs.id, subject=subject, kind="INV", at=now())


@pytest.mark.parametrize("owner", ["", "enterprise:", "enterprise:../..", "office:15BB/x", "user:1", f"{OWN}\n"])
def test_an_owner_that_is_none_is_refused(customs: World, owner: str) -> None:
    with pytest.raises(NotAllowed):
        store_file(actor=customs.actor("declarant"), owner=owner, name="a", content=made.pdf(), at=now())


def test_a_paper_of_one_client_never_reaches_another_client_of_the_same_broker(customs: World) -> None:
    subject, both = lodged(customs), customs.actor("broker")
    from dataclasses import replace

    both = replace(both, enterprises=both.enterprises | {OTHER.partition(":")[2]})
    theirs = store_file(actor=both, owner=OTHER, name="a", content=made.pdf(), at=now())
    with pytest.raises(NotAllowed):
        attach(actor=both, file_id=theirs.id, subject=subject, kind="INV", at=now())


def test_files_of_customs_are_for_customs_unless_said(customs: World) -> None:
    subject, officer = lodged(customs), customs.actor("clearance_officer")
    photo = store_file(actor=officer, owner="office:15BB", name="a.jpg", content=made.photo(), at=now())
    attach(actor=officer, file_id=photo.id, subject=subject, kind="PHO", at=now())
    declarant = customs.actor("declarant")
    (entry,) = told(customs, "file.attached")
    assert entry["on"] == subject
    told_to_all = "SELECT count(*) FROM ledger_entry WHERE subject = %s AND action LIKE 'file.%%'"
    assert customs.run_sql(told_to_all, subject) == [(0,)], "the trader reads the entries of the declaration"
    assert queries.attached_files(actor=declarant, subject=subject) == []
    with pytest.raises(NotFound):
        queries.file_for(actor=declarant, file_id=photo.id)
    attach(actor=officer, file_id=photo.id, subject=subject, kind="ACT", audience="everyone", at=now())
    assert [one.kind for one in queries.attached_files(actor=declarant, subject=subject)] == ["ACT"]


def test_what_is_taken_away_is_still_seen_by_customs(customs: World) -> None:
    subject = lodged(customs)
    one = put(customs, subject)
    declarant, officer = customs.actor("declarant"), customs.actor("clearance_officer")
    with pytest.raises(NotAllowed):
        detach(actor=officer, attachment_id=one.id, at=now())
    detach(actor=declarant, attachment_id=one.id, at=now())
    assert queries.attached_files(actor=declarant, subject=subject) == queries.files_of(subject) == []
    (seen,) = queries.attached_files(actor=officer, subject=subject)
    assert seen.detached_at is not None
    with pytest.raises(NotFound):
        detach(actor=declarant, attachment_id=one.id, at=now())
    assert Attachment.objects.get().detached_by == declarant.reference


def test_a_photo_is_handed_out_without_its_place_and_the_original_only_for_a_reason(customs: World) -> None:
    subject, officer = lodged(customs), customs.actor("clearance_officer")
    photo = store_file(actor=officer, owner="office:15BB", name="a.jpg", content=made.photo(), at=now())
    attach(actor=officer, file_id=photo.id, subject=subject, kind="PHO", at=now())
    with pytest.raises(Conflict):
        queries.handed_out(actor=officer, file_id=photo.id)
    read_all()
    assert b"SpyPhone" not in queries.handed_out(actor=officer, file_id=photo.id)[1]
    with pytest.raises(NotAllowed):
        open_original(actor=officer, file_id=photo.id, reason="curious", at=now())
    control = customs.actor("internal_control")
    with pytest.raises(Refused) as refused:
        open_original(actor=control, file_id=photo.id, reason=" \x00 ", at=now())
    assert codes(refused) == ["TQ-ATT-018"]
    _file, original = open_original(actor=control, file_id=photo.id, reason="Khiếu nại số 7", at=now())
    assert original == made.photo()
    assert Unsealing.objects.get().reason == "Khiếu nại số 7"
    assert "reason" not in told(customs, "file.unsealed")[0]


def test_a_changed_content_is_not_handed_out_and_sending_it_again_mends_it(customs: World, files: Path) -> None:
    file, actor = kept(customs), customs.actor("declarant")
    place = files / key_of(OWN, file.sha256)
    place.chmod(0o600)
    place.write_bytes(b"%PDF-something else")
    with pytest.raises(Conflict) as trouble:
        queries.handed_out(actor=actor, file_id=file.id)
    assert trouble.value.code == "TQ-ATT-016"
    read_all()
    assert queries.file_for(actor=actor, file_id=file.id).fault == "TQ-ATT-016"
    kept(customs)
    assert queries.handed_out(actor=actor, file_id=file.id)[1] == made.pdf()


def test_a_hostile_file_is_unreadable_and_says_why(customs: World) -> None:
    file = kept(customs, made.pdf(password="secret"))
    read_all()
    found = queries.file_for(actor=customs.actor("declarant"), file_id=file.id)
    assert (found.state, found.fault) == ("unreadable", "TQ-ATT-015")
    assert told(customs, "file.unreadable")[0]["fault"] == "TQ-ATT-015"


def test_a_file_is_read_once_even_when_two_readers_had_it(customs: World) -> None:
    file = kept(customs)
    read_all()
    keep_reading(file_id=file.id, reading=Reading(found=Found(pages=99)), at=now())
    assert queries.file_for(actor=customs.actor("declarant"), file_id=file.id).pages == 1
    assert len(told(customs, "file.read")) == 1


def test_a_reader_that_dies_with_its_worker_loses_nothing(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from thongquan.base.attachments.operations import keeping

    def die(content: bytes, kind: str) -> Reading:
        raise KeyboardInterrupt

    file, at = kept(customs), now()
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "read_content", die)
        for _try in range(MAX_TRIES):
            with pytest.raises(KeyboardInterrupt):
                read_next(at=at)
            assert not read_next(at=at), "taken by a reader that may still be at it"
            at += GIVEN_UP_AFTER + timedelta(seconds=1)
        assert read_next(at=at)
    found = queries.file_for(actor=customs.actor("declarant"), file_id=file.id)
    assert (found.state, found.fault) == ("unreadable", "TQ-ATT-014")
    assert queries.count_waiting() == 0


def test_a_storage_that_is_away_costs_no_try(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from thongquan.base.attachments import storage

    def away(key: str, sha256: str) -> bytes:
        raise OSError("away")

    kept(customs)
    with monkeypatch.context() as patch:
        patch.setattr(storage, "content_at", away)
        assert not read_next(at=now())
    assert File.objects.get().tries == 0
    assert read_next(at=now() + GIVEN_UP_AFTER + timedelta(seconds=1))
    assert File.objects.get().state == "read"


def test_owners_take_turns_at_the_reader(customs: World) -> None:
    """Many files of one keep another waiting for one of them only."""
    for pages in range(1, 4):
        kept(customs, made.pdf(pages=pages))
    theirs = store_file(actor=other_enterprise(), owner=OTHER, name="a.txt", content=made.TEXT, at=now())
    at = now()
    assert read_next(at=at)
    assert read_next(at=at + timedelta(seconds=1))
    assert set(File.objects.filter(state="read").values_list("owner", flat=True)) == {OWN, OTHER}
    assert File.objects.get(pk=theirs.id).state == "read"
