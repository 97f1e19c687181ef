"""Encrypts files, so that only who has the key can read them and nobody can change them unnoticed.

A sealed file is `MAGIC`, a salt of 16 bytes, and chunks of up to 1 MiB, each with its tag of 16 bytes.
Each chunk is AES-256-GCM; its nonce is its number (11 bytes, big-endian) and whether it is the last one
(1 byte), and `MAGIC` and the salt are authenticated with it. So chunks that are missing, swapped or of
another file are noticed [STREAM: Hoang, Reyhanitabar, Rogaway, Vizar, Crypto 2015; the same shape as in age].
The key of a file is scrypt of the passphrase and the file's salt, so no nonce is ever used twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC: Final = b"career-bot sealed 1\n"
"""What a sealed file begins with; the number is that of the format."""

CHUNK_BYTES: Final = 1 << 20

_SALT_BYTES: Final = 16
_TAG_BYTES: Final = 16
_KEY_BYTES: Final = 32


class SealError(Exception):
    """A file cannot be opened with this passphrase; the message is one line."""


def seal(
    source: BinaryIO, target: BinaryIO, passphrase: str, given_up: Callable[[], bool] = lambda: False
) -> None:
    """Encrypt what is in a file.

    Args:
        source: read from where it stands to its end.
        target: written to; holds the sealed file afterwards.
        passphrase: of any length; a short one can be guessed.
        given_up: asked between chunks whether to end early; what was written is then of no use.
    """
    # Not an argument: a salt that comes twice would give the secret away.
    header = MAGIC + os.urandom(_SALT_BYTES)
    cipher = _cipher(passphrase, header)
    target.write(header)
    for nonce, chunk in _chunks(source, CHUNK_BYTES):
        if given_up():
            return
        target.write(cipher.encrypt(nonce, chunk, header))


def unseal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Decrypt a sealed file.

    Args:
        source: a sealed file, at its beginning.
        target: written to; what it holds is good only when this returns.
        passphrase: the one it was sealed with.

    Raises:
        SealError: it is another passphrase, or the file is not whole or was altered.
    """
    header = source.read(len(MAGIC) + _SALT_BYTES)
    if len(header) != len(MAGIC) + _SALT_BYTES or not header.startswith(MAGIC):
        message = "it is no sealed file, or its beginning is missing"
        raise SealError(message)
    cipher = _cipher(passphrase, header)
    try:
        target.writelines(
            cipher.decrypt(nonce, chunk, header) for nonce, chunk in _chunks(source, CHUNK_BYTES + _TAG_BYTES)
        )
    except (InvalidTag, ValueError):  # ValueError: shorter than a tag
        message = "the key is not the one it was made with, or the file is not whole or was altered"
        raise SealError(message) from None


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield nonces and chunks; there is always a last chunk, which may be empty."""
    number, chunk = 0, source.read(size)
    while following := source.read(size):
        yield number.to_bytes(11, "big") + b"\0", chunk
        number, chunk = number + 1, following
    yield number.to_bytes(11, "big") + b"\1", chunk


def _cipher(passphrase: str, header: bytes) -> AESGCM:
    # 32 MiB and about a quarter of a second [OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3].
    derivation = Scrypt(salt=header[len(MAGIC) :], length=_KEY_BYTES, n=1 << 15, r=8, p=3)
    return AESGCM(derivation.derive(passphrase.encode()))
