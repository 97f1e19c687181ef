"""A reply becomes calls to Telegram; what Telegram does not allow is done another way."""

import asyncio
import logging
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import PhotoSize
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TimedOut

from bot.domain.reply import (
    CAPTION_LIMIT,
    Block,
    Button,
    Document,
    Edit,
    Erase,
    Message,
    Picture,
    Press,
    Reply,
    Toast,
)
from bot.telegram.callbacks import Callbacks
from bot.telegram.delivery import MOST_ERASED, Delivery
from bot.telegram.photos import KEPT_SECONDS, MOST_KEPT, Photos
from tests.telegram.fakes import CLUB, STUDENT, Keys, turn

NO_EDIT = "message to edit not found"
NO_DELETE = "message can't be deleted for everyone"


def said(text, **more):
    return Message((Block("text", text),), **more)


ERASE = ((Button("Remove this", Press("erase")),),)
FIRST, SECOND, THIRD = said("first"), said("second"), said("third")
CAPTION = (Block("title", "Your way <so far>"),)
PICTURE = Picture(b"a picture", CAPTION, "way.png", ((Button("Share", share="my way"),),))
DOCUMENT = Document("mine.json", b"a file", CAPTION, ((Button("Back", Press("turn", "abc234")),),))
SIZES = [PhotoSize(f"id-{width}", f"u{width}", width, width) for width in (90, 1280, 320)]


class Phone:
    """Telegram, as far as a reply needs it: notes every call, and ends some with errors.

    `ends` holds for each method the errors of its first calls, None for one that works.
    """

    def __init__(self, **ends):
        self.calls = []
        self._ends = {method: list(errors) for method, errors in ends.items()}

    async def send_message(self, chat_id, text, **more):
        await self._call("send_message", chat=chat_id, text=text, **more)

    async def send_photo(self, chat_id, photo, **more):
        await self._call("send_photo", chat=chat_id, photo=photo, **more)
        return SimpleNamespace(photo=SIZES)

    async def send_document(self, chat_id, document, **more):
        await self._call("send_document", chat=chat_id, document=document, **more)

    async def edit_message_text(self, text, *, chat_id, message_id, **more):
        await self._call("edit_message_text", chat=chat_id, text=text, message=message_id, **more)

    async def delete_messages(self, chat_id, message_ids):
        await self._call("delete_messages", chat=chat_id, messages=list(message_ids))

    async def answer_callback_query(self, query_id, text=None):
        await self._call("answer_callback_query", query=query_id, text=text)

    async def _call(self, method, **how):
        await asyncio.sleep(0)
        self.calls.append((method, how))
        ends = self._ends.get(method)
        if ends and (error := ends.pop(0)):
            raise error

    @property
    def screen(self):
        """The calls that change what is in a chat."""
        return [call for call in self.calls if call[0] != "answer_callback_query"]

    @property
    def toasts(self):
        return [
            (how["query"], how["text"]) for method, how in self.calls if method == "answer_callback_query"
        ]

    @property
    def shown(self):
        """Where which words went."""
        return [(method, how.get("chat"), how.get("text")) for method, how in self.screen]

    @property
    def texts(self):
        return [how["text"] for method, how in self.calls if method == "send_message"]


class Progress:
    """Keeps how far answers have gone."""

    def __init__(self, error=None):
        self.noted = []
        self._error = error

    async def note(self, update_ids, count):
        self.noted += [(number, count) for number in update_ids]
        if self._error:
            raise self._error


def delivery(phone, progress=None, photos=None):
    return Delivery(
        bot=phone,
        username="Career_Bot",
        callbacks=Callbacks(phone),
        texts=Keys(),
        photos=photos or Photos(lambda: 0),
        sent=(progress or Progress()).note,
    )


async def show(*effects, at=None, **ends):
    phone = Phone(**ends)
    await delivery(phone).deliver(at or turn(), Reply(effects))
    return phone


PRESSED = {"messages": (), "callbacks": ("q1",), "pressed": 50, "question": 49}


# Messages


async def test_a_message_goes_out_escaped_and_without_previews():
    phone = await show(said("<b>& you"))
    [(method, how)] = phone.calls
    assert (method, how["chat"], how["text"]) == ("send_message", STUDENT, "&lt;b&gt;&amp; you")
    assert how["parse_mode"] == "HTML"
    assert how["link_preview_options"].is_disabled
    assert (how["message_thread_id"], how["reply_parameters"], how["reply_markup"]) == (None, None, None)


