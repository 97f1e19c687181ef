"""Say how far a student is: words first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from bot.actions import picture, screens, way_screens
from bot.actions.request import Request
from bot.domain import nudging
from bot.domain.journey import Journey, Since, week_start
from bot.domain.knowledge import KnowledgeBase, Role, short_code
from bot.domain.reply import Block, Button, Message, Press, Reply, blocks_of, plain_text

MOST_OTHERS: Final = 5
"""Careers besides the student's own that are told of, so that all fits one phone screen."""

TASK_LIMIT: Final = 80
"""Characters of the next task: about two lines of a phone; the whole of it is a tap away."""


async def progress(request: Request) -> Reply:
    """Say what was done this week and in all, and what comes next."""
    role = request.role
    request = replace(request, role=role)
    others = [one for one in picture.walked(request) if one.id != role.id][:MOST_OTHERS]
    gone = _left_behind(request, role)
    if not (gone or any(picture.is_begun(request.journey, one) for one in (role, *others))):
        return Reply((screens.own_words(request, "progress-none", (way_screens.way_row(request),)),))
    blocks = (
        Block("title", request.say("progress-title", career=role.title)),
        Block("text", _week(request, (role, *others))),
        Block("text", _in_all(request, role)),
        *_days(request),
        *((Block("text", request.say("progress-gone", count=gone)),) if gone else ()),
        Block("text", _onward(request, role)),
        *(Block("bullet", _of_other(request, one)) for one in others),
    )
    leading = tuple((Button(one.title, Press("turn", short_code(f"{one.id}/roadmap"))),) for one in others)
    rows = ((picture.draw_button(request, role),), way_screens.way_row(request), *leading)
    return Reply((Message(blocks, rows),))


def _week(request: Request, roles: Iterable[Role]) -> str:
    monday = week_start(request.at, request.zone)
    found = [request.journey.since(role, monday) for role in roles]
    since = Since(sum(one.tasks for one in found), sum(one.steps for one in found))
    parts = []
    if since.steps:
        parts.append(request.say("progress-steps", count=since.steps))
    if since.tasks:
        parts.append(request.say("progress-tasks", count=since.tasks))
    return (
        request.say("progress-week", done=" · ".join(parts)) if parts else request.say("progress-week-none")
    )


def _in_all(request: Request, role: Role) -> str:
    tally = request.journey.tally(role)
    line = request.say("progress-all", tally=way_screens.tally_line(request, tally))
    return f"{line} · {request.say('progress-tasks', count=tally.ticked)}" if tally.ticked else line


def _days(request: Request) -> tuple[Block, ...]:
    """Count the days with something done: a number that can only grow, so that there is nothing to lose."""
    count = nudging.days_with_something_done(request.journey.events, request.home)
    return (Block("text", request.say("progress-days", count=count)),) if count else ()


def _of_other(request: Request, role: Role) -> str:
    tally = way_screens.tally_line(request, request.journey.tally(role))
    return request.say("progress-other", career=role.title, tally=tally)


def _onward(request: Request, role: Role) -> str:
    found = request.journey.next(role)
    if found is None:
        return request.say("progress-through")
    task = way_screens.shortened(plain_text(blocks_of(found.task.text)[:1]), TASK_LIMIT)
    return request.say("progress-next", step=found.step.title, minutes=found.task.minutes, task=task)


def _left_behind(request: Request, role: Role) -> int:
    """Count the steps that were done and are retired, where none that took their place is done by that."""
    journey, knowledge = request.journey, request.knowledge
    abouts = {event.about for event in journey.effective} - knowledge.ids
    gone = {one for one in abouts if not any(_are_done(journey, knowledge, one))}
    counted = [event for event in journey.effective if event.kind == "restarted" or event.about in gone]
    return Journey(counted, knowledge).since(role, 0).steps


def _are_done(journey: Journey, knowledge: KnowledgeBase, retired: str) -> Iterator[bool]:
    """Yield of each of today's steps that followed a retired one whether it is done."""
    waiting, met = [retired], set[str]()
    while waiting:
        one = waiting.pop()
        met.add(one)
        waiting += (new for new in knowledge.successors.get(one, ()) if new not in met)
        step = knowledge.step_of(one)
        if step and step.id == one:
            yield journey.status(step) == "done"
