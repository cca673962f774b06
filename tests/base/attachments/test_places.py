"""Where files are kept by setting, and that the worker comes to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import storages

from tests.base.attachments.office import kept
from tests.world import World
from thongquan.base.attachments import storage
from thongquan.base.attachments.models import File
from thongquan.base.attachments.tasks import read_loop_step
from thongquan.base.core.clock import now
from thongquan.config import environment
from thongquan.config.worker import read_round


def test_files_stand_under_the_data_directory_unless_a_bucket_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TQ_FILES_BUCKET", raising=False)
    here = environment.files_storage()
    assert here["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    monkeypatch.setenv("TQ_FILES_BUCKET", "customs")
    monkeypatch.setenv("TQ_FILES_ENDPOINT", "https://store.example")
    there = environment.files_storage()
    assert there["BACKEND"] == "storages.backends.s3.S3Storage"
    assert there["OPTIONS"] == {
        "bucket_name": "customs",
        "endpoint_url": "https://store.example",
        "default_acl": "private",
        "file_overwrite": True,
        "querystring_auth": True,
    }


def test_a_write_that_was_cut_off_is_done_anew(files: Path) -> None:
    (files / "a" / "bb").mkdir(parents=True)
    (files / "a" / "bb" / "cc").write_bytes(b"half")
    storage.keep("a/bb/cc", b"half and half")
    assert (files / "a" / "bb" / "cc").read_bytes() == b"half and half"
    assert [path.name for path in (files / "a" / "bb").iterdir()] == ["cc"]
    assert storages["attachments"] is storage.place()


def test_the_worker_reads_what_waits(customs: World) -> None:
    kept(customs)
    assert read_round()
    assert not read_round(), "an empty round lets the loop rest"
    assert File.objects.get().state == "read"


def test_one_bad_file_does_not_stop_the_reader(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from thongquan.base.attachments import tasks

    def broken(*, at: object) -> bool:
        raise RuntimeError("a defect of ours")

    monkeypatch.setattr(tasks, "read_next", broken)
    assert read_loop_step(now())