async def test_an_empty_reply_calls_nobody():
    assert (await show()).calls == []
    assert (await show(Message(()))).calls == []


async def test_a_long_answer_goes_out_in_pages_with_the_buttons_under_the_last():
    buttons = ((Button("More", Press("open", "abc234")),),)
    at = turn(1, chat=CLUB, thread_id=9)
    phone = await show(said("word " * 1_900, buttons=buttons), at=at)
    pages = [how for _, how in phone.calls]
    assert len(pages) == 3
    assert [bool(how["reply_markup"]) for how in pages] == [False, False, True]
    assert [bool(how["reply_parameters"]) for how in pages] == [True, False, False]
    assert {how["message_thread_id"] for how in pages} == {9}


async def test_only_in_groups_an_answer_hangs_on_its_question():
    [(_, here)] = (await show(FIRST, at=turn(7, 8, chat=CLUB))).calls
    assert here["reply_parameters"].message_id == 7
    assert here["reply_parameters"].allow_sending_without_reply
    [(_, private)] = (await show(FIRST, at=turn(7, 8))).calls
    assert private["reply_parameters"] is None


async def test_a_press_in_a_group_is_answered_under_the_question_it_began_with():
    phone = await show(FIRST, at=turn(7, chat=CLUB, **PRESSED))
    [sent] = [how for method, how in phone.calls if method == "send_message"]
    assert sent["reply_parameters"].message_id == 49


async def test_in_private_what_can_be_erased_hangs_on_the_first_of_the_messages_it_answers():
    [(_, how)] = (await show(said("warm words", buttons=ERASE), at=turn(7, 8, 9))).calls
    assert how["reply_parameters"].message_id == 7


async def test_a_forum_s_topic_is_kept():
    [(_, how)] = (await show(FIRST, at=turn(7, chat=CLUB, thread_id=31))).calls
    assert how["message_thread_id"] == 31


async def test_a_group_that_became_another_is_answered_there():
    moved = [ChatMigrated(-1009), None, ChatMigrated(-1009)]
    phone = await show(FIRST, SECOND, at=turn(7, chat=CLUB), send_message=moved)
    assert [(how["chat"], how["text"]) for _, how in phone.calls] == [
        (CLUB, "first"),
        (-1009, "first"),
        (CLUB, "second"),
        (-1009, "second"),
    ]
    assert phone.calls[1][1]["reply_parameters"] is None


@pytest.mark.parametrize(
    "error",
    [
        Forbidden("Forbidden: bot was blocked by the user"),
        Forbidden("Forbidden: bot was kicked from the supergroup chat"),
        Forbidden("Forbidden: user is deactivated"),
        BadRequest("Bad Request: chat not found"),
        BadRequest("Bad Request: TOPIC_CLOSED"),
        BadRequest("Bad Request: message thread not found"),
        BadRequest("Bad Request: not enough rights to send text messages to the chat"),
        BadRequest("Bad Request: have no rights to send a message"),
        BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"),
    ],
)
@pytest.mark.parametrize("chat", [STUDENT, CLUB])
async def test_a_chat_that_is_gone_or_closed_ends_its_answer_quietly(error, chat, caplog):
    phone = await show(FIRST, SECOND, at=turn(7, chat=chat), send_message=[error])
    assert phone.texts == ["first"]
    assert all(record.levelno <= logging.INFO for record in caplog.records)


@pytest.mark.parametrize("error", [BadRequest("can't parse entities"), InvalidToken(), ValueError("bug")])
async def test_what_telegram_refuses_otherwise_is_an_error(error):
    with pytest.raises(type(error)):
        await show(FIRST, send_message=[error])


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("Bad Gateway")])
async def test_a_message_that_may_have_arrived_counts_as_sent(error):
    progress, phone = Progress(), Phone(send_message=[error])
    await delivery(phone, progress).deliver(turn(5), Reply((FIRST, SECOND)))
    assert phone.texts == ["first", "second"]
    assert progress.noted == [(5, 1)]


# Whom an answer is for


async def test_what_is_for_the_asker_alone_goes_to_them_and_not_to_the_group():
    phone = await show(
        said("for you", audience="asker", instead=said("in private")), at=turn(7, chat=CLUB, thread_id=3)
    )
    [(_, how)] = phone.calls
    assert (how["chat"], how["text"]) == (STUDENT, "for you")
    assert (how["message_thread_id"], how["reply_parameters"]) == (None, None)


