"""Carries out a Reply: the effects become calls to Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram import Message as Posted
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot.actions.forget import ERASE
from bot.actions.request import Texts
from bot.domain.reply import Block, Document, Edit, Effect, Erase, Message, Picture, Reply, Toast
from bot.telegram import render
from bot.telegram.callbacks import Callbacks
from bot.telegram.hearing import Turn
from bot.telegram.photos import Photos
from bot.telegram.traces import trace

LOG = logging.getLogger(__name__)

MOST_ERASED: Final = 100
"""Messages one call may delete [Telegram Bot API, deleteMessages]."""

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)

_NOTHING_TO_DO: Final = ("message is not modified",)
_CANNOT_EDIT: Final = (
    "message to edit not found",
    "message can't be edited",
    "MESSAGE_ID_INVALID",
    "there is no text in the message to edit",
)
_GONE: Final = (
    "chat not found",
    "user not found",
    "PEER_ID_INVALID",
    "TOPIC_CLOSED",
    "message thread not found",
    "not enough rights",
    "have no rights",
    "CHAT_WRITE_FORBIDDEN",
)
_CANNOT_DELETE: Final = ("message can't be deleted", "message to delete not found")


Step = Callable[[], Awaitable[object]]
Shown = Message | Picture | Document
"""What is put into a chat anew."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is put: a chat, the topic of a forum, and the message it replies to."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


