"""Understand messages that were sent in a row: each alone, so that none hides another, else as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
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

_UNDO: Final = "bot/undo"
"""What each time it is said does something more, while anything else said again changes nothing."""

_UNSURE: Final = frozenset({Outcome.CHOICES, Outcome.OFF_TOPIC, Outcome.NOT_UNDERSTOOD, Outcome.UNKNOWN_ROLE})
_SURE: Final = frozenset({Outcome.ANSWER, Outcome.ACTION, Outcome.SAFETY})


@dataclass(frozen=True, slots=True)
class Sent:
    """One of the messages that were sent in a row.

    `cause` names the update that brought it, and is the same whatever it is joined with: heard again, alone
    or with others, it changes nothing twice.
    """

    cause: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message, or a question sent in pieces, and what it means.

    `request` is as it was when it came, with the cause of its first message. `named` are the steps that its
    words name, where it does something to steps or may do so.
    """

    request: Request
    text: str
    match: Match
    named: tuple[tuple[str, ...], ...] = ()


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


def understand(matcher: Matcher, request: Request, messages: Sequence[Sent]) -> Understood:
    """Find out what messages in a row mean: pure computation of some milliseconds for each.

    Those that are clear alone are answered, with choices for those that may mean several things, and the
    others are silent beside them. Where none is clear, they are taken as one text, and where that says
    nothing either, there are choices for each. Greetings and thanks are answered where nothing else is.

    Args:
        matcher: understands them.
        request: what is asked for, as it was before the first of them.
        messages: in their order, at least one. The same words again about the same career count once, but
            for an undo and what comes after it.
    """
    said = [_with_steps(matcher, one) for one in _each(matcher, request, messages)]
    whole = _match(
        matcher,
        replace(request, cause=messages[0].cause),
        dict.fromkeys(message.text for message in messages),
    )
    noticed = [*said, whole]
    parts = _parts(_marked_together(said))
    if all(one.match.outcome is Outcome.CHOICES for one in parts):
        chatter = [one for one in said if _is_chatter(one)]
        others = [one for one in said if not _is_chatter(one)]
        if chatter and others:
            first = replace(request, cause=others[0].request.cause)
            whole = _match(matcher, first, (one.text for one in others))
            noticed.append(whole)
        if others and (_meant(whole) is not None or not (parts or chatter)):
            said = parts = [_with_steps(matcher, whole)]
        else:
            parts = parts or chatter[:1]
    return Understood(
        tuple(said),
        tuple(_ready(one) for one in parts),
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


def _ready(one: Said) -> Said:
    """Return a part as it is answered: the gentle line comes once for all, what is named is a tap away."""
    # In a group nobody has buttons of their own way.
    named = one.named if one.request.place == "private" else ()
    request = replace(one.request, named=named)
    return replace(one, request=request, match=replace(one.match, gentle=False))


def _each(matcher: Matcher, request: Request, messages: Iterable[Sent]) -> list[Said]:
    """Match messages one after the other, each about the career that those before it were about."""
    said: list[Said] = []
    before: set[tuple[str, str]] = set()
    for message in messages:
        words = (message.text, request.role.id)
        if words in before:
            continue
        one = _match(matcher, replace(request, cause=message.cause), (message.text,))
        if _takes_back(one):
            before.clear()
        else:
            before.add(words)
            one = _continued(matcher, said, one)
        said.append(one)
        request = replace(request, role=ask.understood(request, one.match).role)
    return said


def _continued(matcher: Matcher, said: list[Said], one: Said) -> Said:
    """Return a message, joined with those before it, which then go, where it is the end of a question."""
    begun = _begun(said)
    if not begun or _is_chatter(one):
        return one
    lines = (*(piece.text for piece in begun), one.text)
    longer = _match(matcher, replace(one.request, cause=begun[0].request.cause), lines)
    if longer.match.outcome in _SURE and _meant(longer) not in {None, _meant(one)}:
        del said[-len(begun) :]
        return longer
    if one.match.names_role or one.match.other_career:
        # 'i want to be a' sounds like a career nobody knows, until the next message names it.
        while said and said[-1] in begun and said[-1].match.outcome is Outcome.UNKNOWN_ROLE:
            said.pop()
    return one


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

    What may mean several things is left out where its best meaning is answered anyway, for all the steps
    that it names.
    """
    parts: dict[tuple[bool, Press | str, tuple[tuple[str, ...], ...], int], Said] = {}
    undone = 0
    for one in said:
        undone += _takes_back(one)
        # After an undo the same mark is another change.
        since = undone if _takes_back(one) or _marks(one) else 0
        for part in _single(one):
            meant = _meant(part)
            if meant is not None:
                is_offered = part.match.outcome is Outcome.CHOICES
                parts.setdefault((is_offered, meant, part.named, since), part)
    answered: dict[Press | str, set[str]] = {}
    for is_offered, meant, named, _ in parts:
        if not is_offered:
            answered.setdefault(meant, set()).update(chain(*named))
    return [
        part
        for (is_offered, meant, named, _), part in parts.items()
        if not (is_offered and meant in answered and answered[meant].issuperset(chain(*named)))
    ]


def _with_steps(matcher: Matcher, one: Said) -> Said:
    """Return it with the steps that its words name, where it does something to steps or may do so."""
    function = _best(one)
    if function is None or not function.names_steps:
        return one
    return replace(one, named=matcher.steps(one.text, _career(one), one.request.looked_at))


def _marked_together(said: Sequence[Said]) -> list[Said]:
    """Join messages that mark steps in the same way, each of which it names clearly, into one of them.

    It has the cause of the first. Heard again alone, the others change nothing, since their steps are
    marked. What an undo among the messages takes back stays by itself, so that only that is taken back.
    """
    joined: dict[int, Said] = {}
    apart = set(_taken_back(said))
    for place, one in enumerate(said):
        alike = None if place in apart else _marked_alike(joined, one)
        if alike is None or alike in apart:
            joined[place] = one
        else:
            before = joined[alike]
            text, named = f"{before.text}\n{one.text}", (*before.named, *one.named)
            joined[alike] = replace(before, text=text, named=named)
    return [*joined.values()]


def _taken_back(said: Sequence[Said]) -> Iterator[int]:
    """Yield the places of the messages with marks that the undos after them take back."""
    undos: list[set[str]] = []
    for place, one in reversed(tuple(enumerate(said))):
        steps = _steps(one)
        if _takes_back(one):
            undos.append(steps)
        elif _marks(one):
            # An undo that names no step takes back whatever was last.
            taker = next((undo for undo in reversed(undos) if not undo or undo & steps), None)
            if taker is not None:
                undos.remove(taker)
                yield place


def _marked_alike(joined: Mapping[int, Said], one: Said) -> int | None:
    """Return the place of the message to which a mark can be joined, with nothing between that minds."""
    if not _marks_clearly(one) or _brought(one):
        return None
    for place, other in reversed([*joined.items()]):
        if _marks_clearly(other) and (_best(other), _career(other)) == (_best(one), _career(one)):
            brought = _brought(other)
            # What one cause brought is not added to: heard alone before, the other stays alone.
            return None if brought and _steps(one) - brought else place
        if _steps(other) & _steps(one):
            return None
    return None


def _marks(one: Said) -> bool:
    """Tell whether it gives the steps it names a mark, which said again changes nothing."""
    function = _function(one)
    return function is not None and function.names_steps and not _takes_back(one)


def _marks_clearly(one: Said) -> bool:
    """Tell whether it marks steps, rather than tasks, and it is clear which."""
    steps = _steps(one)
    is_clear = bool(one.named) and all(len(group) == 1 and group[0] in steps for group in one.named)
    return is_clear and _marks(one)


def _brought(one: Said) -> set[str]:
    """Return what it changed already when it was heard before."""
    return {event.about for event in one.request.journey.events if event.cause == one.request.cause}


def _steps(one: Said) -> set[str]:
    """Return the ids of the steps that it names, or of which it names a task."""
    found = (one.request.knowledge.step_of(name) for name in chain(*one.named))
    return {step.id for step in found if step}


def _takes_back(one: Said) -> bool:
    function = _function(one)
    return function is not None and function.id == _UNDO


def _career(one: Said) -> str:
    """Return the id of the career whose steps it names: the student's own, unless it names another."""
    own = one.request.journey.career if one.request.place == "private" else None
    role = own if own and not one.match.names_role else ask.understood(one.request, one.match).role
    return role.id


def _single(one: Said) -> tuple[Said, ...]:
    """Return the things asked in one message, each with a cause of its own."""
    match, request = one.match, one.request
    if match.outcome is not Outcome.ANSWER or match.also is None:
        return (one,)
    second = replace(request, cause=f"{request.cause}.1")
    return (
        replace(one, match=replace(match, also=None)),
        replace(one, match=replace(match, candidates=(match.also,), also=None), request=second),
    )


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
    return _best(one) if one.match.outcome is Outcome.ACTION else None


def _best(one: Said) -> Offered | None:
    """Return what it asks the bot to do, or may ask it to do more likely than anything else."""
    may_ask = one.match.outcome in {Outcome.ACTION, Outcome.CHOICES} and one.match.candidates
    return one.request.functions.get(one.match.candidates[0].id) if may_ask else None
