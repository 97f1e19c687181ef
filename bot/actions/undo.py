"""Take back what was changed, by a button under it or in words, and put it back again."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import mark, screens, way, way_screens
from bot.actions.request import Request
from bot.domain.journey import Act, Event, Journey
from bot.domain.reply import Block, Button, Message, Press, Reply

SAID = {
    "ticked": "undone-ticked",
    "unticked": "undone-unticked",
    "done": "undone-done",
    "skipped": "undone-skipped",
    "known": "undone-known",
    "cleared": "undone-cleared",
    "restarted": "undone-restarted",
    "noted": "undone-noted",
    "named": "undone-named",
    "career": "undone-answer",
    "stands": "undone-answer",
    "has": "undone-answer",
    "undone": "undone-undone",
}


async def say_undo(request: Request) -> Reply:
    """Take back the last change, whatever it was; once more takes back the one before."""

    def decide(journey: Journey) -> list[Act]:
        cause = journey.last_undoable()
        return [Act("undone", value=cause)] if cause else []

    if not request.journey.kept:
        return Reply((screens.own_words(request, "nothing-to-undo", (way_screens.way_row(request),)),))
    return Reply((_told(request, await way.change(request, decide)),))


async def press_undo(request: Request, press: Press) -> Reply:
    """Take back what one update changed; a second time changes nothing."""

    def decide(journey: Journey) -> list[Act]:
        return [Act("undone", value=press.more)] if journey.brought_by(press.more) else []

    if not request.journey.kept:
        return Reply(
            (screens.as_edit(screens.own_words(request, "nothing-to-undo", (way_screens.way_row(request),))),)
        )
    return Reply((screens.as_edit(_told(request, await way.change(request, decide))),))


def _told(request: Request, changed: way.Changed) -> Message:
    request = replace(request, journey=changed.after)
    if not changed.brought:
        return screens.own_words(request, "nothing-to-undo", (way_screens.way_row(request),))
    back = changed.before.brought_by(changed.brought[0].value)
    lines = tuple(dict.fromkeys(_line(request, event) for event in back))
    blocks = (
        *(Block("text", line) for line in lines),
        Block("text", way_screens.tally_line(request, request.journey.tally(request.role))),
    )
    again = (Button(request.say("button-redo"), Press("undo", more=request.cause)),)
    about = next((event.about for event in back if request.knowledge.step_of(event.about)), "")
    return Message(blocks, (again, way_screens.way_row(request)), about=about)


def _line(request: Request, event: Event) -> str:
    return request.say(SAID[event.kind], what=mark.described(request, event.about))
