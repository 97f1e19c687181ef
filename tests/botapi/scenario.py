"""People with phones, and a small language for what they do and see."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.botapi.markup import TEXT_LIMIT, found_entities
from tests.botapi.world import ANONYMOUS_ADMIN, Asked, Chat, Json, Kept, Pressed, User

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

_FILE = {"file_id": "AwACAgUAAxkBAAI", "file_unique_id": "AgADsample", "file_size": 4321}
_PICTURE = {**_FILE, "width": 640, "height": 480}
_PLACE = {"latitude": 6.9271, "longitude": 79.8612}
KINDS: dict[str, Json] = {
    "photo": {"photo": [_PICTURE]},
    "sticker": {
        "sticker": {**_PICTURE, "type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"}
    },
    "voice": {"voice": {**_FILE, "duration": 3, "mime_type": "audio/ogg"}},
    "audio": {"audio": {**_FILE, "duration": 30}},
    "video": {"video": {**_PICTURE, "duration": 9}},
    "animation": {"animation": {**_PICTURE, "duration": 2}, "document": _FILE},
    "video_note": {"video_note": {**_FILE, "length": 240, "duration": 4}},
    "document": {"document": {**_FILE, "file_name": "cv.pdf", "mime_type": "application/pdf"}},
    "location": {"location": _PLACE},
    "venue": {"venue": {"location": _PLACE, "title": "School", "address": "Main Street"}, "location": _PLACE},
    "contact": {"contact": {"phone_number": "+94110000000", "first_name": "Somebody"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "Which?",
            "options": [{"persistent_id": "0", "text": "This", "voter_count": 0}],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    },
}
"""What a person can send, beside text."""


class Person:
    """Somebody with a phone: what they do, and what they then see."""

    def __init__(self, api: BotApi, account: User) -> None:
        """Take the account; everything happens in the private chat at first."""
        self.api = api
        self.account = account
        self.id = account.id
        self._here = api.world.chats[account.id]
        self._since: dict[int, int] = {}
        self._presses: list[Pressed] = []
        self.inline: Asked | None = None

    # Doing

    def _chat(self, where: Group | Person | None) -> Chat:
        return self.api.world.chats[where.id if where else self.id]

    def _acts(self, chat: Chat) -> None:
        self._here = chat
        self._since[chat.id] = self.api.world.changes
        self._presses = []

    async def _writes(
        self, content: Json, to: Group | None, reply_to: Json | None, thread: int | None, *, anonymous: bool
    ) -> Json:
        chat = self._chat(to)
        assert not self.account.blocked, f"{self.account.first_name} has blocked the bot"
        assert chat.owner or self.id in chat.members, f"{self.account.first_name} is not in {chat.title}"
        self._acts(chat)
        self.account.started = self.account.started or chat.kind == "private"
        place = self.api.world.in_topic(chat, thread, reply_to["message_id"] if reply_to else None)
        sender = self.account.shown
        if anonymous:
            sender, place = ANONYMOUS_ADMIN, place | {"sender_chat": chat.shown}
        kept = self.api.world.arrives(chat, sender, place | content)
        self._since[chat.id] = self.api.world.changes
        return dict(kept.content)

    async def says(
        self,
        text: str,
        *,
        to: Group | None = None,
        reply_to: Json | None = None,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> Json:
        """Send a text, in pieces when it is too long for one message; return the last as it was sent."""
        pieces = [text[place : place + TEXT_LIMIT].strip() for place in range(0, len(text), TEXT_LIMIT)]
        message: Json = {}
        for piece in filter(None, pieces):
            content = _with_entities("text", piece)
            message = await self._writes(content, to, reply_to, thread, anonymous=anonymous)
        assert message, "an app sends no empty message"
        return message

    async def sends(
        self,
        kind: str,
        *,
        caption: str = "",
        to: Group | None = None,
        reply_to: Json | None = None,
        thread: int | None = None,
    ) -> Json:
        """Send something that is not text; see `KINDS`."""
        content = KINDS[kind] | (_with_entities("caption", caption) if caption else {})
        return await self._writes(content, to, reply_to, thread, anonymous=False)

    async def edits(self, message: Json, text: str) -> Json:
        """Change a message that was sent."""
        chat = self.api.world.chats[message["chat"]["id"]]
        self._acts(chat)
        kept = chat.messages[message["message_id"]]
        part = "caption" if "caption" in kept.content else "text"
        kept.content.pop("entities", None)
        kept.content |= _with_entities(part, text) | {"edit_date": int(self.api.clock())}
        if self.api.world.hears(chat, kept.content):
            self.api.world.happens("edited_message", kept.content)
        return dict(kept.content)

    def deletes(self, message: Json) -> None:
        """Delete a message for everybody; the bot is not told."""
        del self.api.world.chats[message["chat"]["id"]].messages[message["message_id"]]
        self.api.world.tell()

    def _button(self, label: str, chat: Chat) -> tuple[Kept, Json] | None:
        newest = sorted(chat.messages.values(), key=lambda one: one.changed, reverse=True)
        for kept in newest:
            for button in _buttons(kept.content):
                if label in button["text"]:
                    return kept, button
        return None

    async def presses(self, label: str, *, where: Group | Person | None = None) -> Pressed | None:
        """Press the newest button with these words; return the callback query, if it makes one."""
        chat = self._chat(where) if where else self._here

        def lacking() -> str:
            return f"no button {label!r}; the screen shows:\n{self._shown(chat, since=0)}"

        kept, button = await self.api.until(lambda: self._button(label, chat), lacking)
        assert "switch_inline_query" not in button, f"{label!r} asks for a chat: use `shares`"
        if "callback_data" in button:
            return self._press(chat, kept, button["callback_data"])
        link = urlsplit(button.get("url", ""))
        if link.netloc == "t.me" and link.path.casefold() == f"/{self.api.me.username}".casefold():
            payload = parse_qs(link.query).get("start", [""])[0]
            await self.says(f"/start {payload}".strip())
        return None

    async def shares(self, label: str, chat: Group | Person) -> Asked:
        """Press the newest button with these words that asks for a chat, and choose one.

        The app puts the bot's name and the button's words into that chat's text field.
        """

        def found() -> tuple[Kept, Json] | None:
            pressed = self._button(label, self._here)
            return pressed if pressed and "switch_inline_query" in pressed[1] else None

        def lacking() -> str:
            return f"no button {label!r} to share with; the screen shows:\n{self._shown(self._here, since=0)}"

        _, button = await self.api.until(found, lacking)
        return await self.asks_inline(button["switch_inline_query"], where=chat)

    async def forges(self, data: str, *, where: Group | None = None) -> Pressed:
        """Press a button with any data, under the newest message of the bot."""
        chat = self._chat(where) if where else self._here

        def newest() -> Kept | None:
            mine = [one for one in chat.messages.values() if one.content["from"]["id"] == self.api.me.id]
            return max(mine, key=lambda one: one.changed, default=None)

        return self._press(chat, await self.api.until(newest, "a message of the bot"), data)

    def _press(self, chat: Chat, kept: Kept, data: str) -> Pressed:
        world = self.api.world
        self._acts(chat)
        pressed = Pressed(world.new_query(), world.clock(), data, user=self.id)
        world.pressed[pressed.id] = pressed
        self._presses.append(pressed)
        query: Json = {
            "id": pressed.id,
            "from": self.account.shown,
            "chat_instance": str(chat.id),
            "data": data,
        }
        if "inline_message_id" in kept.content:
            query["inline_message_id"] = kept.content["inline_message_id"]
        else:
            query["message"] = kept.content
        world.happens("callback_query", query)
        return pressed

    async def asks_inline(self, question: str, *, where: Group | Person | None = None) -> Asked:
        """Type a question after the bot's name in some chat."""
        world = self.api.world
        kind = self._chat(where).kind if where else "sender"
        asked = self.inline = Asked(world.new_query(), world.clock(), question, self.id)
        world.asked[asked.id] = asked
        query = {
            "id": asked.id,
            "from": self.account.shown,
            "query": question,
            "offset": "",
            "chat_type": kind,
        }
        world.happens("inline_query", query)
        return asked

    async def _card(self, words: str) -> Json:
        asked = self.inline
        assert asked, f"{self.account.first_name} has asked nothing inline"

        def found() -> Json | None:
            for card in asked.results or []:
                told = (card.get("title", ""), card.get("description", ""), _text(card["message"]))
                if words in "\n".join(told):
                    return card
            return None

        return await self.api.until(found, lambda: f"no card {words!r} among {_titles(asked)}")

    async def sees_card(self, words: str) -> Json:
        """Wait for a card with these words in title, description or message."""
        return await self._card(words)

    async def inline_answered(self) -> Asked:
        """Wait until the question asked last is answered, be it with no card."""
        asked = self.inline
        assert asked, f"{self.account.first_name} has asked nothing inline"
        await self.api.until(lambda: asked.results is not None, "an answer to the inline query")
        return asked

    async def posts_card(self, words: str, *, to: Group | None = None) -> Json:
        """Choose a card: its message is posted in the name of this person."""
        card = await self._card(words)
        world, chat = self.api.world, self._chat(to)
        kept = world.arrives(chat, self.account.shown, card["message"] | {"via_bot": self.api.me.shown})
        self._acts(chat)
        if "reply_markup" in card["message"]:
            identity = f"AgAAA{world.new_query()}"
            kept.content["inline_message_id"] = identity
            world.posted[identity] = kept
        return dict(kept.content)

    async def presses_inline_button(self) -> None:
        """Press the button above the cards: it opens the private chat."""
        asked = await self.inline_answered()
        assert asked.button, "there is no button above the cards"
        await self.says(f"/start {asked.button['start_parameter']}")

    async def votes(self, *options: int) -> None:
        """Vote in the newest poll of this chat."""
        polls = [one for one in self._here.messages.values() if "poll" in one.content]
        kept = max(polls, key=lambda one: one.changed)
        poll = kept.content["poll"]
        assert not poll["is_closed"], "the poll is closed"
        kept.voters[self.id] = list(options)
        for number, option in enumerate(poll["options"]):
            option["voter_count"] = sum(number in chosen for chosen in kept.voters.values())
        poll["total_voter_count"] = len(kept.voters)
        self.api.world.touch(kept)
        self.api.world.happens("poll", poll)
        if not poll["is_anonymous"]:
            answer = {"poll_id": poll["id"], "user": self.account.shown, "option_ids": list(options)}
            answer["option_persistent_ids"] = [str(one) for one in options]
            self.api.world.happens("poll_answer", answer)

    def _stands(self, before: str, after: str) -> None:
        def standing(status: str) -> Json:
            return {
                "user": self.api.me.shown,
                "status": status,
                **({"until_date": 0} if status == "kicked" else {}),
            }

        change = {
            "chat": self.api.world.chats[self.id].shown,
            "from": self.account.shown,
            "date": int(self.api.clock()),
            "old_chat_member": standing(before),
            "new_chat_member": standing(after),
        }
        self.api.world.happens("my_chat_member", change)

    def blocks(self) -> None:
        """Block the bot."""
        self.account.blocked = True
        self._stands("member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.account.blocked = False
        self._stands("kicked", "member")

    def deactivates(self) -> None:
        """Delete the account."""
        self.account.deactivated = True

    # Seeing

    def messages(self, where: Group | Person | None = None) -> list[Json]:
        """Return what the bot sent or changed since this person last did something there."""
        chat = self._chat(where) if where else self._here
        return [one.content for one in self._fresh(chat, self._since.get(chat.id, 0))]

    def _fresh(self, chat: Chat, since: int) -> list[Kept]:
        mine = [one for one in chat.messages.values() if one.content["from"]["id"] == self.api.me.id]
        return sorted((one for one in mine if one.changed > since), key=lambda one: one.changed)

    @property
    def pictures(self) -> list[bytes]:
        """The pictures of this screen, as they went up."""
        photos = [message["photo"][-1]["file_id"] for message in self.messages() if "photo" in message]
        return [self.api.world.files[one][1] for one in photos]

    @property
    def documents(self) -> dict[str, bytes]:
        """The files of this screen by their names; of one name the last."""
        found = [message["document"] for message in self.messages() if "document" in message]
        return {one["file_name"]: self.api.world.files[one["file_id"]][1] for one in found}

    @property
    def toasts(self) -> list[str]:
        """What was shown over the chat since this person last did something."""
        return [one.text for one in self._presses if one.text]

    @property
    def screen(self) -> str:
        """What there is to see since this person last did something."""
        return self._shown(self._here)

    def _shown(self, chat: Chat, since: int | None = None) -> str:
        fresh = self._fresh(chat, self._since.get(chat.id, 0) if since is None else since)
        return "\n".join([*(_shown(one.content) for one in fresh), *(f"({one})" for one in self.toasts)])

    async def sees(
        self,
        *words: str,
        button: str | None = None,
        toast: str | None = None,
        where: Group | Person | None = None,
    ) -> None:
        """Wait until all of this is on the screen."""
        chat = self._chat(where) if where else self._here

        def seen() -> bool:
            fresh = [one.content for one in self._fresh(chat, self._since.get(chat.id, 0))]
            text = "\n".join(_text(one) for one in fresh)
            labels = [one["text"] for message in fresh for one in _buttons(message)]
            return (
                all(word in text for word in words)
                and (button is None or any(button in label for label in labels))
                and (toast is None or any(toast in one for one in self.toasts))
            )

        def lacking() -> str:
            wanted = [*words, *([f"[{button}]"] if button else []), *([f"({toast})"] if toast else [])]
            name = self.account.first_name
            return f"{name} does not see {wanted}; the screen shows:\n{self._shown(chat) or 'nothing'}"

        await self.api.until(seen, lacking)

    def sees_no(self, *words: str, button: str | None = None, where: Group | Person | None = None) -> None:
        """Fail if any of this is on the screen now."""
        chat = self._chat(where) if where else self._here
        fresh = self.messages(where)
        text = "\n".join(_text(one) for one in fresh)
        labels = [one["text"] for message in fresh for one in _buttons(message)]
        there = [word for word in words if word in text]
        there += [label for label in labels if button is not None and button in label]
        assert not there, f"{self.account.first_name} sees {there}; the screen shows:\n{self._shown(chat)}"


class Group:
    """A group as its members run it."""

    def __init__(self, api: BotApi, chat: Chat) -> None:
        """Take the chat."""
        self.api = api
        self._chat = chat

    @property
    def id(self) -> int:
        """The chat's id, the new one after `upgrade`."""
        return self._chat.id

    def _service(self, content: Json) -> Kept:
        owner = next(iter(self._chat.members), self.api.me.id)
        return self.api.world.arrives(self._chat, self.api.world.users[owner].shown, content)

    def join(self, person: Person) -> None:
        """Let somebody in."""
        self._chat.members[person.id] = "member"
        self._service({"new_chat_members": [person.account.shown]})

    def leave(self, person: Person) -> None:
        """Let somebody go."""
        self._chat.members.pop(person.id)
        self._service({"left_chat_member": person.account.shown})

    def admin(self, person: Person | None = None) -> None:
        """Make somebody an admin, or the bot."""
        if person:
            self._chat.members[person.id] = "administrator"
        else:
            self._chat.bot = "administrator"

    def kick(self) -> None:
        """Throw the bot out."""
        self._chat.bot = "kicked"
        self.api.world.tell()

    def upgrade(self) -> None:
        """Make it a supergroup, with a new id."""
        old = self._chat
        new = self.api.world.add_group(old.title, "supergroup")
        new.members, new.bot = old.members, old.bot
        self._service({"migrate_to_chat_id": new.id})
        old.moved_to = new.id
        self._chat = new
        self._service({"migrate_from_chat_id": old.id})

    def open_topic(self, name: str) -> int:
        """Open a topic and return its thread's id."""
        kept = self._service({"forum_topic_created": {"name": name, "icon_color": 7322096}})
        thread = kept.content["message_id"]
        kept.content |= {"message_thread_id": thread, "is_topic_message": True}
        self._chat.topics[thread] = True
        return thread

    def close_topic(self, thread: int) -> None:
        """Close a topic."""
        self._chat.topics[thread] = False

    def delete_topic(self, thread: int) -> None:
        """Delete a topic."""
        del self._chat.topics[thread]


def _with_entities(part: str, text: str) -> Json:
    entities = found_entities(text)
    name = "entities" if part == "text" else "caption_entities"
    return {part: text} | ({name: entities} if entities else {})


def _buttons(message: Json) -> list[Json]:
    return [one for row in message.get("reply_markup", {}).get("inline_keyboard", []) for one in row]


def _text(message: Json) -> str:
    poll = message.get("poll", {})
    options = [option["text"] for option in poll.get("options", [])]
    return "\n".join([message.get("text") or message.get("caption") or poll.get("question", ""), *options])


def _shown(message: Json) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join([_text(message).strip(), *(" ".join(f"[{one['text']}]" for one in row) for row in rows)])


def _titles(asked: Asked) -> list[str] | str:
    return (
        "nothing: not answered yet"
        if asked.results is None
        else [one.get("title", "") for one in asked.results]
    )


_LINE = re.compile(
    r"(?P<who>\S+) (?P<verb>says|presses|sees|sends|asks inline|posts card|blocks the bot|unblocks the bot)"
    r"(?: in (?P<group>[^:]+):)?(?: (?P<rest>.*))?"
)
_SEEN = re.compile(r"(?P<no>no )?(?:(?P<what>button|toast|card) )?(?P<words>.*)")


async def play(api: BotApi, script: str) -> None:
    """Play a scenario, a line a step; README.md has the words.

    Raises:
        AssertionError: names the line that failed, and what the screen shows instead.
    """
    for number, line in enumerate(textwrap.dedent(script).strip().splitlines(), 1):
        step = line.strip()
        if not step or step.startswith("#"):
            continue
        try:
            await _step(api, step)
        except AssertionError as failure:
            message = f"line {number}: {step}\n{failure}"
            raise AssertionError(message) from None


async def _step(api: BotApi, line: str) -> None:
    found = _LINE.fullmatch(line)
    assert found, "this line is not understood"
    person, rest = api.person(found["who"]), found["rest"] or ""
    group = api.group_named(found["group"]) if found["group"] else None
    match found["verb"]:
        case "says":
            await person.says(rest, to=group)
        case "presses":
            await person.presses(rest, where=group)
        case "sends":
            kind, _, caption = rest.partition(" ")
            await person.sends(kind, caption=caption, to=group)
        case "asks inline":
            await person.asks_inline(rest, where=group)
        case "posts card":
            await person.posts_card(rest, to=group)
        case "blocks the bot":
            person.blocks()
        case "unblocks the bot":
            person.unblocks()
        case "sees":
            await _sees(person, rest, group)


async def _sees(person: Person, rest: str, group: Group | None) -> None:
    seen = _SEEN.fullmatch(rest)
    assert seen
    words: Any = seen["words"]
    match seen["no"], seen["what"]:
        case None, None:
            await person.sees(words, where=group)
        case None, "button":
            await person.sees(button=words, where=group)
        case None, "toast":
            await person.sees(toast=words, where=group)
        case None, "card":
            await person.sees_card(words)
        case _, None:
            person.sees_no(words, where=group)
        case _, "button":
            person.sees_no(button=words, where=group)
        case _, "toast":
            assert not any(words in one for one in person.toasts), f"the toasts are {person.toasts}"
        case _, "card":
            asked = await person.inline_answered()
            assert not any(words in one.get("title", "") for one in asked.results or []), f"{_titles(asked)}"
