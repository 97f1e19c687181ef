"""Offer answers to be posted in another chat, where the bot itself is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.actions import ask, screens
from bot.actions.request import Request
from bot.domain.knowledge import Entry, short_code
from bot.domain.reply import Block, Card, Cards, Start, plain_text
from bot.matching.match import Match, Outcome

MOST: Final = 5
"""Cards offered: more are not read while one types."""

SUMMARY_LIMIT: Final = 120
"""Characters of a card's summary: about the two lines that chat services show."""

_FOUND: Final = frozenset({Outcome.ANSWER, Outcome.CHOICES, Outcome.ACTION})

INTRODUCING: Final = ("overview", "duties", "roadmap", "fit", "pay")
"""Sides of the only career that are offered before anything is asked."""


def for_question(request: Request, match: Match) -> Cards:
    """Offer what a question may mean; nothing where it is not known, or where there are signs of distress.

    Whoever is not well must not be handed something to post to others. Functions have no card.
    """
    ids: list[str] = []
    if match.outcome is Outcome.NOT_UNDERSTOOD and match.pointer:
        ids = [match.pointer]
    elif match.outcome in _FOUND:
        first, rest = match.candidates[:1], match.candidates[1:]
        ids = [one.id for one in (*first, *((match.also,) if match.also else ()), *rest)]
    unwell = match.gentle or match.distress
    return _cards(request, () if unwell else (entry for one in ids if (entry := ask.find(request, one))))


def unasked(request: Request) -> Cards:
    """Offer what there is before a word is typed: the careers, or the sides of the only one."""
    roles = list(request.knowledge.roles.values())
    names = INTRODUCING if len(roles) == 1 else INTRODUCING[:1]
    return _cards(request, (role.facets[name] for role in roles for name in names if name in role.facets))


def _cards(request: Request, entries: Iterable[Entry]) -> Cards:
    different = list({entry.id: entry for entry in entries}.values())[:MOST]
    private = screens.start_button(request, "button-private")
    return Cards(tuple(_card(request, entry) for entry in different), private)


def _card(request: Request, entry: Entry) -> Card:
    title, code = _title(request, entry), short_code(entry.id)
    screen = screens.answer_screen(request, entry)
    said = screen.blocks[1:]
    message = replace(
        screen,
        blocks=(Block("title", title), *said),
        buttons=(
            (screens.start_button(request, "button-more-in-private", Start("open", code)),),
            (screens.start_button(request, "button-ask-yourself"),),
        ),
    )
    return Card(code, title, _summary(said), message)


def _title(request: Request, entry: Entry) -> str:
    """Return the title with its career, since nobody in the other chat knows which is spoken of."""
    role = request.knowledge.role_of(entry.id)
    if role is None or role.title.casefold() in entry.title.casefold():
        return entry.title
    return request.say("title-of-career", career=role.title, title=entry.title)


def _summary(blocks: tuple[Block, ...]) -> str:
    line = " ".join(plain_text(blocks).split())
    if len(line) <= SUMMARY_LIMIT:
        return line
    cut, _, _ = line[:SUMMARY_LIMIT].rpartition(" ")
    return f"{cut or line[: SUMMARY_LIMIT - 1]}…"
