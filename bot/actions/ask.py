"""Answer a question whose meaning is clear."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import decline, screens, way_screens
from bot.actions.request import Request
from bot.domain.knowledge import Entry
from bot.domain.reply import Message, Reply
from bot.matching.match import Match, Outcome


async def answer(request: Request, match: Match) -> Reply:
    """Show the entry that answers, and the second one where two things were asked.

    An id the knowledge does not have ends as a question that was not understood.
    """
    meant = [*match.candidates[:1], *([match.also] if match.also else [])]
    entries = [entry for one in meant if (entry := find(request, one.id))]
    if not entries:
        return await decline.not_understood(request, match)
    return Reply(tuple(_screen(request, one) for one in entries))


async def invite(request: Request) -> Reply:
    """Say how to ask: what /ask answers when no question follows it."""
    rows = screens.example_rows(request)
    if request.place == "group":
        example = request.say(screens.EXAMPLES["overview"], career=request.role.title)
        return Reply((screens.own_words(request, "ask-in-group", rows, example=example),))
    return Reply((screens.own_words(request, "ask", rows),))


def _screen(request: Request, entry: Entry) -> Message:
    own = way_screens.instead_of(request, entry, turned=False)
    return screens.in_english(request, own) if own else screens.answer_screen(request, entry)


def understood(request: Request, match: Match) -> Request:
    """Return the request in the language of the question and about the career it turned out to be about."""
    answered = match.candidates[0].id if match.outcome is Outcome.ANSWER and match.candidates else ""
    role = request.knowledge.role_of(answered) or request.knowledge.roles.get(match.role or "")
    return replace(request, language=match.language, role=role or request.role)


def find(request: Request, entry_id: str) -> Entry | None:
    """Return the entry an id means; a career's own id means its overview."""
    role = request.knowledge.roles.get(entry_id)
    return role.facets.get("overview") if role else request.knowledge.entries.get(entry_id)
