"""Bytes to elements, safely; read in `base.core.xmlsource`, where rooms below read them too."""

from thongquan.base.core.xmlsource import Limits, parse

__all__ = ["Limits", "parse"]
