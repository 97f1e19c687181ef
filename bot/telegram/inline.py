"""Inline mode: `@bot question`, typed in any chat, offers answers to post there. Nothing of it is stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.domain.knowledge import LANGUAGES, Language
from bot.domain.reply import Card, Cards
from bot.telegram import render
from bot.telegram.hearing import Asked
from bot.telegram.photos import Photos
from bot.telegram.traces import trace

LOG = logging.getLogger(__name__)

KEPT_SECONDS: Final = 60
"""How long Telegram may show the same cards for the same words; none are kept where there are none, so that
nobody's typing is, nor those that are for one student alone."""

TYPING_SECONDS: Final = 0.25
"""A query that is followed by another within this is not worked on: somebody is typing."""

_LANGUAGES: Final[Mapping[str, Language]] = {language: language for language in LANGUAGES}


class InlineDesk:
    """Answers inline queries; a newer one of the same student ends the work for the older."""

    def __init__(
        self,
        bot: Bot,
        username: str,
        cards: Callable[[str, Language, str, int], Awaitable[Cards]],
        photos: Photos,
        now: Callable[[], int],
    ) -> None:
        """Put the parts together.

        Args:
            bot: makes the calls.
            username: the bot's own, for links into its private chat.
            cards: finds the cards for a question in a language, that of the phone, for while nothing tells
                another; asked by a student, at an instant in UTC epoch seconds.
            photos: knows the pictures that cards may show.
            now: the clock, in UTC epoch seconds.
        """
        self._bot = bot
        self._username = username
        self._cards = cards
        self._photos = photos
        self._now = now
        self._working: dict[str, asyncio.Task[None]] = {}

    def take(self, asked: Asked) -> None:
        """Take up a query."""
        older = self._working.get(asked.user)
        if older:
            older.cancel()
        task = asyncio.create_task(self._answer(asked))
        self._working[asked.user] = task
        task.add_done_callback(lambda done: self._forget(asked.user, done))

    async def stop(self) -> None:
        """Let go of what is being worked on: nobody waits for it by the time the bot is back."""
        tasks = list(self._working.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, user: str, done: asyncio.Task[None]) -> None:
        if self._working.get(user) is done:
            del self._working[user]

    async def _answer(self, asked: Asked) -> None:
        language = _LANGUAGES.get(asked.language_code.partition("-")[0], "en")
        await asyncio.sleep(TYPING_SECONDS)
        try:
            cards = await self._cards(asked.text, language, asked.user, self._now())
            shared = bool(cards.cards) and not cards.personal
            await self._bot.answer_inline_query(
                asked.query_id,
                [self._result(card, asked.user) for card in cards.cards],
                cache_time=KEPT_SECONDS if shared else 0,
                is_personal=not shared,
                button=InlineQueryResultsButton(cards.private.label, start_parameter=cards.private.start),
            )
        except BadRequest as error:
            LOG.info("An inline answer came too late or was refused: %s", error)
        except TelegramError as error:
            LOG.warning("An inline answer failed: %s", error)
        except Exception as error:  # noqa: BLE001 - one bad query must not stop the bot
            LOG.error("An inline query failed: %s", trace(error))

    def _result(self, card: Card, student: str) -> InlineQueryResultArticle | InlineQueryResultCachedPhoto:
        file_id = self._photos.recall(student, card.picture) if card.picture else None
        return _photo(card, self._username, file_id) if file_id else _article(card, self._username)


def _photo(card: Card, username: str, file_id: str) -> InlineQueryResultCachedPhoto:
    return InlineQueryResultCachedPhoto(
        id=card.id,
        photo_file_id=file_id,
        title=card.title,
        description=card.summary,
        caption=render.caption(card.message.blocks) or None,
        parse_mode=ParseMode.HTML,
        reply_markup=render.deep_links_only(card.message.buttons, username),
    )


def _article(card: Card, username: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=card.id,
        title=card.title,
        description=card.summary,
        input_message_content=InputTextMessageContent(
            render.page(card.message.blocks),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=render.deep_links_only(card.message.buttons, username),
    )