@pytest.mark.parametrize(
    "error", [Forbidden("bot can't initiate conversation with a user"), BadRequest("chat not found")]
)
async def test_where_the_asker_cannot_be_written_to_the_group_gets_what_stands_for_it(error):
    private = said("for you", audience="asker", instead=said("in private", buttons=ERASE))
    phone = await show(private, SECOND, at=turn(7, chat=CLUB, thread_id=3), send_message=[error])
    assert [(how["chat"], how["text"]) for _, how in phone.calls] == [
        (STUDENT, "for you"),
        (CLUB, "in private"),
        (CLUB, "second"),
    ]
    assert phone.calls[1][1]["message_thread_id"] == 3


@pytest.mark.parametrize("error", [Forbidden("bot was blocked by the user"), BadRequest("chat not found")])
async def test_without_anything_to_stand_for_it_the_group_sees_nothing(error):
    phone = await show(
        FIRST, said("for you", audience="asker"), at=turn(7, chat=CLUB), send_message=[None, error]
    )
    assert [how["chat"] for _, how in phone.calls] == [CLUB, STUDENT]


async def test_in_private_the_asker_is_the_chat():
    phone = await show(said("for you", audience="asker"))
    assert phone.shown == [("send_message", STUDENT, "for you")]


# Pictures and files


async def test_a_picture_goes_out_with_its_caption_its_buttons_and_its_name():
    [(method, how)] = (await show(PICTURE)).calls
    assert (method, how["chat"], how["photo"], how["filename"]) == (
        "send_photo",
        STUDENT,
        b"a picture",
        "way.png",
    )
    assert (how["caption"], how["parse_mode"]) == ("<b>Your way &lt;so far&gt;</b>", "HTML")
    assert how["reply_markup"].inline_keyboard[0][0].switch_inline_query == "my way"


async def test_a_file_goes_out_with_its_caption_its_buttons_and_its_name():
    [(method, how)] = (await show(DOCUMENT)).calls
    assert (method, how["chat"], how["document"], how["filename"]) == (
        "send_document",
        STUDENT,
        b"a file",
        "mine.json",
    )
    assert how["caption"] == "<b>Your way &lt;so far&gt;</b>"
    assert how["reply_markup"].inline_keyboard[0][0].text == "Back"


@pytest.mark.parametrize("effect", [PICTURE, DOCUMENT])
async def test_a_caption_that_is_too_long_is_cut_at_a_block_and_one_without_words_is_none(effect):
    blocks = (Block("text", "a" * 900), Block("text", "b" * 900))
    [(_, how)] = (await show(replace(effect, blocks=blocks))).calls
    assert how["caption"] == "a" * 900 + "…"
    [(_, how)] = (await show(replace(effect, blocks=(Block("text", "&" * 2_000),)))).calls
    assert how["caption"] == "&amp;" * (CAPTION_LIMIT - 1) + "…"
    [(_, how)] = (await show(replace(effect, blocks=()))).calls
    assert how["caption"] is None


@pytest.mark.parametrize("effect", [PICTURE, DOCUMENT])
async def test_pictures_and_files_asked_for_in_a_group_go_to_the_asker_alone(effect):
    phone = await show(effect, at=turn(7, chat=CLUB, thread_id=3))
    [(_, how)] = phone.calls
    assert (how["chat"], how["message_thread_id"], how["reply_parameters"]) == (STUDENT, None, None)
    closed = {"send_photo": [Forbidden("no")], "send_document": [Forbidden("no")]}
    assert [how["chat"] for _, how in (await show(effect, at=turn(7, chat=CLUB), **closed)).calls] == [
        STUDENT
    ]


