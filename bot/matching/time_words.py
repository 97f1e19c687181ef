"""What students type about when, as tokens: words of knowledge/times.yaml, numbers, clock times, dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import clean, words_of

LOOKED_AT: Final = 200
"""Tokens looked at; nobody says a time in more words."""

_CHARACTERS: Final = 3000
"""Characters looked at, enough for so many tokens."""

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
PARTS: Final = ("morning", "noon", "afternoon", "after-school", "evening", "night", "midnight")
_ONE_TO_TWELVE: Final = "one two three four five six seven eight nine ten eleven twelve".split()
NUMBERS: Final[Mapping[str, int]] = {
    **dict(zip(_ONE_TO_TWELVE, range(1, 13), strict=True)),
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty-five": 45,
}
HALVES: Final[Mapping[str, int]] = {f"{name}-thirty": NUMBERS[name] for name in _ONE_TO_TWELVE}
"""Sinhala and Tamil have one word for 'half past six'."""

_OTHERS: Final = (
    *("am", "pm", "at", "oclock", "half", "quarter", "past", "to"),
    *("weekdays", "weekends", "every-day", "each", "except", "other-days", "from"),
    *("pause", "stop", "for-now", "exam-time", "exams", "away"),
    *("until", "up-to", "next", "this-week", "this-month", "today", "tomorrow"),
    *("for", "day", "week", "month", "year", "hour", "minute"),
    *("one-day", "one-week", "one-month", "one-hour", "half-hour"),
    *("in", "later", "in-hours", "in-minutes", "counted", "nth"),
    *("resume", "look-back", "not", "not-that", "change", "numbered", "sometimes", "filler"),
    *("before", "earlier", "asks", "asks-you", "other"),
)
MEANINGS: Final[frozenset[str]] = frozenset((*PARTS, *NUMBERS, *HALVES, *DAYS, *MONTHS, *_OTHERS))
"""What the words in times.yaml can mean; each must have some."""

_FIGURES: Final = frozenset((*NUMBERS, *HALVES))
"""Meanings of words in which only one slip is forgiven."""

ENDINGS: Final = frozenset(("counted", "nth"))
"""Come right after a number; other meanings of the same words go before unless they are glued to it."""

# What is found in the text besides words.
NUMBER: Final = "0"
CLOCK: Final = "0:00"
DATE: Final = "0/0"
BREAK: Final = ","
UNKNOWN: Final = "?"

_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_AT_SIGN: Final = re.compile(r"@(?=\s*\d)")
_LETTER: Final = r"[^\W\d_]|[\u0300-\u036f\u0b80-\u0be5\u0bf0-\u0bff\u0d80-\u0de5\u0df0-\u0dff]"
"""Letters, and the vowel signs that Python's own \\w leaves out; digits are told apart."""

_PIECE: Final = re.compile(
    rf"""(?:
      (?P<date>\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}([/.-])\d{{1,2}}\2(?:\d{{4}}|\d\d)|\d{{1,2}}/\d{{1,2}})(?![\d/])
    | (?P<clock>\d{{1,2}}(?:[:.]\d\d(?!\d|[.:]\d)|[;,-](?:15|30|45)(?=\s?[ap]\.?\s?m\b)))
      (?:\s?(?P<half>[ap])\.?\s?m\b\.?|(?P<glued>(?:{_LETTER})*))
    | (?P<odd>\d+(?:[.:,/]\d+)+)
    | (?P<number>\d+)(?:\s?(?P<half2>[ap])\.?\s?m\b\.?|(?P<glued2>(?:{_LETTER}|(?<=[^\W\d_])\d)*))
    | (?P<level>[ao]\s?[/\\.]\s?l(?:evels?|s)?(?!{_LETTER}))
    | (?P<word>(?:{_LETTER})(?:{_LETTER}|[\d'’‘`´])*)
    | (?P<dash>[-–—~])
    | (?P<break>[.,:;!?\n()|…।]+)
    )""",
    re.VERBOSE,
)

