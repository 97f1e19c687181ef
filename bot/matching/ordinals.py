"""Steps and tasks that a sentence names by their place: 'step 3', 'the first two steps', 'thunweni task'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_STEP: Final = re.compile(r"steps?|(?:piyawara|පියවර|ස්ටෙප්|ஸ்டெப்|படி)\S{0,4}|padi|padiyum|padiya")
_TASK: Final = re.compile(r"(?:task|tasuk|ටාස්ක්|කාර්ය|டாஸ்க்|பணி)\S{0,4}")
_EVERY: Final = frozenset("every all okkoma okkama ellam ellaam ඔක්කොම සියලු எல்லாம் எல்லா".split())
_ONE: Final = re.compile(r"one|(?:eka|එක)\S{0,3}")
"""Means a step only where the sentence names none by a better word."""

_NUMBER: Final = re.compile(r"number|num|no|#")
_SPELT: Final = tuple(
    re.compile(place)
    for place in (
        r"first|mulma|(?:pala[wv]eni|palamu|muthal|පළමු|පළවෙනි|පළවන|මුල්ම|முதல|முதலாவது|முதலாம்)\S{0,4}|முதல்",
        r"second|(?:d[ae]?[wv][ae]ni|de[wv]ana|ira?ndavathu|rendavathu|දෙවෙනි|දෙවන|දෙවැනි|இரண்டா|ரெண்டா)\S{0,4}",
        r"third|(?:thun?[wv][ae]n[ia]|moo?n[dr]*avathu|තුන්වෙනි|තුන්වන|තෙවන|மூன்றா|மூணா|மூண்டா)\S{0,4}",
        r"fourth|(?:hath?ara[wv][ae]n[ia]|naa?[ln]g?avathu|හතරවෙනි|හතරවන|සිව්වන|நான்கா|நாலா)\S{0,4}",
        r"fifth|(?:pas[wv][ae]n[ia]|a[iy]?n[tj]h?avathu|පස්වෙනි|පස්වන|ஐந்தா|அஞ்சா)\S{0,4}",
        r"sixth|(?:haya[wv][ae]n[ia]|aa?ravathu|හයවෙනි|හයවන|ஆறா)\S{0,4}",
        r"seventh|(?:hath[wv][ae]n[ia]|e[lz]h?avathu|හත්වෙනි|හත්වන|ஏழா)\S{0,4}",
        r"eighth|(?:ata[wv][ae]n[ia]|ettavathu|අටවෙනි|අටවන|எட்டா)\S{0,4}",
    )
)
_LAST: Final = re.compile(r"last|final|(?:anthima|awasana|kadaisi|අන්තිම|අවසාන|கடைசி|இறுதி)\S{0,3}")
_WITH_ENDING: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|weni|wani|wana|veni|vani|vana|a?vathu|aavathu|aam|වෙනි|වන|වැනි|ஆ?வது|ஆம்|ம்)"
)
_DIGITS: Final = re.compile(r"\d{1,2}")
_COUNTED: Final = {word: count for count, word in enumerate("one two three four five six".split(), 1)}
_JOINERS: Final = frozenset("and n saha සහ மற்றும்".split())
_UP_TO: Final = "to"


def places(words: Sequence[str], count: int) -> tuple[tuple[int, ...], bool]:
    """Find the steps that are named by their place.

    Args:
        words: the words of a sentence, as `words_of` gives them.
        count: how many steps there are.

    Returns:
        Their places, from 1 to `count`, in reading order; and whether a word for 'step' stood there, rather
        than only 'one'.
    """
    for noun in (_STEP, _ONE):
        found = _beside(words, noun, count)
        if found:
            return tuple(one for one in dict.fromkeys(found) if one <= count), noun is _STEP
    found = [
        place for at, word in enumerate(words) if _NUMBER.fullmatch(word) for place in _after(words[at + 1 :])
    ]
    return tuple(one for one in dict.fromkeys(found) if one <= count), False


def tasks(words: Sequence[str], count: int) -> tuple[int, ...] | None:
    """Find the tasks of a step that are named by their place: 'task 3', 'the first two tasks'.

    Args:
        words: the words of a sentence.
        count: how many tasks the step has.

    Returns:
        Their places, of which some may be beyond `count`; none where some task or a number of them is spoken
        of, but not which; None where no task is spoken of, or all of them are.
    """
    if not any(_TASK.fullmatch(word) for word in words):
        return None
    found = tuple(dict.fromkeys(_beside(words, _TASK, count)))
    return None if not found and not _EVERY.isdisjoint(words) else found


def alone(words: Sequence[str], count: int) -> tuple[int, ...]:
    """Find the places that a message of nothing else gives: '4', '2nd', '1 and 3'; else none.

    Args:
        words: the words of a sentence.
        count: how many steps there are.
    """
    read = [_number(word) or _COUNTED.get(word) or _ordinal(word, count) for word in words]
    is_alone = all(place or word in _JOINERS for word, place in zip(words, read, strict=True))
    return tuple(dict.fromkeys(place for place in read if place)) if is_alone else ()


def is_number(word: str) -> bool:
    """Tell whether a word is a small number, in digits or as a word."""
    return bool(_number(word) or _COUNTED.get(word))


def counts_steps(words: Sequence[str]) -> bool:
    """Tell whether a number stands beside a word for steps: 'i finished 2 steps', 'step 9'."""
    return any(
        (is_number(one) and _STEP.fullmatch(other)) or (_STEP.fullmatch(one) and is_number(other))
        for one, other in pairwise(words)
    )


def speaks_of_place(word: str) -> bool:
    """Tell whether a word is one for a step or for a place among steps, and so names none by itself."""
    listed = (_STEP, _ONE, _NUMBER, _LAST, _WITH_ENDING, *_SPELT)
    return word in _COUNTED or any(one.fullmatch(word) for one in listed)


def _beside(words: Sequence[str], noun: re.Pattern[str], count: int) -> list[int]:
    """Read before each word for the thing, and where nothing stands there after it."""
    return [
        place
        for at, word in enumerate(words)
        if noun.fullmatch(word)
        for place in (_before(words[:at], count) or ([] if noun is _ONE else _after(words[at + 1 :])))
    ]


def _before(words: Sequence[str], count: int) -> list[int]:
    """Read backwards from the word for 'step': 'first', 'first and second', 'first two'."""
    many = _COUNTED.get(words[-1]) or _number(words[-1]) if words else None
    if many and len(words) > 1 and _ordinal(words[-2], count) == 1:
        return list(range(1, many + 1))
    found: list[int] = []
    for word in reversed(words):
        place = _ordinal(word, count)
        if place is None and word not in _JOINERS:
            break
        found[:0] = [place] if place else []
    return found


def _after(words: Sequence[str]) -> list[int]:
    """Read on from the word for 'step': '3', 'no 3', '1 2 and 3', '1 to 3'."""
    found: list[int] = []
    to = False
    for word in words:
        place = _number(word) or _COUNTED.get(word)
        if place:
            found += range(found[-1] + 1, place + 1) if to and found else [place]
            to = False
        elif word == _UP_TO and found:
            to = True
        elif not (word in _JOINERS or (_NUMBER.fullmatch(word) and not found)):
            break
    return found


def _ordinal(word: str, count: int) -> int | None:
    ending = _WITH_ENDING.fullmatch(word)
    if ending:
        return int(ending[1]) or None
    if _LAST.fullmatch(word):
        return count
    return next((place for place, spelt in enumerate(_SPELT, 1) if spelt.fullmatch(word)), None)


def _number(word: str) -> int | None:
    return int(word) or None if _DIGITS.fullmatch(word) else None
