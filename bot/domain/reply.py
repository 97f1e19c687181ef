"""What the bot says back, free of any chat service.

A `Reply` is a list of effects. A face (Telegram, the terminal) shows each effect in its own way; text is a
list of blocks rather than markup, so that escaping happens in the face, in one function.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.domain.knowledge import CODE_LENGTH, Language

MESSAGE_LIMIT = 4096
"""Code points of one message after the markup is parsed [Telegram Bot API, sendMessage]."""

CAPTION_LIMIT = 1024
"""Code points of a caption after the markup is parsed [Telegram Bot API, sendPhoto]."""

BUTTON_LIMIT = 64
"""Bytes a button may carry [Telegram Bot API, InlineKeyboardButton.callback_data]."""

TOAST_LIMIT = 200
"""Characters of a toast [Telegram Bot API, answerCallbackQuery]."""

START_LIMIT = 64
"""Characters of a deep link's payload: A-Z, a-z, 0-9, _ and - [Telegram Bot API, deep linking]."""

Audience = Literal["here", "asker"]
"""Who sees an effect: the chat it was asked in, or the asker in private."""

BlockKind = Literal["title", "text", "bullet", "code", "note", "link"]
"""`code` keeps its spaces and line breaks; `note` is small print such as a source; a `link` block shows its
text and leads to its address."""

Verb = Literal[
    "open",
    "turn",
    "do",
    "helpful",
    "unhelpful",
    "none",
    "erase",
    "tick",
    "untick",
    "done",
    "skip",
    "know",
    "clear",
    "undo",
    "restart",
    "career",
    "stands",
    "has",
    "knowlist",
    "keep",
    "write",
    "unwrite",
    "draw",
    "forget",
    "settings",
    "nudge",
    "zone",
]
"""What pressing a button does.

Of answers: `open` an entry as a new message, `turn` this message to an entry, `do` a function, say the answer
was `helpful` or `unhelpful`, `none` of these choices, `erase` this exchange.

Of the way along a roadmap, in place of the message: `tick` or `untick` a task; mark a step `done`, `skip` it,
say that one `know`s a step or a stage, `clear` the mark of a step; `undo` what one update changed; `restart`
a career. Of what the student says of themselves: the `career`, where one `stands`, what one `has`, the
`knowlist` of a career to tick off; `keep` it all; `write` a note or a name, `unwrite` it; `draw` the picture;
`forget` everything; `settings`, one of them to choose. Of the daily `nudge`: its time, days, pause, end, and
what its own buttons do; and the `zone` that is the student's.
"""

MORE_LIMIT = 45
"""Characters a button may carry beside its verb and its code, so that `BUTTON_LIMIT` holds."""

Beginning = Literal["chat", "role", "open"]
"""What a deep link begins in private: just the `chat`, with a `role`, or by `open`ing an entry."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of a message."""

    kind: BlockKind
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """What a button carries: a verb and the short code of what it is about (empty where it needs none).

    `more` is what the verb needs besides: at most `MORE_LIMIT` of a-z, 0-9, '.' and '-'.
    """

    verb: Verb
    code: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """What a deep link carries.

    `about` is a career's id, so that people can read the link, or its short code; the short code of an entry;
    and empty for `chat`.
    """

    beginning: Beginning
    about: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it carries a press, leads to an address, or opens the chat in private.

    `start` is the payload the private chat begins with; see `encode_start`. `share` is what stands behind the
    bot's name once the student has chosen a chat to share with, and so reaches `Conversation.cards`.
    """

    label: str
    press: Press | None = None
    url: str | None = None
    start: str | None = None
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A new message.

    `buttons` are rows, top to bottom. `instead` is shown in the chat it was asked in when the message is for
    the asker in private and the bot may not write there. `about` is the id of the step or task it shows, so
    that 'done' or 'skip this' means that one.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    audience: Audience = "here"
    language: Language = "en"
    instead: Message | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A new face for the message whose button was pressed; `about` as in `Message`."""

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    audience: Audience = "here"
    language: Language = "en"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """A short line shown over the chat to the one who pressed a button; at most `TOAST_LIMIT` characters."""

    text: str
    audience: Audience = "asker"
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Erase:
    """Remove the message whose button was pressed, and the question it answered, from the chat."""

    audience: Audience = "here"
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, with a caption that says the same in words, at most `CAPTION_LIMIT` code points of it.

    `image` is a PNG. `name` is that of a file, where the face shows pictures as files.
    """

    image: bytes
    blocks: tuple[Block, ...]
    name: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    audience: Audience = "asker"
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the student to take along, with a caption of at most `CAPTION_LIMIT` code points."""

    name: str
    content: bytes
    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    audience: Audience = "asker"
    language: Language = "en"


