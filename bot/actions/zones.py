"""Say which time zone is the student's, by a place or by the time their clock shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.actions import decline, keep, nudge_screens, screens, way
from bot.actions.request import Request
from bot.domain import nudging
from bot.domain.journey import Act
from bot.domain.nudging import zone_code
from bot.domain.reply import Block, Button, Message, Press, Reply
from bot.matching.places import Found, zones_at, zones_in
from bot.matching.times import said_of


async def press_zone(request: Request, press: Press) -> Reply:
    """Ask for the zone, take the one a button names, or read what was typed."""
    if press.more == nudge_screens.PART_TYPED:
        return await _typed(request)
    if press.more == nudge_screens.PART_UNCLEAR:
        return keep.shown(request, _question(request, key="zone-unclear"))
    if not press.code:
        return keep.shown(request, _question(request))
    name = _named(request, press.code)
    return await (_set(request, name) if name else decline.stale(request))


def found_in(request: Request, text: str) -> tuple[Found, ...]:
    """Return the zones that a typed place, or the time of day there now, may mean; the best first."""
    today = nudging.local_day(request.at, request.zone)
    said = said_of(text, request.knowledge.times, today)
    minutes = said.either or (() if said.minute is None else (said.minute,))
    if minutes:
        return zones_at(minutes, request.at, request.knowledge.places, request.home.key)
    return zones_in(text, request.knowledge.places)


def mentioned(request: Request) -> Message | None:
    """Return the question whether a place in a sentence is the student's; None where there is none."""
    found = found_in(request, request.text) if request.text else ()
    return _question(request, found) if found and request.place == "private" else None


async def _typed(request: Request) -> Reply:
    found = found_in(request, request.text)
    if len(found) == 1:
        return await _set(request, found[0].zone)
    return keep.shown(request, _question(request, found))


async def _set(request: Request, name: str) -> Reply:
    if not request.journey.kept:
        return keep.ask_first(request, Press("zone", zone_code(name)), turned=request.way == "button")
    changed = await way.change(request, lambda _: [Act("zone", value=name)])
    zone = nudging.zone_named(name, request.home)
    standing = await request.nudges.standing(request.student, request.at)
    request = replace(request, journey=changed.after, zone=zone, standing=standing)
    now = nudge_screens.clock(nudging.local_minute(request.at, zone))
    said = request.say("zone-set", place=nudge_screens.place_of(request), time=now)
    plan = nudge_screens.plan_of(request)
    if plan:
        return keep.shown(request, nudge_screens.plan_screen(request, plan, (Block("text", said),)))
    rows = (
        (nudge_screens.zone_button(request),),
        (
            screens.function_button(request, "bot/nudge-set"),
            screens.function_button(request, "bot/settings"),
        ),
    )
    return keep.shown(
        request, Message((Block("text", said),), rows, language=request.language_of("zone-set"))
    )


def _question(request: Request, found: Sequence[Found] = (), key: str = "zone-ask") -> Message:
    """Ask for the place or the time; what may have been meant is a tap away, and so is the bot's own zone."""
    choices = tuple((Button(one.name, Press("zone", zone_code(one.zone))),) for one in found)
    now = nudge_screens.clock(nudging.local_minute(request.at, request.zone))
    label = request.say("button-zone-stays", place=nudge_screens.place_of(request), time=now)
    stays = (Button(label, Press("zone", zone_code(request.zone.key))),)
    return screens.own_words(request, "zone-which" if found else key, (*choices, stays))


def _named(request: Request, code: str) -> str:
    """Return the zone with a short code, of the places there are and of those that are in use."""
    in_use = {request.zone.key, request.home.key}
    names = in_use.union(*(place.zones for place in request.knowledge.places))
    return next((name for name in names if zone_code(name) == code), "")
