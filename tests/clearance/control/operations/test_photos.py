"""Pictures of an inspection: kept by its officers, for the office alone, and part of what is signed."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.clearance.control.yard import act_of, agreeing, drawn, lodged, officers
from tests.world import World
from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments.operations import attach, store_file
from thongquan.base.attachments.queries import attached_files
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.acts import save_line, sign_act
from thongquan.clearance.control.operations.inspections import assign_inspection
from thongquan.clearance.control.queries.inspections import photos_of
from thongquan.rules.codes import Code


def picture(shade: int) -> bytes:
    """A small picture."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(content, "JPEG")
    return content.getvalue()


def keep(actor: Actor, subject: str, shade: int) -> None:
    file = store_file(actor=actor, owner="office:15BB", name=f"anh-{shade}.jpg", content=picture(shade), at=now())
    attach(actor=actor, file_id=file.id, subject=subject, kind="PHO", at=now())


def test_a_picture_is_part_of_what_is_signed_and_seen_by_the_office_alone(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=3), lodged(customs, at)
    assign_inspection(actor=team[0], number=number, at=at)
    first, second = drawn(team[0], number, team)
    (other,) = [one for one in team if one not in (first, second)]
    for line in range(1, 6):
        save_line(actor=first, number=number, measured=agreeing(line), at=at)
    before = act_of(first, number)
    subject = photos_of(before.id)
    sign_act(actor=first, number=number, digest=before.digest, at=at)
    keep(second, subject, 10)
    after = act_of(first, number)
    assert after.digest != before.digest
    assert [one.signed_at for one in after.assigned] == [None, None]
    with pytest.raises(Refused) as refusal:
        sign_act(actor=second, number=number, digest=before.digest, at=at)
    assert refusal.value.faults[0].code == Code.TQ_CTL_010
    assert len(attached_files(actor=other, subject=subject)) == 1
    with pytest.raises((NotAllowed, NotFound)):
        keep(other, subject, 20)
    sign_act(actor=second, number=number, digest=after.digest, at=at)
    assert sign_act(actor=first, number=number, digest=after.digest, at=at) is not None
    with pytest.raises((NotAllowed, NotFound)):
        keep(first, subject, 30)


def test_a_stranger_and_a_neighbor_see_no_picture(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=2), lodged(customs, at)
    assign_inspection(actor=team[0], number=number, at=at)
    subject = photos_of(act_of(team[0], number).id)
    (neighbor,) = officers(customs, at, count=1, office="15BC", on_duty=False)
    for actor in (neighbor, customs.actor("declarant"), customs.actor("partner_agency")):
        with pytest.raises(NotFound):
            attached_files(actor=actor, subject=subject)
    for nonsense in ("inspection:x", "inspection:999999", "inspection:"):
        with pytest.raises(NotFound):
            attached_files(actor=team[0], subject=nonsense)
