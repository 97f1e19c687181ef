"""Take back what was changed, by a button under it or in words, and put it back again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.actions import mark, screens, way, way_screens
from bot.actions.request import Request
from bot.domain.journey import Act, Event, Journey
from bot.domain.reply import Block, Button, Message, Press, Reply

_OF_STEPS = frozenset({"done", "skipped", "known", "cleared"})

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
    "nudge": "undone-nudge",
    "zone": "undone-nudge",
    "pause": "undone-nudge",
    "look-back": "undone-nudge",
    "undone": "undone-undone",
}


async def say_undo(request: Request) -> Reply:
    """Take back the last change; where a step or task is named, the last one about that.

    Said once more, it takes back the change before.
    """
    named = frozenset(one for group in request.named for one in group)

    def decide(journey: Journey) -> list[Act]:
        cause = journey.last_undoable(named)
        return [Act("undone", value=cause)] if cause else []

    if not request.journey.kept:
        return Reply((_nothing(request, named),))
    return Reply((_told(request, await way.change(request, decide), named),))


async def press_undo(request: Request, press: Press) -> Reply:
    """Take back what one update changed; a second time changes nothing."""

    def decide(journey: Journey) -> list[Act]:
        return [Act("undone", value=press.more)] if journey.brought_by(press.more) else []

    if not request.journey.kept:
        return Reply((screens.as_edit(_nothing(request)),))
    return Reply((screens.as_edit(_told(request, await way.change(request, decide))),))


def _told(request: Request, changed: way.Changed, named: Collection[str] = ()) -> Message:
    request = replace(request, journey=changed.after)
    if not changed.brought:
        return _nothing(request, named)
    back = changed.before.brought_by(changed.brought[0].value)
    done = {event.about for event in back if event.kind == "done"}
    # The ticks that came with a step go without saying.
    told = [event for event in back if event.about.rpartition("/")[0] not in done]
    lines = tuple(dict.fromkeys(_line(request, changed, event) for event in told))
    blocks = (
        *(Block("text", line) for line in lines),
        Block("text", way_screens.tally_line(request, request.journey.tally(request.role))),
    )
    again = (Button(request.say("button-redo"), Press("undo", more=request.cause)),)
    about = next((event.about for event in back if request.knowledge.step_of(event.about)), "")
    return Message(blocks, (again, way_screens.way_row(request)), about=about)


def _line(request: Request, changed: way.Changed, event: Event) -> str:
    what = mark.described(request, event.about)
    step = request.knowledge.step_of(event.about)
    # Under an old change a newer one may stand.
    if step and event.kind in _OF_STEPS and changed.before.status(step) == changed.after.status(step):
        return request.say("undone-below", what=what)
    return request.say(SAID[event.kind], what=what)


def _nothing(request: Request, named: Collection[str] = ()) -> Message:
    titles = [step.title for one in sorted(named) if (step := request.knowledge.step_of(one))]
    key = "nothing-to-undo-there" if titles else "nothing-to-undo"
    listed = ", ".join(dict.fromkeys(titles))
    return screens.own_words(request, key, (way_screens.way_row(request),), steps=listed)
