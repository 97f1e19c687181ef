"""Say what the bot can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.actions import ask, screens
from bot.actions.request import Group, Request
from bot.domain.reply import Block, Message, Reply, blocks_of

GROUPS: Final[Mapping[Group, str]] = {
    "careers": "help-careers",
    "way": "help-way",
    "bot": "help-bot",
}
"""Texts of the headings, in the order they stand."""


async def show_help(request: Request) -> Reply:
    """Say how to ask, and list the commands by what they are for; in a group, say how to ask there."""
    if request.place == "group":
        return await ask.invite(request)
    blocks = [Block("title", request.say("help-title")), *blocks_of(request.say("help-intro"))]
    for group, heading in GROUPS.items():
        blocks.append(Block("title", request.say(heading)))
        blocks += (
            Block("bullet", request.say("help-line", command=row.command, does=request.say(row.help_key)))
            for row in request.functions.values()
            if row.group == group and row.command
        )
    return Reply((Message(tuple(blocks), screens.example_rows(request)),))
