"""Updates as they come -> what the bot takes up.

Updates are read as plain dictionaries: what lacks or garbles a part that the bot does not use is answered all
the same, and new kinds of messages are as good as known ones. What is not addressed to the bot never gets
past `arrived`, and so is never stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.actions.answer_together import Sent
from bot.actions.request import Attachment
from bot.conversation import Heard
from bot.domain.inbox import Arrived
from bot.domain.reply import decode_press

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "inline_query")
"""Kinds of updates that Telegram is asked for."""

MOST_JOINED: Final = 50_000
"""Code points up to which messages sent in a row are taken together."""

MOST_TOGETHER: Final = 25
"""Updates taken together at most: in a longer text the matcher no longer looks at every line."""

CUT_FROM: Final = 4_000
"""Code points from which on a message may have been cut by the app, and the next one be the rest of it: apps
cut at 4,096 or a space before [Telegram Bot API, length of a message]."""

MOST_APART: Final = 30
"""Seconds between two messages up to which they are taken together. Who types a thought in several messages
sends the next one within some seconds; what waited because the bot was down was often meant apart."""

_GROUPS: Final = frozenset({"group", "supergroup"})
_LARGEST: Final = 2**63
_ASK: Final = "/ask"
_QUESTION = re.compile(rf"\s*{_ASK}(?:@\S*)?\s+(?P<words>[^\s/].*)", re.DOTALL | re.IGNORECASE)

_ATTACHMENTS: Final[Mapping[str, Attachment]] = {
    "animation": "picture",  # comes with a `document` as well, a venue with a `location`: the first counts
    "photo": "picture",
    "live_photo": "picture",
    "video": "picture",
    "video_note": "picture",
    "voice": "voice",
    "audio": "voice",
    "venue": "whereabouts",
    "location": "whereabouts",
    "contact": "whereabouts",
    "sticker": "sticker",
}

_TEXTLESS: Final = frozenset({"photo", "document"})
"""What messages of the bot's own carry in place of a text."""

_SERVICE: Final = frozenset(
    """
    boost_added channel_chat_created chat_background_set chat_owner_changed chat_owner_left chat_shared
    checklist_tasks_added checklist_tasks_done connected_website delete_chat_photo
    direct_message_price_changed forum_topic_closed forum_topic_created forum_topic_edited
    forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden gift gift_upgrade_sent
    giveaway_completed giveaway_created group_chat_created left_chat_member managed_bot_created
    message_auto_delete_timer_changed migrate_from_chat_id migrate_to_chat_id new_chat_members
    new_chat_photo new_chat_title paid_message_price_changed passport_data pinned_message
    poll_option_added poll_option_deleted proximity_alert_triggered refunded_payment successful_payment
    suggested_post_approval_failed suggested_post_approved suggested_post_declined suggested_post_paid
    suggested_post_refunded supergroup_chat_created unique_gift users_shared video_chat_ended
    video_chat_participants_invited video_chat_scheduled video_chat_started web_app_data
    write_access_allowed
    """.split()
)
"""What messages that nobody wrote carry [Telegram Bot API 10.0, Message]."""