class Delivery:
    """Shows replies in Telegram."""

    def __init__(  # noqa: PLR0913 - by keyword only, and one place calls it
        self,
        *,
        bot: Bot,
        username: str,
        callbacks: Callbacks,
        texts: Texts,
        photos: Photos,
        sent: Callable[[Collection[int], int], Awaitable[None]],
    ) -> None:
        """Put the parts together.

        Args:
            bot: makes the calls.
            username: the bot's own, for links into its private chat.
            callbacks: answers the presses.
            texts: the bot's own words.
            photos: told by which id Telegram has a picture, and who was forgotten.
            sent: told the numbers of the updates that are answered and how many messages of the answer have
                been sent, whenever more are to follow.
        """
        self._bot = bot
        self._username = username
        self._callbacks = callbacks
        self._texts = texts
        self._photos = photos
        self._sent = sent
        self._begun: dict[int, int] = {}

    async def deliver(self, turn: Turn, reply: Reply) -> None:
        """Carry out a reply, leaving out the messages that are known to have been sent before.

        A message that may have arrived counts as sent. A chat that is gone or has blocked the bot ends it.

        Raises:
            telegram.error.BadRequest: Telegram refused what was sent.
        """
        toast = next((effect.text for effect in reply.effects if isinstance(effect, Toast)), "")
        # 'Erased' is said once it is; all other toasts need not wait for what is shown.
        at_once = not any(isinstance(effect, Erase) for effect in reply.effects)
        answering = asyncio.create_task(self._answer(turn, toast)) if at_once else None
        done = False
        try:
            done = await self._show(turn, reply)
        except Forbidden as error:
            LOG.info("A chat does not let the bot write: %s", error)
        except BadRequest as error:
            if not is_gone(error):
                raise
            LOG.info("A chat is gone: %s", error)
        finally:
            if turn.heard.press == ERASE:
                # It is erased, be the answer delivered or not.
                self._photos.forget(turn.heard.student)
            await (answering or self._answer(turn, toast if done else ""))
        self._forget(turn)

    async def apologise(self, turn: Turn) -> None:
        """Tell the student that answering failed; whether that succeeds is left open."""
        self._forget(turn)
        try:
            blocks = (Block("text", self._texts.say("failed", "en")),)
            await self.deliver(replace(turn, sent=0), Reply((Message(blocks),)))
        except Exception as error:  # noqa: BLE001 - what comes next in the chat must be answered all the same
            LOG.warning("An apology failed: %s", trace(error))

    def is_begun(self, turn: Turn) -> bool:
        """Tell whether a part of the answer has been sent, so that it makes sense only as it was."""
        return any(number in self._begun for number in turn.updates) or turn.sent > 0

    def _forget(self, turn: Turn) -> None:
        for number in turn.updates:
            self._begun.pop(number, None)

    async def _answer(self, turn: Turn, toast: str) -> None:
        await asyncio.gather(*(self._callbacks.answer(query, toast) for query in turn.callbacks))

    async def _show(self, turn: Turn, reply: Reply) -> bool:
        """Carry out all but the toast; return whether what was to be erased is."""
        erased = True
        steps = [step for effect in reply.effects for step in self._steps(turn, effect)]
        # What is stored counts after a restart; until then what failed half-way is known here.
        sent = max(turn.sent, self._begun.get(turn.updates[0], 0))
        for number, step in enumerate(steps[sent:], start=sent + 1):
            erased = await step() is not False
            if number < len(steps):
                await self._note(turn.updates, number)
        return erased

    def _steps(self, turn: Turn, effect: Effect) -> list[Step]:
        """Return the calls an effect is made of, one a message, so that a failure repeats none of them."""
        match effect:
            case Message() | Picture() | Document() if effect.audience == "here" or not turn.group:
                return self._posts(turn, effect, turn.chat_id)
            case Message() | Picture() | Document():
                return [partial(self._to_asker, turn, effect)]
            case Edit():
                return [partial(self._edit, turn, effect)]
            case Erase():
                return [partial(self._erase, turn)]
            case Toast():
                return []

    async def _note(self, update_ids: Collection[int], count: int) -> None:
        self._begun.update(dict.fromkeys(update_ids, count))
        try:
            await self._sent(update_ids, count)
        except Exception as error:  # noqa: BLE001 - the rest of the answer goes out all the same
            LOG.error("What has been sent is not stored: %s", trace(error))

    async def _message(self, turn: Turn, message: Message) -> None:
        for step in self._steps(turn, message):
            await step()

    async def _to_asker(self, turn: Turn, effect: Shown) -> None:
        try:
            for step in self._posts(turn, effect, turn.asker_id):
                await step()
        except (Forbidden, BadRequest):
            # Who never pressed Start cannot be written to.
            if isinstance(effect, Message) and effect.instead:
                await self._message(turn, effect.instead)

    def _posts(self, turn: Turn, effect: Shown, chat_id: int) -> list[Step]:
        """Return the calls that put something into a chat: a message has one a page."""
        here = chat_id == turn.chat_id
        first = _Place(chat_id, turn.thread_id if here else None, _answered(turn, effect) if here else None)
        keyboard = render.keyboard(effect.buttons, self._username)
        if isinstance(effect, Picture):
            return [partial(self._picture, turn, effect, first, keyboard)]
        if isinstance(effect, Document):
            return [partial(self._document, effect, first, keyboard)]
        pages = render.pages(effect.blocks)
        return [
            partial(
                self._post,
                partial(
                    self._bot.send_message,
                    text=page,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard if number == len(pages) else None,
                    link_preview_options=_NO_PREVIEW,
                ),
                first if number == 1 else replace(first, reply_to=None),
            )
            for number, page in enumerate(pages, start=1)
        ]

    async def _picture(
        self, turn: Turn, picture: Picture, place: _Place, keyboard: render.Keyboard | None
    ) -> None:
        send = partial(
            self._bot.send_photo,
            photo=picture.image,
            filename=render.file_name(picture.name),
            **_captioned(picture, keyboard),
        )
        posted = await self._post(send, place)
        if posted and posted.photo:
            largest = max(posted.photo, key=lambda one: one.width * one.height)
            self._photos.remember(turn.heard.student, picture.name, largest.file_id)

    async def _document(self, document: Document, place: _Place, keyboard: render.Keyboard | None) -> None:
        send = partial(
            self._bot.send_document,
            document=document.content,
            filename=render.file_name(document.name),
            **_captioned(document, keyboard),
        )
        await self._post(send, place)

    async def _post(self, send: Callable[..., Awaitable[Posted]], place: _Place) -> Posted | None:
        """Put something into a chat and return it; None where it may have arrived."""
        reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
        try:
            return await send(
                chat_id=place.chat_id, message_thread_id=place.thread_id, reply_parameters=reply
            )
        except ChatMigrated as error:
            return await self._post(send, replace(place, chat_id=error.new_chat_id, reply_to=None))
        except NetworkError as error:
            if isinstance(error, BadRequest):
                raise
            # The outbox has said so in the log: it may have arrived, and so it counts as sent.
            return None

    async def _edit(self, turn: Turn, edit: Edit) -> None:
        as_new = Message(edit.blocks, edit.buttons, edit.audience, edit.language)
        if turn.pressed is None or turn.fixed:
            await self._message(turn, as_new)
            return
        try:
            await self._bot.edit_message_text(
                render.page(edit.blocks),
                chat_id=turn.chat_id,
                message_id=turn.pressed,
                parse_mode=ParseMode.HTML,
                reply_markup=render.keyboard(edit.buttons, self._username),
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if _says(error, _NOTHING_TO_DO):
                return
            if not _says(error, _CANNOT_EDIT):
                raise
            await self._message(turn, as_new)
        except ChatMigrated:
            # The message stayed behind in the group that was.
            await self._message(turn, as_new)
        except NetworkError as error:
            LOG.warning("An edit was given up: %s", error)

    async def _erase(self, turn: Turn) -> bool:
        if turn.pressed is None:
            return False
        # The question may have been several messages in a row: the answer replies to the first of them.
        first = turn.question if turn.question is not None else turn.pressed
        between = range(max(first + 1, turn.pressed - MOST_ERASED + 2), turn.pressed + 1)
        ids = sorted({first, *(between if not turn.group else ()), turn.pressed})
        try:
            await self._bot.delete_messages(turn.chat_id, ids)
        except (BadRequest, ChatMigrated) as error:
            if isinstance(error, BadRequest) and not _says(error, _CANNOT_DELETE):
                raise
            blocks = (Block("text", self._texts.say("erase-by-hand", "en")),)
            await self._edit(turn, Edit(blocks))
            return False
        return True


def _captioned(effect: Picture | Document, keyboard: render.Keyboard | None) -> dict[str, Any]:
    caption = render.caption(effect.blocks)
    return {"caption": caption or None, "parse_mode": ParseMode.HTML, "reply_markup": keyboard}


def _answered(turn: Turn, effect: Shown) -> int | None:
    """Return the message an answer hangs on: in groups its question; in private only what can be erased."""
    erasable = any(
        button.press is not None and button.press.verb == "erase" for row in effect.buttons for button in row
    )
    question = turn.messages[0] if turn.messages else turn.question
    return question if turn.group or erasable else None


def is_gone(error: BadRequest) -> bool:
    """Tell whether Telegram refused since the chat is gone, or the bot may not write there."""
    return _says(error, _GONE)


def _says(error: BadRequest, words: tuple[str, ...]) -> bool:
    return any(one.casefold() in error.message.casefold() for one in words)
