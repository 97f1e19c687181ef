"""Learning from the knowledge's phrasings: what the matcher needs, made once and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, cycle, islice

import numpy as np
from numpy.typing import NDArray

from bot.domain.knowledge import LANGUAGES, Asks, KnowledgeBase, Language, Role
from bot.matching.careers import Careers, fill
from bot.matching.features import Features, Vector
from bot.matching.labels import (
    DISTRESS,
    FACET,
    LOOKALIKE,
    OFF_TOPIC,
    UNCLEAR,
    UNKNOWN_ROLE,
    label_of,
    own_labels,
)
from bot.matching.linear import Linear, train
from bot.matching.normalise import clean, words_of
from bot.matching.spelling import Spelling

Dense = NDArray[np.float32]

_NAMES_A_CAREER = 3
"""Names of each other career that are put into phrasings."""

_NAME_COUNT = 3
"""How often a word of a career's name counts for spelling, so that misspelt names are mended."""

_MOST_OTHERS = 20_000
"""Phrasings of single careers' own entries that the shared labels are told apart from; a thousand careers
have more, and an even sample of them does."""

GROUPS = {DISTRESS, OFF_TOPIC}
"""Kinds of labels that are learnt as one label too: any distress, anything off topic."""

SHORT = 4
"""Words of the longest phrasing that is also compared as it stands."""

MOST_EMBEDDED = 110
"""Phrasings of one label that are embedded, at about 7 ms each; three times as many gave the same figures."""

MOST_FOR_SAFETY = 500
"""The same for distress and its look-alikes, where more does help."""

MOST_AT_ONCE = 40
"""Careers up to which all are learnt before the first start; of more, each at its first question."""

_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of asking, ready to learn from."""

    label: str
    language: Language
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words as one line, as sentence embeddings read them."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Heads:
    """The classifiers over one kind of features: the shared one, one a career, and one for languages."""

    shared: Linear
    roles: dict[str, Linear] = field(default_factory=dict)


class Reader:
    """Turns texts into the words that are learnt and compared: cleaned, mended, careers taken out."""

    def __init__(self, knowledge: KnowledgeBase, counts: Mapping[str, int] | None = None) -> None:
        """Learn the careers' names and the knowledge's own words.

        Args:
            knowledge: the snapshot.
            counts: `word_counts` of the same snapshot, where it was kept.
        """
        self.careers = Careers(knowledge.roles.values(), knowledge.other_careers)
        self.counts = Counter(word_counts(knowledge) if counts is None else counts)
        named = self.counts + Counter(dict.fromkeys(self.careers.words(), _NAME_COUNT))
        self.spelling = Spelling(named)

    def phrasings(self, knowledge: KnowledgeBase) -> list[Phrasing]:
        """Return the shared phrasings and those of single careers, each once a label.

        Of more than `MOST_AT_ONCE` careers only a few serve, as what the shared labels are told apart from.
        """
        every = list(knowledge.roles.values())
        roles = every if len(every) <= MOST_AT_ONCE else every[:_EXAMPLES]
        own = [one for role in roles for one in self.phrasings_of(role)]
        return [*self.shared_phrasings(knowledge), *own]

    def shared_phrasings(self, knowledge: KnowledgeBase) -> list[Phrasing]:
        """Return the phrasings that belong to no single career."""
        return self._read(_shared(knowledge), next(iter(knowledge.roles.values())))

    def phrasings_of(self, role: Role) -> list[Phrasing]:
        """Return the phrasings of one career's entries."""
        return self._read(_own(role), role)

    def _read(self, asked: Iterable[tuple[str, Language, str]], role: Role) -> list[Phrasing]:
        made: dict[tuple[str, tuple[str, ...]], Language] = {}
        for label, language, text in asked:
            words = self.careers.name(words_of(clean(fill(text, {"role": role.title})))).words
            made.setdefault((label, words), language)
        return [Phrasing(label, language, words) for (label, words), language in made.items() if words]


def word_counts(knowledge: KnowledgeBase) -> Counter[str]:
    """Count the words of all phrasings."""
    counts: Counter[str] = Counter()
    for _, _, asked in chain(_shared(knowledge), *map(_own, knowledge.roles.values())):
        counts.update(words_of(clean(fill(asked, {"role": " "}))))
    return counts


