"""The screens and keyboards that several actions show: an entry, a task, menus, example questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.actions.request import Request
from bot.domain.knowledge import Claim, Duty, Entry, Facet, Resource, Role, Step, Task, short_code
from bot.domain.reply import (
    Block,
    Button,
    Edit,
    Message,
    Press,
    Reply,
    Start,
    Toast,
    Verb,
    blocks_of,
    encode_start,
)

Rows = tuple[tuple[Button, ...], ...]

MENU_ROLES: Final = 8
"""Careers offered where they stand beside other buttons, so that the keyboard fits a phone screen."""

LISTED_ROLES: Final = 90
"""Careers in the list of all careers; a keyboard holds 100 buttons [Telegram, facts of this project]."""

FACET_LABELS: Final[Mapping[str, str]] = {
    "overview": "facet-overview",
    "duties": "facet-duties",
    "roadmap": "facet-roadmap",
    "resources": "facet-resources",
    "fit": "facet-fit",
    "pay": "facet-pay",
    "employers": "facet-employers",
    "languages": "facet-languages",
    "fundamentals": "facet-fundamentals",
}
"""Texts of short button labels; a facet of one career alone is labelled with its title."""

EXAMPLES: Final[Mapping[str, str]] = {
    "overview": "example-overview",
    "pay": "example-pay",
    "roadmap": "example-roadmap",
}
"""Texts of the example questions, by the facet that answers them."""

NEEDS: Final[Mapping[str, str]] = {"phone": "task-phone", "computer": "task-computer"}
DATA: Final[Mapping[str, str]] = {
    "none": "task-data-none",
    "little": "task-data-little",
    "video": "task-data-video",
}

_LEADS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "overview": ("roadmap", "duties", "fit"),
    "duties": (),
    "roadmap": ("resources", "fit"),
    "resources": ("roadmap",),
    "fit": ("roadmap", "duties", "vs-frontend"),
    "pay": ("employers", "languages", "roadmap"),
    "employers": ("languages", "pay", "roadmap"),
    "languages": ("fundamentals", "roadmap"),
    "fundamentals": ("roadmap", "resources"),
}
_FACET_OF_ITEM: Final[Mapping[type[Entry], str]] = {
    Duty: "duties",
    Step: "roadmap",
    Resource: "resources",
}
_LEADS_ON_FROM_ITEM: Final[Mapping[str, tuple[str, ...]]] = {
    "duties": ("roadmap", "fit"),
    "roadmap": ("fit",),
    "resources": ("roadmap",),
}
_LEADS_ON_ELSE: Final = ("overview", "roadmap", "fit")


def title_of(request: Request, entry: Entry) -> str:
    """Return an entry's title, with its career where several careers could be meant."""
    role = request.knowledge.role_of(entry.id)
    if role is None or len(request.knowledge.roles) == 1:
        return entry.title
    return request.say("title-of-career", career=role.title, title=entry.title)


def entry_screen(request: Request, entry: Entry, *, turned: bool = False) -> Message:
    """Show an entry.

    Args:
        request: what is asked for.
        entry: a facet, duty, step, resource or pointer.
        turned: whether it takes the place of the list it was chosen from, and so leads back there.
    """
    role = request.knowledge.role_of(entry.id)
    blocks = [Block("title", title_of(request, entry))]
    rows: Rows = menu_rows(request)
    match entry:
        case Step():
            blocks += _step_blocks(request, entry)
        case Resource():
            blocks += _resource_blocks(request, entry)
        case _:
            if role and entry.id == f"{role.id}/overview":
                blocks.append(Block("text", role.tagline))
            blocks += blocks_of(entry.text)
    if role and entry.id == f"{role.id}/roadmap":
        blocks += (
            Block("bullet", request.say("stage-line", title=stage.title, text=stage.text))
            for stage in role.stages
        )
    if entry.claim:
        blocks.append(Block("note", _source(request, entry.claim)))
    if role:
        rows = _entry_rows(request, role, entry, turned=turned)
    return Message(tuple(blocks), (*rows, feedback_row(request, entry)))


def answer_screen(request: Request, entry: Entry) -> Message:
    """Show an entry in answer to a typed question; who asked in another language is told it is English."""
    return in_english(request, entry_screen(request, entry))


