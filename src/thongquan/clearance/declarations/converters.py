"""Parts of addresses that only look one way."""

from __future__ import annotations


class _Text:
    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class Number(_Text):
    """A declaration number: twelve digits."""

    regex = "[0-9]{12}"


class FileKind(_Text):
    """A kind of table to take away."""

    regex = "csv|xlsx"
