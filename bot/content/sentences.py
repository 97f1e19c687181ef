"""What pydantic found wrong, said so that a teacher knows what to write instead."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from bot.content.document import Document, Path
from bot.content.faults import Fault, shown

ALIKE = 70
"""rapidfuzz ratio (0 to 100) from which a known name is offered as what was meant."""

_PATTERNS = {
    "date": "must be a month or a day such as 2026-11 or 2026-11-22",
    "number": "must be a telephone number: digits, spaces and +",
    "url": "must be an address that begins with https:// and has no spaces",
}

_ALWAYS = {"missing": "is missing; add it", "string_too_short": "is empty; write a text"}
_TYPES = {
    "int_": "must be a whole number, in digits and without quotes",
    "string_": "must be a text, not a list or a group of fields; if it is a text, put it in quotes",
    "tuple_": "must be a list: one line each that begins with '- '",
    "dict_": "must be a group of fields: one line each, 'name: value'",
    "mapping_": "must be a group of fields: one line each, 'name: value'",
    "model_": "must be a group of fields: one line each, 'name: value'",
}


def schema_faults(error: ValidationError, document: Document, schema: object) -> Iterator[Fault]:
    """Yield one fault for each thing wrong with a document.

    Args:
        error: what pydantic found.
        document: what was validated, with the lines.
        schema: the type it was validated as.
    """
    for detail in error.errors(include_url=False):
        problem = _Problem(detail, document, schema)
        sentence = problem.sentence()
        if sentence:
            yield document.fault(problem.path, sentence)


def meant(written: str, known: Iterator[str] | tuple[str, ...]) -> str:
    """Return ': did you mean "..."?' where a known name is like the written one, else nothing."""
    best = process.extractOne(shown(written), tuple(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return f': did you mean "{best[0]}"?' if best else ""


def quoting(plain: str) -> str:
    """Return what to do about a word that YAML does not read as text."""
    written = shown(plain)
    return f"{written} without quotes is not read as text; write '{written}' in quotes"


class _Problem:
    """One thing pydantic found."""

    def __init__(self, detail: ErrorDetails, document: Document, schema: object) -> None:
        self.path: Path = tuple(part for part in detail["loc"] if part != "[key]")
        self._is_key = "[key]" in detail["loc"]
        self._kind = detail["type"]
        self._name = str(self.path[-1]) if self.path else ""
        self._wrong = detail["input"]
        self._expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", '"')
        self._jargon = detail["msg"]
        self._document = document
        self._schema = schema

    def sentence(self) -> str:
        """Say what is wrong and what to write instead; nothing where other sentences say it already."""
        match self._kind:
            case "extra_forbidden":
                known = _fields_at(self._schema, self.path[:-1])
                return f'unknown field "{shown(self._name)}"{meant(self._name, known) or self._no_field()}'
            case "string_pattern_mismatch":
                return f'{_PATTERNS.get(self._name, "is written wrongly")}; it is "{shown(self._wrong)}"'
            case "greater_than_equal" | "less_than_equal":
                least, most = _bounds(self._schema, self.path, "ge", "le")
                return f"{self._name} must be between {least} and {most}; it is {self._wrong}"
            case "too_short" | "too_long":
                return self._wrong_count()
        return _ALWAYS.get(self._kind) or self._wrong_type()

    def _no_field(self) -> str:
        named_like_a_field = self._name.replace("_", "").isalnum() and self._name.islower()
        return "; remove it" if named_like_a_field else "; if it belongs to the text above, indent it as far"

    def _wrong_count(self) -> str:
        least, most = _bounds(self._schema, self.path, "min_length", "max_length")
        have = len(self._wrong)
        # pydantic counts only the items that are right; the wrong ones have sentences of their own.
        if isinstance(least, int) and least <= have and (not isinstance(most, int) or have <= most):
            return ""
        wanted = f"{least} to {most}" if most is not None else f"at least {least}"
        return f"must have {wanted} items; it has {have}"

    def _wrong_type(self) -> str:
        plain = self._document.plain.get(self.path)
        if self._wrong is None:
            return self._slip() or "is empty; write something or remove it"
        if self._expected:
            what = f'unknown name "{shown(self._wrong)}"; it' if self._is_key else "it"
            written = "" if self._is_key else f'; it is "{shown(plain or self._wrong)}"'
            return f"{what} must be {self._expected}{written}"
        for beginning, sentence in _TYPES.items():
            if self._kind.startswith(beginning):
                return self._instead_of_text(plain, sentence) if beginning == "string_" else sentence
        return self._jargon

    def _instead_of_text(self, plain: str | None, sentence: str) -> str:
        return quoting(plain) if plain else self._slip() or sentence

    def _slip(self) -> str | None:
        return self._document.slip(self.path)


def _bounds(schema: object, path: Path, lower: str, upper: str) -> tuple[object, object]:
    """Return the limits a field declares, None where it declares none."""
    model = _inside(schema, path[:-1])
    limits: dict[str, object] = {}
    if isinstance(model, type) and issubclass(model, BaseModel) and path[-1] in model.model_fields:
        for limit in model.model_fields[str(path[-1])].metadata:
            limits |= {name: getattr(limit, name) for name in (lower, upper) if hasattr(limit, name)}
    return limits.get(lower), limits.get(upper)


def _fields_at(schema: object, path: Path) -> tuple[str, ...]:
    """Return the names of the fields that may stand at a path."""
    model = _inside(schema, path)
    return tuple(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else ()


def _inside(schema: object, path: Path) -> object:
    """Follow a path through models, mappings and tuples to the type it leads to."""
    for part in path:
        schema = _required(schema)
        if isinstance(schema, type) and issubclass(schema, BaseModel):
            field = schema.model_fields.get(str(part))
            schema = field.annotation if field else None
        else:
            arguments: tuple[Any, ...] = get_args(schema) or (None,)
            schema = arguments[0] if get_origin(schema) is tuple else arguments[-1]
    return _required(schema)


def _required(schema: object) -> object:
    """Drop the None of an optional type."""
    if get_origin(schema) in {Union, types.UnionType}:
        return next(one for one in get_args(schema) if one is not type(None))
    return schema