def _own(role: Role) -> Iterator[tuple[str, Language, str]]:
    """Yield label, language and text of how students ask for one career's entries."""
    for entry in role.entries():
        yield from _listed(label_of(entry.id, role), entry.asks)


def _shared(knowledge: KnowledgeBase) -> Iterator[tuple[str, Language, str]]:
    """Yield label, language and text of everything else that is learnt from."""
    for facet, asks in knowledge.questions.items():
        yield from _listed(FACET + facet, asks)
    for function, asks in knowledge.small_talk.items():
        yield from _listed(function, asks)
    for pointer in knowledge.pointers.values():
        yield from _listed(pointer.id, pointer.asks)
    for subject, asks in knowledge.off_topic.items():
        yield from _listed(OFF_TOPIC + subject, asks)
    yield from _other_careers(knowledge)
    safety = knowledge.safety
    for kind, asks in safety.signs.items():
        yield from _listed(DISTRESS + kind, asks)
    for kind, asks in safety.phrases.items():
        yield from _listed(DISTRESS + kind, asks)
    yield from _listed(UNCLEAR, safety.unclear)
    yield from _listed(LOOKALIKE, safety.lookalikes)


def _listed(label: str, asks: Asks) -> Iterator[tuple[str, Language, str]]:
    return ((label, language, asked) for language, listed in asks.items() for asked in listed)


def _other_careers(knowledge: KnowledgeBase) -> Iterator[tuple[str, Language, str]]:
    """Yield how students ask about careers that are not covered: descriptions, names, and names in phrasings.

    Each phrasing with a placeholder is filled with the next career of the list, so that the label is learnt
    from all of them and the result is the same at every start.
    """
    for other in knowledge.other_careers:
        yield from _listed(UNKNOWN_ROLE, other.described)
    for language in LANGUAGES:
        names = [
            name
            for other in knowledge.other_careers
            for name in other.names.get(language, ())[:_NAMES_A_CAREER]
        ]
        sources = (*knowledge.questions.values(), *(pointer.asks for pointer in knowledge.pointers.values()))
        templates = [asked for asks in sources for asked in asks.get(language, ()) if "{role}" in asked]
        if not names or not templates:
            continue
        rounds = max(len(templates), len(names))
        for asked, name in islice(zip(cycle(templates), cycle(names), strict=False), rounds):
            yield UNKNOWN_ROLE, language, fill(asked, {"role": name})


