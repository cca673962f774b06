"""What must not be published is blanked, whatever its spelling; everything else stays as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.redaction import BLANK, redacted
from thongquan.rules.text import fold


def test_a_clause_and_any_three_words_of_a_secret_are_blanked_whatever_the_spelling() -> None:
    secret = "nung ở 1.180 °C trong khí nitơ; phủ silan KH-550"
    text = "Gạch được NUNG O 1.180 °C, sau đó Phủ  SILAN KH-550 rồi đóng gói."
    assert redacted(text, [secret]) == f"Gạch được {BLANK}, sau đó {BLANK} rồi đóng gói."
    assert redacted("nung trong khí nitơ tinh khiết", [secret]) == f"nung {BLANK} tinh khiết"
    assert redacted("khí nén và 1.180 viên", [secret]) == "khí nén và 1.180 viên"


def test_short_secrets_and_no_secrets_change_nothing() -> None:
    assert redacted("Máy A của b", ["A", "", " , "]) == "Máy A của b"
    assert redacted("", ["bí mật"]) == ""


@given(
    st.lists(st.text("abcđêxyz 12,.", min_size=3, max_size=30), max_size=3),
    st.text("abcđêxyz 12,.", max_size=40),
    st.text("abcđêxyz 12,.", max_size=40),
)
def test_a_secret_never_stands_in_what_is_published(secrets: list[str], before: str, after: str) -> None:
    shown = redacted(f"{before} | {' | '.join(secrets)} | {after}", secrets)
    words = fold(shown.replace(BLANK, " | ")).replace(",", " ").replace(".", " ")
    for secret in secrets:
        clause = fold(secret)
        if len(clause) >= 3 and clause.isalnum():
            assert clause not in words.split()


@given(st.text(max_size=60))
def test_any_text_stays_as_it_is_without_secrets(text: str) -> None:
    assert redacted(text, []) == text
