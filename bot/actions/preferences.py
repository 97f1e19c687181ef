"""What a student said of themselves, and changing it in two taps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from bot.actions import decline, keep, nudge_screens, screens, way, zones
from bot.actions.request import Request
from bot.actions.screens import Rows
from bot.domain.journey import HAS, STANDS, Act
from bot.domain.knowledge import Role, Step, Task, short_code
from bot.domain.reply import Block, Button, Message, Press, Reply, blocks_of

SKIP: Final = "skip"
"""What a button carries in place of an answer by who does not want to give one."""

SET: Final = "set"
"""What a button carries besides an answer that was changed in the settings, so that they are shown again."""

TASK: Final = "task"
"""What a button carries besides an answer that was asked for before a task, so that the task is shown."""

NEXT: Final = "next"
"""The same where the next task was wanted: the answer may change which one that is."""

_ALL: Final = "all"
_CAREER: Final = "career"


async def settings(request: Request) -> Reply:
    """Show what the student said of themselves, each a tap away from its choices."""
    return Reply((zones.mentioned(request) or _screen(request),))


async def press_settings(request: Request, press: Press) -> Reply:
    """Show the choices of one setting, or all settings."""
    part, _, number = press.more.partition(".")
    shown = page(request, number)
    if part == _CAREER and shown is not None:
        return keep.shown(request, _careers_to_choose(request, shown))
    choices = {
        _ALL: lambda: _screen(request),
        "stands": lambda: _choices(request, "settings-stands-title", stands_rows(request, SET)),
        "has": lambda: _choices(request, "settings-has-title", has_rows(request, "", SET)),
    }
    if press.more not in choices:
        return await decline.stale(request)
    return keep.shown(request, choices[press.more]())


def ask_has(request: Request, step: Step, task: Task, then: Literal["task", "next"]) -> Message | None:
    """Return the question what a student has to learn with, before the first task; None once it was asked.

    Args:
        request: what is asked for.
        step: the step of the task.
        task: the task that was to be shown.
        then: what is shown once the question is answered or skipped: this task, or the next one.
    """
    if request.journey.was_asked("has"):
        return None
    rows = has_rows(request, short_code(task.id), then)
    return screens.own_words(request, "ask-has", rows, step=step.title)


async def take(request: Request, act: Act) -> Request:
    """Take an answer about oneself; the same one again changes nothing.

    Returns:
        The request with the student's way as it is now.

    Raises:
        StoreError: nothing is changed.
    """
    journey = request.journey
    same = {
        "career": journey.career is not None and journey.career.id == act.about,
        "stands": journey.was_asked("stands") and (journey.stands or "") == act.value,
        "has": journey.was_asked("has") and (journey.has or "") == act.value,
    }
    return request if same.get(act.kind) else await way.say_of_oneself(request, act)


def answer_in(press: Press, answers: Sequence[str], ends: Sequence[str]) -> tuple[str, str] | None:
    """Read an answer and what follows it from a button, as 'al.meet'; None for anything else.

    Args:
        press: the button.
        answers: the answers there are; the one that is skipped is read as empty.
        ends: what may follow.
    """
    value, _, end = press.more.partition(".")
    if value not in {*answers, SKIP} or end not in ends:
        return None
    return ("" if value == SKIP else value), end


def changed(request: Request, *, before: Role | None = None) -> Reply:
    """Show the settings again after one was changed, with the change to be taken back where it is kept.

    Args:
        request: what changed it; its journey is the one shown.
        before: the career that was the student's own before.
    """
    if not request.journey.brought_by(request.cause):
        return keep.shown(request, _screen(request))
    heading = (Block("text", request.say("settings-changed")), *switched(request, before))
    return keep.shown(request, _screen(request, heading))


def switched(request: Request, before: Role | None) -> tuple[Block, ...]:
    """Return the line that nothing is lost, where one career took the place of another."""
    now = request.journey.career
    if before is None or now is None or now.id == before.id:
        return ()
    return (Block("text", request.say("career-switched", before=before.title)),)


def undo_rows(request: Request) -> Rows:
    """Return the button that takes back what this update changed, where that is kept."""
    if not (request.journey.kept and request.journey.brought_by(request.cause)):
        return ()
    return ((Button(request.say("button-undo"), Press("undo", more=request.cause)),),)


def page(request: Request, number: str) -> int | None:
    """Read which page of careers a button asks for, from 0 on; None where there is no such page."""
    if not number:
        return 0
    pages = -(-len(request.knowledge.roles) // screens.MENU_ROLES)
    # No more digits than there can be pages: forged numbers may be long.
    known = number.isdecimal() and len(number) <= len(str(pages)) and int(number) < pages
    return int(number) if known else None


def on_page(request: Request, shown: int) -> tuple[Role, ...]:
    """Return the careers of one page of all careers."""
    first = shown * screens.MENU_ROLES
    return tuple(request.knowledge.roles.values())[first : first + screens.MENU_ROLES]


def career_rows(request: Request, shown: int, then: str) -> Rows:
    """Return a button for each career of a page, to make it one's own.

    Args:
        request: what is asked for.
        shown: the page, from 0 on.
        then: what follows the choice.
    """
    own = request.journey.career
    return tuple(
        (
            Button(
                _label(request, role.title, is_now=own is not None and role.id == own.id),
                Press("career", short_code(role.id), then),
            ),
        )
        for role in on_page(request, shown)
    )


def onward_row(request: Request, shown: int, turning: Press, back: Press) -> tuple[Button, ...]:
    """Return the buttons to the page before, or back from the first one, and to the next page.

    Args:
        request: what is asked for.
        shown: the page, from 0 on.
        turning: leads to a page once its number is added.
        back: leads back from the first page.
    """
    row = [Button(request.say("button-back"), _to_page(turning, shown - 1) if shown else back)]
    if on_page(request, shown + 1):
        row.append(Button(request.say("button-next"), _to_page(turning, shown + 1)))
    return tuple(row)


def stands_rows(request: Request, then: str) -> Rows:
    """Return a button for each place a student may be at, and one for who does not want to say."""
    buttons = [
        Button(
            _label(request, request.say("stands", stands=one), is_now=request.journey.stands == one),
            Press("stands", "", f"{one}.{then}"),
        )
        for one in STANDS
    ]
    skip = Button(_skip_label(request, then), Press("stands", "", f"{SKIP}.{then}"))
    return (*(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)), (skip,))


def has_rows(request: Request, code: str, then: str) -> Rows:
    """Return a button for each thing one may have to learn with, and one for who does not want to say.

    Args:
        request: what is asked for.
        code: short code of the task that is opened afterwards; empty in the settings.
        then: what follows the answer.
    """
    buttons = (
        Button(
            _label(request, request.say("has", has=one), is_now=request.journey.has == one),
            Press("has", code, f"{one}.{then}"),
        )
        for one in HAS
    )
    skip = Button(_skip_label(request, then), Press("has", code, f"{SKIP}.{then}"))
    return (*((button,) for button in buttons), (skip,))


def _screen(request: Request, heading: tuple[Block, ...] = ()) -> Message:
    journey = request.journey
    blocks = (
        *heading,
        Block("title", request.say("settings-title")),
        Block("bullet", _careers(request)),
        Block(
            "bullet",
            request.say("settings-stands", stands=request.say("stands", stands=journey.stands or "no")),
        ),
        Block("bullet", request.say("settings-has", has=request.say("has", has=journey.has or "no"))),
        *(Block("bullet", line) for line in nudge_screens.lines(request)),
        *_kept(request),
    )
    asking = () if journey.kept else ((Button(request.say("button-keep"), _KEEP),),)
    rows = (
        *undo_rows(request),
        *asking,
        *(
            (Button(request.say("settings-change", part=part), Press("settings", "", part)),)
            for part in (_CAREER, "stands", "has")
        ),
        (screens.function_button(request, "bot/nudge-set"), nudge_screens.zone_button(request)),
        tuple(screens.function_button(request, one) for one in ("bot/privacy", "bot/parents")),
        tuple(screens.function_button(request, one) for one in ("bot/export", "bot/forget-me")),
    )
    return Message(blocks, rows, language=request.language_of("settings-title"))


_KEEP: Final = Press("keep", "", f"settings.{_ALL}")


def _careers(request: Request) -> str:
    own, *others = request.journey.careers or (None,)
    if own is None:
        return request.say("settings-no-career")
    if not others:
        return request.say("settings-career", career=own.title)
    listed = ", ".join(role.title for role in others[: screens.MENU_ROLES] if role)
    return request.say("settings-careers", career=own.title, others=listed)


def _kept(request: Request) -> tuple[Block, ...]:
    """Say since when progress is kept, or else what it would mean to keep it."""
    since = next((one.at for one in request.journey.events if one.kind == "kept"), None)
    if since is None:
        return (Block("text", request.say("settings-not-kept")), *blocks_of(request.say("keep")))
    day = datetime.fromtimestamp(since, request.zone)
    date = request.say("drawn-date", day=day.day, month=day.month, year=str(day.year))
    return (Block("text", request.say("settings-kept", date=date)),)


def _careers_to_choose(request: Request, shown: int) -> Message:
    rows = (
        *career_rows(request, shown, SET),
        onward_row(request, shown, Press("settings", "", _CAREER), Press("settings", "", _ALL)),
    )
    return screens.own_words(request, "settings-career-title", rows)


def _choices(request: Request, key: str, rows: Rows) -> Message:
    back = (Button(request.say("button-back"), Press("settings", "", _ALL)),)
    return Message(blocks_of(request.say(key)), (*rows, back), language=request.language_of(key))


def _label(request: Request, label: str, *, is_now: bool) -> str:
    return request.say("choice-now", label=label) if is_now else label


def _skip_label(request: Request, then: str) -> str:
    return request.say("button-not-say") if then == SET else request.say("button-skip-question")


def _to_page(turning: Press, number: int) -> Press:
    return replace(turning, more=f"{turning.more}.{number}") if number else turning
