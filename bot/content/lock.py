"""ids.lock: every id that was ever published, with its short code.

Students' progress, buttons in old messages and links point at ids and codes, so neither may ever change
or come to mean something else. One line an id, sorted: `<code> <id>`, and ` retired` where it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from bot.content.faults import Fault, KnowledgeError, shown
from bot.content.sentences import meant
from bot.domain.knowledge import short_code

LOCK_FILE = "ids.lock"

_ID = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
_LINE = re.compile(r"(?P<code>\S+) (?P<id>\S+?)(?P<retired> retired)?")


def lock_lines(ids: Iterable[str]) -> str:
    """Return the lines that ids get when they are first published."""
    return "".join(f"{short_code(one)} {one}\n" for one in sorted(ids))


def listed_ids(text: str) -> Mapping[str, bool]:
    """Return every id of the list, and whether it is marked as retired; lines that are none are left out.

    Args:
        text: what the list holds.
    """
    lines = filter(None, map(_LINE.fullmatch, text.splitlines()))
    return {line["id"]: line["retired"] is not None for line in lines}


class RetireError(ValueError):
    """An id cannot be marked as retired; the message says why."""


def renewed(file: str, text: str, present: AbstractSet[str], retire: AbstractSet[str]) -> str:
    """Return the list with new ids added and others marked as retired; no id is ever dropped.

    With a step its tasks are retired, and with a career all that was in it.

    Args:
        file: how messages name the list.
        text: what it holds.
        present: the ids in the knowledge.
        retire: ids that are gone for good.

    Raises:
        KnowledgeError: a line of the list is none.
        RetireError: an id to retire is not listed, or still in the knowledge.
    """
    matches, faults = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if match := _LINE.fullmatch(line):
            matches.append(match)
        elif line.strip():
            faults.append(Fault(file, number, "line", _no_line(line)))
    if faults:
        raise KnowledgeError(tuple(faults))
    listed = {match["id"] for match in matches}
    for one in sorted(retire):
        if one in present:
            message = f"{shown(one)} is still in the knowledge; remove it there first"
            raise RetireError(message)
        if one not in listed:
            message = f"{shown(one)} is not in the list{meant(one, tuple(listed))}"
            raise RetireError(message)
    retired = {one for one, is_retired in listed_ids(text).items() if is_retired}
    retired |= {one for one in listed - present if any(f"{one}/".startswith(f"{top}/") for top in retire)}
    return "".join(
        f"{short_code(one)} {one}{' retired' * (one in retired)}\n" for one in sorted(listed | present)
    )


def lock_faults(file: str, text: str, present: AbstractSet[str], unread: AbstractSet[str]) -> Iterator[Fault]:
    """Compare the list with the knowledge.

    Args:
        file: how messages name the list.
        text: what it holds.
        present: the ids in the knowledge.
        unread: first parts of ids whose files could not be read, so that nothing can be said about them.
    """
    first: dict[str, int] = {}
    previous, number = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if not found:
            yield Fault(file, number, "line", _no_line(line))
            continue
        one = found["id"]
        for message in _line_faults(found, first.get(one), previous, present, unread):
            yield Fault(file, number, shown(one), message)
        first.setdefault(one, number)
        previous = one
    # Ids that are written wrongly have their fault where they are written, and must not be listed.
    unlisted = {one for one in present if one not in first and _ID.fullmatch(one)}
    for one in sorted(unlisted):
        message = f"is not listed; add the line: {lock_lines([one])[:-1]}"
        yield Fault(file, number + 1, one, message)
    codes: dict[str, str] = {}
    for one in sorted(unlisted | first.keys()):
        other = codes.setdefault(short_code(one), one)
        if other != one:
            message = f"has the same code as {shown(other)}; choose another id"
            yield Fault(file, first.get(one, number + 1), shown(one), message)


def _no_line(line: str) -> str:
    return f'must be "<code> <id>" or "<code> <id> retired"; it is "{shown(line)}"'


def _line_faults(
    found: re.Match[str],
    first: int | None,
    previous: str,
    present: AbstractSet[str],
    unread: AbstractSet[str],
) -> Iterator[str]:
    one = found["id"]
    if first:
        yield f"is listed twice (first in line {first}); keep the first"
    elif one < previous:
        yield f"stands after {shown(previous)}; keep the list sorted by id"
    if found["code"] != short_code(one):
        yield f"has the wrong code {shown(found['code'])}; codes never change, write {short_code(one)}"
    if found["retired"] and one in present:
        yield "is retired and used again; give the new thing a new id"
    if not found["retired"] and one not in present and one.split("/")[0] not in unread:
        yield 'was published and is gone; bring it back, or write " retired" behind its line'
