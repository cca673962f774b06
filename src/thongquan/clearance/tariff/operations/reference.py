"""Loading a reference directory, the shipped one or another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from thongquan.base.core.faults import Refused
from thongquan.base.core.realm import realm_name
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.directory import digest_of, read_directory
from thongquan.clearance.tariff.formats.reading import Unread
from thongquan.clearance.tariff.operations.report import LoadReport
from thongquan.clearance.tariff.operations.storing import store
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

SHIPPED = Path(__file__).parents[3] / "reference"
SYSTEM = "system:reference"


def load_reference(*, at: datetime, directory: Path = SHIPPED, actor: str = SYSTEM) -> LoadReport:
    """Bring the law of a directory into the database; loading the same files again changes nothing.

    Everything is read and checked first: Refused carries every fault of every file (TQ-FMT-001, -005, -009, -018,
    TQ-DEC-004, TQ-DEC-027) and then nothing is stored. Rows under `practice/` are loaded in a practice realm only.
    """
    if not directory.is_dir():
        raise Refused([Fault(code=Code.TQ_FMT_001, value=str(directory), values={"file": str(directory)})])
    practice = realm_name() == "practice"
    files = digest_of(directory, practice=practice)
    latest = models.LawVersion.objects.order_by("-id").first()
    loaded = models.LawVersion.objects.exclude(files="").order_by("-id").first()
    if latest is not None and loaded is not None and loaded.files == files:
        unread = tuple(Unread(*cell) for cell in loaded.changes.get("unread", []))
        return LoadReport(version=latest.id, digest=latest.digest, changed=False, unread=unread)
    reading = read_directory(directory, practice=practice)
    if reading.faults:
        raise Refused(reading.faults)
    return store(reading, actor=actor, origin=directory.name, at=at, files=files)
