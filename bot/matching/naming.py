"""Which steps of a roadmap a sentence names.

A word speaks for a step as far as it is commoner in what is said and asked about that step than about
everything else. So the names of steps need no list: they follow from titles, tasks and phrasings, for any
career. Several words of a clause add up; clauses are looked at one by one, since each may name another step.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.knowledge import KnowledgeBase, Resource, Role, Step
from bot.matching.careers import OTHER, ROLE
from bot.matching.doubt import (
    Part,
    cut,
    is_about_all,
    is_doubtful,
    is_elsewhere,
    is_question,
    without_asides,
)
from bot.matching.normalise import clean, words_of
from bot.matching.ordinals import alone, counts_steps, is_number, places, speaks_of_place, tasks
from bot.matching.sounds import sound
from bot.matching.spelling import MOST_MENDED
from bot.matching.training import Reader

LOOKED_AT: Final = 500
"""Characters of a message that are looked at: who names steps needs no more."""

MOST_OFFERED: Final = 3
"""Steps that one name may mean at most."""

_TITLE_COUNTS: Final = 0.1
"""How much more of a step's phrasings would have a word that stands in its title or its id."""

_RARITY: Final = 10.0
"""How much commoner a word must be about the steps than elsewhere to speak for one at all."""

_SMOOTHING: Final = 0.003
"""Share of phrasings that a word is taken to have elsewhere at least, so that chance names nothing."""

_SHARPNESS: Final = 2.0
"""How much a word speaks for the step it is commonest at, and not for the others."""

NAMED: Final = 1.0
"""What the words of a clause must have in all to name something; the names of steps have 1 to 3 each."""

FOREIGN: Final = 1.0
"""How much more they must have where words stand beside them that belong to something else."""

CLEAR: Final = 0.62
"""Share of what speaks that one step must have for it alone to be meant."""

POSSIBLE: Final = 0.15
"""Share from which a step is among those that may be meant."""

_AT_HOME: Final = 0.1
"""Share of a step's phrasings from which on a word belongs to it as well."""

_BESIDE: Final = 2
"""How many words further the next name of a list stands at most."""

_MARKING: Final = ("bot/mark-done", "bot/skip-step", "bot/know-step", "bot/undo")

_AROUND: Final = 2
"""How often a word must stand around the names of steps there not to be about something else."""

_NAME: Final = 1.2
"""Strength of words that are looked for by their sound alone, in another script."""

_TELLING: Final = 3.7
"""That strength times the consonants after the first: short sounds belong to too many words."""

_COMMON: Final = 6
"""How often a word of another script must occur to be one of its own, rather than a name spelt in it."""

_NATIVE: Final = 3
"""How much oftener than by chance a word in a script of its own must occur at a step: the names of steps are
mostly typed in Latin letters there too, and what is left are verbs."""

_FEW: Final = 3
"""Words of a message in which a number names a step."""

_SHORTEST_STEM: Final = 3
_LONGEST_ENDING: Final = 4
_WORDS_A_PHRASING: Final = 7
"""Words of a phrasing of the knowledge, on average."""

_FOUR: Final = re.compile(r"(?<!\w)4(?!\w)")
_JOINERS: Final = frozenset("and then also but saha ekka එක්ක සහ හා மற்றும்".split())
_NOT: Final = frozenset(
    "not no yet havent without except නෑ නැහැ නැත na nehe nehee illa illai இல்ல இல்லை".split()
)


@dataclass(frozen=True, slots=True)
class _Word:
    """How strongly a word names a step at all, the share each step has of that, and how common it is there.

    `rates` are the shares of a step's phrasings that have the word.
    """

    strength: float
    shares: tuple[float, ...]
    rates: tuple[float, ...]

    @property
    def place(self) -> int:
        """The place of the step it speaks for most."""
        return max(range(len(self.shares)), key=self.shares.__getitem__)


