"""Ask for a daily nudge, change it, pause it, stop it; and what its own buttons do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.actions import decline, keep, nudge_screens, screens, way
from bot.actions.request import Request
from bot.domain import nudging
from bot.domain.inbox import StoreError
from bot.domain.journey import Act
from bot.domain.knowledge import Task, short_code
from bot.domain.nudging import EVERY_DAY, OFF, ON, Due, Plan
from bot.domain.reply import Button, Edit, Message, Press, Reply
from bot.matching.normalise import clean, words_of
from bot.matching.times import Said, is_only_a_time, said_of

EVENING: Final = 19 * 60
"""What 'this evening' means, in minutes of the day."""

LATER: Final = (60, 180)
"""After how many minutes one may come again."""

PART_LATER: Final = "later"
PART_NOT_TODAY: Final = "no"

_EVENING_WORD: Final = "evening"
_A_MINUTE: Final = 60


async def say_set(request: Request) -> Reply:
    """Set what a sentence or a command says, and say it back; ask for what it leaves open."""
    return screens.as_new(await _set(request, _said(request)))


async def say_stop(request: Request) -> Reply:
    """Stop, or pause where that is what was said."""
    said = _said(request)
    plan = nudge_screens.plan_of(request)
    if plan and (said.pauses or said.back_on):
        return screens.as_new(await _paused(request, said.back_on))
    left = plan.days - said.days if plan and said.minute is None else frozenset()
    if plan and left and left != plan.days:
        # 'No Sundays' is not the end of all.
        return screens.as_new(await _at(request, plan.minute, left))
    return screens.as_new(await _stopped(request))


async def press_nudge(request: Request, press: Press) -> Reply:
    """Do what a button about nudges does."""
    part, _, value = press.more.partition(".")
    does = _PARTS.get(part)
    if does is None:
        return await decline.stale(request)
    return await does(request, press, value)


def answers_when(request: Request, text: str) -> bool:
    """Tell whether a text answers 'what time?' or 'how long?': nothing but a time or days, or a pause."""
    said = said_of(text, request.knowledge.times, nudging.local_day(request.at, request.zone))
    # With other words beside it, it may be anything, also something sad.
    is_pause = (said.pauses or said.back_on is not None) and not said.rest
    return is_only_a_time(said) or (is_pause and nudge_screens.plan_of(request) is not None)


def is_late(request: Request, text: str) -> bool:
    """Tell whether a time that was typed lies in the second half of the day."""
    said = said_of(text, request.knowledge.times, nudging.local_day(request.at, request.zone))
    return said.minute is not None and said.minute >= nudging.HALF_A_DAY


def task_of(request: Request, about: str) -> Task | None:
    """Return today's task with this id, or None."""
    step = request.knowledge.step_of(about)
    return next((one for one in step.tasks if one.id == about), None) if step else None


def said_button(request: Request, function_id: str) -> Button | None:
    """Return the button that does what a sentence says of a time or a pause; None where it says neither.

    Args:
        request: what is asked for; its text is the sentence.
        function_id: the function that it may mean.
    """
    if request.place != "private" or function_id not in {"bot/nudge-set", "bot/nudge-stop"}:
        return None
    said = _said(request)
    if function_id == "bot/nudge-stop":
        is_pause = nudge_screens.plan_of(request) and (said.pauses or said.back_on)
        return _pause_button(request, said) if is_pause else None
    if said.minute is None and not said.either:
        return None
    minute = said.either[0] if said.either else said.minute or 0
    does = request.say(request.functions[function_id].label_key)
    times = sorted(said.either) or [minute]
    label = request.say("choice-nudge", does=does, time=" / ".join(map(nudge_screens.clock, times)))
    return Button(label, nudge_screens.at_press(minute, said.days, may_be_either=bool(said.either)))


async def with_offer(request: Request, reply: Reply) -> Reply:
    """Offer nudges once, under the first step that is opened by a student whose progress is kept.

    That they were offered has to be kept, or they would be offered again.

    Args:
        request: what the reply answers.
        reply: what is shown.
    """
    journey, cause = request.journey, f"{request.cause}.offer"
    # The same update, heard again after a crash, offers it again.
    was_offered = nudging.was_offered(one for one in journey.events if one.cause != cause)
    if request.place != "private" or not journey.kept or was_offered:
        return reply
    shown = {one.about for one in reply.effects if isinstance(one, Message | Edit)}
    steps = [request.knowledge.step_of(about) for about in shown if about]
    if not any(step and step.id in shown for step in steps):
        return reply
    changed = await way.change(
        replace(request, cause=cause),
        lambda before: [] if nudging.was_offered(before.events) else [Act("offered")],
    )
    if not changed.brought:
        return reply
    rows = (
        (Button(request.say("button-offer-yes"), Press("nudge", "", nudge_screens.PART_ASK)),),
        (Button(request.say("button-offer-no"), Press("nudge", "", keep.NO_NUDGE)),),
    )
    return Reply((*reply.effects, screens.own_words(request, "nudge-offer", rows)))


