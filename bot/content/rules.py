"""What must hold across the knowledge beyond the form of each part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from bot.content.claims import Rules
from bot.content.document import Document, Path
from bot.content.faults import Fault, shown
from bot.content.parts import RETIRED, Part, ids_inside
from bot.content.sentences import meant
from bot.content.slips import is_like_a_field
from bot.domain.knowledge import (
    FACETS,
    LANGUAGES,
    Asks,
    Entry,
    OtherCareer,
    Pointer,
    Resource,
    Role,
    Safety,
    Step,
)
from bot.domain.reply import MESSAGE_LIMIT, Block, blocks_of, plain_text

TEXT_LIMIT = 1200
"""Characters of one text: what a phone shows on about one screen."""

LABELS_MARGIN = 400
"""Code points kept free in a message for what stands around an entry: labels, the source, a line of help."""

DUTIES = 10
"""Duties of every career, so that each is told in the same depth."""

PHONE_TASKS = 3
"""Tasks a phone must be enough for, in each step of the first stage."""

RESERVED_IDS = frozenset({"bot", "pointers"})
"""First parts of ids that no career may take."""

CLAIMED_FACETS = frozenset({"pay", "employers", "languages"})
"""Facets that always say something about a country and a time."""

SAFETY_LANGUAGES: tuple[Literal["en", "si", "ta"], ...] = ("en", "si", "ta")
"""Languages in which a student in distress is always answered."""

_KINDS_OF_DISTRESS: tuple[Literal["self-harm", "being-hurt"], ...] = ("self-harm", "being-hurt")
_SAFETY_ANSWERS: tuple[Literal["self-harm", "being-hurt", "gentle"], ...] = (*_KINDS_OF_DISTRESS, "gentle")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FUNCTION = re.compile(r"bot/[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{\s*(\w+)\s*\}")
_INSECURE = re.compile(r"http://", re.IGNORECASE)


class Phrasing(NamedTuple):
    """One way to ask for something, and where it stands. `role` is None where it serves every career."""

    text: str
    thing: str
    role: str | None
    language: str
    document: Document
    path: Path

    @property
    def place(self) -> str:
        """The file and line it stands in."""
        return f"{self.document.file}:{self.document.line(self.path)}"


def phrasings_in(document: Document, path: Path, thing: str, role: str | None = None) -> Iterator[Phrasing]:
    """Yield the phrasings of a mapping of languages that stands at a path of a document.

    Its form must have been validated.
    """
    for language, lines in (document.at(path) or {}).items():
        for place, text in enumerate(lines):
            yield Phrasing(text, thing, role, language, document, (*path, language, place))


def document_faults(document: Document) -> Iterator[Fault]:
    """Yield what is wrong with single texts and ids, whatever they mean."""
    for path, value in _values(document.value):
        if isinstance(value, str):
            length = len(value.strip())
            if length > TEXT_LIMIT:
                field = next(filter(is_like_a_field, value.splitlines()), None)
                hint = f' and holds the line "{shown(field)}": mend the indentation, or' if field else ";"
                message = f"is {length} characters long{hint} shorten it to {TEXT_LIMIT}, one phone screen"
                yield document.fault(path, message)
            if _INSECURE.search(value) and not (len(path) > 1 and path[-2] in LANGUAGES):
                yield document.fault(path, "has an address with http://; write https://")
    for path, name in ids_inside(document.value):
        # What is retired may be a task, written with its step; it is looked up in the list of ids.
        if path[:1] != (RETIRED,) and not _ID.fullmatch(name):
            yield document.fault((*path, "id"), _not_an_id(name))


def role_faults(part: Part[Role], stem: str, rules: Rules) -> Iterator[Fault]:
    """Yield what is wrong with a career.

    Args:
        part: the career.
        stem: the name of its file without `.yaml`.
        rules: what needs a source.
    """
    role, document = part.value, part.document
    if role.id != stem:
        yield document.fault(("id",), f'must be the name of its file, "{stem}"; it is "{shown(role.id)}"')
    if role.id in RESERVED_IDS:
        yield document.fault(("id",), f'"{role.id}" is taken by the bot itself; choose another id')
    yield from _doubled_ids(part)
    yield from _facet_faults(part)
    if len(role.duties) != DUTIES:
        yield document.fault(("duties",), f"must be {DUTIES} duties; there are {len(role.duties)}")
    if not role.stages:
        yield document.fault(("stages",), "must have at least one stage; add the first")
    paths = part.paths
    for entry in role.entries():
        path = paths[entry.id]
        yield from _entry_faults(entry, document, path, rules, needs_claim=_is_claim(entry, role))
    resources = {resource.id for resource in role.resources}
    for place, stage in enumerate(role.stages):
        for step in stage.steps:
            yield from _step_faults(step, document, paths[step.id], resources, first_stage=place == 0)


def phrasings_of_role(part: Part[Role]) -> Iterator[Phrasing]:
    """Yield the phrasings that stand in a career's own file."""
    role, paths = part.value, part.paths
    for entry in role.entries():
        path = (*paths[entry.id], "asks")
        yield from phrasings_in(part.document, path, _local(entry.id), role.id)


