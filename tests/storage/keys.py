"""Keys made without the work that slows down guessing, and tests."""

from typing import Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt


def quick(**given: Any) -> Scrypt:
    """In place of `bot.storage.sealing.Scrypt`."""
    return Scrypt(**given | {"n": 2, "p": 1})