def is_to_rest(request: Request) -> bool:
    """Tell whether there are reminders to be paused for a while; a longer pause stays."""
    plan = nudge_screens.plan_of(request)
    is_known = any(one.cause == request.cause for one in request.journey.events)
    if plan is None:
        return False
    return is_known or plan.back_on is None or plan.back_on < nudge_screens.paused_until(request)


async def rest(request: Request) -> None:
    """Pause for a while without a word, as any pause.

    Raises:
        StoreError: nothing is changed.
    """
    until = nudge_screens.paused_until(request)
    await way.change(request, lambda _: [Act("pause", value=until.isoformat())])


async def go_on(request: Request, cause: str) -> None:
    """Let nudges go on as before the pause that a cause brought, where that one still holds.

    Like the pause it is kept as what anybody may have asked for: nothing tells what it was about.
    """
    events = [*request.journey.effective]
    pauses = [one for one in events if one.kind == "pause"]
    plan = nudging.plan_of(events)
    if not pauses or pauses[-1].cause != cause or plan is None or plan.back_on is None:
        return
    before = nudging.plan_of(one for one in events if one.cause != cause)
    back_on = before.back_on.isoformat() if before and before.back_on else ""
    with suppress(StoreError):
        await way.change(request, lambda _: [Act("pause", value=back_on)])


def _pause_button(request: Request, said: Said) -> Button:
    until = said.back_on or nudge_screens.paused_until(request)
    label = request.say("choice-pause", day=nudge_screens.day_in_words(request, until))
    return Button(label, nudge_screens.pause_press(until))


def _said(request: Request) -> Said:
    today = nudging.local_day(request.at, request.zone)
    return said_of(request.text or request.arguments, request.knowledge.times, today)


async def _set(request: Request, said: Said) -> Reply:
    plan = nudge_screens.plan_of(request)
    if request.way == "command" and _means_off(request):
        return await _stopped(request)
    if plan and (said.pauses or said.back_on):
        return await _paused(request, said.back_on)
    if said.either:
        return keep.shown(request, nudge_screens.either_screen(request, said.either, said.days))
    if said.minute is not None:
        return await _at(request, said.minute, said.days)
    if plan:
        return await _set_without_time(request, said, plan)
    key = "nudge-ask" if said.once_in is None else "nudge-ask-once"
    return keep.shown(request, nudge_screens.time_screen(request, said.days, key))


def _means_off(request: Request) -> bool:
    words = frozenset(words_of(clean(request.arguments)))
    return bool(words) and words <= frozenset(words_of(clean(request.say("words-off"))))


async def _once(request: Request, minutes: int) -> Reply:
    """Take 'remind me in an hour', said after a nudge, for its 'Later'."""
    at = request.at + minutes * _A_MINUTE
    is_today = nudging.local_day(at, request.zone) == nudging.local_day(request.at, request.zone)
    if not is_today or nudging.is_quiet(nudging.local_minute(at, request.zone)):
        return _told(request, "nudge-too-late")
    return await _moved(request, at, request.standing.shown)


async def _set_without_time(request: Request, said: Said, plan: Plan) -> Reply:
    if said.once_in is not None and request.standing.shown:
        return await _once(request, said.once_in)
    if said.resumes:
        return await _resumed(request, Press("nudge"), "")
    if said.look_back:
        return await _look_back(request, Press("nudge"), ON)
    if said.days:
        return await _at(request, plan.minute, said.days)
    return keep.shown(request, nudge_screens.plan_screen(request, plan))


async def _at(request: Request, minute: int, days: frozenset[int]) -> Reply:
    """Set a time, on these days or else on those asked for before; none at night, whatever was asked."""
    plan = nudge_screens.plan_of(request)
    if nudging.is_quiet(minute):
        return keep.shown(request, nudge_screens.quiet_screen(request, days))
    chosen = days or (plan.days if plan else EVERY_DAY)
    if not request.journey.kept:
        return keep.ask_first(
            request,
            nudge_screens.at_press(minute, chosen),
            turned=request.way == "button",
            understood=nudge_screens.asked_for(request, minute, chosen),
        )
    return await _changed(
        request, Act("nudge", value=nudging.setting(minute, chosen, request.language)), "nudge-set"
    )


async def _changed(request: Request, act: Act, key: str) -> Reply:
    """Keep a setting, and show how it stands with the next date and time."""
    request = await _kept(request, act)
    heading = nudge_screens.words(replace(request, standing=nudging.Standing()), key, ()).blocks[:1]
    plan = nudge_screens.plan_of(request)
    return keep.shown(request, nudge_screens.plan_screen(request, plan, heading))