def learn_heads(
    phrasings: Sequence[Phrasing], rows: Sequence[Vector] | Dense, knowledge: KnowledgeBase, width: int
) -> Heads:
    """Fit the shared labels and, while the careers are few, each one's own.

    Args:
        phrasings: all phrasings.
        rows: their features, in the same order: sparse vectors, or a dense matrix.
        knowledge: whose careers they are.
        width: number of features.
    """
    own = {label: role.id for role in knowledge.roles.values() for label in own_labels(role)}
    shared = [place for place, phrasing in enumerate(phrasings) if phrasing.label not in own]
    others = [place for place, phrasing in enumerate(phrasings) if phrasing.label in own]
    told_apart = sorted([*shared, *others[:: -(-len(others) // _MOST_OTHERS) or 1]])
    wanted = sorted({phrasings[place].label for place in shared} | GROUPS)
    heads = Heads(_fit(phrasings, rows, told_apart, wanted, width))
    if len(knowledge.roles) <= MOST_AT_ONCE:
        for role in knowledge.roles.values():
            heads.roles[role.id] = learn_role(phrasings, rows, role, own, width)
    return heads


def learn_role(
    phrasings: Sequence[Phrasing],
    rows: Sequence[Vector] | Dense,
    role: Role,
    own: Mapping[str, str],
    width: int,
) -> Linear:
    """Fit the labels that only one career has, against its others and the shared phrasings.

    Args:
        phrasings: all phrasings.
        rows: their features, in the same order.
        role: the career.
        own: the career of each label that belongs to one alone.
        width: number of features.
    """
    shared = [place for place, phrasing in enumerate(phrasings) if phrasing.label not in own]
    mine = [place for place, phrasing in enumerate(phrasings) if own.get(phrasing.label) == role.id]
    return _fit(phrasings, rows, sorted([*shared, *mine]), own_labels(role), width)


def learn_languages(phrasings: Sequence[Phrasing], rows: Sequence[Vector], width: int) -> Linear:
    """Fit what tells English from Sinhala and from Tamil in Latin letters."""
    latin = [place for place, phrasing in enumerate(phrasings) if phrasing.language not in {"si", "ta"}]
    wanted = sorted({phrasings[place].language for place in latin})
    return train(
        [rows[place] for place in latin], [phrasings[place].language for place in latin], wanted, width
    )


def _fit(
    phrasings: Sequence[Phrasing],
    rows: Sequence[Vector] | Dense,
    places: Sequence[int],
    wanted: Sequence[str],
    width: int,
) -> Linear:
    chosen = rows[list(places)] if isinstance(rows, np.ndarray) else [rows[place] for place in places]
    return train(chosen, [phrasings[place].label for place in places], wanted, width)


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that is learnt from the phrasings; it can be kept and loaded again.

    `exact` has the label of each short phrasing that stands under one label only: too short to be learnt
    from, and not to be doubted.
    """

    features: Features
    lexical: Heads
    languages: Linear
    exact: Mapping[str, str]
    centre: Dense | None = None
    meaning: Heads | None = None


def learn(
    knowledge: KnowledgeBase, reader: Reader, embed: Callable[[Sequence[str]], Dense] | None = None
) -> Learnt:
    """Learn from all phrasings of the knowledge; takes seconds, with embeddings minutes.

    Args:
        knowledge: the snapshot to learn.
        reader: made from the same snapshot.
        embed: returns a row a text; without it only spelling and words are learnt.
    """
    phrasings = reader.phrasings(knowledge)
    features = Features.learn(phrasing.words for phrasing in phrasings)
    rows = [features.of(phrasing.words) for phrasing in phrasings]
    width = len(features.names)
    lexical = learn_heads(phrasings, rows, knowledge, width)
    languages = learn_languages(phrasings, rows, width)
    exact = short_phrasings(phrasings)
    if embed is None:
        return Learnt(features, lexical, languages, exact)
    chosen = embedded(phrasings)
    vectors = embed([phrasing.text for phrasing in chosen])
    centre = np.asarray(vectors.mean(axis=0), dtype=np.float32)
    meaning = learn_heads(chosen, centred(vectors, centre), knowledge, vectors.shape[1])
    return Learnt(features, lexical, languages, exact, centre, meaning)


def short_phrasings(phrasings: Sequence[Phrasing]) -> dict[str, str]:
    """Return the label of each phrasing of at most `SHORT` words that stands under one label only.

    A single word counts only under the label it is commonest in: 'python', left of 'python' with a tick, is
    no way to say that something is done.
    """
    labels: dict[str, set[str]] = {}
    uses: dict[str, Counter[str]] = {}
    for phrasing in phrasings:
        for word in phrasing.words:
            uses.setdefault(word, Counter())[phrasing.label] += 1
        if len(phrasing.words) <= SHORT:
            labels.setdefault(phrasing.text, set()).add(phrasing.label)
    single = {text: next(iter(found)) for text, found in labels.items() if len(found) == 1}
    return {
        text: label
        for text, label in single.items()
        if text not in uses or uses[text][label] == max(uses[text].values())
    }


def embedded(phrasings: Sequence[Phrasing]) -> list[Phrasing]:
    """Return the phrasings to embed: some a label, spread evenly over those it has and so its languages."""
    totals = Counter(phrasing.label for phrasing in phrasings)
    seen: Counter[str] = Counter()
    chosen = []
    for phrasing in phrasings:
        place, total = seen[phrasing.label], totals[phrasing.label]
        most = MOST_FOR_SAFETY if phrasing.label.startswith((DISTRESS, LOOKALIKE)) else MOST_EMBEDDED
        seen[phrasing.label] += 1
        if total <= most or (place + 1) * most // total > place * most // total:
            chosen.append(phrasing)
    return chosen


def centred(vectors: Dense, centre: Dense) -> Dense:
    """Return the directions of embeddings as seen from their common centre, each of length one."""
    moved = vectors - centre
    lengths = np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-9)
    return np.asarray(moved / lengths, dtype=np.float32)
