"""What the bot knows: careers, how students ask, and where it must decline or help.

Everything here is immutable. One `KnowledgeBase` is one snapshot of the knowledge folder; a reload makes a
new one and swaps it whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["en", "si", "ta", "si-Latn", "ta-Latn"]
"""BCP 47 tags of the languages students ask in; `-Latn` is Sinhala or Tamil typed in Latin letters."""

LANGUAGES: tuple[Language, ...] = ("en", "si", "ta", "si-Latn", "ta-Latn")

Asks = Mapping[Language, tuple[str, ...]]
"""Ways students ask for one thing, by language."""

FACETS = (
    "overview",
    "duties",
    "roadmap",
    "resources",
    "fit",
    "pay",
    "employers",
    "languages",
    "fundamentals",
)
"""The facets every career has, in the order they are offered; questions.yaml holds their phrasings."""

CODE_LENGTH = 6
"""Characters of a short code: 30 bits of the id's hash; two ids that clash fail the knowledge check."""

Text = Annotated[str, Field(min_length=1)]


def short_code(entry_id: str) -> str:
    """Return the permanent short code of an id, for buttons (64 bytes) and deep links (no slash).

    The code is computed from the id alone (BLAKE2b, 30 bits, digits and lower-case letters without 0, 1, i
    and o), so that it needs no assigning; the lock list records it.
    """
    alphabet = "23456789abcdefghjklmnpqrstuvwxyz"
    bits = int.from_bytes(hashlib.blake2b(entry_id.encode(), digest_size=8).digest(), "big")
    return "".join(alphabet[(bits >> (5 * place)) & 31] for place in range(CODE_LENGTH))


class Model(BaseModel):
    """A part of the knowledge: unchangeable, and strict about what it is given."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


class Claim(Model):
    """Where a local claim (pay, employers, numbers) comes from, and of when it is."""

    source: Text
    date: Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$")]


class Entry(Model):
    """One thing a student can be answered with.

    `id` is whole and permanent (`backend-developer/duties/apis`); titles and texts change freely.
    """

    id: Text
    title: Text
    text: Text
    claim: Claim | None = None
    asks: Asks = Field(default_factory=dict)


class Facet(Entry):
    """One side of a career: overview, pay, employers ..."""


class Duty(Entry):
    """One thing people of this career do at work."""


class Resource(Entry):
    """A course, site or project to learn with."""

    url: Annotated[str, Field(pattern=r"^https://[^\s]+$")] | None = None
    cost: Text


class Task(Model):
    """Ten to thirty minutes of one step.

    `replaces` are the whole ids of retired tasks that this one takes the place of: who ticked all of them has
    ticked this one.
    """

    id: Text
    text: Text
    minutes: Annotated[int, Field(ge=10, le=30)]
    needs: Literal["phone", "computer"]
    data: Literal["none", "little", "video"]
    language: Literal["en", "si", "ta"]
    replaces: tuple[Text, ...] = ()

    @property
    def fits_a_phone(self) -> bool:
        """Whether a student with only a phone and little mobile data can do it today."""
        return self.needs == "phone" and self.data != "video"


class Hours(Model):
    """A rough span of hours."""

    least: Annotated[int, Field(ge=1, le=2000)]
    most: Annotated[int, Field(ge=1, le=2000)]


class Step(Entry):
    """One step of a roadmap.

    A step that runs `beside` the others takes long and never holds up those after it. `replaces` are the
    whole ids of retired steps that this one takes the place of: who did all of them has done this one.
    """

    why: Text
    done_when: Text
    hours: Hours
    beside: bool = False
    replaces: tuple[Text, ...] = ()
    resources: tuple[str, ...] = ()
    tasks: Annotated[tuple[Task, ...], Field(min_length=3, max_length=7)]


class Stage(Model):
    """A part of a roadmap that belongs to a time of life, such as 'from Grade 8'."""

    id: Text
    title: Text
    text: Text
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Retired(Model):
    """A step or task that is gone and had taken the place of others, so that their progress follows."""

    id: Text
    replaces: Annotated[tuple[Text, ...], Field(min_length=1)]


class Role(Model):
    """A career."""

    id: Text
    title: Text
    tagline: Text
    summary: Text
    names: Asks
    facets: Mapping[str, Facet]
    duties: tuple[Duty, ...]
    stages: tuple[Stage, ...]
    resources: tuple[Resource, ...]
    retired: tuple[Retired, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps of the roadmap, in order."""
        return tuple(step for stage in self.stages for step in stage.steps)

    def entries(self) -> Iterator[Entry]:
        """Yield everything a student can be answered with: facets, duties, steps, resources."""
        yield from self.facets.values()
        yield from self.duties
        yield from self.steps
        yield from self.resources


