"""Reading and checking the whole knowledge folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from bot.content import rules
from bot.content.claims import Rules
from bot.content.document import Document, decode, read_document
from bot.content.faults import Fault, KnowledgeError
from bot.content.folder import ASKS, MISSING, ROLES, KnowledgeFiles, read_folder
from bot.content.lock import LOCK_FILE, listed_ids, lock_faults, renewed
from bot.content.parts import (
    Part,
    other_careers_part,
    phrasings_part,
    places_part,
    pointers_part,
    role_part,
    rules_part,
    safety_part,
)
from bot.content.places import places_faults
from bot.content.replacing import replaces_faults
from bot.content.rules import Phrasing, phrasings_in
from bot.content.times import times_faults, times_of
from bot.domain.knowledge import KnowledgeBase, Role

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    The counts are of what could be read: `phrasings` by language, `phone_tasks` the tasks a phone is enough
    for by the id of their step. `ids` are all public ids.
    """

    faults: tuple[Fault, ...]
    careers: int = 0
    entries: int = 0
    phrasings: Mapping[str, int] = field(default_factory=dict)
    phone_tasks: Mapping[str, int] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()


def load(folder: Path) -> KnowledgeBase:
    """Read the knowledge.

    Args:
        folder: the knowledge folder.

    Raises:
        KnowledgeError: anything at all is wrong with it.
    """
    reading = _Reading(read_folder(folder))
    faults = tuple(reading.all_faults())
    if faults:
        raise KnowledgeError(faults)
    return reading.knowledge


def relist(folder: Path, retire: AbstractSet[str] = frozenset()) -> str:
    """Return what ids.lock should hold: every line it has, and one for each id that is new.

    Args:
        folder: the knowledge folder.
        retire: ids that are gone for good.

    Raises:
        KnowledgeError: something besides the list is wrong with the knowledge, so that ids may be missing, or
            the list itself cannot be read.
        RetireError: an id to retire is not listed, or still there.
    """
    reading = _Reading(read_folder(folder))
    return reading.relisted(retire)


def check(folder: Path) -> Report:
    """Find everything that is wrong with the knowledge, and count what is there.

    Args:
        folder: the knowledge folder.
    """
    try:
        reading = _Reading(read_folder(folder))
    except KnowledgeError as error:
        return Report(error.faults)
    knowledge = reading.knowledge
    return Report(
        faults=KnowledgeError(tuple(reading.all_faults())).faults,
        careers=len(knowledge.roles),
        entries=len(knowledge.entries),
        phrasings=Counter(phrasing.language for phrasing in reading.all_phrasings()),
        phone_tasks={
            step.id: sum(task.fits_a_phone for task in step.tasks)
            for role in knowledge.roles.values()
            for step in role.steps
        },
        ids=knowledge.ids,
    )