class Unreadable(ValueError):  # noqa: N818 - reads as what it says of the update
    """An update lacks what is needed to answer it; the text says what, and holds no word of a student."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself; `username` without '@'."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question typed in another chat. `language_code` is the phone's [IETF tag], empty where not told."""

    query_id: str
    user: str
    text: str
    language_code: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What is answered at once: one update, or several of a chat in a row.

    `messages` are the ids of what the student sent, none for a press; `callbacks` the queries to be answered,
    `pressed` the message whose button was pressed and `question` the one that replied to; `fixed` says that
    the pressed one is a picture or a file, which has no text to edit. `asker_id` is whom to write to in
    private: never a group, not even where a group wrote. `thread_id` is the topic of a forum.
    `failures` and `sent` are those of the first update.
    """

    updates: tuple[int, ...]
    heard: Heard
    chat_id: int
    asker_id: int
    group: bool
    thread_id: int | None
    messages: tuple[int, ...]
    callbacks: tuple[str, ...]
    pressed: int | None
    question: int | None
    failures: int
    sent: int
    fixed: bool = False


def arrived(raw: Mapping[str, object], me: Me, at: int) -> Arrived | None:
    """Return an update as it waits in the inbox; None for what is not for the bot, or not to be stored.

    In private these are messages, also edited ones with words, and presses; in groups only `/ask`, mentions
    of the bot, replies to it, and presses.

    Args:
        raw: the update as Telegram sent it.
        me: the bot itself.
        at: now, in UTC epoch seconds.
    """
    kind, content = _kind_of(raw)
    update_id = _number(raw.get("update_id"))
    message = _part(content, "message") if kind == "callback_query" else content
    chat = _part(message, "chat")
    chat_id = _number(chat.get("id"))
    if update_id is None or chat_id is None or not _is_for_me(kind, message, chat.get("type"), me):
        return None
    return Arrived(update_id, str(chat_id), kind, json.dumps(raw, ensure_ascii=True), at)


def callback_of(raw: Mapping[str, object]) -> str | None:
    """Return the id of the callback query that an update is, whatever else it lacks; None for others."""
    return _text(_part(raw, "callback_query").get("id")) or None


def inline_of(raw: Mapping[str, object]) -> Asked | None:
    """Return the question typed in another chat that an update is; None for others."""
    query = _part(raw, "inline_query")
    sender = _part(query, "from")
    query_id, user = _text(query.get("id")), _number(sender.get("id"))
    if not query_id or user is None:
        return None
    return Asked(query_id, str(user), _text(query.get("query")), _text(sender.get("language_code")))


def next_turn(waiting: Sequence[Arrived], me: Me) -> Turn:
    """Return what is to be answered next: as many of the first updates as can be taken together.

    Plain texts and questions behind `/ask` by one student are joined, each on a line of its own, when each
    was sent within 30 s of the one before; the same command, press or attachment again counts once, and so
    does an album. An update that failed before is taken alone.

    Args:
        waiting: updates of one chat in their order, at least one.
        me: the bot itself.

    Raises:
        Unreadable: the first one cannot be answered, whatever happens.
    """
    first, *taken = _together(waiting, me)
    last = taken[-1] if taken else first
    pieces = (first, *taken)
    sent = tuple(_mended(pieces))
    texts = tuple(dict.fromkeys(one.text for one in sent))
    is_row = len(sent) > 1 if first.is_plain else len(texts) > 1
    turn = first.turn
    text = "\n".join(texts) if len(pieces) > 1 else turn.heard.text
    if turn.group and first.is_plain and not text:
        text = _ASK  # no more than the bot's name: they want to know how to ask
    return replace(
        turn,
        updates=tuple(number for piece in pieces for number in piece.turn.updates),
        heard=replace(turn.heard, text=text, at=last.turn.heard.at, together=sent if is_row else ()),
        messages=tuple(dict.fromkeys(number for piece in pieces for number in piece.turn.messages)),
        callbacks=tuple(dict.fromkeys(query for piece in pieces for query in piece.turn.callbacks)),
    )


def _mended(pieces: Sequence[_Piece]) -> list[Sent]:
    """Return the messages, those whole again that an app cut because they were too long for one."""
    sent: list[Sent] = []
    was_cut = False
    for piece in pieces:
        if was_cut:
            sent[-1] = replace(sent[-1], text=sent[-1].text + piece.words)
        elif piece.words:
            sent.append(Sent(piece.turn.heard.cause, piece.words))
        was_cut = len(piece.words) >= CUT_FROM
    return sent


@dataclass(frozen=True, slots=True)
class _Piece:
    """One update, read.

    `album` is shared by the attachments that were sent as one. `date` is when it was sent, or last edited, in
    UTC epoch seconds by Telegram's clock.
    """

    turn: Turn
    album: str = ""
    date: int | None = None

    @property
    def words(self) -> str:
        """What is asked: the text, without the command where it is `/ask`."""
        question = _QUESTION.fullmatch(self.turn.heard.text)
        return question["words"] if question else self.turn.heard.text

    @property
    def is_plain(self) -> bool:
        heard = self.turn.heard
        is_command = self.words.lstrip().startswith("/")
        return not (heard.press or heard.stale or heard.attachment or is_command)

    def goes_with(self, other: _Piece) -> bool:
        """Say whether another one, which comes later, can be answered together with this one."""
        if self._place() != other._place():
            return False
        if self.is_plain and other.is_plain:
            return self.words == other.words or self._is_soon_before(other)
        return bool(self.album and self.album == other.album) or self._meaning() == other._meaning()

    def _is_soon_before(self, other: _Piece) -> bool:
        return self.date is None or other.date is None or other.date - self.date <= MOST_APART

    def _place(self) -> tuple[object, ...]:
        return self.turn.chat_id, self.turn.thread_id, self.turn.heard.student

    def _meaning(self) -> tuple[object, ...]:
        heard = self.turn.heard
        return heard.text, heard.attachment, heard.press, heard.stale, self.turn.pressed


def _together(waiting: Sequence[Arrived], me: Me) -> Iterator[_Piece]:
    """Yield those that can be answered together, at least the first.

    Raises:
        Unreadable: the first one cannot be read.
    """
    rest = iter(waiting)
    first = before = _read(next(rest), me)
    yield first
    length = len(first.turn.heard.text)
    for count, one in enumerate(rest, start=1):
        # What was sent was sent in answer to all that were taken together then, and to no others.
        if first.turn.failures or one.failures or one.sent != first.turn.sent or count >= MOST_TOGETHER:
            return
        try:
            piece = _read(one, me)
        except Unreadable:
            return
        length += 1 + len(piece.turn.heard.text)
        if length > MOST_JOINED or not before.goes_with(piece):
            return
        yield piece
        before = piece


def _read(one: Arrived, me: Me) -> _Piece:
    try:
        kind, content = _kind_of(json.loads(one.payload))
    except (ValueError, RecursionError):
        kind, content = "", {}
    if kind == "callback_query":
        return _read_press(one, content)
    if kind in {"message", "edited_message"}:
        return _read_message(one, content, me)
    raise Unreadable(_lacking("anything known", one))


def _read_press(one: Arrived, query: Mapping[str, object]) -> _Piece:
    message = _part(query, "message")
    data = _text(query.get("data"))
    press = decode_press(data)
    turn = _turn(one, message, query)
    return _Piece(
        replace(
            turn,
            heard=replace(turn.heard, press=press, stale=press is None),
            callbacks=tuple(filter(None, (_text(query.get("id")),))),
            pressed=_number(message.get("message_id")),
            question=_number(_part(message, "reply_to_message").get("message_id")),
            fixed=not _TEXTLESS.isdisjoint(message),
        )
    )


def _read_message(one: Arrived, message: Mapping[str, object], me: Me) -> _Piece:
    number = _number(message.get("message_id"))
    if number is None:
        raise Unreadable(_lacking("the number of the message", one))
    turn = _turn(one, message, message)
    words = _Words.of(message)
    student = _number(_part(message, "sender_chat").get("id"))
    heard = replace(
        turn.heard,
        student=turn.heard.student if student is None else str(student),
        text=words.without(me) if turn.group else words.text,
        attachment=None if _text(message.get("text")) else _attachment(message),
    )
    return _Piece(
        replace(turn, heard=heard, messages=(number,)),
        album=_text(message.get("media_group_id")),
        date=_number(message.get("edit_date")) or _number(message.get("date")),
    )


def _turn(one: Arrived, message: Mapping[str, object], content: Mapping[str, object]) -> Turn:
    """Return what messages and presses have in common."""
    chat = _part(message, "chat")
    chat_id, sender = _number(chat.get("id")), _number(_part(content, "from").get("id"))
    if chat_id is None or sender is None:
        raise Unreadable(_lacking("a chat or a sender", one))
    group = chat.get("type") in _GROUPS
    # Outside of forums the thread is the chain of replies a message stands in: nothing to write to.
    is_topic = message.get("is_topic_message") is True
    return Turn(
        updates=(one.update_id,),
        heard=Heard(
            chat=str(chat_id),
            student=str(sender),
            # Telegram may begin anew with lower numbers after a week without any update.
            cause=f"{one.update_id}-{one.at}",
            at=one.at,
            place="group" if group else "private",
        ),
        chat_id=chat_id,
        asker_id=sender,
        group=group,
        thread_id=_number(message.get("message_thread_id")) if is_topic else None,
        messages=(),
        callbacks=(),
        pressed=None,
        question=None,
        failures=one.failures,
        sent=one.sent,
    )


def _is_for_me(kind: str, message: Mapping[str, object], place: object, me: Me) -> bool:
    group = place in _GROUPS
    if not (group or place == "private"):
        return False
    if kind == "callback_query":
        return True
    if _is_service(message) or _is_by_a_program(message, me):
        return False
    if kind == "edited_message":
        return not group and bool(_Words.of(message).text)
    return kind == "message" and (not group or _is_addressed(message, me))


def _is_by_a_program(message: Mapping[str, object], me: Me) -> bool:
    """Say whether a bot wrote it, Telegram carried it over from a channel, or it is a card of this bot."""
    # Who writes in the name of a chat is shown as a bot of Telegram's.
    is_bot = _part(message, "from").get("is_bot") is True and not _part(message, "sender_chat")
    is_card = _number(_part(message, "via_bot").get("id")) == me.id
    return is_bot or is_card or message.get("is_automatic_forward") is True


def _is_service(message: Mapping[str, object]) -> bool:
    return not _Words.of(message).text and not _SERVICE.isdisjoint(message)


def _is_addressed(message: Mapping[str, object], me: Me) -> bool:
    words = _Words.of(message)
    command, _, whose = words.command.partition("@")
    if whose and whose != me.username.casefold():
        return False
    # In a forum whatever is said in a topic replies to the service message that began the topic.
    replied = _part(message, "reply_to_message")
    is_reply = _number(_part(replied, "from").get("id")) == me.id and not _is_service(replied)
    return command == _ASK or is_reply or any(True for _ in words.mentions(me))


def _attachment(message: Mapping[str, object]) -> Attachment:
    return next((means for key, means in _ATTACHMENTS.items() if key in message), "other")


@dataclass(frozen=True, slots=True)
class _Words:
    """The text or caption of a message with its entities, whose offsets count UTF-16 units."""

    text: str
    entities: tuple[Mapping[str, object], ...]

    @classmethod
    def of(cls, message: Mapping[str, object]) -> _Words:
        key = "text" if _text(message.get("text")) else "caption"
        found = message.get("entities" if key == "text" else "caption_entities")
        entities = found if isinstance(found, list) else []
        return cls(_text(message.get(key)), tuple(one for one in entities if isinstance(one, Mapping)))

    @property
    def command(self) -> str:
        """The command it begins with, in small letters, with the bot it is for; empty where it is none."""
        return next((self._words(*span).casefold() for span in self._spans("bot_command") if not span[0]), "")

    def mentions(self, me: Me) -> Iterator[tuple[int, int]]:
        """Yield where the bot is mentioned."""
        name = f"@{me.username}".casefold()
        yield from (span for span in self._spans("mention") if self._words(*span).casefold() == name)
        yield from self._spans("text_mention", me.id)

    def without(self, me: Me) -> str:
        """Return the text without the bot's name: mentions, and what follows the name of a command."""
        name = f"@{me.username}"
        own = self.command.endswith(name.casefold())
        commands = self._spans("bot_command") if own else ()
        stretches = [*self.mentions(me), *((end - len(name), end) for start, end in commands if start == 0)]
        kept, shown = [], 0
        for start, end in sorted(stretches):
            kept.append(self._words(shown, start))
            shown = max(shown, end)
        return "".join((*kept, self._words(shown, None))).strip()

    def _spans(self, kind: str, user: int | None = None) -> Iterator[tuple[int, int]]:
        for entity in self.entities:
            start, length = _number(entity.get("offset")), _number(entity.get("length"))
            if entity.get("type") != kind or start is None or length is None or start < 0 or length < 1:
                continue
            if user is None or _number(_part(entity, "user").get("id")) == user:
                yield start, start + length

    def _words(self, start: int, end: int | None) -> str:
        units = self.text.encode("utf-16-le", "surrogatepass")
        return units[2 * start : None if end is None else 2 * end].decode("utf-16-le", "surrogatepass")


def _kind_of(raw: object) -> tuple[str, Mapping[str, object]]:
    found = raw if isinstance(raw, Mapping) else {}
    kind = next((one for one in ALLOWED_UPDATES if isinstance(found.get(one), Mapping)), "")
    return kind, _part(found, kind)


def _part(whole: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = whole.get(key)
    return found if isinstance(found, Mapping) else {}


def _number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_LARGEST <= value < _LARGEST else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _lacking(what: str, one: Arrived) -> str:
    return f"update {one.update_id} ({one.kind}) lacks {what}"
