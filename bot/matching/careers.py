"""Which careers a question names, and the question with them taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.knowledge import Asks, OtherCareer, Role
from bot.matching.normalise import clean, words_of

ROLE = "xrole"
"""Stands in a question for the name of a career that is known, so that phrasings serve every career."""

OTHER = "xother"
"""Is put before the name of a career that is only recognised."""

_LONGEST_NAME = 6
"""Words of the longest career name that is looked for."""

_SHORTEST_STEM = 5
_LONGEST_SUFFIX = 5
_SUFFIXES = frozenset("s es la ta da ge en ku kku oda aa ya yo ne t k lata lage kenek ekak eka".split())
"""Endings that Latin-letter Sinhala and Tamil hang on a word; in their own scripts any short one counts."""


@dataclass(frozen=True, slots=True)
class Named:
    """A question after its careers were looked for.

    `words` has `ROLE` in place of a known career and `OTHER` before another one's name. `roles` and `others`
    are the ids found, in reading order.
    """

    words: tuple[str, ...]
    roles: tuple[str, ...]
    others: tuple[str, ...]


class Careers:
    """Finds the careers that a question names."""

    def __init__(self, roles: Iterable[Role], others: Iterable[OtherCareer]) -> None:
        """Learn all names; where two careers share one, the known career and then the earlier one has it."""
        self._names: dict[tuple[str, ...], tuple[str, str]] = {}
        for role in roles:
            self._add(ROLE, role.id, role.title, role.names)
        for other in others:
            self._add(OTHER, other.id, other.title, other.names)
        self._stems = {name[0]: found for name, found in self._names.items() if len(name) == 1}

    def _add(self, kind: str, career: str, title: str, names: Asks) -> None:
        for name in (title, *(name for listed in names.values() for name in listed)):
            words = tuple(words_of(clean(name)))
            if 0 < len(words) <= _LONGEST_NAME:
                self._names.setdefault(words, (kind, career))

    def words(self) -> Iterable[str]:
        """Yield every word of every name, so that misspelt names are mended."""
        for name in self._names:
            yield from name

    def name(self, words: Sequence[str]) -> Named:
        """Find the careers in the words of a question, longest names first."""
        out: list[str] = []
        found: dict[str, list[str]] = {ROLE: [], OTHER: []}
        place = 0
        while place < len(words):
            length, hit = self._longest(words, place)
            if hit is None:
                out.append(words[place])
                place += 1
                continue
            kind, career = hit
            found[kind].append(career)
            out.append(kind)
            if kind == OTHER:
                out.extend(words[place : place + length])
            place += length
        return Named(tuple(out), tuple(dict.fromkeys(found[ROLE])), tuple(dict.fromkeys(found[OTHER])))

    def _longest(self, words: Sequence[str], place: int) -> tuple[int, tuple[str, str] | None]:
        for length in range(min(_LONGEST_NAME, len(words) - place), 0, -1):
            span = tuple(words[place : place + length])
            hit = self._names.get(span) or self._names.get((*span[:-1], _singular(span[-1])))
            if hit:
                return length, hit
        return 1, self._inflected(words[place])

    def _inflected(self, word: str) -> tuple[str, str] | None:
        """Find a name that carries an ending ('doctorta', 'பைலட்டாக')."""
        for end in range(len(word) - 1, max(_SHORTEST_STEM, len(word) - _LONGEST_SUFFIX) - 1, -1):
            if word[:end] in self._stems and (not word.isascii() or word[end:] in _SUFFIXES):
                return self._stems[word[:end]]
        return None


def _singular(word: str) -> str:
    return word[:-1] if word.isascii() and len(word) > _SHORTEST_STEM - 1 and word.endswith("s") else word


def fill(phrasing: str, names: Mapping[str, str]) -> str:
    """Put names into a phrasing's placeholders (`{role}`), leaving any other brace alone."""
    for placeholder, name in names.items():
        phrasing = phrasing.replace("{" + placeholder + "}", name)
    return phrasing
