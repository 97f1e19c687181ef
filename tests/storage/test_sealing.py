"""Files that only who has the key can read, and nobody can change unnoticed."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage import sealing
from bot.storage.sealing import MAGIC, SealError, seal, unseal
from tests.storage import keys

KEY = "correct horse battery staple"
CHUNK = 32
HEADER = len(MAGIC) + 16
TAGGED = CHUNK + 16

for_each_example = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The fixture below changes nothing between examples."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are made without the work that slows down guessing, and chunks are small."""
    monkeypatch.setattr(sealing, "Scrypt", keys.quick)
    monkeypatch.setattr(sealing, "CHUNK_BYTES", CHUNK)


def sealed(content: bytes, key: str = KEY) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, key)
    return target.getvalue()


def opened(content: bytes, key: str = KEY) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(content), target, key)
    return target.getvalue()


@for_each_example
@given(st.binary(max_size=5 * CHUNK), st.text(min_size=1, alphabet=st.characters(codec="utf-8")))
def test_what_was_sealed_is_opened_with_the_same_key(content, key):
    assert opened(sealed(content, key), key) == content


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_length_comes_back_whole(size):
    assert opened(sealed(b"x" * size)) == b"x" * size


@for_each_example
@given(st.binary(min_size=1, max_size=5 * CHUNK), st.data())
def test_one_changed_bit_anywhere_is_noticed(content, data):
    whole = bytearray(sealed(content))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealError):
        opened(bytes(whole))


def test_a_file_cut_anywhere_is_noticed():
    whole = sealed(b"x" * 3 * CHUNK)
    for end in range(len(whole)):
        with pytest.raises(SealError):
            opened(whole[:end])


def test_something_added_is_noticed():
    with pytest.raises(SealError):
        opened(sealed(b"x" * CHUNK) + b"more")


def test_chunks_that_were_swapped_left_out_or_taken_from_another_file_are_noticed():
    whole, other = sealed(b"a" * 3 * CHUNK), sealed(b"b" * 3 * CHUNK)
    header, first, second, third = (
        whole[:HEADER],
        *(whole[HEADER + number * TAGGED : HEADER + (number + 1) * TAGGED] for number in range(3)),
    )
    foreign = other[HEADER : HEADER + TAGGED]
    assert opened(header + first + second + third) == b"a" * 3 * CHUNK
    for chunks in ((second, first, third), (first, third), (first, second), (foreign, second, third)):
        with pytest.raises(SealError):
            opened(header + b"".join(chunks))


def test_another_key_is_refused_in_words_that_name_both_possibilities():
    with pytest.raises(SealError, match=r"key is not the one .* or the file is not whole"):
        opened(sealed(b"secret"), "another key")


def test_the_same_content_is_never_sealed_the_same_way_twice():
    assert sealed(b"secret") != sealed(b"secret")


def test_nothing_of_the_content_can_be_read():
    assert b"a student" not in sealed(b"a student's words" * 20)
