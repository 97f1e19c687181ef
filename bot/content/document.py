"""YAML files, read strictly: plain data with the line of every value, and nothing else.

The file is read as a stream of parser events and never constructed, so that no tag can make an object and no
alias can multiply. Plain words follow the core schema of YAML 1.2 (yaml.org/spec/1.2.2, section 10.3), except
that the yes-or-no words of YAML 1.1 are told apart, since a teacher who writes `no` means the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

from bot.content.faults import Fault, KnowledgeError, shown
from bot.content.slips import is_like_a_field, is_like_an_item, slip

Path = tuple[str | int, ...]
"""The way to a value: names of fields and numbers of list items."""

DEPTH_LIMIT = 16
"""Levels of lists and fields inside each other; a career needs eight."""

VALUES_LIMIT = 100_000
"""Values in one file, ten times the phrasings of a large one; reading them takes half a second."""

FAULTS_LIMIT = 100
"""Faults in the form of one file after which reading stops; nobody mends more at once."""

# libyaml's parser is ten times faster, but not every machine has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_REFUSED = re.compile(
    rf"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff\ufeff\ufffe\uffff]",
)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_YES = frozenset("true True TRUE yes Yes YES on On ON".split())
_NO = frozenset("false False FALSE no No NO off Off OFF".split())
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_INTEGER_DIGITS = 15
_BLOCKS = ("|", ">")

_TOO_EARLY = "the text ends before the line does; put the whole text in quotes"
_INDENTATION = (
    "the indentation fits no line above; line it up with its neighbours, "
    "or, if it belongs to the text above, indent it as far"
)
_UNCLOSED_QUOTE = "a quote is opened and never closed; close it"
_UNCLOSED_BRACKET = (
    "a bracket is opened and never closed, a comma is missing, "
    "or a text with { or [ has no quotes; mend the list"
)
_ONLY_WORDS = (
    "this line is neither 'field: value' nor '- item'; mend it, or indent it as far as the text it belongs to"
)
_NOTICED_LATER = frozenset((_UNCLOSED_QUOTE, _UNCLOSED_BRACKET, _ONLY_WORDS))
_COLON = (
    "a colon and a space stand inside a text; put the text in quotes, "
    "or line this line up with its neighbours"
)
_PROBLEMS = {
    "mapping values are not": _COLON,
    "found character that cannot start": "a text cannot begin with this character; put the text in quotes",
    "could not find expected ':'": _ONLY_WORDS,
    "did not find expected key": _TOO_EARLY,
    "did not find expected '-' indicator": _TOO_EARLY,
    "expected <block end>": _TOO_EARLY,
    "did not find expected <document start>": _INDENTATION,
    "expected '<document start>'": _INDENTATION,
    "found unexpected end of stream": _UNCLOSED_QUOTE,
    "did not find expected ',' or": _UNCLOSED_BRACKET,
    "did not find expected node content": _UNCLOSED_BRACKET,
    "expected ',' or": _UNCLOSED_BRACKET,
    "found unknown escape character": "a backslash means something else in double quotes; use single quotes",
    "found undefined tag handle": "a tag (!) is not allowed; put the text in quotes",
    "block sequence entries are not": "a list cannot begin on the line of its field; begin it on the next",
}
"""What the parsers say first, libyaml's way or PyYAML's own, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file as plain data: dictionaries, tuples, text, numbers, booleans and None.

    `lines` has the line of every field and item, `plain` what the file says for values that are not text,
    `source` the lines as they are written.
    """

    file: str
    value: Any
    lines: Mapping[Path, int]
    plain: Mapping[Path, str]
    source: Sequence[str] = ()

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest thing around it that is in the file."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def slip(self, path: Path) -> str | None:
        """Return what a teacher seems to have meant by the line of a value that is not what was wanted."""
        return slip(self.source[self.line(path) - 1])

    def at(self, path: Path) -> Any:  # noqa: ANN401 - what a file holds is anything
        """Return the value a path leads to, or None."""
        value = self.value
        try:
            for part in path:
                value = value[part]
        except (IndexError, KeyError, TypeError):
            return None
        return value

    def field(self, path: Path) -> str:
        """Return a path as a teacher reads it: `stages[from-grade-8].steps[cs50].tasks[2].minutes`."""
        named = ""
        for place, part in enumerate(path):
            if isinstance(part, str):
                named += f".{shown(part)}" if named else shown(part)
                continue
            item = self.at(path[: place + 1])
            name = item.get("id") if isinstance(item, dict) else None
            named += f"[{shown(name) if isinstance(name, str) and name else part + 1}]"
        return named or "file"

    def fault(self, path: Path, message: str) -> Fault:
        """Return a fault of the value a path leads to."""
        return Fault(self.file, self.line(path), self.field(path), message)


def read_document(file: str, content: bytes) -> Document:
    """Read one YAML file.

    Args:
        file: how messages name it.
        content: its bytes, already limited in number.

    Raises:
        KnowledgeError: it is no UTF-8, no YAML, or uses what is not allowed here: tabs, control characters,
            tags, anchors, aliases, merge keys, duplicate keys, several documents, deep nesting.
    """
    text = decode(file, content)
    source = text.split("\n")
    composer = _Composer(file, source)
    try:
        value = composer.compose(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        composer.refuse_error(error)
    except (yaml.YAMLError, ValueError, OverflowError):
        # The pure Python parser lets the last two through, for escapes and versions with absurd numbers.
        composer.refuse(1, (), "this is not YAML; compare it with a file that works")
    if composer.faults:
        raise KnowledgeError(tuple(composer.faults))
    return Document(file, value, composer.lines, composer.plain, source)


def decode(file: str, content: bytes) -> str:
    """Return the text of a file; a byte order mark at its begin is dropped.

    Raises:
        KnowledgeError: it is no UTF-8, or holds tabs, control characters or invisible direction marks.
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "is not UTF-8 text; save the file with the encoding UTF-8"
        raise KnowledgeError((Fault(file, line, "file", message),)) from error
    faults = (
        Fault(file, number, "file", f"{_character(found[0])}; {_instead(found[0])}")
        for number, line in enumerate(text.split("\n"), 1)
        if (found := _REFUSED.search(line))
    )
    if _REFUSED.search(text):
        raise KnowledgeError(tuple(islice(faults, FAULTS_LIMIT)))
    return text