def in_english(request: Request, screen: Message) -> Message:
    """Add to an answer that it is in English, where it was asked in another language."""
    if request.language == "en":
        return screen
    return replace(screen, blocks=(*screen.blocks, Block("note", request.say("only-english"))))


def task_screen(request: Request, step: Step, task: Task) -> Message:
    """Show one task of a step, with the ones before and after it a tap away."""
    place = step.tasks.index(task)
    heading = request.say("task-title", number=place + 1, count=len(step.tasks), step=step.title)
    effort = request.say("task-minutes", minutes=task.minutes)
    blocks = (
        Block("title", heading),
        *blocks_of(task.text),
        Block("note", f"{effort} {needs_of(request, task)}"),
    )
    around = []
    if place > 0:
        around.append(_press("turn", request.say("button-before"), step.tasks[place - 1].id))
    if place + 1 < len(step.tasks):
        around.append(_press("turn", request.say("button-next-task"), step.tasks[place + 1].id))
    back = (_press("turn", request.say("button-back-to-step"), step.id),)
    return Message(blocks, (*((tuple(around),) if around else ()), back))


def needs_of(request: Request, task: Task) -> str:
    """Return what a task needs: a phone or a computer, and how much mobile data."""
    return f"{request.say(NEEDS[task.needs])} {request.say(DATA[task.data])}"


def as_edit(message: Message) -> Edit:
    """Return the same screen in place of the message whose button was pressed."""
    return Edit(message.blocks, message.buttons, message.audience, message.language, message.about)


def as_new(reply: Reply) -> Reply:
    """Return a reply with new messages in place of edits, where nothing was pressed that could be edited."""
    return Reply(
        tuple(
            Message(one.blocks, one.buttons, one.audience, one.language, about=one.about)
            if isinstance(one, Edit)
            else one
            for one in reply.effects
        )
    )


def own_words(request: Request, key: str, rows: Rows, **values: str | int) -> Message:
    """Show one of the bot's own texts over a keyboard."""
    return Message(blocks_of(request.say(key, **values)), rows, language=request.language_of(key))


def toast(request: Request, key: str) -> Toast:
    """Return one of the bot's own texts as a toast."""
    return Toast(request.say(key), language=request.language_of(key))


def for_asker_alone(request: Request, message: Message) -> Message:
    """Return the message for the asker alone.

    Where the bot may not write to them, a group sees one neutral line, the same whatever was asked.
    """
    if request.place == "private":
        return replace(message, audience="asker")
    instead = own_words(request, "more-room", ((start_button(request, "button-private"),),))
    return replace(message, audience="asker", instead=instead)


def start_button(request: Request, key: str, start: Start = Start("chat")) -> Button:  # noqa: B008 - frozen
    """Return a button that begins the private chat, labelled with one of the bot's own texts."""
    return Button(request.say(key), start=encode_start(start))


def entry_button(request: Request, entry: Entry, *, verb: Verb = "open") -> Button:
    """Return a button that leads to an entry, with a short name where the facet has one."""
    name = entry.id.rpartition("/")[2]
    label = request.say(FACET_LABELS[name]) if isinstance(entry, Facet) and name in FACET_LABELS else ""
    return _press(verb, label or entry.title, entry.id)


def choice_button(request: Request, entry: Entry) -> Button:
    """Return a button that opens an entry under its full title, for a choice between entries."""
    return _press("open", title_of(request, entry), entry.id)


def function_button(request: Request, function_id: str) -> Button:
    """Return a button that does one of the bot's functions.

    Raises:
        KeyError: there is no such function.
    """
    label = request.say(request.functions[function_id].label_key)
    return _press("do", label, function_id)


def facet_buttons(request: Request, role: Role, names: Iterable[str]) -> tuple[Button, ...]:
    """Return buttons for those of the named facets that the career has."""
    return tuple(entry_button(request, role.facets[name]) for name in names if name in role.facets)


def role_rows(request: Request, most: int) -> Rows:
    """Return a row for each career, at most `most` of them."""
    roles = list(request.knowledge.roles.values())[:most]
    return tuple((_press("open", role.title, role.id),) for role in roles)


