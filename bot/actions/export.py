"""Hand a student all that is kept about them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from bot.actions import mark, screens
from bot.actions.request import Request
from bot.domain.journey import Journey
from bot.domain.knowledge import Role, Step
from bot.domain.reply import Document, Reply, blocks_of

FILE_NAME: Final = "my-data.json"

Stored = Mapping[str, Sequence[Mapping[str, str | int | None]]]
"""Rows by the name of their table."""

_Json = dict[str, object]


async def export(request: Request) -> Reply:
    """Hand it over at once, as a file people can read."""
    stored = await request.journeys.everything(request.student)
    if is_nothing(request, stored):
        rows = ((screens.function_button(request, "bot/privacy"),), *screens.menu_rows(request))
        return Reply((screens.own_words(request, "export-nothing", rows),))
    written = json.dumps(_all(request, stored), ensure_ascii=False, indent=2)
    # A note may hold half of a character, which JSON can say in its own way and UTF-8 cannot.
    content = written.encode("utf-8", "backslashreplace")
    buttons = (
        (screens.function_button(request, "bot/privacy"), screens.function_button(request, "bot/forget-me")),
    )
    blocks = blocks_of(request.say("export"))
    return Reply((Document(FILE_NAME, content, blocks, buttons, language=request.language_of("export")),))


def is_nothing(request: Request, stored: Stored) -> bool:
    """Tell whether nothing is kept about a student but what they say just now, and nothing remembered."""
    in_hand = all(row.get("state") == "waiting" for rows in stored.values() for row in rows)
    return in_hand and not request.unkept.events(request.student, request.at)


def roles_of(request: Request, journey: Journey) -> tuple[Role, ...]:
    """Return the careers in which a student did anything, those they chose first."""
    touched = [request.knowledge.role_of(event.about) for event in journey.events]
    return tuple({role.id: role for role in (*journey.careers, *touched) if role}.values())


def marked(journey: Journey, role: Role) -> tuple[Step, ...]:
    """Return the steps of a career that a student marked, ticked a task of, or wrote a note at."""
    return tuple(step for step in role.steps if journey.status(step) != "todo" or journey.note(step.id))


def _all(request: Request, stored: Stored) -> _Json:
    meanings = {
        "students": request.say("export-students"),
        "events": request.say("export-events"),
        "nudges": request.say("export-nudges"),
        "inbox": request.say("export-inbox"),
    }
    tables = {
        name: {"meaning": meanings.get(name, ""), "rows": [_row(request, row) for row in rows]}
        for name, rows in stored.items()
    }
    said = [_row(request, asdict(event)) for event in request.unkept.events(request.student, request.at)]
    remembered = {
        "meaning": request.say("export-memory"),
        "said": said,
        "language": request.language,
        "career": request.role.title,
        "shown_last": _titled(request, request.looked_at),
    }
    progress = [_progress(request, role) for role in roles_of(request, request.journey)]
    return {
        "about": request.say("export-about"),
        "written": _time(request, request.at),
        "progress_today": {"meaning": request.say("export-progress"), "careers": progress},
        "database": tables,
        "memory": remembered,
    }


def _row(request: Request, row: Mapping[str, object]) -> _Json:
    shown: _Json = {}
    for name, value in row.items():
        shown[name] = _value(request, name, value)
        if name == "about" and value:
            shown["title"] = _titled(request, str(value))
    return shown


def _value(request: Request, name: str, value: object) -> object:
    if isinstance(value, int) and (name == "at" or name.endswith("_at")):
        return _time(request, value)
    if name == "payload" and isinstance(value, str):
        return json.loads(value)
    return value


def _progress(request: Request, role: Role) -> _Json:
    journey = request.journey
    return {
        "career": role.title,
        "id": role.id,
        **asdict(journey.tally(role)),
        "in_detail": [_step(request, step) for step in marked(journey, role)],
    }


def _step(request: Request, step: Step) -> _Json:
    journey = request.journey
    at = journey.marked_at(step)
    found: _Json = {"step": step.title, "id": step.id, "status": journey.status(step)}
    if at is not None:
        found["since"] = _time(request, at)
    found["ticked"] = [_titled(request, task.id) for task in journey.ticked(step)]
    if journey.note(step.id):
        found["note"] = journey.note(step.id)
    return found


def _titled(request: Request, about: str) -> str:
    """Return what an id is called today, or that it is retired; empty for none."""
    knowledge = request.knowledge
    if not about:
        return ""
    if knowledge.step_of(about) and about in knowledge.ids:
        return mark.described(request, about)
    role, entry = knowledge.role_of(about), knowledge.entries.get(about)
    stages = {stage.id: stage.title for stage in role.stages} if role else {}
    if role and about == role.id:
        return role.title
    return entry.title if entry else stages.get(about) or request.say("export-retired")


def _time(request: Request, at: int) -> str:
    return datetime.fromtimestamp(at, request.zone).isoformat()