def asks_faults(part: Part[Mapping[str, Asks]], role: Part[Role] | None) -> Iterator[Fault]:
    """Yield the keys of a career's phrasings that are no entry of it; `role` is None if there is none."""
    document = part.document
    if role is None:
        yield document.fault((), "belongs to no career; name it like a file in roles/")
        return
    known = tuple(_local(entry.id) for entry in role.value.entries())
    for key in part.value:
        if key not in known:
            message = f'"{shown(key)}" is no entry of {role.value.id}{meant(key, known) or "; correct it"}'
            yield document.fault((key,), message)


def questions_faults(part: Part[Mapping[str, Asks]]) -> Iterator[Fault]:
    """Yield missing and unknown facets."""
    document = part.document
    for key in part.value:
        if key not in FACETS:
            yield document.fault((key,), f'unknown facet "{shown(key)}"{meant(key, FACETS) or "; remove it"}')
    for facet in FACETS:
        if not any(part.value.get(facet, {}).values()):
            yield document.fault((facet,), "has no phrasings; add some")


def small_talk_faults(part: Part[Mapping[str, Asks]]) -> Iterator[Fault]:
    """Yield keys that cannot be a function of the bot."""
    for key in part.value:
        if not _FUNCTION.fullmatch(key):
            yield part.document.fault(
                (key,), f'must be "bot/" and a name of a-z, 0-9 and -; it is "{shown(key)}"'
            )


def off_topic_faults(part: Part[Mapping[str, Asks]]) -> Iterator[Fault]:
    """Yield subjects that are no plain names."""
    for key in part.value:
        if not _ID.fullmatch(key):
            yield part.document.fault((key,), _not_an_id(key))


def pointers_faults(part: Part[tuple[Pointer, ...]], rules: Rules) -> Iterator[Fault]:
    """Yield what is wrong with pointers."""
    yield from _doubled_ids(part)
    paths = part.paths
    for pointer in part.value:
        yield from _entry_faults(pointer, part.document, paths[pointer.id], rules, needs_claim=False)


def other_careers_faults(part: Part[tuple[OtherCareer, ...]], roles: Iterable[str]) -> Iterator[Fault]:
    """Yield careers that are covered after all, or have no name."""
    yield from _doubled_ids(part)
    covered, paths = frozenset(roles), part.paths
    for career in part.value:
        path = paths[career.id]
        if career.id in covered:
            yield part.document.fault(path, f"{career.id} is covered in roles/; remove it here")
        if not any(career.names.values()):
            yield part.document.fault((*path, "names"), "has no names; add what the career is called")


def safety_faults(part: Part[Safety]) -> Iterator[Fault]:
    """Yield kinds of distress and languages that would be left without signs or without an answer."""
    safety, document = part.value, part.document
    for kind in _KINDS_OF_DISTRESS:
        if not any(safety.signs.get(kind, {}).values()):
            yield document.fault(("signs", kind), "has no signs; add some")
    for answer in _SAFETY_ANSWERS:
        languages = safety.answers.get(answer) or {}
        for language in SAFETY_LANGUAGES:
            if language not in languages:
                yield document.fault(("answers", answer, language), "is missing; write this answer")


def phrasing_faults(phrasings: Iterable[Phrasing], *, placeholder: bool) -> Iterator[Fault]:
    """Yield phrasings that say nothing, or hold what is no phrasing.

    Args:
        phrasings: the phrasings.
        placeholder: whether `{role}` may stand for the name of a career.
    """
    for phrasing in phrasings:
        if not any(one.isalpha() for one in phrasing.text):
            what = "has no letter; write words" if phrasing.text.strip() else "is empty; write a phrasing"
            yield phrasing.document.fault(phrasing.path, what)
        for found in _PLACEHOLDER.finditer(phrasing.text) if "{" in phrasing.text else ():
            if placeholder and found[0] != "{role}":
                message = f'unknown placeholder "{found[0]}"; only {{role}} is filled in'
                yield phrasing.document.fault(phrasing.path, message)


