"""What pages of other rooms show of files."""

from __future__ import annotations

from typing import Any

from django import template

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.attachments.types import CSV, JPEG, PDF, PNG, TEXT, WEBP, XLSX, XML
from thongquan.base.attachments.viewing import viewed_now
from thongquan.base.core.law_words import legal

register = template.Library()
WORDS = {
    PDF: "PDF",
    PNG: "PNG",
    JPEG: "JPEG",
    WEBP: "WebP",
    XLSX: "Excel",
    XML: "XML",
    TEXT: "TXT",
    CSV: "CSV",
}


@register.inclusion_tag("attachments/_section.html")
def files_panel(subject: str) -> dict[str, str]:
    """The files of a subject, loaded after the page; a link where there is no script."""
    return {"subject": subject}


@register.inclusion_tag("attachments/_viewer.html", takes_context=True)
def papers_viewer(context: dict[str, Any], subject: str) -> dict[str, Any]:
    """The papers of a subject to look through beside other things; the address of the page says which."""
    request = context["request"]
    return {"viewed": viewed_now(actor_of_request(request), subject, request.GET), "request": request}


@register.filter
def type_word(content_type: str) -> str:
    """A content type as people call it."""
    return WORDS.get(content_type, content_type)


@register.simple_tag
def subject_name(subject: str) -> str:
    """A subject as people call it: what stands behind its kind."""
    return subject.partition(":")[2] or subject


@register.filter
def in_law(source: str) -> str:
    """An article in the reader's words."""
    return legal(source.removeprefix("unverified: "))