@pytest.mark.parametrize("effect", [PICTURE, DOCUMENT])
async def test_a_picture_or_file_for_all_hangs_on_the_question_in_its_topic_wherever_the_group_went(effect):
    moved = {"send_photo": [ChatMigrated(-1009)], "send_document": [ChatMigrated(-1009)]}
    phone = await show(replace(effect, audience="here"), at=turn(7, chat=CLUB, thread_id=3), **moved)
    before, after = (how for _, how in phone.calls)
    assert (before["chat"], before["message_thread_id"], before["reply_parameters"].message_id) == (
        CLUB,
        3,
        7,
    )
    assert (after["chat"], after["message_thread_id"], after["reply_parameters"]) == (-1009, 3, None)


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("Bad Gateway")])
async def test_a_picture_or_file_that_may_have_arrived_counts_as_sent(error):
    progress, phone = Progress(), Phone(send_photo=[error], send_document=[error])
    await delivery(phone, progress).deliver(turn(5), Reply((PICTURE, DOCUMENT, FIRST)))
    assert [method for method, _ in phone.calls] == ["send_photo", "send_document", "send_message"]
    assert progress.noted == [(5, 1), (5, 2)]


async def test_after_a_restart_a_picture_that_was_sent_is_not_sent_again():
    phone = await show(PICTURE, DOCUMENT, FIRST, at=turn(5, sent=1))
    assert [method for method, _ in phone.calls] == ["send_document", "send_message"]


async def test_a_picture_that_telegram_refuses_is_an_error():
    with pytest.raises(BadRequest):
        await show(PICTURE, send_photo=[BadRequest("PHOTO_INVALID_DIMENSIONS")])


async def test_a_picture_is_remembered_by_its_largest_size_for_an_hour_and_for_its_student_alone():
    time = [1_000]
    photos = Photos(lambda: time[0])
    await delivery(Phone(), photos=photos).deliver(turn(5), Reply((PICTURE,)))
    assert photos.recall(str(STUDENT), "way.png") == "id-1280"
    assert photos.recall(str(STUDENT + 1), "way.png") is None
    assert photos.recall(str(STUDENT), "other.png") is None
    time[0] += KEPT_SECONDS
    assert photos.recall(str(STUDENT), "way.png") == "id-1280"
    time[0] += 1
    assert photos.recall(str(STUDENT), "way.png") is None


@pytest.mark.parametrize("ends", [{}, {"edit_message_text": [Forbidden("bot was blocked by the user")]}])
async def test_who_is_forgotten_has_no_picture_any_more_and_others_have(ends):
    photos = Photos(lambda: 0)
    for student, picture in ((STUDENT, "way.png"), (STUDENT, "other.png"), (STUDENT + 1, "way.png")):
        photos.remember(str(student), picture, "id")
    shows, phone = Reply((Edit((Block("text", "Done"),)),)), Phone(**ends)

    async def press(answer):
        at = turn(7, **PRESSED)
        await delivery(phone, photos=photos).deliver(
            replace(at, heard=replace(at.heard, press=Press("forget", more=answer))), shows
        )

    await press("no")
    assert photos.recall(str(STUDENT), "way.png") == "id"
    phone = Phone(**ends)
    await press("yes")
    assert photos.recall(str(STUDENT), "way.png") is None
    assert photos.recall(str(STUDENT), "other.png") is None
    assert photos.recall(str(STUDENT + 1), "way.png") == "id"


def test_pictures_whose_time_is_over_are_let_go_of_though_nobody_asks_for_them():
    time = [1_000]
    photos = Photos(lambda: time[0])
    photos.remember("1", "way.png", "kuduminis")
    time[0] += KEPT_SECONDS + 1
    photos.remember("2", "way.png", "newer")
    photos.tidy()
    assert "kuduminis" not in repr(vars(photos))
    assert photos.recall("2", "way.png") == "newer"


async def test_a_picture_that_may_not_have_arrived_is_not_remembered():
    photos = Photos(lambda: 0)
    await delivery(Phone(send_photo=[TimedOut()]), photos=photos).deliver(turn(5), Reply((PICTURE,)))
    assert photos.recall(str(STUDENT), "way.png") is None


def test_no_more_pictures_are_remembered_than_agreed_and_the_oldest_go_first():
    photos = Photos(lambda: 0)
    for student in range(MOST_KEPT + 1):
        photos.remember(str(student), "way.png", f"id-{student}")
    assert photos.recall("0", "way.png") is None
    assert photos.recall("1", "way.png") == "id-1"


# Edits


async def test_under_a_picture_or_a_file_nothing_can_be_edited_so_it_is_said_anew():
    phone = await show(Edit((Block("text", "x"),)), at=turn(7, **PRESSED, fixed=True))
    assert [method for method, _ in phone.screen] == ["send_message"]


