"""The certificate's code is not the declared code: the one function that says what follows.

Legal basis: Circular 33/2023/TT-BTC Art. 16. Used by the check of certificates and by the search for two codes.

Acceptance always stands under 'no other doubt'. Where customs itself has enough information, goods with the same CTC or
RVC are accepted without the declarant's proof. SP on the certificate against CTC or RVC for the declared code is
verified; the other direction is not listed in the article, nor is WO for the declared code against CTC, RVC or SP:
these come back as `unlisted`, for a person to decide, and are never guessed.
"""

from __future__ import annotations

from typing import Literal

from thongquan.rules.origin.criteria import Criterion, is_wholly_made
from thongquan.rules.parts import Frozen

Answer = Literal["accept", "proof", "verify", "refuse", "unlisted"]
ARTICLE = "Circular 33/2023/TT-BTC Art. 16"


class Verdict(Frozen, frozen=True, kw_only=True):
    """What follows for one item; `row` names the row of the article's matrix. `proof`: within `proof_days` days."""

    answer: Answer
    row: str
    article: str = ARTICLE


def differing_codes(
    stated: Criterion,
    declared: Criterion | None,
    *,
    other_doubt: bool = False,
    proof: bool = False,
    known: bool = False,
    agreement_allows: bool = False,
) -> Verdict:
    """What follows when the code on the certificate is not the declared one.

    `stated` is the criterion on the certificate for its code, `declared` the criterion that the declared code asks for
    (None when the law at hand does not give it). `proof`: the declarant proved within the days that the declared code's
    criterion is met; `known`: customs has enough information itself; `agreement_allows`: the agreement accepts PE or
    RVC 100 % where WO is asked. Two shifts of different levels or two different thresholds are not 'the same' and are
    verified.
    """
    answer, row = _row(stated, declared, agreement_allows=agreement_allows)
    if answer == "proof" and (proof or known):
        answer = "accept"
    if answer in ("accept", "proof") and other_doubt:
        answer = "verify"
    return Verdict(answer=answer, row=row)


def _row(stated: Criterion, declared: Criterion | None, *, agreement_allows: bool) -> tuple[Answer, str]:
    if stated.kind == "WO":
        return "accept", "WO"
    if is_wholly_made(stated):
        refused = declared is not None and declared.kind == "WO" and not agreement_allows
        return ("refuse" if refused else "accept"), "PE"
    if declared is None:
        return "verify", "unknown"
    if stated.kind == "SP":
        return _of_process(stated, declared)
    if stated.kind in ("CTC", "RVC") and declared.kind in ("CTC", "RVC"):
        if stated.kind != declared.kind:
            return "verify", "RVC-CTC"
        return ("proof", "same") if stated.key == declared.key else ("verify", "same kind")
    return "unlisted", f"{stated.kind}-{declared.kind}"


def _of_process(stated: Criterion, declared: Criterion) -> tuple[Answer, str]:
    """SP on the certificate: the same is accepted, CTC and RVC are verified, WO is not listed."""
    if declared.kind == "SP":
        return "accept", "SP"
    if declared.kind in ("CTC", "RVC"):
        return "verify", "SP-CTC/RVC"
    return "unlisted", f"{stated.kind}-{declared.kind}"
