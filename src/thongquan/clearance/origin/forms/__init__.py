"""Forms of this room, a file for each of its parts."""

from thongquan.clearance.origin.forms.certificates import AcceptForm, CheckForm, UseForm, WordsForm

__all__ = ["AcceptForm", "CheckForm", "UseForm", "WordsForm"]