def example_rows(request: Request) -> Rows:
    """Return example questions about the career spoken of, each of which a tap asks."""
    return tuple(
        (_press("open", request.say(key, career=request.role.title), request.role.facets[name].id),)
        for name, key in EXAMPLES.items()
        if name in request.role.facets
    )


def menu_rows(request: Request) -> Rows:
    """Return the short menu: the career spoken of, the careers, the help."""
    return (
        *_pairs(facet_buttons(request, request.role, ("roadmap", "fit"))),
        (function_button(request, "bot/roles"), function_button(request, "bot/help")),
    )


def feedback_row(request: Request, entry: Entry) -> tuple[Button, ...]:
    """Return the two buttons that say whether an answer helped."""
    return (
        _press("helpful", request.say("button-helpful"), entry.id),
        _press("unhelpful", request.say("button-unhelpful"), entry.id),
    )


def _press(verb: Verb, label: str, about: str) -> Button:
    return Button(label, Press(verb, short_code(about)))


def _source(request: Request, claim: Claim) -> str:
    year = claim.date[:4]
    if year in claim.source:
        return request.say("source-dated", source=claim.source)
    return request.say("source", source=claim.source, date=claim.date)


def _step_blocks(request: Request, step: Step) -> list[Block]:
    hours = step.hours
    span = (
        request.say("step-hours-exact", hours=hours.least)
        if hours.least == hours.most
        else request.say("step-hours", least=hours.least, most=hours.most)
    )
    phone = sum(task.fits_a_phone for task in step.tasks)
    tasks = request.say("step-tasks", tasks=len(step.tasks), phone=phone)
    return [
        *blocks_of(step.text),
        Block("text", request.say("step-why", why=step.why)),
        Block("text", request.say("step-done", done=step.done_when)),
        Block("note", f"{span} {tasks}"),
    ]


def _resource_blocks(request: Request, resource: Resource) -> list[Block]:
    blocks = [*blocks_of(resource.text), Block("note", request.say("resource-cost", cost=resource.cost))]
    if resource.url:
        label = request.say("resource-link", title=resource.title)
        blocks.append(Block("link", label, resource.url))
    return blocks


def _entry_rows(request: Request, role: Role, entry: Entry, *, turned: bool) -> Rows:
    match entry:
        case Step():
            tasks = _press("turn", request.say("button-tasks", count=len(entry.tasks)), entry.tasks[0].id)
            learn = tuple((entry_button(request, one),) for one in _named(role.resources, entry.resources))
            return ((tasks,), *_item_rows(request, role, entry, turned=turned), *learn)
        case Duty() | Resource():
            return _item_rows(request, role, entry, turned=turned)
    name = entry.id.rpartition("/")[2]
    items = tuple(
        (_press("turn", request.say("list-item", number=number, title=one.title), one.id),)
        for number, one in enumerate(_listed(role, name), start=1)
    )
    onward = facet_buttons(request, role, (one for one in _LEADS_ON.get(name, _LEADS_ON_ELSE) if one != name))
    return (*items, *_pairs(onward))


def _item_rows(request: Request, role: Role, entry: Duty | Step | Resource, *, turned: bool) -> Rows:
    facet = _FACET_OF_ITEM[type(entry)]
    if not turned:
        return _pairs(facet_buttons(request, role, (facet, *_LEADS_ON_FROM_ITEM[facet])))
    items = _listed(role, facet)
    row = [_press("turn", request.say("button-back"), f"{role.id}/{facet}")]
    following = items[items.index(entry) + 1 :]
    if following:
        row.append(_press("turn", request.say("button-next"), following[0].id))
    return (tuple(row),)


def _listed(role: Role, facet: str) -> Sequence[Entry]:
    lists: Mapping[str, Sequence[Entry]] = {
        "duties": role.duties,
        "roadmap": role.steps,
        "resources": role.resources,
    }
    return lists.get(facet, ())


def _named(entries: Iterable[Resource], ids: Iterable[str]) -> tuple[Resource, ...]:
    wanted = set(ids)
    return tuple(entry for entry in entries if entry.id in wanted)


def _pairs(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