_FOLDS: Final = (("w", "v"), ("th", "t"), ("dh", "d"), ("zh", "l"))
_DOUBLED: Final = re.compile(r"(.)\1+")
_SHORTEST_FOLDED: Final = 4
_SHORTEST_MENDED: Final = 6
"""Letters of the shortest word in which a slip is forgiven: shorter ones have too many neighbours."""

_LONG: Final = 8
"""Letters from which on two slips are forgiven; in Sinhala and Tamil, where signs count as letters, one."""

_LONGEST_WORD: Final = 24
_LONGEST_ENDING: Final = 3
_SHORTEST_STEM: Final = 4
_MENDED: Final = 14
"""Unknown words of one text that are mended."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text.

    `meaning` is one of MEANINGS, or NUMBER, CLOCK, DATE, BREAK or UNKNOWN. `numbers` are its own: one for a
    number, hour and minute for a clock, year (0 if unsaid), month and day for a date. `digits` is how the
    number is written, `glued` tells whether it hangs on the token before it.
    """

    meaning: str
    text: str
    numbers: tuple[int, ...] = ()
    digits: str = ""
    glued: bool = False


def tokens_of(text: str, words: Mapping[str, Sequence[str]]) -> list[Token]:
    """Return the tokens of a text, at most LOOKED_AT.

    Args:
        text: as it was typed.
        words: the words by meaning.
    """
    vocabulary = _vocabulary(tuple((meaning, tuple(listed)) for meaning, listed in words.items()))
    cleaned = clean(_AT_SIGN.sub(" at ", text[:_CHARACTERS]))
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", cleaned)))
    ascii_digits = "".join(str(int(one)) if one.isdecimal() else one for one in plain)
    return vocabulary.named(list(islice(_pieces(ascii_digits, vocabulary), LOOKED_AT)))


