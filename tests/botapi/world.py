"""Users, chats, messages and updates: what Telegram itself would know."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.botapi.markup import found_entities
from tests.botapi.refusal import demand

Json = dict[str, Any]
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
BY_DEFAULT_NOT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of updates that come only when asked for by name [getUpdates, allowed_updates]."""

SERVICE = frozenset(
    "new_chat_members left_chat_member new_chat_title group_chat_created migrate_to_chat_id "
    "migrate_from_chat_id pinned_message forum_topic_created forum_topic_closed forum_topic_reopened".split()
)
_INSIDE = frozenset({"member", "administrator", "creator"})


@dataclass(slots=True)
class User:
    """Somebody with an account."""

    id: int
    first_name: str
    username: str | None = None
    language: str | None = "en"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    is_bot: bool = False

    @property
    def shown(self) -> Json:
        """The User of the Bot API."""
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            shown["username"] = self.username
        if self.language and not self.is_bot:
            shown["language_code"] = self.language
        return shown


@dataclass(slots=True)
class Kept:
    """A message as it lies in a chat. `changed` orders all changes of all messages."""

    content: Json
    changed: int
    reactions: list[Any] = field(default_factory=list)
    voters: dict[int, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Chat:
    """A private chat or a group; `bot` is the bot's own standing in a group."""

    id: int
    kind: Literal["private", "group", "supergroup"]
    title: str = ""
    owner: User | None = None
    members: dict[int, str] = field(default_factory=dict)
    bot: str = "member"
    forum: bool = False
    topics: dict[int, bool] = field(default_factory=dict)
    moved_to: int | None = None
    messages: dict[int, Kept] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def shown(self) -> Json:
        """The Chat of the Bot API."""
        if self.owner:
            shown = {"id": self.id, "type": "private", "first_name": self.owner.first_name}
            return shown | ({"username": self.owner.username} if self.owner.username else {})
        shown = {"id": self.id, "title": self.title, "type": self.kind}
        return shown | ({"is_forum": True} if self.forum else {})


@dataclass(slots=True)
class Pressed:
    """A callback query: when it came, and what was answered."""

    id: str
    at: float
    data: str
    answered_at: float | None = None
    text: str | None = None
    show_alert: bool = False
    user: int = 0


@dataclass(slots=True)
class Asked:
    """An inline query, and what was answered."""

    id: str
    at: float
    text: str
    user: int
    results: list[Json] | None = None
    button: Json | None = None
    params: Json = field(default_factory=dict)


@dataclass(slots=True)
class Queued:
    """An update that waits to be confirmed, as JSON."""

    number: int
    text: str
    handed_out: int = 0


class World:
    """Everything behind the server; `clock` is its time in seconds since 1970."""

    def __init__(
        self, bot: User, clock: Callable[[], float], *, privacy: bool = True, mentions_pass: bool = False
    ) -> None:
        """Begin with nobody but the bot."""
        self.bot = bot
        self.clock = clock
        self.privacy = privacy
        self.mentions_pass = mentions_pass
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.queue: list[Queued] = []
        self.allowed: frozenset[str] | None = None
        self.copies = 1
        self.pressed: dict[str, Pressed] = {}
        self.asked: dict[str, Asked] = {}
        self.posted: dict[str, Kept] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.photos: dict[str, list[Json]] = {}
        self.commands: dict[str, list[Json]] = {}
        self.changes = 0
        self._changed = asyncio.Event()
        self._ids = itertools.count(1001)
        self._group_ids = itertools.count(5001)
        self._updates = itertools.count(700_000_001)
        self._account_messages = itertools.count(1)
        self._queries = itertools.count(4_000_000_000_000_001)

    # What happens is told to everybody who waits.

    def tell(self) -> int:
        """Say that something changed; return the number of the change."""
        self.changes += 1
        happened, self._changed = self._changed, asyncio.Event()
        happened.set()
        return self.changes

    async def wait(self) -> None:
        """Wait until something changes."""
        await self._changed.wait()

    # People and chats

    def add_user(self, name: str, **details: Any) -> User:
        """Make an account, and its private chat with the bot."""
        number = details.pop("id", None) or next(self._ids)
        user = self.users[number] = User(number, name, **details)
        self.chats[number] = Chat(number, "private", owner=user, numbers=self._account_messages)
        return user

    def add_group(self, title: str, kind: Literal["group", "supergroup"], *, forum: bool = False) -> Chat:
        """Make a group with the bot in it."""
        number = next(self._group_ids)
        if kind == "group":
            chat = Chat(-number, kind, title, numbers=self._account_messages)
        else:
            chat = Chat(-1_000_000_000_000 - number, kind, title, forum=forum)
        self.chats[chat.id] = chat
        return chat

    def writable(self, chat_id: int) -> Chat:
        """Return a chat the bot may write to, or refuse as Telegram does."""
        chat = self.readable(chat_id)
        owner = chat.owner
        if owner:
            demand(not owner.deactivated, "user is deactivated", 403)
            demand(not owner.is_bot, "bot can't send messages to bots", 403)
            demand(not owner.blocked, "bot was blocked by the user", 403)
            demand(owner.started, "bot can't initiate conversation with a user", 403)
        return chat

    def readable(self, chat_id: int) -> Chat:
        """Return a chat the bot knows, or refuse as Telegram does."""
        chat = self.chats.get(chat_id)
        demand(chat, "chat not found")
        assert chat
        if chat.moved_to:
            words = "group chat was upgraded to a supergroup chat"
            demand(holds=False, words=words, migrate_to_chat_id=chat.moved_to)
        demand(chat.bot != "kicked", f"bot was kicked from the {chat.kind} chat", 403)
        demand(chat.bot != "left", f"bot is not a member of the {chat.kind} chat", 403)
        return chat

    # Messages

    def put(self, chat: Chat, sender: Json, content: Json) -> Kept:
        """Lay a message into a chat."""
        number = next(chat.numbers)
        whole: Json = {"message_id": number, "from": sender, "chat": chat.shown, "date": int(self.clock())}
        kept = chat.messages[number] = Kept(whole | content, self.tell())
        return kept

    def touch(self, kept: Kept) -> None:
        """Note that a message looks different now."""
        kept.changed = self.tell()

    def quoted(self, chat: Chat, number: int) -> Json | None:
        """Return a message as it is quoted in a reply: without what it replied to itself."""
        kept = chat.messages.get(number)
        return (
            {key: value for key, value in kept.content.items() if key != "reply_to_message"} if kept else None
        )

    def in_topic(self, chat: Chat, thread: int | None, reply_to: int | None) -> Json:
        """Return what a message carries for its topic and for the message it replies to."""
        content: Json = {}
        if chat.forum and thread:
            content |= {"message_thread_id": thread, "is_topic_message": True}
        quoted = self.quoted(chat, reply_to or thread or 0)
        return content | ({"reply_to_message": quoted} if quoted else {})

    # Updates

    def queue_update(self, update: Json) -> int:
        """Queue an update as it is, with the next number."""
        number = next(self._updates)
        self.queue.append(Queued(number, json.dumps({"update_id": number} | update)))
        self.tell()
        return number

    def happens(self, kind: str, content: Json) -> int | None:
        """Queue an update of this kind if the bot asked for such."""
        wanted = kind in self.allowed if self.allowed else kind not in BY_DEFAULT_NOT
        return self.queue_update({kind: content}) if wanted else None

    def confirm(self, offset: int) -> None:
        """Forget the updates before this number; those that come several times only once they have."""
        before = len(self.queue)
        again = self.copies if self.copies > 1 else 0
        self.queue = [one for one in self.queue if one.number >= offset or one.handed_out < again]
        if len(self.queue) != before:
            self.tell()

    def hears(self, chat: Chat, message: Json) -> bool:
        """Say whether the bot gets this message [Bot features, privacy mode]."""
        if chat.kind == "private" or not self.privacy or chat.bot == "administrator":
            return chat.kind == "private" or chat.bot in _INSIDE
        if chat.bot not in _INSIDE:
            return False
        answered = message.get("reply_to_message", {})
        replied = answered.get("from", {}).get("id") == self.bot.id and not SERVICE & answered.keys()
        via = message.get("via_bot", {}).get("id") == self.bot.id
        return bool(SERVICE & message.keys()) or replied or via or self._addressed(message)

    def _addressed(self, message: Json) -> bool:
        text = message.get("text") or message.get("caption") or ""
        me = f"@{self.bot.username}".casefold()
        for entity in found_entities(text):
            units = text.encode("utf-16-le", "surrogatepass")
            begin, length = entity["offset"] * 2, entity["length"] * 2
            words = units[begin : begin + length].decode("utf-16-le", "replace").casefold()
            if entity["type"] == "bot_command" and ("@" not in words or words.endswith(me)):
                return True
            if entity["type"] == "mention" and words == me and self.mentions_pass:
                return True
        return False

    def arrives(self, chat: Chat, sender: Json, content: Json) -> Kept:
        """A message is written by somebody, and the bot hears of it if it may."""
        kept = self.put(chat, sender, content)
        if self.hears(chat, kept.content):
            self.happens("message", kept.content)
        return kept

    def new_query(self) -> str:
        """Return the id of a new callback or inline query."""
        return str(next(self._queries))

    def keep_file(self, content: bytes, name: str, kind: str = "BQAC") -> Json:
        """Keep a file and return the part that all kinds of files share; ids begin with the kind of file."""
        number = len(self.files) + 1
        identity = f"{kind}AgUAAxkBAAI{number:06d}"
        self.files[identity] = (
            f"documents/file_{number}{name[name.rfind('.') :] if '.' in name else ''}",
            content,
        )
        return {"file_id": identity, "file_unique_id": f"AgAD{number:06d}", "file_size": len(content)}
