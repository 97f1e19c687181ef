"""Greet a student who comes: for the first time, again, or by a link."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import ask, meet, open_entry, preferences, screens, way_screens
from bot.actions.request import Request
from bot.domain.journey import Act
from bot.domain.knowledge import KnowledgeBase, Role
from bot.domain.reply import Block, Message, Reply, decode_start


def linked(payload: str, knowledge: KnowledgeBase) -> str | None:
    """Return the id a deep link leads to; what cannot be opened is a plain start all the same.

    Empty for a link that just begins the chat, None for a payload that is malformed, foreign or out of date.
    """
    link = decode_start(payload)
    if link is None:
        return None
    if link.beginning == "chat":
        return ""
    meant = knowledge.by_code.get(link.about)
    if link.beginning == "open":
        return meant
    return next((one for one in (link.about, meant) if one in knowledge.roles), None)


async def start(request: Request) -> Reply:
    """Greet: ask a new student two short questions, lead one who is known on; a deep link opens its aim."""
    if request.place == "group":
        return await ask.invite(request)
    meant = linked(request.arguments, request.knowledge)
    role = request.knowledge.roles.get(meant or "")
    if role and not request.unread:
        return Reply((await _come_for(request, role),))
    opened = open_entry.screen(request, meant) if meant else None
    if opened:
        return Reply((_after(Block("text", request.say("start-at-entry")), opened),))
    return Reply((_welcome(request),))


def _welcome(request: Request) -> Message:
    journey = request.journey
    if journey.career:
        return _welcome_back(replace(request, role=journey.career), journey.career)
    if request.unread or journey.was_asked("stands"):
        return meet.without_way(request, request.say("start"))
    question = meet.ask_career(request)
    hello = screens.own_words(request, "start", question.buttons)
    return replace(hello, blocks=(*hello.blocks, *question.blocks))


def _welcome_back(request: Request, role: Role) -> Message:
    onward = tuple(screens.function_button(request, one) for one in ("bot/progress", "bot/settings"))
    rows = (way_screens.way_row(request), onward)
    screen = screens.own_words(request, "welcome-back", rows, career=role.title)
    tally = Block("text", way_screens.tally_line(request, request.journey.tally(role)))
    return replace(screen, blocks=(*screen.blocks, tally))


async def _come_for(request: Request, role: Role) -> Message:
    """Answer a link to a career: it is a new student's answer to the first question.

    Others see its roadmap, where it can be made their own.
    """
    journey = request.journey
    if journey.career and not journey.brought_by(request.cause):
        hello = Block("text", request.say("start-at-entry"))
        return _after(hello, way_screens.roadmap_screen(request, role, turned=False))
    request = await preferences.take(request, Act("career", role.id))
    return _after(Block("text", request.say("start-at-career")), meet.after_career(request, role))


def _after(hello: Block, screen: Message) -> Message:
    return replace(screen, blocks=(hello, *screen.blocks))