class _Composer:
    """Builds plain data from parser events, and collects what is not allowed."""

    def __init__(self, file: str, source: Sequence[str]) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[Path, int] = {(): 1}
        self.plain: dict[Path, str] = {}
        self._file = file
        self._source = source
        self._stopped = False
        self._text = (1, 1, False)

    def refuse(self, line: int, path: Path, message: str) -> None:
        """Note a fault."""
        document = Document(self._file, None, {}, {})
        self.faults.append(Fault(self._file, line, document.field(path), message))
        self._stopped = self._stopped or len(self.faults) >= FAULTS_LIMIT

    def refuse_error(self, error: yaml.MarkedYAMLError) -> None:
        """Note what the parser could not read."""
        advice = _advice(error.problem or "")
        # What is never finished is noticed later, but has to be mended where it was begun.
        opened = error.context_mark if advice in _NOTICED_LATER else None
        mark = opened or error.problem_mark
        # The end of a file counts as a line of its own.
        line = min(mark.line + 1, len(self._source)) if mark else 1
        if advice == _TOO_EARLY and mark and not self._source[line - 1][: mark.column].strip():
            self._refuse_line(line, _INDENTATION)
            return
        first, last, quoted = self._text
        if last == line > first and not quoted:
            self._refuse_line(line, advice)
            return
        # A quote that was meant for an apostrophe ends at the next one, and only there YAML stumbles.
        line = first if line == last else line
        self._refuse_line(line, self._slip(line) or advice)

    def _refuse_line(self, line: int, advice: str) -> None:
        # What follows was only read inside of something that never ended.
        self.faults = [fault for fault in self.faults if fault.line <= line]
        if not any(fault.line == line for fault in self.faults):
            self.refuse(line, (), advice)

    def compose(self, events: Iterator[Any]) -> Any:  # noqa: ANN401 - what a file holds is anything
        """Return the value of the only document in the stream."""
        value, documents = None, 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(_line(event), (), "a second document begins here; remove the line '---'")
                    break
                value = self._value(next(events), events, ())
                if self._stopped:
                    break
        if value is None and not self.faults:
            self.refuse(1, (), "is empty; fill it or remove it")
        return value

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Any:  # noqa: ANN401 - anything
        line = _line(event)
        self.lines.setdefault(path, line)
        if len(self.lines) > VALUES_LIMIT:
            self._stopped = True
            self.refuse(line, (), f"has more than {VALUES_LIMIT} values; split it or shorten it")
            return None
        if isinstance(event, yaml.AliasEvent):
            self._refuse_mark(line, path, "an alias", f"*{event.anchor}")
            return None
        if event.anchor is not None:
            self._refuse_mark(line, path, "an anchor", f"&{event.anchor}")
        if event.tag is not None:
            self._refuse_mark(line, path, "a tag", event.tag)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= DEPTH_LIMIT:
            self._stopped = True
            self.refuse(
                line, path, f"is nested deeper than {DEPTH_LIMIT} levels; mend the indentation or brackets"
            )
            return None
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _refuse_mark(self, line: int, path: Path, kind: str, written: str) -> None:
        """Note a mark of YAML's own, which most likely is only the first sign of a text."""
        advice = self._slip(line)
        if not advice:
            self.refuse(line, path, f"{kind} ({shown(written)}) is not allowed; remove it")
        else:
            # A lone "!" has no meaning to anybody but YAML.
            self.refuse(line, path, advice if written == "!" else f"{advice} ({kind} is not allowed)")

    def _slip(self, line: int) -> str | None:
        return slip(self._source[line - 1])

    def _sequence(self, events: Iterator[Any], path: Path) -> tuple[Any, ...]:
        items: list[Any] = []
        for event in events:
            if self._stopped or isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, events, (*path, len(items))))
        return tuple(items)

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for event in events:
            if self._stopped or isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            key = self._value(event, events, (*path, "?"))
            self.lines.pop((*path, "?"), None)
            if self._stopped:
                break
            whole = (*path, key if isinstance(key, str) else "?")
            if key == "<<" and not event.style:
                self.refuse(line, whole, "merging (<<) is not allowed; write the fields out")
            elif not isinstance(key, str):
                written = shown(getattr(event, "value", "?"))
                message = f'"{written}" cannot name a field; put the name in quotes'
                self.refuse(line, path, self._slip(line) or message)
            elif key in fields:
                first = self.lines.get(whole, line)
                self.refuse(line, whole, f"is written twice (first in line {first}); keep one of them")
            else:
                self.lines[whole] = line
            value = self._value(next(events), events, whole)
            if isinstance(key, str):
                fields.setdefault(key, value)
        return fields

    def _scalar(self, event: Any, path: Path) -> Any:  # noqa: ANN401 - anything
        text: str = event.value
        self._refuse_if_it_runs_on(event, path)
        if event.style:
            # Escapes in double quotes can spell what the file itself may not contain.
            if event.style == '"' and (found := _REFUSED.search(text)):
                message = f"{_character(found[0])}; {_instead(found[0])}"
                self.refuse(_line(event), path, message)
            return text
        value = _plain_value(text)
        if not isinstance(value, str):
            self.plain[path] = text
        elif self._source[event.end_mark.line][event.end_mark.column :].lstrip().startswith("#"):
            message = 'the text ends at " #"; put the whole text in quotes, or a remark on a line of its own'
            self.refuse(_line(event), path, message)
        return value

    def _refuse_if_it_runs_on(self, event: Any, path: Path) -> None:  # noqa: ANN401 - anything
        """Note a text without `|` that swallowed the next item or field."""
        if event.style in _BLOCKS:
            return
        first, last = _line(event), int(event.end_mark.line) + 1
        self._text = (first, last, bool(event.style))
        for number, line in enumerate(self._source[first:last], first + 1):
            if not (is_like_an_item(line) or is_like_a_field(line)):
                continue
            if event.style:
                closing = f"the quote that begins here ends only in line {last}; close it"
                self.refuse(first, path, self._slip(first) or closing)
            else:
                message = f'"{shown(line)}" goes on with the text above; line it up with its neighbours'
                self.refuse(number, path, message)
            return


def _line(event: Any) -> int:  # noqa: ANN401 - PyYAML's events share no typed marks
    return int(event.start_mark.line) + 1


def _plain_value(text: str) -> str | float | bool | None:
    """Read a word without quotes."""
    if text in _NOTHING:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    if _INTEGER.fullmatch(text) and len(text) <= _INTEGER_DIGITS:
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _character(one: str) -> str:
    if one == "\t":
        return "has a tab"
    name = unicodedata.name(one, "a control character").lower()
    return f"has the invisible character U+{ord(one):04X} ({name})"


def _instead(one: str) -> str:
    return "write spaces instead" if one == "\t" else "delete it"


def _advice(problem: str) -> str:
    for beginning, advice in _PROBLEMS.items():
        if problem.startswith(beginning):
            return advice
    return f"this is not YAML ({shown(problem)}); compare it with a line that works"
