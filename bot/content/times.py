"""times.yaml: the words that say when, flattened for reading, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.content.faults import Fault, shown
from bot.content.parts import Part
from bot.content.rules import Phrasing, phrasing_faults, phrasings_in
from bot.content.sentences import meant
from bot.domain.knowledge import Asks
from bot.matching.time_words import ENDINGS, MEANINGS, words_in


def times_of(part: Part[Mapping[str, Asks]]) -> Mapping[str, tuple[str, ...]]:
    """Return the words by meaning, those of all languages together, each once."""
    return {
        meaning: tuple(dict.fromkeys(word for listed in asks.values() for word in listed))
        for meaning, asks in part.value.items()
    }


def times_faults(part: Part[Mapping[str, Asks]]) -> Iterator[Fault]:
    """Yield meanings that are missing or unknown, and words that have two or are none."""
    document = part.document
    for meaning in part.value:
        if meaning not in MEANINGS:
            known = tuple(sorted(MEANINGS))
            message = f'unknown meaning "{shown(meaning)}"{meant(meaning, known) or "; remove it"}'
            yield document.fault((meaning,), message)
    for meaning in sorted(MEANINGS):
        if not any(part.value.get(meaning, {}).values()):
            yield document.fault((meaning,), "has no words; add some")
    phrasings = [one for meaning in part.value for one in phrasings_in(document, (meaning,), meaning)]
    yield from phrasing_faults(phrasings, placeholder=False)
    yield from _word_faults(phrasings)


def _word_faults(phrasings: list[Phrasing]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], Phrasing] = {}
    for phrasing in phrasings:
        if any(one.isdecimal() for one in phrasing.text):
            yield phrasing.document.fault(phrasing.path, "has a digit; write words, numbers are understood")
            continue
        # 'th' after a number is one thing, and alone may be another.
        key = ("0",) * (phrasing.thing in ENDINGS) + words_in(phrasing.text)
        other = first.setdefault(key, phrasing)
        if other.thing != phrasing.thing:
            message = f'"{shown(phrasing.text)}" means {other.thing} too ({other.place}); keep one'
            yield phrasing.document.fault(phrasing.path, message)
