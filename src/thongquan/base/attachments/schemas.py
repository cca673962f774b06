"""Bodies of the API of files, and how its answers are described."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from thongquan.base.attachments.queries import Attached, StoredFile
from thongquan.base.core.openapi import FAULTS, Answers


class AttachBody(msgspec.Struct, forbid_unknown_fields=True):
    """What a file is put on. `audience`: everyone who sees the subject, or customs only."""

    subject: str
    kind: str
    audience: Literal["everyone", "customs"] | None = None


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (StoredFile, Attached, AttachBody), ref_template=_REFERENCE
)[1]


def _one(kind: type) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def _many(kind: type) -> dict[str, Any]:
    return {"type": "object", "properties": {"files": {"type": "array", "items": _one(kind)}}}


_REFUSED = {422: ("Refused; nothing was stored", FAULTS)}
_GONE = {404: ("None of that name in your scope", FAULTS)}
STORED: Answers = {201: ("Stored, and attached when a subject was named", {"type": "object"}), **_REFUSED, **_GONE}
LISTED: Answers = {200: ("Files of the subject or of the owner", _many(Attached)), **_REFUSED, **_GONE}
FOUND: Answers = {200: ("The file", _one(StoredFile)), **_GONE, 422: ("Not a number", FAULTS)}
CONTENT: Answers = {
    200: ("The file to keep", {"type": "string", "format": "binary"}),
    409: ("No copy to hand out yet, or the storage is damaged", FAULTS),
    **_GONE,
    422: ("Not a number", FAULTS),
}
ATTACHED: Answers = {200: ("Attached", _one(Attached)), **_REFUSED, **_GONE}
DETACHED: Answers = {200: ("Taken away", _one(Attached)), **_GONE, 422: ("Not a number", FAULTS)}
UPLOAD_BODY: dict[str, Any] = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "properties": {
                "file": {"type": "string", "format": "binary"},
                "owner": {"type": "string", "description": "`enterprise:0100100100`; not needed with a subject"},
                "subject": {"type": "string", "description": "`declaration:101234567890`"},
                "kind": {"type": "string", "description": "kind of paper, with a subject: `INV`"},
            },
            "required": ["file"],
        }
    }
}
ATTACH_BODY: dict[str, Any] = {"application/json": {"schema": _one(AttachBody)}}