def conflicts(phrasings: Iterable[Phrasing]) -> Iterator[Fault]:
    """Yield phrasings that stand for two things, so that the matcher could not tell which is meant.

    The same phrasing may serve the same kind of entry of several careers, since the career is known by then.
    """
    first: dict[tuple[str | None, str], Phrasing] = {}
    for phrasing in sorted(phrasings, key=lambda one: one.role is not None):
        text = " ".join(phrasing.text.casefold().split())
        other = first.get((None, text)) or first.setdefault((phrasing.role, text), phrasing)
        if other.thing != phrasing.thing:
            message = f'"{shown(phrasing.text)}" is a phrasing of {other.thing} too ({other.place}); keep one'
            yield phrasing.document.fault(phrasing.path, message)


def _doubled_ids(part: Part[Any]) -> Iterator[Fault]:
    first = part.paths
    for path, name in part.places:
        if path != first[name]:
            line = part.document.line((*first[name], "id"))
            message = f"is used twice (first in line {line}); choose another id"
            yield part.document.fault((*path, "id"), message)


def _facet_faults(part: Part[Role]) -> Iterator[Fault]:
    role, document = part.value, part.document
    for key in role.facets:
        if not _ID.fullmatch(key):
            yield document.fault(("facets", key), _not_an_id(key))
        if "id" in document.value["facets"][key]:
            yield document.fault(("facets", key, "id"), 'unknown field "id": its name is its id; remove it')
    for facet in FACETS:
        if facet not in role.facets:
            yield document.fault(("facets", facet), "is missing; add it")


def _entry_faults(
    entry: Entry, document: Document, path: Path, rules: Rules, *, needs_claim: bool
) -> Iterator[Fault]:
    if entry.claim is None:
        texts = (entry.title, entry.text, getattr(entry, "why", ""))
        amount = next(filter(None, (rules.figure.search(text[:TEXT_LIMIT]) for text in texts)), None)
        if needs_claim:
            yield document.fault((*path, "claim"), "is missing; add its source and date")
        elif amount:
            message = f'is missing, and the text says "{shown(amount[0])}"; add its source and date'
            yield document.fault((*path, "claim"), message)
    length = len(plain_text(_screen(entry))) + LABELS_MARGIN
    if length > MESSAGE_LIMIT:
        over = length - MESSAGE_LIMIT
        message = f"does not fit in one Telegram message; shorten its texts by {over} characters in all"
        yield document.fault(path, message)


def _step_faults(
    step: Step, document: Document, path: Path, resources: set[str], *, first_stage: bool
) -> Iterator[Fault]:
    for place, resource in enumerate(step.resources):
        if resource not in resources:
            local = resource.rsplit("/", 1)[-1]
            known = tuple(one.rsplit("/", 1)[-1] for one in resources)
            message = f'"{shown(local)}" is no resource of this career{meant(local, known) or "; correct it"}'
            yield document.fault((*path, "resources", place), message)
    if step.hours.least > step.hours.most:
        message = f"least ({step.hours.least}) is more than most ({step.hours.most}); swap them"
        yield document.fault((*path, "hours"), message)
    fitting = sum(task.fits_a_phone for task in step.tasks)
    if first_stage and fitting < PHONE_TASKS:
        message = (
            f"must have {PHONE_TASKS} tasks for a phone with little data "
            f"(needs: phone, data: none or little); it has {fitting}"
        )
        yield document.fault((*path, "tasks"), message)


def _screen(entry: Entry) -> tuple[Block, ...]:
    """Return everything an entry can show at once, without the labels around it."""
    blocks = [Block("title", entry.title), *blocks_of(entry.text)]
    if entry.claim:
        blocks.append(Block("note", f"{entry.claim.source} {entry.claim.date}"))
    if isinstance(entry, Resource):
        blocks.append(Block("link", entry.cost, entry.url))
    if isinstance(entry, Step):
        blocks += [Block("text", entry.why), Block("text", entry.done_when)]
        blocks += [Block("bullet", task.text) for task in entry.tasks]
    return tuple(blocks)


def _is_claim(entry: Entry, role: Role) -> bool:
    return _local(entry.id) in CLAIMED_FACETS and entry.id.startswith(f"{role.id}/")


def _local(entry_id: str) -> str:
    return entry_id.split("/", 1)[-1]


def _not_an_id(name: str) -> str:
    return f'an id is made of a-z, 0-9 and single hyphens; it is "{shown(name)}"'


def _values(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401 - data of any form
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, (*path, key))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _values(inner, (*path, place))
    else:
        yield path, value
