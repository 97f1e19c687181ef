"""Draw a student's way, and share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.actions import keep, mark, screens, way_screens
from bot.actions.request import Request
from bot.domain.drawing import Drawing, DrawingError, DrawnStage, DrawnStep
from bot.domain.journey import Journey
from bot.domain.knowledge import Role, Stage, Step, short_code
from bot.domain.reply import (
    CAPTION_LIMIT,
    Block,
    Button,
    Card,
    Cards,
    Message,
    Picture,
    Press,
    Reply,
    Start,
    plain_text,
)

SHARED: Final = "my way"
"""What a student's way is asked for with from another chat."""

MOST_CARDS: Final = 5
"""Careers offered to share: more are not read while one types."""

_TITLE_LIMIT: Final = 100
"""Characters of a title in a caption that has no room for much."""


async def press_draw(request: Request, press: Press) -> Reply:
    """Draw the student's way along a career; where that fails, say the same in words."""
    role = request.knowledge.roles.get(request.knowledge.by_code.get(press.code, ""))
    if role is None:
        return mark.gone(request, press.code)
    request = replace(request, role=role)
    here = _here(request, role)
    words = _words(request, role, request.say("drawn-at", step=here.title) if here else "")
    share = (Button(request.say("button-share"), share=SHARED),)
    try:
        image = await request.pictures.draw(_drawing(request, role, here))
    except DrawingError:
        failed = Block("text", request.say("drawing-failed"))
        rows: screens.Rows = (share, (draw_button(request, role),), way_screens.way_row(request))
        return keep.shown(request, Message((failed, *words), rows))
    rows = (share, name_row(request), way_screens.way_row(request))
    return Reply((Picture(image, words, _file_name(request, role, here), rows),))


def card(request: Request) -> Cards:
    """Return the student's way as a card to post in another chat, one for each career they walk.

    The words have no name in them, even where the picture has; nothing marked is nothing to share.
    """
    private = screens.start_button(request, "button-private")
    roles = [role for role in walked(request) if is_begun(request.journey, role)]
    return Cards(tuple(_card(request, role) for role in roles[:MOST_CARDS]), private, personal=True)


def walked(request: Request) -> tuple[Role, ...]:
    """Return the careers the student chose, the last one first, and then those they marked something of."""
    journey, knowledge = request.journey, request.knowledge
    touched = dict.fromkeys(event.about.partition("/")[0] for event in journey.effective)
    roles = (knowledge.roles[one] for one in touched if one in knowledge.roles)
    begun = [role for role in roles if is_begun(journey, role)]
    return tuple({role.id: role for role in (*journey.careers, *begun)}.values())


def is_begun(journey: Journey, role: Role) -> bool:
    """Tell whether any step of a career is more than to do."""
    tally = journey.tally(role)
    return tally.todo < tally.steps


def draw_button(request: Request, role: Role) -> Button:
    """Return the button that draws the way along a career."""
    return Button(request.say("button-draw"), Press("draw", short_code(role.id)))


def name_row(request: Request) -> tuple[Button, ...]:
    """Return the buttons that put a name on the picture, change it or take it off."""
    if not request.journey.name:
        return (Button(request.say("button-name"), Press("write", more="name")),)
    return (
        Button(request.say("button-name-change"), Press("write", more="name")),
        Button(request.say("button-name-off"), Press("unwrite", more="name")),
    )


def _card(request: Request, role: Role) -> Card:
    here, roadmap = _here(request, role), short_code(f"{role.id}/roadmap")
    words = _words(request, role, request.say("shared-at", step=here.title) if here else "")
    link = screens.start_button(request, "button-see-roadmap", Start("open", roadmap))
    summary = way_screens.tally_line(request, request.journey.tally(role))
    return Card(roadmap, words[0].text, summary, Message(words, ((link,),)), _file_name(request, role, here))


def _here(request: Request, role: Role) -> Step | None:
    found = request.journey.next(role)
    return found.step if found else None


def _drawing(request: Request, role: Role, here: Step | None) -> Drawing:
    stages = tuple(
        DrawnStage(
            stage.title,
            tuple(
                DrawnStep(
                    step.title,
                    request.journey.status(step),
                    way_screens.status_words(request, step),
                    here=step == here,
                )
                for step in stage.steps
            ),
        )
        for stage in role.stages
    )
    return Drawing(
        title=role.title,
        summary=way_screens.tally_line(request, request.journey.tally(role)),
        date=_date(request),
        here=request.say("drawn-here"),
        stages=stages,
        name=request.journey.name,
    )


def _words(request: Request, role: Role, here: str) -> tuple[Block, ...]:
    """Return what the picture shows, as far as a caption holds it: all steps, the stages, or neither.

    Args:
        request: what is asked for.
        role: the career.
        here: the line that says where the student is, or empty.
    """
    title = request.say("drawn-title", career=way_screens.shortened(role.title, _TITLE_LIMIT))
    heading = (
        Block("title", title),
        Block("text", way_screens.tally_line(request, request.journey.tally(role))),
    )
    closing = (Block("text", way_screens.shortened(here, 2 * _TITLE_LIMIT)),) if here else ()
    closing = (*closing, Block("note", _date(request)))
    steps = [block for stage in role.stages for block in _step_blocks(request, role, stage)]
    stages = [Block("bullet", _stage_line(request, stage)) for stage in role.stages]
    several: Sequence[Sequence[Block]] = (steps, stages)
    found = ((*heading, *blocks, *closing) for blocks in several)
    fitting = (blocks for blocks in found if len(plain_text(blocks)) <= CAPTION_LIMIT)
    return next(fitting, (*heading, *closing))


def _step_blocks(request: Request, role: Role, stage: Stage) -> list[Block]:
    lines = [
        Block(
            "bullet",
            request.say("drawn-step", title=step.title, status=way_screens.status_words(request, step)),
        )
        for step in stage.steps
    ]
    return [Block("text", stage.title), *lines] if len(role.stages) > 1 else lines


def _stage_line(request: Request, stage: Stage) -> str:
    done = sum(request.journey.status(step) == "done" for step in stage.steps)
    return request.say("drawn-stage", title=stage.title, done=done, steps=len(stage.steps))


def _date(request: Request) -> str:
    day = datetime.fromtimestamp(request.at, request.zone)
    # As a word, since a number would be written with a comma: 2,026.
    return request.say("drawn-date", day=day.day, month=day.month, year=str(day.year))


def _file_name(request: Request, role: Role, here: Step | None) -> str:
    """Return a name that only pictures that show the same have.

    So a card stands under a picture of that career as it is today, and never under one with a name on it that
    was taken off since.
    """
    journey = request.journey
    statuses = (f"{step.id} {journey.status(step)}" for step in role.steps)
    day = datetime.fromtimestamp(request.at, request.zone).date().isoformat()
    shown = "\n".join((role.id, journey.name, day, here.id if here else "", *statuses))
    return f"my-way-{short_code(shown)}.png"