def words_in(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are compared."""
    return tuple(one for piece in _pieces(clean(phrase), None) for one in _texts(piece))


class _Vocabulary:
    """The words of times.yaml, to be found in a text."""

    def __init__(self, words: Sequence[tuple[str, Sequence[str]]]) -> None:
        self._meanings: dict[tuple[str, ...], str] = {}
        self._endings: dict[str, str] = {}
        for meaning, listed in sorted(words, key=lambda one: one[0] in ENDINGS):
            for phrase in listed:
                self._meanings.setdefault(words_in(phrase), meaning)
                if meaning in ENDINGS or clean(phrase) not in self._endings:
                    self._endings[clean(phrase)] = meaning
        self._meanings.pop((), None)
        self._longest = max(map(len, self._meanings), default=0)
        self._known = {word for phrase in self._meanings for word in phrase}
        self._folded = {
            _fold(word): word for word in sorted(self._known) if len(_fold(word)) >= _SHORTEST_FOLDED
        }
        self._long = sorted(word for word in self._known if len(word) >= _SHORTEST_MENDED)

    def ending(self, letters: str) -> str | None:
        """Return what letters mean that hang on a number."""
        return self._endings.get(letters)

    def named(self, pieces: Sequence[Token]) -> list[Token]:
        """Give the words their meanings, the longest group of words first."""
        left = _MENDED
        mended: list[str] = []
        for piece in pieces:
            word = piece.text if piece.meaning == UNKNOWN else ""
            if word and word not in self._known and left > 0:
                left -= 1
                word = self._mend(word)
            mended.append(word)
        found: list[Token] = []
        at = 0
        while at < len(pieces):
            size, meaning = self._longest_at(mended, at) if mended[at] else (1, pieces[at].meaning)
            meaning = UNKNOWN if meaning == "other" else meaning
            group = " ".join(piece.text for piece in pieces[at : at + size])
            glued = pieces[at].glued
            found.append(Token(meaning, group, pieces[at].numbers, pieces[at].digits, glued))
            at += size
        return found

    def _longest_at(self, words: Sequence[str], at: int) -> tuple[int, str]:
        for size in range(min(self._longest, len(words) - at), 0, -1):
            meaning = self._meanings.get(tuple(words[at : at + size]))
            if meaning:
                return size, meaning
        return 1, UNKNOWN

    def _mend(self, word: str) -> str:
        folded = self._folded.get(_fold(word))
        if folded or len(word) > _LONGEST_WORD:
            return folded or word
        return self._stem(word) or self._nearest(word) or word

    def _stem(self, word: str) -> str | None:
        """Return the known word that this one is with an ending: 'sundayla', 'இரவுல'."""
        shortest = _SHORTEST_MENDED if word.isascii() else _SHORTEST_STEM
        ends = range(len(word) - 1, max(shortest, len(word) - _LONGEST_ENDING) - 1, -1)
        return next((word[:end] for end in ends if (word[:end],) in self._meanings), None)

    def _nearest(self, word: str) -> str | None:
        slips = (len(word) >= _SHORTEST_MENDED and word.isascii()) + (len(word) >= _LONG)
        if not slips:
            return None
        best = process.extractOne(word, self._long, scorer=OSA.distance, processor=None, score_cutoff=slips)
        # 'athawara' tells of harm and is no 'atahamara'.
        is_figure = best is not None and best[1] > 1 and self._meanings.get((best[0],)) in _FIGURES
        return best[0] if best and best[0][0] == word[0] and not is_figure else None


@lru_cache(maxsize=4)
def _vocabulary(words: tuple[tuple[str, tuple[str, ...]], ...]) -> _Vocabulary:
    return _Vocabulary(words)


def _fold(word: str) -> str:
    """Make one of what students spell in several ways: 'hawasata' and 'havasatha'."""
    for written, kept in _FOLDS:
        word = word.replace(written, kept)
    return _DOUBLED.sub(r"\1", word)


def _texts(piece: Token) -> Iterator[str]:
    if piece.text and piece.meaning != BREAK:
        yield piece.text


def _pieces(text: str, vocabulary: _Vocabulary | None) -> Iterator[Token]:
    """Cut a cleaned text; runs of words are undone of chat spelling as a whole."""
    run: list[str] = []
    for found in _PIECE.finditer(text):
        made = list(_made(found, vocabulary))
        if not made:
            run.append(found[0])
            continue
        yield from _words(run)
        run = []
        yield from made
    yield from _words(run)


def _words(run: Sequence[str]) -> Iterator[Token]:
    return (Token(UNKNOWN, word) for word in words_of(" ".join(run)))


def _made(found: re.Match[str], vocabulary: _Vocabulary | None) -> Iterator[Token]:
    """Yield what a piece is, or nothing where it is a word."""
    if found["break"]:
        yield Token(BREAK, found[0])
    elif found["dash"]:
        yield Token("to", found[0])
    elif found["odd"]:
        yield Token(UNKNOWN, found[0])
    elif found["date"]:
        yield _date(found)
    elif found["clock"]:
        hour, minute = re.split("[:.;,-]", found["clock"])
        clock = Token(CLOCK, found[0], (int(hour), int(minute)), hour)
        yield from _with_ending(clock, found["half"], found["glued"], vocabulary)
    elif found["number"]:
        # Longer than a year it is no number that means anything here.
        number = Token(NUMBER, found[0], (int(found["number"][:9]),), found["number"])
        yield from _with_ending(number, found["half2"], found["glued2"], vocabulary)


def _date(found: re.Match[str]) -> Token:
    first, second, *third = map(int, re.split("[-/.]", found["date"]))
    if first > 31:  # noqa: PLR2004 - no day of a month: '2026-12-15'
        return Token(DATE, found[0], (first, second, *third))
    year = third[0] if third else 0
    return Token(DATE, found[0], (year + 2000 if 0 < year < 100 else year, second, first))  # noqa: PLR2004 - '26'


def _with_ending(
    number: Token, half: str | None, glued: str | None, vocabulary: _Vocabulary | None
) -> Iterator[Token]:
    """Yield a number and what hangs on it; nothing where what hangs on it makes it a word, as in '2moro'."""
    if half:
        yield from (number, Token(f"{half}m", "", glued=True))
        return
    if not glued:
        yield number
        return
    endings = [glued] if glued[:2] not in {"am", "pm"} else [glued[:2], *filter(None, [glued[2:]])]
    meanings = [vocabulary.ending(one) if vocabulary else None for one in endings]
    if all(meanings):
        yield number
        for meaning in meanings:
            yield Token(meaning or UNKNOWN, "", glued=True)