Effect = Message | Edit | Toast | Erase | Picture | Document


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that happens in answer to one thing a student did."""

    effects: tuple[Effect, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Card:
    """One answer offered in another chat, to be posted there by the student.

    `id` is the short code of the entry. The message has no button that carries a press. `picture` is the name
    of a picture that the bot sent this student before, to stand over the message's words.
    """

    id: str
    title: str
    summary: str
    message: Message
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """What a question asked from another chat brings: answers to post, and a button into the private chat.

    `personal` says that the cards are for this student alone, and may not be kept for others.
    """

    cards: tuple[Card, ...]
    private: Button
    personal: bool = False


_PRESS = re.compile(
    rf"1:(?P<verb>[a-z]+):(?P<code>(?:[2-9a-hj-np-z]{{{CODE_LENGTH}}})?)"
    rf"(?::(?P<more>[a-z0-9.-]{{1,{MORE_LIMIT}}}))?",
    re.ASCII,
)
_VERBS: dict[str, Verb] = {verb: verb for verb in get_args(Verb)}
_START = re.compile(rf"chat|role_[A-Za-z0-9-]+|open_[2-9a-hj-np-z]{{{CODE_LENGTH}}}", re.ASCII)
_BEGINNINGS: dict[str, Beginning] = {beginning: beginning for beginning in ("chat", "role", "open")}


def encode_press(press: Press) -> str:
    """Return what a button carries over a chat service: a version, the verb, the code and more, in ASCII.

    Raises:
        ValueError: the code is not a short code, or there is too much, so it could not be read back.
    """
    carried = f"1:{press.verb}:{press.code}" + (f":{press.more}" if press.more else "")
    if decode_press(carried) != press or len(carried) > BUTTON_LIMIT:
        message = f"not a press that can be carried: {press!r}"
        raise ValueError(message)
    return carried


def decode_press(carried: str) -> Press | None:
    """Read a button's data back; None for anything forged, cut short or of another version."""
    found = _PRESS.fullmatch(carried)
    verb = _VERBS.get(found["verb"]) if found else None
    return Press(verb, found["code"], found["more"] or "") if found and verb else None


def encode_start(start: Start) -> str:
    """Return the payload of a deep link, such as `role_backend-developer`.

    Raises:
        ValueError: it could not be read back: not an id of a career, not a short code, or too long.
    """
    payload = f"{start.beginning}_{start.about}" if start.about else start.beginning
    if decode_start(payload) != start:
        message = f"not a start that can be carried: {start!r}"
        raise ValueError(message)
    return payload


def decode_start(payload: str) -> Start | None:
    """Read a deep link's payload back; None for anything malformed, too long or foreign."""
    if len(payload) > START_LIMIT or not _START.fullmatch(payload):
        return None
    beginning, _, about = payload.partition("_")
    return Start(_BEGINNINGS[beginning], about)


def plain_text(blocks: tuple[Block, ...]) -> str:
    """Return the blocks as the plain text a student reads, bullets marked with a dot."""
    lines = []
    for block in blocks:
        mark = "• " if block.kind == "bullet" else ""
        address = f" {block.url}" if block.url else ""
        lines.append(f"{mark}{block.text}{address}")
    return "\n".join(lines)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Read a knowledge text: '- ' begins a bullet, four spaces a line of code, other lines are paragraphs."""
    blocks: list[Block] = []
    for raw in text.rstrip().splitlines():
        line = raw.strip()
        if not line:
            continue
        if raw.startswith(_CODE_INDENT):
            code = raw.removeprefix(_CODE_INDENT).rstrip()
            if blocks and blocks[-1].kind == "code":
                code = f"{blocks.pop().text}\n{code}"
            blocks.append(Block("code", code))
        elif line.startswith("- "):
            blocks.append(Block("bullet", line[2:].strip()))
        else:
            blocks.append(Block("text", line))
    return tuple(blocks)


_CODE_INDENT = " " * 4