async def test_a_tap_through_a_list_changes_the_message_in_place():
    edit = Edit((Block("title", "Pay"),), ((Button("Back", Press("turn", "abc234")),),))
    phone = await show(edit, at=turn(7, **PRESSED))
    [how] = [how for method, how in phone.calls if method == "edit_message_text"]
    assert (how["chat"], how["message"], how["text"]) == (STUDENT, 50, "<b>Pay</b>")
    assert how["reply_markup"].inline_keyboard[0][0].text == "Back"
    assert how["link_preview_options"].is_disabled
    assert phone.texts == []


async def test_an_edit_that_changes_nothing_is_fine():
    same = BadRequest(
        "Message is not modified: specified new message content and reply markup are exactly the same"
    )
    phone = await show(Edit((Block("text", "x"),)), at=turn(7, **PRESSED), edit_message_text=[same])
    assert phone.texts == []


@pytest.mark.parametrize(
    "error",
    [
        BadRequest(f"Bad Request: {NO_EDIT}"),
        BadRequest("Bad Request: message can't be edited"),
        BadRequest("Bad Request: MESSAGE_ID_INVALID"),
        BadRequest("Bad Request: there is no text in the message to edit"),
    ],
)
async def test_what_cannot_be_edited_any_more_comes_as_a_new_message(error):
    edit = Edit((Block("text", "x"),), ((Button("Back", Press("turn", "abc234")),),))
    phone = await show(edit, at=turn(7, **PRESSED), edit_message_text=[error])
    assert phone.texts == ["x"]
    assert phone.screen[-1][1]["reply_markup"]


async def test_an_edit_in_a_group_that_became_another_comes_as_a_new_message_there():
    moved = ChatMigrated(-1009)
    at = turn(7, chat=CLUB, **PRESSED)
    phone = await show(Edit((Block("text", "x"),)), at=at, edit_message_text=[moved], send_message=[moved])
    assert phone.shown[-1] == ("send_message", -1009, "x")


async def test_an_edit_without_a_pressed_message_is_a_new_message():
    assert (await show(Edit((Block("text", "x"),)))).texts == ["x"]


async def test_an_edit_that_does_not_get_through_is_given_up(caplog):
    phone = await show(Edit((Block("text", "x"),)), at=turn(7, **PRESSED), edit_message_text=[TimedOut()])
    assert phone.texts == []
    assert [record.levelname for record in caplog.records] == ["WARNING"]


async def test_an_edit_that_telegram_refuses_is_an_error():
    with pytest.raises(BadRequest):
        await show(
            Edit((Block("text", "x"),)), at=turn(7, **PRESSED), edit_message_text=[BadRequest("can't parse")]
        )


# Toasts


async def test_a_toast_answers_every_press_and_is_no_message():
    at = turn(7, 8, messages=(), callbacks=("q1", "q2"), pressed=50)
    phone = await show(Toast("Thank you!"), at=at)
    assert phone.toasts == [("q1", "Thank you!"), ("q2", "Thank you!")]
    assert phone.screen == []


async def test_a_press_without_a_toast_is_answered_without_words_beside_the_message():
    phone = await show(FIRST, at=turn(7, **PRESSED))
    assert phone.toasts == [("q1", None)]
    assert phone.shown == [("send_message", STUDENT, "first")]


async def test_a_press_is_answered_even_when_its_message_is_refused():
    phone = Phone(send_message=[BadRequest("can't parse entities")])
    with pytest.raises(BadRequest):
        await delivery(phone).deliver(turn(7, **PRESSED), Reply((FIRST,)))
    assert phone.toasts == [("q1", None)]


# Erasing


async def erased(at, **ends):
    phone = await show(Erase(), at=at, **ends)
    return [how["messages"] for method, how in phone.calls if method == "delete_messages"]


@given(
    question=st.one_of(st.none(), st.integers(1, 10_000)), pressed=st.integers(1, 10_000), group=st.booleans()
)
async def test_an_exchange_is_erased_from_its_question_to_its_answer_in_one_call(question, pressed, group):
    at = turn(7, chat=CLUB if group else STUDENT, **PRESSED | {"pressed": pressed, "question": question})
    [ids] = await erased(at)
    assert ids == sorted(set(ids))
    assert len(ids) <= MOST_ERASED
    wanted = {pressed} if question is None else {question, pressed}
    assert wanted <= set(ids)
    if group:
        assert set(ids) == wanted
    elif question is not None and 0 < pressed - question < MOST_ERASED:
        assert ids == list(range(question, pressed + 1))
    assert max(ids) <= max(wanted)
    assert min(ids) >= min(wanted)


