"""Take a note at a step, or a name for the picture: what the student types next."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

from bot.actions import keep, mark, picture, screens, way, way_screens
from bot.actions.request import Request
from bot.actions.screens import Rows
from bot.domain.inbox import StoreError
from bot.domain.journey import NAME_LIMIT, NOTE_LIMIT, OVER, Act, Journey
from bot.domain.knowledge import Step, short_code
from bot.domain.reply import Block, Button, Message, Press, Reply, blocks_of
from bot.matching.match import Match, Outcome

NAME: Final = "name"
"""What a button about the name carries, where one about a note carries the code of its step."""

CANCEL: Final = "cancel"
"""What the button that ends the asking carries."""

_MOST_READ: Final = 4 * NOTE_LIMIT
"""Characters above which a text is too long whatever is cleaned away: sorting many marks takes long."""

_MOST_WORDS: Final = 8
"""Words of an order or a question; whoever writes more writes the note."""

_JOINERS: Final = "\u200c\u200d"
"""Sinhala, Tamil and emoji need them."""

_DROPPED: Final = frozenset({"Cc", "Cf", "Cs"})
_EMPTY_LINES: Final = re.compile(r"\n{3,}")


def is_awaited(request: Request) -> bool:
    """Tell whether the student was asked to write something, and this may be it."""
    return request.place == "private" and _asked_for(request) is not None


async def give_up(request: Request) -> Request:
    """Return the request after a student who was asked to write did something else."""
    events = request.journey.events
    is_asked = request.place == "private" and request.journey.writing(request.at) is not None
    # A button that asks is no reason to end its own asking when it is heard again.
    if not is_asked or any(one.kind == "writing" and one.cause == request.cause for one in events):
        return request
    try:
        return await _ended(request)
    except StoreError:
        # What the student did now goes before it, above all where they need help; the asking ends by itself.
        return request


def is_none(request: Request, match: Match, text: str) -> bool:
    """Tell whether a message is clearly no note: a short order to the bot, or a question it can answer."""
    if len(text.split()) > _MOST_WORDS:
        return False
    meant = match.candidates[0].id if match.candidates else ""
    function = request.functions.get(meant)
    if match.outcome is Outcome.ACTION:
        return function is not None and not function.names_steps and not function.small_talk
    return match.outcome is Outcome.ANSWER and text.rstrip().endswith("?")


async def press_write(request: Request, press: Press) -> Reply:
    """Ask for a note at a step, or for a name for the picture where no step is named."""
    step = _step_of(request, press)
    if step is None and not _is_about_name(press):
        return mark.gone(request, press.code)
    if not request.journey.kept:
        return keep.ask_first(request, press)
    act = Act("writing", step.id, "note") if step else Act("writing", value=NAME)
    changed = await way.change(request, lambda _: (act,))
    request = replace(request, journey=changed.after)
    return keep.shown(request, _ask_for_note(request, step) if step else _ask_for_name(request))


async def press_unwrite(request: Request, press: Press) -> Reply:
    """Take a note or the name away, or end the asking for it, which any press does."""
    step = _step_of(request, press)
    if press.more == CANCEL:
        return _cancelled(request, step)
    if step:
        return await _note_deleted(request, step)
    if _is_about_name(press):
        return await _name_off(request)
    return mark.gone(request, press.code)


async def take(request: Request, text: str) -> Reply:
    """Keep what was written; what is too long or empty changes nothing, and is still waited for."""
    about = _asked_for(request) or ""
    step = request.knowledge.step_of(about)
    if about and (step is None or step.id != about):
        request = await _ended(request)
        return Reply((screens.own_words(request, "note-retired", (way_screens.way_row(request),)),))
    limit = NOTE_LIMIT if step else NAME_LIMIT
    written = text if len(text) > _MOST_READ else _cleaned(text)
    if not step:
        written = " ".join(written.split())
    cancel: Rows = ((_cancel_button(request, step),),)
    if len(written) > limit:
        count = len(written)
        return Reply((screens.own_words(request, "write-too-long", cancel, count=count, limit=limit),))
    if not _shows_something(written, is_name=step is None):
        return Reply((screens.own_words(request, "write-empty", cancel),))
    return await (_noted(request, step, written) if step else _named(request, written))


def _asked_for(request: Request) -> str | None:
    """Return what this message is to be taken for: a step's id, '' for a name, or None.

    A message that is heard again, after its answer was lost, is still the note it was.
    """
    mine = (event for event in request.journey.events if event.cause == request.cause)
    kept = next((event.about for event in mine if event.kind in {"noted", "named"}), None)
    return request.journey.writing(request.at) if kept is None else kept


async def _ended(request: Request) -> Request:
    over = Act("writing", value=OVER)
    changed = await way.change(replace(request, cause=f"{request.cause}.over"), lambda _: (over,))
    return replace(request, journey=changed.after)


async def _noted(request: Request, step: Step, written: str) -> Reply:
    changed = await way.change(request, lambda _: (Act("noted", step.id, written),))
    request = replace(request, journey=changed.after)
    blocks = (Block("title", request.say("noted", step=step.title)), *_note_blocks(written))
    rows = ((_step_button(request, step),), *mark.undo_rows(request, changed))
    return Reply((Message(blocks, rows, about=step.id),))


async def _named(request: Request, written: str) -> Reply:
    changed = await way.change(request, lambda _: (Act("named", value=written),))
    request = replace(request, journey=changed.after)
    rows = ((_draw_button(request),), *mark.undo_rows(request, changed))
    return Reply((screens.own_words(request, "named", rows, name=written),))


async def _note_deleted(request: Request, step: Step) -> Reply:
    def decide(journey: Journey) -> list[Act]:
        return [Act("noted", step.id)] if journey.note(step.id) else []

    back = (_step_button(request, step),)
    if not request.journey.kept:
        return keep.shown(request, screens.own_words(request, "note-none", (back,), step=step.title))
    changed = await way.change(request, decide)
    request = replace(request, journey=changed.after)
    said = request.say("note-deleted" if changed.brought else "note-none", step=step.title)
    rows = (back, *mark.undo_rows(request, changed))
    return keep.shown(request, Message((Block("text", said),), rows, about=step.id))


async def _name_off(request: Request) -> Reply:
    def decide(journey: Journey) -> list[Act]:
        return [Act("named")] if journey.name else []

    draw = (_draw_button(request),)
    if not request.journey.kept:
        return keep.shown(request, screens.own_words(request, "name-none", (draw,)))
    changed = await way.change(request, decide)
    request = replace(request, journey=changed.after)
    said = request.say("name-off") if changed.brought else request.say("name-none")
    return keep.shown(request, Message((Block("text", said),), (draw, *mark.undo_rows(request, changed))))


def _cancelled(request: Request, step: Step | None) -> Reply:
    said = blocks_of(request.say("write-cancelled"))
    if step:
        return keep.shown(request, way_screens.step_screen(request, step, turned=True, heading=said))
    rows = ((_draw_button(request),), way_screens.way_row(request))
    return keep.shown(request, Message(said, rows))


def _ask_for_note(request: Request, step: Step) -> Message:
    blocks = [
        Block("title", request.say("write-note-title", step=step.title)),
        *blocks_of(request.say("write-note", limit=NOTE_LIMIT)),
    ]
    note = request.journey.note(step.id)
    cancel = _cancel_button(request, step)
    if not note:
        return Message(tuple(blocks), ((cancel,),), about=step.id)
    blocks += (Block("text", request.say("write-note-so-far")), *_note_blocks(note))
    delete = Button(request.say("button-note-delete"), Press("unwrite", short_code(step.id)))
    return Message(tuple(blocks), ((delete, cancel),), about=step.id)


def _ask_for_name(request: Request) -> Message:
    blocks = [
        Block("title", request.say("write-name-title")),
        *blocks_of(request.say("write-name", limit=NAME_LIMIT)),
    ]
    cancel = _cancel_button(request, None)
    if not request.journey.name:
        return Message(tuple(blocks), ((cancel,),))
    blocks.append(Block("text", request.say("write-name-so-far", name=request.journey.name)))
    off = Button(request.say("button-name-off"), Press("unwrite", more=NAME))
    return Message(tuple(blocks), ((off, cancel),))


def _note_blocks(note: str) -> tuple[Block, ...]:
    return tuple(Block("text", line) for line in note.split("\n") if line)


def _step_of(request: Request, press: Press) -> Step | None:
    entry = request.knowledge.entries.get(request.knowledge.by_code.get(press.code, ""))
    return entry if isinstance(entry, Step) else None


def _is_about_name(press: Press) -> bool:
    return not press.code and press.more == NAME


def _step_button(request: Request, step: Step) -> Button:
    return Button(request.say("button-back-to-step"), Press("turn", short_code(step.id)))


def _cancel_button(request: Request, step: Step | None) -> Button:
    code = short_code(step.id) if step else ""
    return Button(request.say("button-cancel"), Press("unwrite", code, CANCEL))


def _draw_button(request: Request) -> Button:
    return picture.draw_button(request, request.journey.career or request.role)


def _cleaned(text: str) -> str:
    """Return a text without controls and what turns its direction; its line breaks stay, of any kind."""
    lines = (
        "".join(
            char
            for char in line.replace("\t", " ")
            if char in _JOINERS or unicodedata.category(char) not in _DROPPED
        ).strip()
        for line in text.splitlines()
    )
    return unicodedata.normalize("NFC", _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip())


def _shows_something(written: str, *, is_name: bool) -> bool:
    """Tell whether there is anything to see; of a name a letter or digit, since pictures have no emoji."""
    if is_name:
        return any(char.isalnum() for char in written)
    return any(unicodedata.category(char)[0] in "LNPS" for char in written)
