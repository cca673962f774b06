"""The notices that control sends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thongquan.base.notices.words import register

REJECTED = "control.lower_channel_rejected"
register(
    REJECTED,
    text=_("{by} refused your proposal to lower the channel of declaration {number}"),
    label=_("Proposed lower channel refused"),
    url_name="control:channel",
    side="customs",
)