@pytest.mark.parametrize(
    "error", [BadRequest(NO_DELETE), BadRequest("message to delete not found"), ChatMigrated(-9)]
)
async def test_what_cannot_be_deleted_says_how_to_do_it_by_hand_in_place_of_the_answer(error):
    phone = await show(Erase(), at=turn(7, **PRESSED), delete_messages=[error])
    assert phone.shown[-1] == ("edit_message_text", STUDENT, "erase-by-hand en")


async def test_a_deletion_that_telegram_refuses_otherwise_is_an_error():
    with pytest.raises(BadRequest):
        await show(Erase(), at=turn(7, **PRESSED), delete_messages=[BadRequest("something else")])


@pytest.mark.parametrize(
    ("ends", "words"), [({}, "Gone."), ({"delete_messages": [BadRequest(NO_DELETE)]}, None)]
)
async def test_only_what_is_erased_is_said_to_be(ends, words):
    phone = await show(Erase(), Toast("Gone."), at=turn(7, **PRESSED), **ends)
    assert phone.toasts == [("q1", words)]


async def test_there_is_nothing_to_erase_without_a_pressed_message():
    assert (await show(Erase())).calls == []


# How far an answer has gone


async def test_progress_is_noted_while_more_is_to_follow():
    progress, phone = Progress(), Phone()
    effects = (FIRST, Toast("x"), SECOND, THIRD)
    await delivery(phone, progress).deliver(turn(5, 6), Reply(effects))
    assert progress.noted == [(5, 1), (6, 1), (5, 2), (6, 2)]
    progress = Progress()
    await delivery(phone, progress).deliver(turn(5), Reply((FIRST, Toast("x"))))
    assert progress.noted == []


@pytest.mark.parametrize("sent", range(5))
async def test_after_a_restart_what_was_sent_is_not_sent_again(sent):
    phone = await show(FIRST, SECOND, THIRD, at=turn(5, sent=sent))
    assert phone.texts == ["first", "second", "third"][sent:]


@pytest.mark.parametrize("error", [None, OSError("disk full")])
async def test_what_was_sent_before_a_failure_is_not_sent_again_when_it_is_tried_again(error):
    phone = Phone(send_message=[None, BadRequest("can't parse"), BadRequest("can't parse")])
    sender = delivery(phone, Progress(error))
    for _ in range(2):
        with pytest.raises(BadRequest):
            await sender.deliver(turn(5), Reply((FIRST, SECOND, THIRD)))
    await sender.deliver(turn(5), Reply((FIRST, SECOND, THIRD)))
    assert phone.texts == ["first", "second", "second", "second", "third"]


async def test_progress_that_cannot_be_stored_does_not_hold_the_answer(caplog):
    phone = Phone()
    await delivery(phone, Progress(OSError("what a student wrote"))).deliver(turn(5), Reply((FIRST, SECOND)))
    assert phone.texts == ["first", "second"]
    assert "student wrote" not in caplog.text


# Apologies


async def test_an_apology_is_one_message():
    phone = Phone()
    await delivery(phone).apologise(turn(5))
    assert phone.texts == ["failed en"]


async def test_an_apology_comes_after_a_part_of_the_answer_too():
    phone = Phone(send_message=[None, BadRequest("can't parse")])
    sender = delivery(phone)
    with pytest.raises(BadRequest):
        await sender.deliver(turn(5), Reply((FIRST, SECOND)))
    await sender.apologise(turn(5))
    await sender.apologise(turn(6, sent=2))
    assert phone.texts == ["first", "second", "failed en", "failed en"]


@pytest.mark.parametrize(
    "error", [BadRequest("x"), Forbidden("x"), InvalidToken(), ValueError("what ama wrote")]
)
async def test_an_apology_that_fails_stops_nothing(error, caplog):
    phone = Phone(send_message=[error])
    await delivery(phone).apologise(turn(5))
    assert len(phone.calls) == 1
    assert "ama" not in caplog.text


async def test_an_apology_in_a_group_stands_under_the_question():
    phone = Phone()
    await delivery(phone).apologise(replace(turn(5, chat=CLUB), thread_id=3))
    [(_, how)] = phone.calls
    assert (how["chat"], how["message_thread_id"], how["reply_parameters"].message_id) == (CLUB, 3, 5)
