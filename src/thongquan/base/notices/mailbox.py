"""The mail folder: where e-mails go while no mail server is named, each in a file of its own."""

from __future__ import annotations

import email
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{12}\.eml")
NEWEST = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail of the folder."""

    name: str
    at: datetime
    to: str
    subject: str
    text: str


class FolderBackend(BaseEmailBackend):
    """Django's way out for e-mails, into the folder."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each into a file, readable by the owner only."""
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(6)}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)


def letters() -> list[Letter]:
    """The newest e-mails of the folder."""
    folder = _folder()
    names = sorted((path.name for path in folder.glob("*.eml") if NAME.fullmatch(path.name)), reverse=True)
    return [_read(folder / name) for name in names[:NEWEST]]


def letter(name: str) -> Letter | None:
    """One of them; None for a name that is not of this folder."""
    path = _folder() / name
    return _read(path) if NAME.fullmatch(name) and path.is_file() else None


def _folder() -> Path:
    return Path(settings.MAIL_DIR)


def _read(path: Path) -> Letter:
    parsed = email.message_from_bytes(path.read_bytes(), policy=default)
    body = parsed.get_body(("plain",))
    at = datetime.strptime(path.name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    text = str(body.get_content()) if body else ""
    return Letter(path.name, at, str(parsed["To"] or ""), str(parsed["Subject"] or ""), text)
