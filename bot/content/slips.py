"""What a teacher meant by a line that YAML reads otherwise.

Most slips are texts without quotes that begin with a sign or hold a colon. YAML takes the sign for its own
and complains, or obeys, so the written line has to be looked at to say what to write instead.
"""

from __future__ import annotations

import re

from bot.content.faults import shown
from bot.domain.knowledge import (
    LANGUAGES,
    Claim,
    Helpline,
    Hours,
    OtherCareer,
    Pointer,
    Resource,
    Retired,
    Role,
    Safety,
    Stage,
    Step,
    Task,
)

_MODELS = (Claim, Helpline, Hours, OtherCareer, Pointer, Resource, Retired, Role, Safety, Stage, Step, Task)
_FIELD = "|".join((*sorted({name for model in _MODELS for name in model.model_fields}), *LANGUAGES))

# In a list `mow: the lawn` is a text with a colon, unless its first word names a field.
_PLACE = re.compile(rf" *(?:- +(?:(?:{_FIELD}): +)?|[\w/-]+: +)(?P<text>\S(?:.*\S)?) *")
_FIELD_LINE = re.compile(rf" *(?:- +)?(?:{_FIELD}):(?: .*)?")
_ITEM_LINE = re.compile(r" *- .*")
_CLOSED = re.compile(r"""(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")(?: +#.*)?""")
_SIGN = re.compile(
    r"[*&!%@`,\]}#]|[-?](?: |$)|[|>](?![-+0-9]* *(?:#|$))"
    r"|\{[^{}]*\} *[^ #]|\{\w+\}$|\[[^\[\]]*\] *[^ #]",
)

_INSTEAD = {
    "'": "; or close the quote",
    '"': "; or close the quote",
    "-": "; or begin the list on the next line",
}


def slip(line: str) -> str | None:
    """Return what is wrong with the text on a line and how to write it, or None if nothing is plain to see.

    Args:
        line: a line of a file that YAML could not read, or did not read as the text that was wanted.
    """
    found = _PLACE.fullmatch(line)
    if not found:
        return None
    text = found["text"]
    first = text[0]
    if first in "'\"":
        if _CLOSED.fullmatch(text):
            return None
        if text.endswith(first) and len(text) > 1:
            return f"a quote inside the text ends it too early; write {_quoted(text[1:-1])}"
    elif first in "[{|>" and not _SIGN.match(text):
        return None
    elif not _SIGN.match(text):
        return _colon(text)
    return f"a text that begins with {first} must be in quotes: {_quoted(text)}{_INSTEAD.get(first, '')}"


def is_like_a_field(line: str) -> bool:
    """Whether a line of a text looks as if it was meant to be a field (`title: ...`, `- id: ...`)."""
    return bool(_FIELD_LINE.fullmatch(line))


def is_like_an_item(line: str) -> bool:
    """Whether a line of a text looks as if it was meant to be an item of a list (`- ...`)."""
    return bool(_ITEM_LINE.fullmatch(line))


def _colon(text: str) -> str | None:
    if ": " in text:
        return f'a text with ": " inside must be in quotes: {_quoted(text)}'
    return f"a text that ends with : must be in quotes: {_quoted(text)}" if text.endswith(":") else None


def _quoted(text: str) -> str:
    """Return a text in the quotes that fit it, shortened like any value that a message repeats."""
    brief = shown(text)
    if '"' not in brief and "\\" not in brief:
        return f'"{brief}"'
    return "'" + brief.replace("'", "''") + "'"