async def _kept(request: Request, act: Act) -> Request:
    """Return the request with the student's way and standing as they are after a setting is kept."""
    changed = await way.change(request, lambda _: [act])
    zone = nudging.zone_named(nudging.zone_said(changed.after.effective), request.home)
    standing = await request.nudges.standing(request.student, request.at)
    return replace(request, journey=changed.after, zone=zone, standing=standing)


async def _paused(request: Request, back_on: date | None) -> Reply:
    """Pause until a day, or for a while where none was said; what was meant is a tap away."""
    until = back_on or nudge_screens.paused_until(request)
    request = await _kept(request, Act("pause", value=until.isoformat()))
    plan = nudge_screens.plan_of(request)
    if plan is None:
        return keep.shown(request, nudge_screens.stopped_screen(request, None))
    return keep.shown(request, nudge_screens.paused_screen(request, plan, guessed=back_on is None))


async def _stopped(request: Request) -> Reply:
    plan = nudge_screens.plan_of(request)
    if plan is not None:
        request = await _kept(request, Act("nudge", value=OFF))
    return keep.shown(request, nudge_screens.stopped_screen(request, plan))


async def _resumed(request: Request, _: Press, __: str) -> Reply:
    if nudge_screens.plan_of(request) is None:
        return keep.shown(request, nudge_screens.time_screen(request))
    return await _changed(request, Act("pause"), "nudge-resumed")


async def _look_back(request: Request, _: Press, value: str) -> Reply:
    if value not in {ON, OFF}:
        return await decline.stale(request)
    if nudge_screens.plan_of(request) is None:
        return keep.shown(request, nudge_screens.time_screen(request))
    return await _changed(request, Act("look-back", value=value), "nudge-changed")


async def _press_at(request: Request, _: Press, value: str) -> Reply:
    at, _dot, listed = value.partition(".")
    minute = nudging.minute_in(at)
    if minute is None:
        return await decline.stale(request)
    return await _at(request, minute, nudging.days_in(listed))


async def _press_either(request: Request, _: Press, value: str) -> Reply:
    at, _dot, listed = value.partition(".")
    minute = nudging.minute_in(at)
    if minute is None:
        return await decline.stale(request)
    both = (minute, (minute + nudging.HALF_A_DAY) % (2 * nudging.HALF_A_DAY))
    return keep.shown(request, nudge_screens.either_screen(request, both, nudging.days_in(listed)))


async def _press_days(request: Request, _: Press, value: str) -> Reply:
    plan, days = nudge_screens.plan_of(request), nudging.days_in(value)
    if plan is None:
        return keep.shown(request, nudge_screens.time_screen(request, days))
    if not days:
        return keep.shown(request, nudge_screens.days_screen(request, plan))
    request = await _kept(request, Act("nudge", value=nudging.setting(plan.minute, days, request.language)))
    after = nudge_screens.plan_of(request) or plan
    screen = nudge_screens.days_screen(request, after)
    blocks = (*screen.blocks, *nudge_screens.next_line(request, after))
    return keep.shown(request, replace(screen, blocks=blocks))


async def _press_pause(request: Request, _: Press, value: str) -> Reply:
    if nudge_screens.plan_of(request) is None:
        return keep.shown(request, nudge_screens.time_screen(request))
    if not value:
        return keep.shown(request, nudge_screens.pause_screen(request))
    today = nudging.local_day(request.at, request.zone)
    try:
        until = date.fromisoformat(value)
    except ValueError:
        return await decline.stale(request)
    if not today < until <= today + timedelta(days=nudging.LONGEST_PAUSE_DAYS):
        return keep.shown(request, nudge_screens.pause_screen(request))
    return await _paused(request, until)


async def _press_stop(request: Request, _: Press, __: str) -> Reply:
    return await _stopped(request)


async def _press_change(request: Request, _: Press, __: str) -> Reply:
    plan = nudge_screens.plan_of(request)
    return keep.shown(request, nudge_screens.plan_screen(request, plan))


async def _press_ask(request: Request, _: Press, __: str) -> Reply:
    return keep.shown(request, nudge_screens.time_screen(request))


async def _press_other(request: Request, _: Press, value: str) -> Reply:
    return keep.shown(request, nudge_screens.other_screen(request, nudging.days_in(value)))


async def _press_typed(request: Request, _: Press, value: str) -> Reply:
    """Take a time that was typed in answer to the question for it, on the days that were said before."""
    said = _said(request)
    return await _set(request, replace(said, days=said.days or nudging.days_in(value)))


