"""What may be called with what, read off python-telegram-bot's own signatures.

README.md says what differs from the published list of methods.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import telegram


@dataclass(frozen=True, slots=True)
class Signature:
    """The names a call or an object must have, and all that it may have."""

    required: frozenset[str]
    known: frozenset[str]

    def faults(self, given: Mapping[str, object]) -> list[str]:
        """Say what is missing and what is unknown."""
        missing = [f"missing {name}" for name in sorted(self.required - given.keys())]
        return missing + [f"unknown {name}" for name in sorted(given.keys() - self.known)]


def _signature(called: Callable[..., object], *more: str) -> Signature:
    """Read a signature; what may only be given by name are the library's own shortcuts, not Telegram's."""
    parameters = [
        one
        for one in inspect.signature(called).parameters.values()
        if one.kind is one.POSITIONAL_OR_KEYWORD and one.name != "self"
    ]
    required = {one.name for one in parameters if one.default is one.empty}
    return Signature(frozenset(required), frozenset({one.name for one in parameters} | set(more)))


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


METHODS: dict[str, Signature] = {
    _camel(name): _signature(getattr(telegram.Bot, name))
    for name in dir(telegram.Bot)
    if "_" in name and not name.startswith("_") and hasattr(telegram.Bot, _camel(name))
} | {"close": Signature(frozenset(), frozenset())}

_EXACT = {name.lower(): name for name in METHODS}


def method_named(name: str) -> str | None:
    """Return a method's name as it is written, whatever case it was asked for in; None if there is none."""
    return _EXACT.get(name.lower())


@functools.cache
def fields(kind: type[telegram.TelegramObject]) -> Signature:
    """Return the fields of an object that is sent to Telegram; `type` is the library's constant in many."""
    return _signature(kind.__init__, "type")