class StepNames:
    """Finds the steps of one career that a sentence names."""

    def __init__(self, role: Role, knowledge: KnowledgeBase, reader: Reader) -> None:
        """Learn them from the career's own words; takes about a second.

        Args:
            role: the career.
            knowledge: the snapshot it is from.
            reader: made from the same snapshot.
        """
        self._ids = [step.id for step in role.steps]
        self._tasks = {step.id: [task.id for task in step.tasks] for step in role.steps}
        self._reader = reader
        self._marking = _marking(knowledge)
        self._words = _weigh(role, reader, self._marking)
        self._titled = frozenset().union(*_titles(role))
        self._sounds = _by_sound(self._words)

    def find(self, question: str, shown: str = "") -> tuple[tuple[str, ...], ...]:
        """Return for each thing that is named the ids it may mean, the likeliest first.

        An empty group says that this is not to be marked without asking: it is not sure what is meant, or
        whether, or something else is named ('i finished docker').

        Args:
            question: what the student typed.
            shown: id of the step or task shown last; a bare 'task 2' is one of that step.
        """
        text = clean(question[:LOOKED_AT])
        found = self._groups(text, shown)
        if () not in found and self._is_open(text, is_named=bool(found)):
            return (*found, ())
        return found

    def _groups(self, text: str, shown: str) -> tuple[tuple[str, ...], ...]:
        # A lone 4 would be read as 'for'.
        words = words_of(_FOUR.sub("four", text))
        mended = self._reader.spelling.mend(words)
        named = self._named(text)
        by_place, is_sure = self._by_place(words, mended)
        speaks_of_task = tasks(words, 1) is not None or tasks(mended, 1) is not None
        if by_place and (is_sure or not (named or speaks_of_task)):
            named = [(place - 1,) for place in by_place]
        groups = tuple(tuple(self._ids[place] for place in group) for group in named)
        if speaks_of_task and (groups or shown or _counts(words) or tasks(words, 1) or tasks(mended, 1)):
            return self._of_task(words, mended, groups, shown)
        return groups or self._by_number(words) or self._of_else(text, words)

    def _of_task(
        self, words: Sequence[str], mended: Sequence[str], groups: tuple[tuple[str, ...], ...], shown: str
    ) -> tuple[tuple[str, ...], ...]:
        """Return the tasks that are named, for sure where one step is named or shown; else ask."""
        if len(groups) > 1 or any(len(group) > 1 for group in groups):
            return (*groups, ())
        own = {task: step for step, listed in self._tasks.items() for task in (step, *listed)}
        step = groups[0][0] if groups else own.get(shown)
        if step is None:
            return ((),)
        listed = self._tasks[step]
        found = tasks(words, len(listed)) or tasks(mended, len(listed))
        if not found and not groups and shown in listed and not _counts(words):
            return ((shown,),)
        if not found or max(found) > len(listed):
            return ((step,), ())
        return tuple((listed[place - 1],) for place in found)

    def _by_number(self, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Return the steps that a bare number means ('4'); one beside other words may be how many."""
        found = alone(words, len(self._ids))
        if found and max(found) <= len(self._ids):
            return tuple((self._ids[place - 1],) for place in found)
        if found:
            return ((),)
        places = [place for word in words for place in alone([word], len(self._ids))]
        is_plain = all(is_number(word) or self._marking[word] >= _AROUND for word in words)
        if len(places) == 1 and is_plain and places[0] <= len(self._ids) and len(words) <= _FEW:
            return ((self._ids[places[0] - 1],), ())
        return ()

    def _of_else(self, text: str, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Return one empty group where something is spoken of that is no step that could be meant."""
        is_else = any(
            self._marking[word] < _AROUND and not word.isdigit()
            for clause in self._clauses(text)
            for word in clause
        )
        is_told = is_else or counts_steps(words) or is_about_all(words) or is_elsewhere(words)
        return ((),) if is_told else ()

    def _is_open(self, text: str, *, is_named: bool) -> bool:
        """Tell whether a message leaves open that what it names is to be marked."""
        parts = [part for piece, is_asked in cut(text) for part in self._read(piece, is_asked=is_asked)]
        if any(is_doubtful(part.words) for part in parts):
            return True
        asked = [part for part in parts if is_question(part)]
        told = [part for part in parts if part.words and part not in asked]
        # 'sql done, what next?' asks something else; 'sql done, right?' does not.
        is_told = any(self._names(part.words) for part in told) if is_named else bool(told)
        return any(len(part.words) == 1 or not is_told or self._names(part.words) for part in asked)

    def _read(self, piece: str, *, is_asked: bool) -> Iterator[Part]:
        """Yield a part of a message as it is written, and where that differs as it is mended."""
        rough = words_of(piece)
        mended = self._reader.spelling.mend(rough)
        for words in {tuple(rough): None, tuple(mended): None}:
            yield Part(self._reader.careers.name(words).words, is_asked)

    def _names(self, words: Sequence[str]) -> bool:
        return bool(self._meant(words) or places(words, len(self._ids))[0])

    def _by_place(self, words: Sequence[str], mended: Sequence[str]) -> tuple[tuple[int, ...], bool]:
        # Mending knows no ordinals of Latin-letter Sinhala and Tamil, but it knows what 'stpe' is.
        read = places(words, len(self._ids))
        return read if read[0] else places(mended, len(self._ids))

    def _named(self, text: str) -> list[tuple[int, ...]]:
        clauses = list(self._clauses(text))
        affirmed = [words for words in clauses if not _NOT.intersection(words)]
        whole = [word for words in clauses for word in words]
        # 'python but not sql' names one step, 'i did not finish sql' names it all the same.
        for tried in (affirmed, clauses, [whole]):
            found = list(dict.fromkeys(meant for words in tried for meant in self._meant(words)))
            if found:
                return [meant for meant in found if len(meant) == 1] or found[:1]
        return []

    def _clauses(self, text: str) -> Iterator[list[str]]:
        """Yield the words of each part of a message that may name a step of its own."""
        left = MOST_MENDED
        for part, _ in cut(text):
            rough = words_of(part)
            mended = self._reader.spelling.mend(rough, left)
            left -= self._reader.spelling.unknown(rough)
            words = without_asides([*self._reader.careers.name(mended).words])
            for is_joiner, run in itertools.groupby(words, _JOINERS.__contains__):
                if not is_joiner:
                    yield list(run)

    def _meant(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return for each thing that a clause names the places of the steps it may mean."""
        heard = {at: known for at, word in enumerate(words) if (known := self._look_up(word))}
        for at, (word, following) in enumerate(itertools.pairwise(words)):
            glued = self._words.get(word + following)
            if glued and (at not in heard or heard[at].strength < glued.strength):
                heard[at] = glued
        several = self._apart(heard)
        if several:
            return [(place,) for place in several]
        every = range(len(self._ids))
        scores = [sum(one.strength * one.shares[place] for one in heard.values()) for place in every]
        order = sorted(every, key=lambda place: -scores[place])
        total = sum(scores)
        if total < NAMED:
            return []
        is_foreign = any(at not in heard and self._marking[word] < _AROUND for at, word in enumerate(words))
        if is_foreign and total < NAMED + FOREIGN:
            return [tuple(order[:2])]
        if scores[order[0]] >= CLEAR * total:
            return [(order[0],)]
        return [tuple(place for place in order if scores[place] >= POSSIBLE * total)[:MOST_OFFERED]]

    def _apart(self, heard: Mapping[int, _Word]) -> list[int]:
        """Return the steps that words beside each other name, each its own ('python sql done').

        A name that is at home with another step that is named too says nothing by itself: in 'python quiz'
        the quiz is meant.
        """
        own: dict[int, list[int]] = {}
        for at, one in heard.items():
            if one.strength >= NAMED and one.shares[one.place] >= CLEAR:
                own.setdefault(one.place, []).append(at)
        left = [
            place
            for place, ats in own.items()
            if not any(
                all(heard[at].rates[other] >= _AT_HOME for at in ats) for other in own if other != place
            )
        ]
        if len(own) > 1 and len(left) == 1:
            return left
        ends = sorted(at for place in left for at in own[place])
        is_list = all(later - sooner <= _BESIDE for sooner, later in itertools.pairwise(ends))
        return left if len(left) > 1 and is_list else []

    def _look_up(self, word: str) -> _Word | None:
        if _names_nothing(word):
            return None
        known = self._words.get(word)
        if not word.isascii():
            is_clear = known is not None and known.strength >= NAMED
            is_common = self._reader.counts[word] - self._marking[word] >= _COMMON
            return known if is_clear or is_common else self._sounds.get(sound(word), known)
        if known is None and _other_number(word) in self._titled:
            return self._words.get(_other_number(word))
        return known or (None if word in self._reader.counts else self._inflected(word))

    def _inflected(self, word: str) -> _Word | None:
        """Find a name that carries an ending ('sqlum')."""
        for end in range(len(word) - 1, max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING) - 1, -1):
            if word[:end] in self._words:
                return self._words[word[:end]]
        return None


def _weigh(role: Role, reader: Reader, marking: Counter[str]) -> dict[str, _Word]:
    """Weigh every word that speaks for a step; names said when one is marked are neither for nor against."""
    counts: list[Counter[str]] = [Counter() for _ in role.steps]
    totals: list[Counter[int]] = [Counter() for _ in role.steps]
    for place, words in _said(role, reader):
        counts[place].update(set(words))
        totals[place].update({_script(word) for word in words})
    titles = _titles(role)
    lengths: Counter[int] = Counter()
    for word, count in reader.counts.items():
        lengths[_script(word)] += count
    weighed = {}
    for word in set().union(*counts, *titles):
        script = _script(word)
        rates = [
            count[word] / max(1, total[script]) + _TITLE_COUNTS * (word in title)
            for count, total, title in zip(counts, totals, titles, strict=True)
        ]
        own = sum(count[word] for count in counts)
        others = max(0, reader.counts[word] - own - min(own, marking[word]))
        elsewhere = others * _WORDS_A_PHRASING / max(1, lengths[script])
        by_chance = len(rates) * (_NATIVE if script else 1) / max(1, sum(total[script] for total in totals))
        strength = math.log(sum(rates) / (_RARITY * elsewhere + max(_SMOOTHING, by_chance)))
        if strength > 0 and len(word) > 1 and not _names_nothing(word):
            sharp = [rate**_SHARPNESS for rate in rates]
            weighed[word] = _Word(strength, tuple(one / sum(sharp) for one in sharp), tuple(rates))
    return weighed


def _counts(words: Sequence[str]) -> bool:
    return any(is_number(word) for word in words)


def _names_nothing(word: str) -> bool:
    return word.isdigit() or word in {ROLE, OTHER} or speaks_of_place(word)


def _by_sound(words: Mapping[str, _Word]) -> dict[str, _Word]:
    """Return the words by how they sound; of several that sound alike the strongest."""
    heard: dict[str, _Word] = {}
    for word in sorted(words, key=lambda one: (words[one].strength, one)):
        strength, heard_as = words[word].strength, sound(word)
        if word.isascii() and strength >= _NAME and strength * (len(heard_as) - 1) >= _TELLING:
            heard[heard_as] = words[word]
    return heard


def _said(role: Role, reader: Reader) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield what is said and asked about each step: its phrasings, its texts, and those of its resources."""
    place_of = {step.id: place for place, step in enumerate(role.steps)}
    for resource in role.resources:
        users = _users(role, resource)
        if len(users) == 1:
            place_of[resource.id] = place_of[users[0].id]
    for phrasing in reader.phrasings_of(role):
        if phrasing.label in place_of:
            yield place_of[phrasing.label], phrasing.words
    for step in role.steps:
        for text in (step.title, step.text, step.why, step.done_when, *(task.text for task in step.tasks)):
            yield place_of[step.id], reader.careers.name(words_of(clean(text))).words


def _marking(knowledge: KnowledgeBase) -> Counter[str]:
    """Count the words of what is said when a step is marked: step names, and what stands around them."""
    listed = [
        asked for one in _MARKING for asks in knowledge.small_talk.get(one, {}).values() for asked in asks
    ]
    return Counter(word for asked in listed for word in words_of(clean(asked)))


def _titles(role: Role) -> list[frozenset[str]]:
    """Return the words of each step's title, of its id, and of the ids of its resources."""
    found = []
    for step in role.steps:
        ids = [step.id, *(one.id for one in role.resources if _users(role, one) == [step])]
        named = " ".join([step.title, *(one.rpartition("/")[2] for one in ids)])
        found.append(frozenset(words_of(clean(named))))
    return found


def _users(role: Role, resource: Resource) -> list[Step]:
    short = resource.id.rpartition("/")[2]
    return [step for step in role.steps if {short, resource.id} & {*step.resources}]


def _other_number(word: str) -> str:
    return word[:-1] if word.endswith("s") else word + "s"


def _script(word: str) -> int:
    """Return the block of 128 signs a word begins in: of phrasings in one script few words are of another."""
    return ord(word[0]) >> 7
