"""Model numbers from patterns: `#` stands for a digit, `@` for a capital letter."""

from __future__ import annotations

from zlib import crc32

PER_PATTERN = 4
_LETTERS = "ABCDEFGHKLMNPRSTVWX"
_STEP, _MASK = 1103515245, 0x7FFFFFFF


def concrete(key: str, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Give four model numbers for each pattern, always the same for a key; a pattern without signs stands as it is."""
    found: dict[str, None] = {}
    for pattern in patterns:
        for place in range(PER_PATTERN):
            found[_filled(pattern, crc32(f"{key}/{pattern}/{place}".encode()))] = None
    return tuple(found)


def _filled(pattern: str, state: int) -> str:
    """A linear congruence is all the chance that is needed, and the same everywhere."""
    written = []
    for sign in pattern:
        if sign in "#@":
            state = (state * _STEP + 12345) & _MASK
            choices = _LETTERS if sign == "@" else "0123456789"
            written.append(choices[(state >> 12) % len(choices)])
        else:
            written.append(sign)
    return "".join(written)