class Pointer(Entry):
    """What students often ask and this knowledge does not answer: whom to ask instead."""


class OtherCareer(Model):
    """A career that is recognised but not covered yet.

    `names` are what it is called, `described` how students say it without the name ('who flies planes').
    """

    id: Text
    title: Text
    names: Asks
    described: Asks = Field(default_factory=dict)


class Helpline(Model):
    """A number to call, with where it was read and when."""

    name: Text
    number: Annotated[str, Field(pattern=r"^[0-9+ ]{3,16}$")]
    about: Text
    claim: Claim


class Safety(Model):
    """Signs of distress and what is said then.

    `signs` are phrasings by kind; `phrases` are fragments that are a sign wherever they stand; `unclear` are
    phrasings where the ordinary answer plus one gentle line is right; `lookalikes` must not trigger anything.
    """

    signs: Mapping[Literal["self-harm", "being-hurt"], Asks]
    phrases: Mapping[Literal["self-harm", "being-hurt"], Asks]
    unclear: Asks
    lookalikes: Asks
    answers: Mapping[Literal["self-harm", "being-hurt", "gentle"], Mapping[Literal["en", "si", "ta"], Text]]
    helplines: Annotated[tuple[Helpline, ...], Field(min_length=1)]


class Place(Model):
    """A country, a capital or another city whose time a student may live by.

    `zones` are names of the IANA time zone database, the one most people live by first. `also` are its other
    names, in all languages.
    """

    name: Text
    zones: Annotated[tuple[Text, ...], Field(min_length=1)]
    also: tuple[Text, ...] = ()


class KnowledgeBase(Model):
    """One snapshot of all that is known.

    `digest` names its contents, for caches. `retired` are the ids that were public once. `times` are the
    words for times and days, by what they mean, see `matching.times`; of `places` that fit a word the first
    goes before.
    """

    roles: Mapping[str, Role]
    questions: Mapping[str, Asks]
    small_talk: Mapping[str, Asks]
    pointers: Mapping[str, Pointer]
    off_topic: Mapping[str, Asks]
    other_careers: tuple[OtherCareer, ...]
    safety: Safety
    digest: str
    retired: frozenset[str] = frozenset()
    times: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    places: tuple[Place, ...] = ()

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every answerable entry by its whole id."""
        found = {entry.id: entry for role in self.roles.values() for entry in role.entries()}
        return found | dict(self.pointers)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id that is public: roles, entries, stages, tasks, functions."""
        stages = (stage for role in self.roles.values() for stage in role.stages)
        inner = [name for stage in stages for name in (stage.id, *_task_ids(stage))]
        return frozenset([*self.roles, *self.entries, *self.small_talk, *inner])

    @cached_property
    def by_code(self) -> Mapping[str, str]:
        """The id behind each short code."""
        return {short_code(one): one for one in self.ids}

    @cached_property
    def replaced(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that a step or a task took the place of, by its own id; retired ones too."""
        found: dict[str, tuple[str, ...]] = {}
        for role in self.roles.values():
            tasks = (task for step in role.steps for task in step.tasks)
            parts: tuple[Retired | Step | Task, ...] = (*role.retired, *role.steps, *tasks)
            found |= {part.id: part.replaces for part in parts if part.replaces}
        return found

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that took the place of a retired step or task, by its id."""
        found: dict[str, tuple[str, ...]] = {}
        for new, old in self.replaced.items():
            for one in old:
                found[one] = (*found.get(one, ()), new)
        return found

    def step_of(self, meant: str) -> Step | None:
        """Return the step with this id, or the step of the task with this id; None for all others."""
        for one in (meant, meant.rpartition("/")[0]):
            entry = self.entries.get(one)
            if isinstance(entry, Step):
                return entry
        return None

    def unknown(self, kept: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that are neither known nor retired, in alphabetical order.

        Args:
            kept: ids that something stored points at; empty ones point at nothing.
        """
        return tuple(sorted({one for one in kept if one} - self.ids - self.retired))

    def role_of(self, entry_id: str) -> Role | None:
        """Return the career an id belongs to, or None for functions, pointers and unknown ids."""
        return self.roles.get(entry_id.split("/", 1)[0])


def _task_ids(stage: Stage) -> Iterator[str]:
    return (task.id for step in stage.steps for task in step.tasks)
