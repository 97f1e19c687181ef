"""Questions typed in other chats: the newest counts, and nothing is posted that must not be."""

import asyncio
import logging
from dataclasses import replace

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError

from bot.domain.reply import Block, Button, Card, Cards, Message, Press
from bot.telegram.hearing import Asked
from bot.telegram.inline import TYPING_SECONDS, InlineDesk
from bot.telegram.photos import Photos
from tests.telegram.fakes import clock

pytestmark = pytest.mark.looptime

PRIVATE = Button("Ask in private", start="chat")
BUTTONS = (
    (Button("More", start="open_abc234"), Button("Site", url="https://example.org")),
    (Button("x", Press("none")),),
)
CARD = Card("abc234", "Pay", "What they earn", Message((Block("title", "Pay & <more>"),), BUTTONS))


class Telegram:
    """Notes what is offered."""

    def __init__(self, error=None):
        self.offered = []
        self._error = error

    async def answer_inline_query(self, query_id, results, **how):
        self.offered.append((query_id, results, how))
        if self._error:
            raise self._error


class Shelf:
    """Finds the same cards for every question, after a while."""

    def __init__(self, *cards, takes=0.0, error=None, personal=False):
        self.asked, self.given_up, self.languages, self.askers = [], [], [], []
        self._cards, self._takes, self._error = Cards(cards, PRIVATE, personal), takes, error

    async def find(self, question, language, student, at):
        self.asked.append(question)
        self.askers.append((student, at))
        self.languages.append(language)
        try:
            await asyncio.sleep(self._takes)
        except asyncio.CancelledError:
            self.given_up.append(question)
            raise
        if self._error:
            raise self._error
        return self._cards


def desk_of(telegram, shelf, photos=None):
    return InlineDesk(telegram, "Career_Bot", shelf.find, photos or Photos(lambda: 0), lambda: 1_000)


def asked(number, user="11", text=None, phone="en"):
    return Asked(f"i{number}", user, text or f"question {number}", phone)


async def idle():
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)


async def offer(*cards, error=None, broken=None, personal=False, photos=None):
    telegram = Telegram(error)
    desk_of(telegram, Shelf(*cards, error=broken, personal=personal), photos).take(asked(1))
    await idle()
    return telegram.offered


async def test_an_answer_is_offered_as_a_card_whose_buttons_are_links_only():
    [(query, [card], how)] = await offer(CARD)
    assert query == "i1"
    assert (card.id, card.title, card.description) == ("abc234", "Pay", "What they earn")
    assert card.input_message_content.message_text == "<b>Pay &amp; &lt;more&gt;</b>"
    assert card.input_message_content.parse_mode == "HTML"
    links = [button.url for row in card.reply_markup.inline_keyboard for button in row]
    assert links == ["https://t.me/Career_Bot?start=open_abc234", "https://example.org"]
    assert (how["button"].text, how["button"].start_parameter) == ("Ask in private", "chat")
    assert how["cache_time"] > 0


async def test_the_asker_and_the_time_are_handed_on():
    shelf = Shelf()
    desk_of(Telegram(), shelf).take(asked(1, user="12"))
    await idle()
    assert shelf.askers == [("12", 1_000)]


async def test_a_card_with_a_picture_the_student_was_sent_shows_it_over_its_words():
    photos = Photos(lambda: 0)
    photos.remember("11", "way.png", "id-1280")
    [(_, [card], _)] = await offer(replace(CARD, picture="way.png"), photos=photos)
    assert (card.type, card.id, card.photo_file_id) == ("photo", "abc234", "id-1280")
    assert (card.caption, card.parse_mode) == ("<b>Pay &amp; &lt;more&gt;</b>", "HTML")
    links = [button.url for row in card.reply_markup.inline_keyboard for button in row]
    assert links == ["https://t.me/Career_Bot?start=open_abc234", "https://example.org"]


async def test_a_card_whose_picture_only_somebody_else_was_sent_is_words_alone():
    photos = Photos(lambda: 0)
    photos.remember("12", "way.png", "id-1280")
    [(_, [card], _)] = await offer(replace(CARD, picture="way.png"), photos=photos)
    assert card.type == "article"


async def test_what_is_for_one_student_alone_is_kept_for_nobody():
    [(_, [_], how)] = await offer(CARD, personal=True)
    assert (how["cache_time"], how["is_personal"]) == (0, True)


async def test_where_there_is_nothing_to_post_there_is_the_way_into_private_and_nothing_is_kept():
    [(_, cards, how)] = await offer()
    assert list(cards) == []
    assert how["button"].start_parameter == "chat"
    assert (how["cache_time"], how["is_personal"]) == (0, True)


async def test_a_newer_question_of_the_same_student_ends_the_work_for_the_older():
    telegram, shelf = Telegram(), Shelf(CARD, takes=1.0)
    desk = desk_of(telegram, shelf)
    for number in range(1, 8):
        desk.take(asked(number))
        await asyncio.sleep(0.5)
    desk.take(asked(100, user="12"))
    await idle()
    assert [query for query, _, _ in telegram.offered] == ["i7", "i100"]
    assert len(shelf.given_up) == 6


async def test_what_is_typed_on_at_once_is_not_worked_on():
    telegram, shelf = Telegram(), Shelf(CARD)
    desk = desk_of(telegram, shelf)
    for number in range(1, 8):
        desk.take(asked(number))
        await asyncio.sleep(0.2)
    await idle()
    assert shelf.asked == ["question 7"]


async def test_students_do_not_wait_for_each_other():
    telegram, begun = Telegram(), clock()
    desk = desk_of(telegram, Shelf(CARD, takes=1.0))
    for user in range(50):
        desk.take(asked(user, user=str(user)))
    await idle()
    assert len(telegram.offered) == 50
    assert clock() - begun == pytest.approx(1 + TYPING_SECONDS, abs=0.01)
    assert not desk._working  # noqa: SLF001 - what would leak


@pytest.mark.parametrize(
    "error", [BadRequest("query is too old"), NetworkError("Bad Gateway"), Forbidden("x"), InvalidToken()]
)
async def test_an_offer_that_telegram_does_not_take_stops_nothing(error, caplog):
    assert len(await offer(CARD, error=error)) == 1
    assert all(record.levelno <= logging.WARNING for record in caplog.records)


async def test_a_question_that_breaks_something_is_logged_without_its_words(caplog):
    assert await offer(CARD, broken=ValueError("question 1")) == []
    assert "ValueError" in caplog.text
    assert "question 1" not in caplog.text


async def test_the_end_lets_go_of_what_is_being_worked_on():
    telegram, shelf, begun = Telegram(), Shelf(CARD, takes=100.0), clock()
    desk = desk_of(telegram, shelf)
    desk.take(asked(1))
    desk.take(asked(2, user="12"))
    await asyncio.sleep(1)
    await desk.stop()
    assert clock() - begun < 1.1
    assert telegram.offered == []
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize(
    ("phone", "spoken"), [("si", "si"), ("ta-LK", "ta"), ("en-GB", "en"), ("de", "en"), ("", "en")]
)
async def test_while_nothing_is_typed_the_language_is_that_of_the_phone(phone, spoken):
    shelf = Shelf()
    desk_of(Telegram(), shelf).take(asked(1, phone=phone))
    await idle()
    assert shelf.languages == [spoken]
