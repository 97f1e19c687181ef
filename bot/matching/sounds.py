"""How a word sounds, whatever script it is typed in: 'python', 'pythn' and 'පයිතන්' sound alike."""

from __future__ import annotations

import re
from typing import Final

_SINHALA: Final = (
    ("කඛගඝඟ", "k"),
    ("චඡජඣඦ", "s"),
    ("ටඨඩඪඬතථදධඳ", "t"),
    ("පඵබභඹ", "p"),
    ("මං", "m"),
    ("නණඞඤඥ", "n"),
    ("ර", "r"),
    ("ලළ", "l"),
    ("වෆ", "v"),
    ("සශෂ", "s"),
    ("හ", "h"),
)
_TAMIL: Final = (
    ("க", "k"),
    ("சஜஸஷஶ", "s"),
    ("டத", "t"),
    ("ப", "p"),
    ("ம", "m"),
    ("நனணஙஞ", "n"),
    ("ரற", "r"),
    ("லளழ", "l"),
    ("வ", "v"),
    ("ஹ", "h"),
)
# Tamil writes one letter for voiced and voiceless sounds, so those are made one in all scripts.
_LATIN: Final = (("ph", "f"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("zh", "l"), ("ck", "k"), ("qu", "kv"))
_LETTERS: Final = str.maketrans("cqgdbwfzjx", "kkktpvvssk")
_LETTER_OF: Final = {ord(letter): sound for letters, sound in (*_SINHALA, *_TAMIL) for letter in letters}
_DOUBLED: Final = re.compile(r"(.)\1+")
_VIRAMA: Final = str.maketrans("", "", "\u0dca\u0bcd")
_NO_CONSONANT: Final = re.compile(r"(?<!^)h|[^hklmnprstv0-9]")


def sound(word: str) -> str:
    """Return the consonants of a cleaned word in Latin letters, those that are easily confused made one.

    An h is heard only at the beginning.

    Args:
        word: a word in Latin, Sinhala or Tamil letters; of others nothing is left but digits.
    """
    for written, heard in _LATIN:
        word = word.replace(written, heard)
    heard = word.translate(_VIRAMA).translate(_LETTERS).translate(_LETTER_OF)
    # Before the vowels go: a letter said twice is not one that is doubled.
    return _NO_CONSONANT.sub("", _DOUBLED.sub(r"\1", heard))
