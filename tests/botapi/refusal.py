"""How the server says no."""

from __future__ import annotations

REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
}


class RefusedError(Exception):
    """A call is answered with an error: a code, Telegram's words, and what Telegram adds for machines."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        """Put Telegram's word for the code before the description, as Telegram does."""
        reason = REASONS.get(code, "Error")
        self.code = code
        self.description = f"{reason}: {description}" if description else reason
        self.parameters = parameters
        super().__init__(self.description)


def demand(holds: object, words: str, code: int = 400, **parameters: int) -> None:
    """Refuse the call with these words unless the condition holds."""
    if not holds:
        raise RefusedError(words, code, **parameters)
