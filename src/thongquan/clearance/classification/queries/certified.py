"""The certificate of origin of a line against its declared code: the second of the three checks.

Legal basis: Circular 33/2023/TT-BTC Art. 16 (`rules.origin.matrix`).
"""

from __future__ import annotations

import msgspec

from thongquan.clearance.classification.subjects import certified
from thongquan.rules.origin.criteria import Criterion, read_criterion
from thongquan.rules.origin.matrix import ARTICLE, Answer, differing_codes


class CertificateSays(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate whose six digits are not the declared ones, and what the article says follows.

    `answer`: accept, proof (within the days of the law), verify, refuse or unlisted. `row` is the row of the matrix, ''
    where the criterion cannot be read. `other`: the certificate has the code of the other line.
    """

    number: str
    stated: str
    declared: str
    criterion: str
    answer: Answer
    row: str = ""
    article: str = ARTICLE
    other: bool = False


def certificate_says(*, declaration: int, line: int, declared: str, other: str) -> CertificateSays | None:
    """None where the line names no certificate at hand, or one of the same six digits."""
    kept = certified(declaration, line)
    if kept is None or not kept.hs or kept.hs[:6] == declared[:6]:
        return None
    answer, row = _followed(kept.criterion, kept.asked, proved=kept.proved)
    return CertificateSays(
        number=kept.number,
        stated=kept.hs,
        declared=declared,
        criterion=kept.criterion,
        answer=answer,
        row=row,
        other=kept.hs[:6] == other[:6],
    )


def _followed(criterion: str, asked: Criterion | None, *, proved: bool) -> tuple[Answer, str]:
    stated = read_criterion(criterion)
    if stated is None or stated.kind == "PSR":
        return "verify", ""
    verdict = differing_codes(stated, asked, proof=proved)
    return verdict.answer, verdict.row
