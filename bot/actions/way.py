"""Changing a student's way: what they did is kept, or, before they agreed to that, remembered for an hour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.actions.request import Request
from bot.domain.journey import Act, Event, Journey


@dataclass(frozen=True, slots=True)
class Changed:
    """A student's way before and after, and what was brought; the same again for the same update."""

    before: Journey
    after: Journey
    brought: tuple[Event, ...]


async def change(request: Request, decide: Callable[[Journey], Sequence[Act]]) -> Changed:
    """Keep what a student did; of one who has not agreed, or has said /forget meanwhile, nothing.

    Args:
        request: what brought it; at most one change is made for its cause.
        decide: gets the student's way and returns what happens; called inside the transaction.

    Raises:
        StoreError: nothing is changed.
    """
    knowledge = request.knowledge
    made = await request.journeys.change(
        request.student,
        request.cause,
        request.at,
        request.way,
        lambda events: decide(journey) if (journey := Journey(events, knowledge)).kept else (),
    )
    return Changed(Journey(made.before, knowledge), Journey(made.after, knowledge), made.brought)


async def say_of_oneself(request: Request, *acts: Act) -> Request:
    """Take what a student says of themselves: kept if they agreed to it, else in memory for an hour.

    Returns:
        The request with the student's way as it is now.

    Raises:
        StoreError: nothing is changed.
    """
    if request.journey.kept:
        changed = await change(request, lambda _: acts)
        return replace(request, journey=changed.after)
    events = happened(request, acts)
    request.unkept.add(request.student, events)
    return replace(
        request, journey=Journey(request.unkept.events(request.student, request.at), request.knowledge)
    )


async def keep(request: Request) -> Request:
    """Note that the student agreed, and keep what they said of themselves within the hour.

    Returns:
        The request with the student's way as it is now.

    Raises:
        StoreError: nothing is changed.
    """
    said = request.unkept.events(request.student, request.at)
    acts = (Act("kept"), *(Act(one.kind, one.about, one.value) for one in said))
    # What waits for the agreement is a change of its own, to be undone alone.
    cause = f"{request.cause}.kept"
    made = await request.journeys.change(
        request.student,
        cause,
        request.at,
        request.way,
        lambda events: () if Journey(events, request.knowledge).kept else acts,
    )
    request.unkept.forget(request.student)
    return replace(request, journey=Journey(made.after, request.knowledge))


def happened(request: Request, acts: Sequence[Act]) -> tuple[Event, ...]:
    """Return acts as the events that they would be."""
    return tuple(
        Event(act.kind, act.about, act.value, request.at, request.cause, request.way) for act in acts
    )
