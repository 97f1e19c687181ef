"""What places.yaml must hold beyond its form: zones that there are, and names that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import available_timezones

from bot.content.document import Document, Path
from bot.content.faults import Fault, shown
from bot.content.parts import Part
from bot.content.sentences import meant
from bot.domain.knowledge import Place
from bot.matching.places import key_of


def places_faults(part: Part[tuple[Place, ...]]) -> Iterator[Fault]:
    """Yield zones that do not exist, and names that stand for places in different zones.

    One name of two places in the same zone does no harm: whichever is found, the zone is right.
    """
    zones = frozenset(available_timezones())
    first: dict[str, int] = {}
    for number, place in enumerate(part.value):
        yield from _zone_faults(place, part.document, (number, "zones"), zones)
        for path, name in _names(place, number):
            key = key_of(name)
            other = part.value[first.setdefault(key, number)]
            if not key:
                yield part.document.fault(path, "has no letter; write a name")
            elif frozenset(other.zones) != frozenset(place.zones):
                line = part.document.line((first[key], "name"))
                message = (
                    f'"{shown(name)}" stands for {shown(other.name)} (line {line}) too, in another zone; '
                    "write one place with the zones of both, or remove the name from one"
                )
                yield part.document.fault(path, message)


def _zone_faults(place: Place, document: Document, path: Path, known: frozenset[str]) -> Iterator[Fault]:
    for number, zone in enumerate(place.zones):
        if zone not in known:
            hint = meant(zone, tuple(sorted(known))) or "; write it as in Asia/Colombo"
            yield document.fault((*path, number), f'"{shown(zone)}" is no time zone{hint}')
        elif zone in place.zones[:number]:
            yield document.fault((*path, number), f'"{zone}" stands here twice; keep one')


def _names(place: Place, number: int) -> Iterator[tuple[Path, str]]:
    yield (number, "name"), place.name
    for one, name in enumerate(place.also):
        yield (number, "also", one), name
