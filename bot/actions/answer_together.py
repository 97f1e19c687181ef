"""Understand messages that were sent in a row: each alone, so that none hides another, else as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.actions import ask, choose, screens
from bot.actions.request import Offered, Request
from bot.domain.reply import Block, Button, Message, Press
from bot.matching.match import Match, Matcher, Outcome

MOST: Final = 3
"""Messages in answer to several: more are not read, and a chat gets no more than about three at once."""

LONGEST_PIECE: Final = 30
"""Code points up to which a message that says nothing sure may begin the next one: 'how do i', 'become a'.
Longer ones are mostly whole questions, and what is joined may hide one of its parts."""

_UNSURE: Final = frozenset({Outcome.CHOICES, Outcome.OFF_TOPIC, Outcome.NOT_UNDERSTOOD, Outcome.UNKNOWN_ROLE})
_SURE: Final = frozenset({Outcome.ANSWER, Outcome.ACTION, Outcome.SAFETY})


@dataclass(frozen=True, slots=True)
class Said:
    """One message, or a question sent in pieces, and what it means; `request` is as it was when it came."""

    request: Request
    text: str
    match: Match


@dataclass(frozen=True, slots=True)
class Understood:
    """What messages in a row mean.

    `said` are the questions in them, `parts` what is to be answered, each with one message, in order.
    `unwell` is what shows signs of distress, and goes before everything else; `gentle` asks for one gentle
    line of help.
    """

    said: tuple[Said, ...]
    parts: tuple[Said, ...]
    unwell: Said | None
    gentle: Said | None


def understand(matcher: Matcher, request: Request, messages: Sequence[str]) -> Understood:
    """Find out what messages in a row mean: pure computation of some milliseconds for each.

    Those that are clear alone are answered, with choices for those that may mean several things, and the
    others are silent beside them. Where none is clear, they are taken as one text, and where that says
    nothing either, there are choices for each. Greetings and thanks are answered where nothing else is.

    Args:
        matcher: understands them.
        request: what is asked for, as it was before the first of them.
        messages: their texts in order, two or more.
    """
    said = _each(matcher, request, messages)
    whole = _match(matcher, request, messages)
    noticed = [*said, whole]
    parts = _parts(_marked_together(matcher, said))
    if all(one.match.outcome is Outcome.CHOICES for one in parts):
        chatter = [one for one in said if _is_chatter(one)]
        others = [one.text for one in said if not _is_chatter(one)]
        if chatter and others:
            whole = _match(matcher, request, others)
            noticed.append(whole)
        if others and (_meant(whole) is not None or not (parts or chatter)):
            said = parts = [whole]
        else:
            parts = parts or chatter[:1]
    return Understood(
        tuple(said),
        tuple(replace(one, match=replace(one.match, gentle=False)) for one in parts),
        next((one for one in noticed if one.match.outcome is Outcome.SAFETY), None),
        next((one for one in noticed if one.match.gentle), None),
    )


def also_asked(further: Sequence[Said]) -> Message:
    """Offer what else was asked for, so that nothing is lost: a button each, a line for a career not covered.

    Args:
        further: parts that are not answered with a message of their own, at least one.
    """
    request = ask.understood(further[0].request, further[0].match)
    unknown = [one for one in further if one.match.outcome is Outcome.UNKNOWN_ROLE]
    titles = {one.id: one.title for one in request.knowledge.other_careers}
    lines = (
        Block("bullet", request.say("also-unknown", career=titles[name]))
        for one in unknown
        if (name := one.match.other_career) in titles
    )
    buttons = [button for one in further for button in _buttons(one)]
    if unknown:
        buttons.append(screens.function_button(request, "bot/roles"))
    screen = screens.own_words(request, "also-asked", tuple((button,) for button in dict.fromkeys(buttons)))
    return replace(screen, blocks=(*screen.blocks, *lines))


def _each(matcher: Matcher, request: Request, messages: Iterable[str]) -> list[Said]:
    """Match messages one after the other, each about the career that those before it were about."""
    said: list[Said] = []
    for text in messages:
        one = _match(matcher, request, (text,))
        begun = _begun(said)
        if begun and not _is_chatter(one):
            longer = _match(matcher, request, (*(piece.text for piece in begun), text))
            if longer.match.outcome in _SURE and _meant(longer) not in {None, _meant(one)}:
                del said[-len(begun) :]
                one = longer
            elif one.match.names_role or one.match.other_career:
                # 'i want to be a' sounds like a career nobody knows, until the next message names it.
                while said and said[-1] in begun and said[-1].match.outcome is Outcome.UNKNOWN_ROLE:
                    said.pop()
        said.append(one)
        request = replace(request, role=ask.understood(request, one.match).role)
    return said


def _match(matcher: Matcher, request: Request, lines: Iterable[str]) -> Said:
    text = "\n".join(lines)
    return Said(request, text, matcher.match(text, request.role.id))


def _begun(said: Sequence[Said]) -> list[Said]:
    """Return the last messages as far as each may be a piece of a question that goes on."""
    begun: list[Said] = []
    for one in reversed(said):
        match = one.match
        if match.outcome not in _UNSURE or match.other_career or len(one.text) > LONGEST_PIECE:
            break
        begun.insert(0, one)
    return begun


def _parts(said: Iterable[Said]) -> list[Said]:
    """Return what can be answered, each thing once and with one answer; chatter is not among it.

    What may mean several things is left out where its best meaning is answered anyway.
    """
    parts: dict[tuple[bool, Press | str, str], Said] = {}
    for one in said:
        for match in _single(one.match):
            part = replace(one, match=match)
            meant = _meant(part)
            if meant is not None:
                # Two messages that mark something may mark different things: neither may be lost.
                words = one.text if _marks(one) else ""
                parts.setdefault((match.outcome is Outcome.CHOICES, meant, words), part)
    answered = {meant for offered, meant, _ in parts if not offered}
    return [part for (offered, meant, _), part in parts.items() if not (offered and meant in answered)]


def _marked_together(matcher: Matcher, said: Iterable[Said]) -> list[Said]:
    """Join messages that mark steps in the same way, each of which it names clearly, into one of them."""
    joined: list[Said] = []
    places: dict[str, int] = {}
    for one in said:
        function = _function(one)
        named = matcher.steps(one.text, one.request.role.id) if function and function.names_steps else ()
        is_clear = bool(named) and all(len(group) == 1 for group in named)
        if function and is_clear and function.id in places:
            before = joined[places[function.id]]
            joined[places[function.id]] = replace(before, text=f"{before.text}\n{one.text}")
            continue
        if function and is_clear:
            places[function.id] = len(joined)
        joined.append(one)
    return joined


def _marks(one: Said) -> bool:
    """Tell whether it does something to the steps it names."""
    function = _function(one)
    return function is not None and function.names_steps


def _single(match: Match) -> tuple[Match, ...]:
    if match.outcome is not Outcome.ANSWER or match.also is None:
        return (match,)
    return replace(match, also=None), replace(match, candidates=(match.also,), also=None)


def _meant(one: Said) -> Press | str | None:
    """Return what tells a meaning from others; None where there is nothing to answer, or only chatter."""
    if one.match.outcome is Outcome.SAFETY:
        return one.match.distress
    if one.match.outcome is Outcome.UNKNOWN_ROLE:
        return one.match.other_career or ""
    return next((button.press for button in _buttons(one)), None)


def _buttons(one: Said) -> list[Button]:
    match = one.match
    request = ask.understood(one.request, match)
    if match.outcome is Outcome.CHOICES:
        return choose.buttons(request, (candidate.id for candidate in match.candidates))
    if match.outcome is Outcome.NOT_UNDERSTOOD:
        return choose.buttons(request, (match.pointer,) if match.pointer else ())
    is_answered = match.outcome in {Outcome.ANSWER, Outcome.ACTION}
    return choose.buttons(request, (candidate.id for candidate in match.candidates[:1] if is_answered))


def _is_chatter(one: Said) -> bool:
    """Tell whether it is a greeting or the like."""
    function = _function(one)
    return function is not None and function.small_talk


def _function(one: Said) -> Offered | None:
    """Return what it asks the bot to do, or None."""
    is_action = one.match.outcome is Outcome.ACTION and one.match.candidates
    return one.request.functions.get(one.match.candidates[0].id) if is_action else None