class _Reading:
    """The parts that could be read, and what is wrong with them and with the others."""

    def __init__(self, files: KnowledgeFiles) -> None:
        self._files = files
        self._faults = list(files.faults)
        self._documents: dict[str, Document] = {}
        self._lock: str | None = None
        for path, content in files.contents.items():
            if path == LOCK_FILE:
                self._lock = self._attempt(decode, files.named(path), content)
            elif document := self._attempt(read_document, files.named(path), content):
                self._documents[path] = document
        self._asks = self._parts_in(ASKS, phrasings_part)
        self._roles = self._parts_in(ROLES, self._role_part)
        self._questions = self._part("questions.yaml", phrasings_part)
        self._small_talk = self._part("small_talk.yaml", phrasings_part)
        self._off_topic = self._part("off_topic.yaml", phrasings_part)
        self._pointers = self._part("pointers.yaml", pointers_part)
        self._other_careers = self._part("other_careers.yaml", other_careers_part)
        self._safety = self._part("safety.yaml", safety_part)
        self._places = self._part("places.yaml", places_part)
        self._times = self._part("times.yaml", phrasings_part)
        own_rules = self._part("rules.yaml", rules_part)
        self._rules = own_rules.value if own_rules else Rules()
        self._unread = {_first_part(fault.file.removeprefix(f"{files.folder}/")) for fault in self._faults}

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """What could be read, put together; where there is no fault this is the whole."""
        pointers = self._pointers.value if self._pointers else ()
        safety: dict[str, Any] = {"safety": self._safety.value} if self._safety else {}
        # Every part has been validated; here they are only joined, and some may be missing.
        return KnowledgeBase.model_construct(
            roles={part.value.id: part.value for part in self._roles.values()},
            questions=self._questions.value if self._questions else {},
            small_talk=self._small_talk.value if self._small_talk else {},
            pointers={pointer.id: pointer for pointer in pointers},
            off_topic=self._off_topic.value if self._off_topic else {},
            other_careers=self._other_careers.value if self._other_careers else (),
            digest=self._files.digest,
            places=self._places.value if self._places else (),
            times=times_of(self._times) if self._times else {},
            retired=frozenset(one for one, is_retired in self._listed.items() if is_retired),
            **safety,
        )

    @cached_property
    def _listed(self) -> Mapping[str, bool]:
        """The ids of ids.lock, and whether they are marked as retired."""
        return listed_ids(self._lock or "")

    def all_faults(self) -> Iterator[Fault]:
        """Yield everything that is wrong."""
        yield from self._faults_beside_the_list()
        if self._lock is not None:
            yield from self._replaces_faults(self._listed)
            file = self._files.named(LOCK_FILE)
            yield from lock_faults(file, self._lock, self.knowledge.ids, self._unread)

    def _replaces_faults(self, listed: Mapping[str, bool]) -> Iterator[Fault]:
        for role in self._roles.values():
            yield from replaces_faults(role, listed)

    def _faults_beside_the_list(self) -> Iterator[Fault]:
        """Yield what is wrong whatever ids.lock holds, and whether it can be read at all."""
        yield from self._faults
        for document in self._documents.values():
            yield from rules.document_faults(document)
        for stem, role in self._roles.items():
            yield from rules.role_faults(role, stem, self._rules)
        for stem, asks in self._asks.items():
            if stem not in self._unread:
                yield from rules.asks_faults(asks, self._roles.get(stem))
        yield from self._single_file_faults()
        yield from rules.phrasing_faults(self._phrasings_of_answers(), placeholder=True)
        yield from rules.phrasing_faults(self._other_phrasings(), placeholder=False)
        yield from rules.conflicts([*self._phrasings_of_answers(), *self._signs(), *self._other_phrasings()])
        yield from rules.conflicts(self._names())
        yield from rules.conflicts([*self._signs(), *self._unclear()])

    def relisted(self, retire: AbstractSet[str]) -> str:
        """Return what ids.lock should hold; see `relist`."""
        file = self._files.named(LOCK_FILE)
        absent = Fault(file, 1, "file", MISSING)
        unread = [fault for fault in self._faults if fault.file == file and fault != absent]
        others = [fault for fault in self._faults_beside_the_list() if fault.file != file]
        if self._lock is not None:
            # What is gone and not yet marked is the list's business, and may be what is retired now.
            others += self._replaces_faults(dict.fromkeys(self._listed, True))
        if unread or others:
            raise KnowledgeError((*unread, *others))
        return renewed(file, self._lock or "", self.knowledge.ids, retire)

    def all_phrasings(self) -> Iterator[Phrasing]:
        """Yield every way to ask for, call or say something."""
        yield from self._phrasings_of_answers()
        yield from self._other_phrasings()
        yield from self._names()
        yield from self._signs()
        yield from self._unclear()

    def _single_file_faults(self) -> Iterator[Fault]:
        if self._questions:
            yield from rules.questions_faults(self._questions)
        if self._small_talk:
            yield from rules.small_talk_faults(self._small_talk)
        if self._off_topic:
            yield from rules.off_topic_faults(self._off_topic)
        if self._pointers:
            yield from rules.pointers_faults(self._pointers, self._rules)
        if self._other_careers:
            yield from rules.other_careers_faults(self._other_careers, self.knowledge.roles)
        if self._safety:
            yield from rules.safety_faults(self._safety)
        if self._places:
            yield from places_faults(self._places)
        if self._times:
            yield from times_faults(self._times)

    def _phrasings_of_answers(self) -> Iterator[Phrasing]:
        """Yield how students ask for entries and functions."""
        for part in (self._questions, self._small_talk):
            if part:
                for key in part.value:
                    yield from phrasings_in(part.document, (key,), key)
        for role in self._roles.values():
            yield from rules.phrasings_of_role(role)
        for stem, asks in self._asks.items():
            for key in asks.value:
                yield from phrasings_in(asks.document, (key,), key, stem)
        if self._pointers:
            for name, path in self._pointers.paths.items():
                yield from phrasings_in(self._pointers.document, (*path, "asks"), name)

    def _other_phrasings(self) -> Iterator[Phrasing]:
        """Yield what students say that is answered without an entry."""
        if self._off_topic:
            for subject in self._off_topic.value:
                yield from phrasings_in(self._off_topic.document, (subject,), "off_topic")
        if self._other_careers:
            for name, path in self._other_careers.paths.items():
                yield from phrasings_in(
                    self._other_careers.document, (*path, "described"), f"{name} (other_careers)"
                )

    def _names(self) -> Iterator[Phrasing]:
        """Yield what careers are called."""
        for role in self._roles.values():
            yield from phrasings_in(role.document, ("names",), role.value.id)
        if self._other_careers:
            for name, path in self._other_careers.paths.items():
                yield from phrasings_in(self._other_careers.document, (*path, "names"), name)

    def _signs(self) -> Iterator[Phrasing]:
        """Yield the signs of distress."""
        if self._safety:
            for field_name in ("signs", "phrases"):
                for kind in self._safety.document.value[field_name]:
                    yield from phrasings_in(self._safety.document, (field_name, kind), f"{kind} (safety)")

    def _unclear(self) -> Iterator[Phrasing]:
        """Yield what may be, or only looks like, a sign of distress; it may well ask for something too."""
        if self._safety:
            for field_name in ("unclear", "lookalikes"):
                yield from phrasings_in(self._safety.document, (field_name,), f"{field_name} (safety)")

    def _role_part(self, document: Document) -> Part[Role]:
        stem = _stem(document)
        return role_part(document, self._asks[stem].value if stem in self._asks else {})

    def _parts_in(self, folder: str, read: Callable[[Document], Part[T]]) -> dict[str, Part[T]]:
        """Read the documents of a folder, by their names without `.yaml`."""
        found = {
            _stem(document): self._attempt(read, document)
            for path, document in self._documents.items()
            if path.startswith(f"{folder}/")
        }
        return {stem: part for stem, part in found.items() if part}

    def _part(self, path: str, read: Callable[[Document], Part[T]]) -> Part[T] | None:
        return self._attempt(read, self._documents[path]) if path in self._documents else None

    def _attempt(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Return what reading yields; if it fails, keep the faults."""
        try:
            return read(*args, **kwargs)
        except KnowledgeError as error:
            self._faults.extend(error.faults)
            return None


def _stem(document: Document) -> str:
    return document.file.rsplit("/", 1)[-1].removesuffix(".yaml")


def _first_part(path: str) -> str:
    """Return the first part of the ids that a file defines."""
    if path.startswith(f"{ROLES}/"):
        return path.removeprefix(f"{ROLES}/").removesuffix(".yaml")
    return {"small_talk.yaml": "bot", "pointers.yaml": "pointers"}.get(path, "")
