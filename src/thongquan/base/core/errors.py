"""What operations raise when they cannot do what was asked; interfaces turn it into pages, statuses and exit codes."""

from __future__ import annotations


class OperationError(Exception):
    """Base of all refusals by operations. `code` is a `rules.codes.Code` value."""

    code = "TQ-API-009"
    status = 400

    def __init__(self, detail: str = "", *, code: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code


class NotAllowed(OperationError):  # noqa: N818  (reads as what is told)
    """The actor may not do this here."""

    code = "TQ-API-005"
    status = 403


class NotFound(OperationError):  # noqa: N818  (reads as what is told)
    """No such thing within the actor's scope: what one may not see does not exist."""

    code = "TQ-API-006"
    status = 404


class Conflict(OperationError):  # noqa: N818  (reads as what is told)
    """The state of things does not allow it now."""

    code = "TQ-API-009"
    status = 409
