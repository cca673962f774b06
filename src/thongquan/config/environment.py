"""Where this installation lives: its data directory, realm and secrets, read from the environment.

`TQ_DATA_DIR` (default `./var`), `TQ_REALM` (`real`, `practice` or `sandbox`; practice when unset, and no program works
on a database of another realm), `DATABASE_URL` (else the embedded server),
`TQ_ALLOWED_HOSTS` (comma separated), `TQ_FILES_BUCKET` (attached files in an S3 bucket, not in the data directory),
`TQ_SITE_URL` (what links in e-mails and webhooks begin with), `TQ_SMTP_HOST`, `TQ_SMTP_PORT` (587), `TQ_SMTP_USER`,
`TQ_SMTP_PASSWORD_FILE`, `TQ_SMTP_TLS` (`starttls`, `tls`, `none`), `TQ_MAIL_FROM`, `TQ_WEBHOOKS_TO_LOOPBACK`,
`TQ_LAKE_DIR` (else `lake/<realm>` in the data directory), `TQ_LAKE_SECONDS` (pace of the lake, 30);
which engine answers from the lake is told in `thongquan.lake.engines`.
Secrets are files under the data directory, made on first use, readable by their
owner only: nothing secret is ever in the repository or in the database.
"""

from __future__ import annotations

import os
from pathlib import Path

REALMS = ("real", "practice", "sandbox")


def data_dir() -> Path:
    """Directory of everything this installation keeps outside the database."""
    return Path(os.environ.get("TQ_DATA_DIR", "var")).resolve()


def realm() -> str:
    """Name of the realm this process serves. Raises ValueError on an unknown name."""
    name = os.environ.get("TQ_REALM", "practice")
    if name not in REALMS:
        message = f"TQ_REALM is {name!r}; it must be one of {', '.join(REALMS)}"
        raise ValueError(message)
    return name


def allowed_hosts() -> list[str]:
    """Host names this server answers to; loopback when none is named."""
    named = [host.strip() for host in os.environ.get("TQ_ALLOWED_HOSTS", "").split(",") if host.strip()]
    return named or ["127.0.0.1", "localhost", "[::1]"]


def web_processes() -> int:
    """How many serving processes share the quotas of the lanes (`TQ_WEB_PROCESSES`, set by `thongquan run`)."""
    return max(int(os.environ.get("TQ_WEB_PROCESSES", "2")), 1)


LANES = {"ordinary": (8, 12), "perishable": (8, 8), "express": (2, 40)}
"""Work at once and work that waits, over the whole installation; of express, batches that wait for their worker."""


def lane_quotas() -> dict[str, tuple[int, int]]:
    """Quotas of the lanes, each changed by `TQ_LANE_<NAME>=<at once>/<waiting>`. Raises ValueError for another form."""
    return {lane: _quota(os.environ.get(f"TQ_LANE_{lane.upper()}", ""), known) for lane, known in LANES.items()}


def _quota(text: str, known: tuple[int, int]) -> tuple[int, int]:
    if not text:
        return known
    in_flight, _, waiting = text.partition("/")
    return int(in_flight), int(waiting)


def trusts_proxy() -> bool:
    """Whether a proxy in front ends TLS and says so (`TQ_TRUST_PROXY=1`); never true by default."""
    return os.environ.get("TQ_TRUST_PROXY") == "1"


def lake_dir() -> Path:
    """Directory of this realm's lake (`TQ_LAKE_DIR`, else under the data directory)."""
    named = os.environ.get("TQ_LAKE_DIR")
    return Path(named).resolve() if named else data_dir() / "lake" / realm()


def secrets_dir() -> Path:
    """Directory of this installation's keys."""
    return data_dir() / "secrets"


def files_storage() -> dict[str, object]:
    """Where attached files are kept: the data directory, or the S3 bucket that `TQ_FILES_BUCKET` names.

    A bucket asks for the extra `thongquan[s3]`; `TQ_FILES_ENDPOINT` names a server other than Amazon's. Its keys are
    read by the client library from the environment or its own files, never from here.
    """
    bucket = os.environ.get("TQ_FILES_BUCKET")
    if not bucket:
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        place = {"location": data_dir() / "attachments", "base_url": None, **modes}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": place}
    options = {
        "bucket_name": bucket,
        "endpoint_url": os.environ.get("TQ_FILES_ENDPOINT") or None,
        "default_acl": "private",
        "file_overwrite": True,
        "querystring_auth": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def site_url() -> str:
    """What links in e-mails and webhooks begin with: how this installation is reached from outside."""
    return os.environ.get("TQ_SITE_URL", "http://127.0.0.1:8000").rstrip("/")


def webhooks_to_loopback() -> bool:
    """Whether webhooks may call this very machine, also without TLS (`TQ_WEBHOOKS_TO_LOOPBACK=1`).

    For trying out a receiver in a practice or sandbox realm; never in a real one.
    """
    return realm() != "real" and os.environ.get("TQ_WEBHOOKS_TO_LOOPBACK") == "1"


def mail_backend() -> str:
    """Where e-mails go: the server that `TQ_SMTP_HOST` names, else a mail folder under the data directory."""
    if os.environ.get("TQ_SMTP_HOST"):
        return "django.core.mail.backends.smtp.EmailBackend"
    return "thongquan.base.notices.mailbox.FolderBackend"


def mail_password() -> str:
    """Content of the file that `TQ_SMTP_PASSWORD_FILE` names; '' without one."""
    file = os.environ.get("TQ_SMTP_PASSWORD_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else ""
