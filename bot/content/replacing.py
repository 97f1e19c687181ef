"""What takes the place of what in a roadmap: only what is gone for good, and each only of its own kind.

A mark that is made later on something still there would count for what replaces it, too; and what was never
there has nothing to hand on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from bot.content.document import Path
from bot.content.faults import Fault, shown
from bot.content.parts import RETIRED, ROADMAP, Part
from bot.content.sentences import meant
from bot.domain.knowledge import Role

Kind = Literal["step", "task"]


def replaces_faults(part: Part[Role], listed: Mapping[str, bool]) -> Iterator[Fault]:
    """Yield what is wrong with `replaces` and `retired` in the file of a career.

    Args:
        part: the career.
        listed: every id of ids.lock, and whether it is marked as retired.
    """
    document, looked_up = part.document, _Roadmap(part, listed)
    for place, one in enumerate(part.value.retired):
        path: Path = (RETIRED, place, "id")
        message = looked_up.gone(one.id)
        if message:
            yield document.fault(path, message)
    for path, kind, replaces in _lists(part):
        for place, old in enumerate(replaces):
            message = looked_up.doubled(old, replaces[:place]) or looked_up.replaced(old, kind)
            if message:
                yield document.fault((*path, "replaces", place), message)
    yield from _doubled(part)
    yield from _circle(part)


class _Roadmap:
    """The ids a roadmap has and had."""

    def __init__(self, part: Part[Role], listed: Mapping[str, bool]) -> None:
        self._prefix = f"{part.value.id}/{ROADMAP}/"
        self._present = frozenset(name for _, name in part.places)
        self._listed = listed

    def doubled(self, old: str, before: tuple[str, ...]) -> str | None:
        """Say what is wrong with an id that stands in the same list before."""
        return f'"{self._shown(old)}" stands here twice; keep one' if old in before else None

    def replaced(self, old: str, by: Kind) -> str | None:
        """Say what is wrong with an id that something of a kind takes the place of; None if nothing is."""
        kind = _kind(self._local(old))
        if kind == by or self._is_too_long(old):
            return self.gone(old)
        hint = self._meant(old, by) or f"; {_HOW_TO_WRITE[by]}"
        return f'"{self._shown(old)}" is written as a {kind}, and a {by} takes the place of {by}s only{hint}'

    def gone(self, old: str) -> str | None:
        """Say what is wrong with an id that must be retired; None if nothing is."""
        name = self._shown(old)
        if self._is_too_long(old):
            return f'"{name}" is too long; write only what stands behind "{ROADMAP}/"'
        if old in self._present:
            return f'"{name}" is still in the roadmap; take it out there first, or remove it here'
        if old not in self._listed:
            hint = self._meant(old, _kind(self._local(old))) or "; correct it"
            return f'"{name}" was never an id of this roadmap{hint}'
        if not self._listed[old]:
            return f'"{name}" is not retired yet; write " retired" behind its line in ids.lock'
        return None

    def _meant(self, old: str, kind: Kind) -> str:
        """Return which id that is gone was meant; of a task the name without its step is enough."""
        local = self._local(old)
        gone = [one for one in self._listed.keys() - self._present if one.startswith(self._prefix)]
        known = tuple(name for name in map(self._local, sorted(gone)) if _kind(name) == kind)
        whole = next((name for name in known if name.endswith(f"/{local}")), None)
        return meant(whole or local, known)

    def _is_too_long(self, old: str) -> bool:
        return self._local(old).startswith((self._prefix, f"{ROADMAP}/"))

    def _local(self, whole: str) -> str:
        return whole.removeprefix(self._prefix)

    def _shown(self, whole: str) -> str:
        return shown(self._local(whole))


_HOW_TO_WRITE: Mapping[Kind, str] = {
    "step": "write the id of a step",
    "task": "write the step, a slash and the task",
}


def _kind(local: str) -> Kind:
    return "task" if "/" in local else "step"


def _lists(part: Part[Role]) -> Iterator[tuple[Path, Kind, tuple[str, ...]]]:
    """Yield everything that takes the place of something, with where it stands."""
    paths, prefix = part.paths, f"{part.value.id}/{ROADMAP}/"
    for step in part.value.steps:
        yield paths[step.id], "step", step.replaces
        for task in step.tasks:
            yield paths[task.id], "task", task.replaces
    for place, one in enumerate(part.value.retired):
        yield (RETIRED, place), _kind(one.id.removeprefix(prefix)), one.replaces


def _doubled(part: Part[Role]) -> Iterator[Fault]:
    document = part.document
    first: dict[str, int] = {}
    for place, one in enumerate(part.value.retired):
        before = first.setdefault(one.id, place)
        if before != place:
            line = document.line((RETIRED, before, "id"))
            yield document.fault(
                (RETIRED, place, "id"), f"stands here twice (first in line {line}); keep one"
            )


def _circle(part: Part[Role]) -> Iterator[Fault]:
    """Yield a circle of what is retired; where there are several, one of them."""
    olds = {one.id: one.replaces for one in part.value.retired}
    try:
        TopologicalSorter(olds).prepare()
    except CycleError as error:
        circle = frozenset(error.args[1])
        place = next(place for place, one in enumerate(part.value.retired) if one.id in circle)
        message = "takes the place of itself, straight or by way of others; mend what replaces what"
        yield part.document.fault((RETIRED, place), message)
