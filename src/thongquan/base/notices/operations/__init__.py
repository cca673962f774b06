"""What other rooms may ask of notices."""

from thongquan.base.notices.operations.telling import Note, notify, notify_all

__all__ = ["Note", "notify", "notify_all"]
