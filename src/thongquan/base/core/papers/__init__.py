"""Official papers as PDF: `pdf(template, data)` with the shared form `official.typ`.

A paper is a legal form of Viet Nam and is therefore written in Vietnamese whatever language its reader uses; names and
goods in it may carry Chinese. Form: Decree 30/2020/NĐ-CP on clerical work, Annex I.
"""

from thongquan.base.core.papers.making import FontsMissingError, pdf, picture
from thongquan.base.core.papers.words import dong_in_words

__all__ = ["FontsMissingError", "dong_in_words", "pdf", "picture"]