async def _press_unclear(request: Request, _: Press, value: str) -> Reply:
    """Ask again for the time, since what was typed is none."""
    screen = nudge_screens.time_screen(request, nudging.days_in(value), "nudge-time-unclear")
    return keep.shown(request, screen)


async def _press_later(request: Request, press: Press, value: str) -> Reply:
    """Move the day's task to later today, or ask when."""
    plan = nudge_screens.plan_of(request)
    if plan is None or nudge_screens.is_paused(request, plan):
        return keep.shown(request, nudge_screens.plan_screen(request, plan))
    coming = request.standing.coming
    today = nudging.local_day(request.at, request.zone)
    if coming and coming.day == today and coming.kind != "later":
        # Under an old one; two at once would be one too many.
        return _told(request, "nudge-still-comes")
    at = _later_at(request, value)
    choices = _later_choices(request, press.code)
    if at is None:
        if not choices:
            return _told(request, "nudge-too-late")
        rows = (*((one,) for one in choices), (_not_today(request, press.code),))
        return keep.shown(request, screens.own_words(request, "nudge-later", rows))
    return await _moved(request, at, request.knowledge.by_code.get(press.code, ""))


async def _moved(request: Request, at: int, about: str) -> Reply:
    """Move the day's task to an instant later today, in UTC epoch seconds."""
    due = Due(nudging.local_day(at, request.zone), "later", at)
    if not await request.nudges.later(request.student, due, about, request.at):
        return _told(request, "nudge-later-once")
    code = short_code(about) if about else ""
    rows = ((_not_today(request, code),), (screens.function_button(request, "bot/next-step"),))
    said = nudge_screens.when(request, at)
    return keep.shown(request, screens.own_words(request, "nudge-moved", rows, when=said))


async def _press_not_today(request: Request, _: Press, __: str) -> Reply:
    today = nudging.local_day(request.at, request.zone)
    await request.nudges.decline(request.student, today, request.at)
    standing = await request.nudges.standing(request.student, request.at)
    return _told(replace(request, standing=standing), "nudge-not-today")


def _told(request: Request, key: str) -> Reply:
    rows = (
        (screens.function_button(request, "bot/next-step"),),
        (nudge_screens.part_button(request, nudge_screens.PART_CHANGE),),
    )
    return keep.shown(request, nudge_screens.words(request, key, rows))


def _later_at(request: Request, value: str) -> int | None:
    """Return the instant a button of 'Later' means, in UTC epoch seconds; None where it cannot be now."""
    today = nudging.local_day(request.at, request.zone)
    if value == _EVENING_WORD:
        at = nudging.instant(today, EVENING, request.zone)
    elif value.isascii() and value.isdecimal() and int(value[:4]) in LATER:
        at = request.at + int(value[:4]) * _A_MINUTE
    else:
        return None
    if at is None or at <= request.at or nudging.local_day(at, request.zone) != today:
        return None
    return None if nudging.is_quiet(nudging.local_minute(at, request.zone)) else at


def _later_choices(request: Request, code: str) -> list[Button]:
    found = []
    for value in (*(str(minutes) for minutes in LATER), _EVENING_WORD):
        at = _later_at(request, value)
        if at is not None:
            choice = int(value) if value.isdecimal() else value
            label = request.say("button-nudge-in", choice=choice, when=nudge_screens.when(request, at))
            found.append(Button(label, Press("nudge", code, f"{PART_LATER}.{value}")))
    return found


def _not_today(request: Request, code: str) -> Button:
    return Button(request.say("button-nudge-no"), Press("nudge", code, PART_NOT_TODAY))


async def _press_no_offer(request: Request, _: Press, __: str) -> Reply:
    """Take 'no, thanks' to the offer, which is not made again."""
    rows = ((screens.function_button(request, "bot/next-step"),),)
    return keep.shown(request, screens.own_words(request, "nudge-offer-no", rows))


_PARTS: Final[Mapping[str, Callable[[Request, Press, str], Awaitable[Reply]]]] = {
    nudge_screens.PART_AT: _press_at,
    nudge_screens.PART_EITHER: _press_either,
    nudge_screens.PART_ASK: _press_ask,
    nudge_screens.PART_OTHER: _press_other,
    nudge_screens.PART_TYPED: _press_typed,
    nudge_screens.PART_UNCLEAR: _press_unclear,
    nudge_screens.PART_DAYS: _press_days,
    nudge_screens.PART_PAUSE: _press_pause,
    nudge_screens.PART_RESUME: _resumed,
    nudge_screens.PART_STOP: _press_stop,
    nudge_screens.PART_CHANGE: _press_change,
    nudge_screens.PART_LOOK_BACK: _look_back,
    PART_LATER: _press_later,
    PART_NOT_TODAY: _press_not_today,
    keep.NO_NUDGE: _press_no_offer,
}
