"""Raw updates, as Telegram sends them, become what the bot takes up."""

import inspect
import json
import re
from dataclasses import replace

import pytest
import telegram
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.actions.answer_together import Sent
from bot.conversation import Heard
from bot.domain.inbox import Arrived
from bot.domain.reply import Press
from bot.telegram.hearing import (
    _ATTACHMENTS,
    _SERVICE,
    ALLOWED_UPDATES,
    MOST_APART,
    MOST_JOINED,
    MOST_TOGETHER,
    Asked,
    Me,
    Unreadable,
    arrived,
    callback_of,
    inline_of,
    next_turn,
)

ME = Me(700, "Career_Bot")
MYSELF = {"id": 700, "is_bot": True, "first_name": "Careers", "username": "Career_Bot"}
AMA = {"id": 11, "is_bot": False, "first_name": "<b>Ama</b>", "language_code": "si"}
BEN = {"id": 12, "is_bot": False, "first_name": "Ben"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
OTHER_BOT = {"id": 900, "is_bot": True, "first_name": "Other", "username": "other_bot"}

PRIVATE = {"id": 11, "type": "private", "first_name": "Ama"}
CLUB = {"id": -1001, "type": "supergroup", "title": "Club", "is_forum": True}
OLD_GROUP = {"id": -7, "type": "group", "title": "Old"}

PHOTO = {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]}
DOCUMENT = {"document": {"file_id": "x", "file_unique_id": "y"}}
PLACE = {"location": {"latitude": 6.9, "longitude": 79.8}}


def units(text):
    return len(text.encode("utf-16-le")) // 2


def entity(kind, text, words, **more):
    """An entity over the first place where the words stand."""
    return {"type": kind, "offset": units(text[: text.index(words)]), "length": units(words), **more}


def marked(text):
    """The entities that Telegram's server finds in a text, as far as tests need them."""
    first = text.split()[0] if text.split() else ""
    found = [entity("bot_command", text, first)] if first.startswith("/") else []
    return found + [entity("mention", text, word) for word in text.split() if word.startswith("@")]


def message(text=None, *, number=1, chat=PRIVATE, sender=AMA, **more):
    content = {"message_id": number, "date": 1_800_000_000, "chat": chat, "from": sender}
    if text is not None:
        content |= {"text": text, "entities": marked(text)}
    content |= more
    return {key: value for key, value in content.items() if value is not None}


def said(text=None, *, update=1, kind="message", **more):
    return {"update_id": update, kind: message(text, **more)}


def pressed(data="1:open:abc234", *, update=1, query="q1", sender=AMA, **more):
    below = message("An answer", number=50, sender=MYSELF) | more
    return {
        "update_id": update,
        "callback_query": {"id": query, "from": sender, "message": below, "chat_instance": "c", "data": data},
    }


def waiting(*updates, at=100):
    """The updates as they wait, numbered in their order, one a second."""
    rows = [arrived(raw | {"update_id": number}, ME, at + number) for number, raw in enumerate(updates, 1)]
    assert None not in rows
    return rows


def turn_of(*updates):
    return next_turn(waiting(*updates), ME)


def together(*updates):
    """The texts of the messages that are taken together, each to be answered alone."""
    return tuple(one.text for one in turn_of(*updates).heard.together)


def heard_in_club(text, **more):
    return turn_of(said(text, chat=CLUB, **more)).heard.text


REPLY_TO_ME = {"reply_to_message": message("An answer", number=40, chat=CLUB, sender=MYSELF)}
TOPIC_BY_ME = {
    "reply_to_message": message(number=9, chat=CLUB, sender=MYSELF, forum_topic_created={"name": "Ask"}),
    "message_thread_id": 9,
    "is_topic_message": True,
}


# What goes into the inbox


def test_a_private_message_waits_whole():
    raw = said("what do they earn 😀", update=5)
    row = arrived(raw, ME, 77)
    assert (row.update_id, row.chat, row.kind, row.at, row.failures, row.sent) == (
        5,
        "11",
        "message",
        77,
        0,
        0,
    )
    assert json.loads(row.payload) == raw
    assert row.payload.isascii()


def test_lone_surrogates_can_be_stored():
    row = arrived(said("a\ud83d\x00b"), ME, 0)
    assert row.payload.isascii()
    assert next_turn([row], ME).heard.text == "a\ud83d\x00b"


@pytest.mark.parametrize(
    "raw",
    [
        said("hello"),
        said("hello", kind="edited_message", edit_date=1),
        said(kind="edited_message", caption="hello", **PHOTO),
        said(**PHOTO),
        said(sticker={"emoji": "x"}),
        said(rich_message={"blocks": []}),
        said(invoice={"title": "x"}),
        said("pasted with another bot", via_bot=OTHER_BOT),
        pressed(),
        pressed(data=None),
        pressed(chat=CLUB),
        pressed(date=0, text=None),
        said("/ask what", chat=CLUB),
        said("/ask@career_bot what", chat=OLD_GROUP),
        said("/ASK@CAREER_BOT what", chat=CLUB),
        said("@career_bot what", chat=CLUB),
        said("so 😀😀 ask @Career_Bot", chat=CLUB),
        said("Careers?", chat=CLUB, entities=[entity("text_mention", "Careers?", "Careers", user=MYSELF)]),
        said("and the pay?", chat=CLUB, **REPLY_TO_ME),
        said(chat=CLUB, sticker={}, **REPLY_TO_ME),
        said(chat=CLUB, caption="@career_bot", caption_entities=marked("@career_bot"), **PHOTO),
        said("/ask what", chat=CLUB, sender=ANONYMOUS, sender_chat=CLUB),
    ],
)
def test_what_is_for_the_bot_waits(raw):
    assert arrived(raw, ME, 0).kind in ALLOWED_UPDATES


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"update_id": 1},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": {"chat": {"type": "private"}, "text": "x"}},
        {"update_id": 1, "message": {"chat": {"id": "11", "type": "private"}, "text": "x"}},
        {"update_id": 1, "message": {"chat": {"id": 2**70, "type": "private"}, "text": "x"}},
        {"update_id": True, "message": message("x")},
        {"message": message("x")},
        {"update_id": 1, "pre_checkout_query": {"id": "1", "from": AMA}},
        {"update_id": 1, "brand_new_kind": {"chat": PRIVATE}},
        {"update_id": 1, "inline_query": {"id": "1", "from": AMA, "query": "pay"}},
        {"update_id": 1, "callback_query": {"id": "1", "from": AMA, "inline_message_id": "x", "data": "y"}},
        said("news", kind="channel_post", chat={"id": -5, "type": "channel"}),
        said("news", chat={"id": -5, "type": "channel"}),
        said("from a bot", sender=OTHER_BOT),
        said("/ask me", sender=OTHER_BOT, chat=CLUB),
        said("a posted card", via_bot=MYSELF),
        said("@career_bot a posted card", via_bot=MYSELF, chat=CLUB),
        said("@career_bot news", chat=CLUB, sender_chat={"id": -5}, is_automatic_forward=True),
        said(kind="edited_message", **PLACE),
        said("@career_bot edited", kind="edited_message", chat=CLUB),
        said("just talking", chat=CLUB),
        said("career_bot without a sign", chat=CLUB),
        said("/ask@other_bot what", chat=CLUB),
        said("/ban@other_bot @career_bot", chat=CLUB),
        said("/help", chat=CLUB),
        said("/asking", chat=CLUB),
        said("well /ask what", chat=CLUB, entities=[entity("bot_command", "well /ask what", "/ask")]),
        said("/ask what", chat=CLUB, entities=None),
        said("@career_bot_2 what", chat=CLUB),
        said(chat=CLUB, **PHOTO),
        said("in a topic that the bot began", chat=CLUB, **TOPIC_BY_ME),
        said("to Ben", chat=CLUB, reply_to_message=message("hi", chat=CLUB, sender=BEN)),
        said("to a card", chat=CLUB, reply_to_message=message("x", chat=CLUB, sender=BEN, via_bot=MYSELF)),
    ],
)
def test_what_is_not_for_the_bot_is_never_stored(raw):
    assert arrived(raw, ME, 0) is None


@pytest.mark.parametrize("key", sorted(_SERVICE))
def test_what_nobody_wrote_is_never_stored(key):
    assert arrived(said(**{key: {"x": 1}}), ME, 0) is None
    assert arrived(said(chat=CLUB, **{key: {"x": 1}}, **REPLY_TO_ME), ME, 0) is None


def test_every_part_of_a_message_is_known_to_be_written_or_not():
    written = {"text", "caption", "checklist", "dice", "document", "game", "giveaway", "giveaway_winners"}
    written |= {"invoice", "paid_media", "poll", "story", *_ATTACHMENTS}
    around = """
        api_kwargs author_signature business_connection_id caption_entities chat date direct_messages_topic
        edit_date effect_id entities external_reply forward_origin from_user guest_bot_caller_chat
        guest_bot_caller_user guest_query_id has_media_spoiler has_protected_content is_automatic_forward
        is_from_offline is_paid_post is_topic_message link_preview_options media_group_id message_id
        message_thread_id paid_star_count quote reply_markup reply_to_checklist_task_id reply_to_message
        reply_to_poll_option_id reply_to_story self sender_boost_count sender_business_bot sender_chat
        sender_tag show_caption_above_media suggested_post_info via_bot
    """
    assert set(inspect.signature(telegram.Message.__init__).parameters) == {
        *around.split(),
        *written,
        *_SERVICE,
    }


# What is answered


def test_a_private_message_is_heard():
    turn = turn_of(said("what do they earn", number=7))
    assert turn.heard == Heard(chat="11", student="11", text="what do they earn", cause="1-101", at=101)
    assert (turn.updates, turn.messages, turn.callbacks) == ((1,), (7,), ())
    assert (turn.chat_id, turn.asker_id, turn.group, turn.thread_id) == (11, 11, False, None)
    assert (turn.pressed, turn.question, turn.failures, turn.sent) == (None, None, 0, 0)


def test_the_cause_is_told_apart_from_that_of_an_update_with_the_same_number_a_week_later():
    [first] = waiting(said("what do they earn"))
    later = replace(first, at=first.at + 604_800)
    causes = [next_turn([one], ME).heard.cause for one in (first, later)]
    assert causes == ["1-101", "1-604901"]
    assert re.fullmatch(r"[0-9-]{1,50}", causes[1])


@pytest.mark.parametrize("carried", ["photo", "document"])
def test_under_a_picture_or_a_file_there_is_no_text_to_edit(carried):
    assert turn_of(pressed(**{carried: {}, "caption": "your way"})).fixed
    assert not turn_of(pressed()).fixed
    assert not turn_of(said("hello")).fixed


def test_an_edited_message_is_heard_again():
    assert turn_of(said("what do they EARN", kind="edited_message")).heard.text == "what do they EARN"


def test_a_press_is_heard():
    turn = turn_of(pressed(reply_to_message=message("the question", number=49)))
    assert turn.heard == Heard("11", "11", press=Press("open", "abc234"), cause="1-101", at=101)
    assert (turn.messages, turn.callbacks, turn.pressed, turn.question) == ((), ("q1",), 50, 49)


@pytest.mark.parametrize(
    "data", [None, "", "1:open:", "0:open:abc234", "1:fly:abc234", "x" * 64, "1:open:abc23", 7]
)
def test_a_button_that_cannot_be_read_is_an_old_one(data):
    raw = pressed(data=data)
    if data != "1:open:":
        assert (turn_of(raw).heard.stale, turn_of(raw).heard.press) == (True, None)
    else:
        assert turn_of(raw).heard.press == Press("open")


def test_a_button_under_a_message_too_old_to_be_read_works():
    gone = {"update_id": 1, "callback_query": {"id": "q", "from": AMA, "data": "1:none:"}}
    gone["callback_query"]["message"] = {"chat": PRIVATE, "message_id": 50, "date": 0}
    turn = turn_of(gone)
    assert (turn.heard.press, turn.pressed, turn.question) == (Press("none"), 50, None)


@pytest.mark.parametrize(
    ("content", "means"),
    [
        (PHOTO, "picture"),
        ({"video": {}}, "picture"),
        ({"animation": {}, **DOCUMENT}, "picture"),
        ({"video_note": {}}, "picture"),
        (DOCUMENT, "other"),
        ({"voice": {}}, "voice"),
        ({"audio": {}}, "voice"),
        (PLACE, "whereabouts"),
        ({"venue": {}, **PLACE}, "whereabouts"),
        ({"contact": {}}, "whereabouts"),
        ({"sticker": {}}, "sticker"),
        ({"dice": {}}, "other"),
        ({"poll": {}}, "other"),
        ({"hologram": {}}, "other"),
        ({}, "other"),
    ],
)
def test_what_comes_without_words_is_told_apart(content, means):
    assert (turn_of(said(**content)).heard.attachment, turn_of(said(**content)).heard.text) == (means, "")
    captioned = turn_of(said(caption="what is this", **content)).heard
    assert (captioned.attachment, captioned.text) == (means, "what is this")


# In groups


def test_a_question_in_a_group_is_heard_as_of_the_student_who_asked():
    turn = turn_of(said("/ask@career_bot what do they earn", chat=CLUB, number=8))
    assert turn.heard == Heard(
        "-1001", "11", text="/ask what do they earn", cause="1-101", at=101, place="group"
    )
    assert (turn.chat_id, turn.asker_id, turn.group, turn.thread_id) == (-1001, 11, True, None)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("/ask what", "/ask what"),
        ("/ASK@Career_Bot what", "/ASK what"),
        ("@career_bot what do they earn?", "what do they earn?"),
        ("👨\u200d👩\u200d👧😀 @CAREER_BOT 😀 what 😀", "👨\u200d👩\u200d👧😀  😀 what 😀"),
        ("what does @ben earn @career_bot", "what does @ben earn"),
        ("a @career_bot b @career_bot_2", "a  b @career_bot_2"),
        ("/ask @career_bot what", "/ask  what"),
        ("@career_bot /roadmap pilot", "/roadmap pilot"),
        ("@career_bot", "/ask"),
        ("/ask@career_bot", "/ask"),
    ],
)
def test_the_name_of_the_bot_is_cut_out_in_groups(text, left):
    assert heard_in_club(text) == left


def test_two_mentions_are_both_cut_out():
    text = "@career_bot hi @CAREER_bot"
    second = entity("mention", text, "@CAREER_bot")
    assert heard_in_club(text, entities=[second, *marked(text)[:1]]) == "hi"


def test_a_mention_that_is_marked_twice_is_cut_out_once():
    text = "hey @career_bot what now"
    whole = entity("text_mention", text, "hey @career_bot what", user=MYSELF)
    assert heard_in_club(text, entities=[whole, *marked(text), *marked(text)]) == "now"


def test_a_mention_by_name_is_cut_out():
    text = "😀 Careers what now"
    assert (
        heard_in_club(text, entities=[entity("text_mention", text, "Careers", user=MYSELF)]) == "😀  what now"
    )


def test_a_picture_with_nothing_but_the_name_of_the_bot_is_a_picture():
    turn = turn_of(said(chat=CLUB, caption="@career_bot", caption_entities=marked("@career_bot"), **PHOTO))
    assert (turn.heard.text, turn.heard.attachment) == ("", "picture")


def test_in_private_the_words_stay_as_they_are():
    assert turn_of(said("@career_bot and you?")).heard.text == "@career_bot and you?"


def test_an_answer_goes_to_the_topic_it_was_asked_in():
    topic = {"message_thread_id": 9, "is_topic_message": True}
    assert turn_of(said("/ask what", chat=CLUB, **topic)).thread_id == 9
    assert turn_of(pressed(chat=CLUB, **topic)).thread_id == 9
    assert turn_of(said("/ask what", chat=CLUB, message_thread_id=40)).thread_id is None


def test_who_writes_in_the_name_of_a_group_is_never_answered_in_private_there():
    turn = turn_of(said("/ask what", chat=CLUB, sender=ANONYMOUS, sender_chat=CLUB))
    assert (turn.heard.student, turn.asker_id) == ("-1001", 1087968824)


# Taken together


def test_plain_texts_in_a_row_are_one_question():
    turn = turn_of(said("hi", number=5), said("i like maths", number=6), said("what can i be?", number=8))
    words = "hi\ni like maths\nwhat can i be?"
    sent = (Sent("1-101", "hi"), Sent("2-102", "i like maths"), Sent("3-103", "what can i be?"))
    assert turn.heard == Heard("11", "11", text=words, cause="1-101", at=103, together=sent)
    assert (turn.updates, turn.messages) == ((1, 2, 3), (5, 6, 8))


def test_the_same_words_again_are_one_text_of_several_messages():
    turn = turn_of(said("undo", number=5), said("undo", number=6), said("please", number=7))
    assert (turn.heard.text, turn.updates, turn.messages) == ("undo\nplease", (1, 2, 3), (5, 6, 7))
    assert turn.heard.together == (Sent("1-101", "undo"), Sent("2-102", "undo"), Sent("3-103", "please"))
    again = turn_of(said("undo"), said("undo")).heard
    assert (again.text, again.together) == ("undo", (Sent("1-101", "undo"), Sent("2-102", "undo")))


def test_one_message_is_never_several():
    assert turn_of(said("pay?\nplease")).heard.together == ()
    assert turn_of(said("/help"), said("/help")).heard.together == ()
    assert turn_of(said("hi"), said(dice={})).heard.together == ()
    captioned = {"caption": "what is this?", "media_group_id": "a", **PHOTO}
    assert turn_of(said(**captioned), said(**captioned)).heard.together == ()


@given(
    st.lists(st.sampled_from(["undo", "pay?", "a" * 4096, "/ask undo", "b"]), min_size=1, max_size=6),
    st.data(),
)
@settings(max_examples=50, deadline=None)
def test_a_message_has_the_same_cause_however_it_is_taken_together(texts, data):
    rows = waiting(*map(said, texts))
    alone = [next_turn([row], ME).heard.cause for row in rows]
    begin = data.draw(st.integers(0, len(rows) - 1))
    heard = next_turn(rows[begin:], ME).heard
    causes = [one.cause for one in heard.together] or [heard.cause]
    begun = [
        cause
        for place, cause in enumerate(alone)
        if place == begin or (place > begin and texts[place - 1] != "a" * 4096)
    ]
    assert causes == begun[: len(causes)]
    assert heard.cause == alone[begin]


def test_what_was_sent_more_than_half_a_minute_later_is_a_question_of_its_own():
    begun = 1_800_000_000
    a, b = said("a", date=begun), said("b", date=begun + MOST_APART)
    c, d = said("c", date=begun + 2 * MOST_APART + 1), said("d", date=begun + 2 * MOST_APART + 2)
    assert together(a, b, c, d) == ("a", "b")
    assert together(c, d) == ("c", "d")
    slowly = [said(name, date=begun + place * MOST_APART) for place, name in enumerate("abcd")]
    assert together(*slowly) == ("a", "b", "c", "d")


@pytest.mark.parametrize("dates", [{"date": None}, {"date": "x"}, {"date": True}])
def test_messages_without_a_date_are_taken_together(dates):
    assert turn_of(said("a"), said("b", **dates), said("c")).updates == (1, 2, 3)


def test_an_edited_message_counts_from_when_it_was_edited():
    begun = 1_800_000_000
    edited = said("b", kind="edited_message", date=begun - 500, edit_date=begun + 500)
    assert turn_of(said("a", date=begun), edited).updates == (1,)
    assert turn_of(said("a", date=begun + 490), edited).updates == (1, 2)


def test_the_same_words_an_hour_later_are_still_the_same():
    assert turn_of(said("pay?"), said("pay?", date=1_800_003_600)).updates == (1, 2)


@pytest.mark.parametrize("more", [{}, {"chat": CLUB}])
def test_questions_behind_ask_are_taken_together_with_others_by_the_same_student(more):
    asked = (said("/ask a", **more), said("/ASK@career_bot  b\nc", **more), said("/ask a", **more))
    turn = turn_of(*asked)
    assert (turn.heard.text, turn.updates) == ("a\nb\nc", (1, 2, 3))
    assert together(*asked) == ("a", "b\nc", "a")
    mixed = together(said("a @career_bot", **more), said("/ask b", **more))
    assert mixed[1:] == ("b",)


@pytest.mark.parametrize("command", ["/ask", "/ask ", "/ask /help", "/asking a", "/roadmap pilot"])
def test_other_commands_are_taken_alone(command):
    assert turn_of(said("a"), said(command)).updates == (1,)
    assert turn_of(said(command), said("a")).heard == turn_of(said(command)).heard


def test_the_same_command_again_counts_once():
    turn = turn_of(said("/help", number=5), said("/help", number=6), said("/roadmap"))
    assert (turn.heard.text, turn.updates, turn.messages) == ("/help", (1, 2), (5, 6))


def test_the_same_press_again_counts_once_and_every_query_is_answered():
    turn = turn_of(pressed(query="a"), pressed(query="b"), pressed("1:none:", query="c"))
    assert (turn.updates, turn.callbacks, turn.heard.at) == ((1, 2), ("a", "b"), 102)


def test_the_same_kind_of_attachment_again_counts_once():
    turn = turn_of(said(**PHOTO, number=5), said(video={}, number=6), said(voice={}))
    assert (turn.heard.attachment, turn.updates, turn.messages) == ("picture", (1, 2), (5, 6))


def test_an_album_is_one_thing_with_its_caption():
    one, two = {"media_group_id": "a", **PHOTO}, {"media_group_id": "b", **PHOTO}
    turn = turn_of(
        said(**one), said(caption="what is this?", **one), said(**one), said(caption="and this?", **two)
    )
    assert (turn.heard.text, turn.heard.attachment, turn.updates) == ("what is this?", "picture", (1, 2, 3))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (said("hi"), said("/help")),
        (said("/help"), said("hi")),
        (said(" /help"), said("hi")),
        (said("hi"), pressed()),
        (pressed(), said("hi")),
        (said("hi"), said(**PHOTO)),
        (said(**PHOTO), said("hi")),
        (said(caption="what?", **PHOTO), said(**PHOTO)),
        (said("/help"), said("/help me")),
        (pressed(), pressed(message_id=51)),
        (pressed(), pressed("1:open:abc235")),
        (pressed("?"), pressed(message_id=51)),
        (pressed(chat=CLUB), pressed(chat=CLUB, sender=BEN)),
        (said("@career_bot a", chat=CLUB), said("@career_bot b", chat=CLUB, sender=BEN)),
        (said("/ask a", chat=CLUB), said("/ask a", chat=CLUB, sender=BEN)),
        (said("/ask a", chat=CLUB), said("/ask a", chat=CLUB, message_thread_id=9, is_topic_message=True)),
        (said("@career_bot a", chat=CLUB), said("@career_bot b", chat=CLUB, sender_chat=CLUB)),
    ],
)
def test_anything_else_is_taken_alone(first, then):
    assert turn_of(first, then) == turn_of(first)


def test_what_two_students_ask_in_a_group_in_turn_is_kept_apart():
    ama, ben = said("@career_bot a", chat=CLUB), said("@career_bot b", chat=CLUB, sender=BEN)
    assert turn_of(ama, ama, ben, ama).updates == (1, 2)


def test_no_more_is_joined_than_the_matcher_takes():
    lines = [said(f"{number:04} {'x' * 3895}") for number in range(20)]
    turn = turn_of(*lines)
    assert len(turn.updates) == 12
    assert len(turn.heard.text) == 12 * 3900 + 11 <= MOST_JOINED


def test_what_an_app_cut_is_one_message_again():
    turn = turn_of(said("a" * 4096), said("b" * 4096), said("c"), said("d"))
    whole = Sent("1-101", "a" * 4096 + "b" * 4096 + "c")
    assert turn.heard.together == (whole, Sent("4-104", "d"))


def test_what_failed_before_is_taken_alone():
    one, two, three = waiting(said("a"), said("b"), said("c"))
    failed = replace(one, failures=1, sent=2)
    turn = next_turn([failed, two, three], ME)
    assert (turn.updates, turn.failures, turn.sent) == ((1,), 1, 2)
    assert next_turn([one, replace(two, failures=1), three], ME).updates == (1,)


def test_what_was_sent_in_part_is_taken_together_as_it_was_then():
    one, two, three, four = waiting(said("a"), said("b"), said("c"), said("d"))
    begun = [replace(one, sent=1), replace(two, sent=1), three, four]
    turn = next_turn(begun, ME)
    assert (turn.updates, turn.sent) == ((1, 2), 1)
    assert next_turn(begun[2:], ME).updates == (3, 4)


def test_no_more_messages_are_joined_than_the_matcher_looks_at():
    assert len(turn_of(*(said(f"message {number}") for number in range(60))).updates) == MOST_TOGETHER


def row(payload, update=1):
    return Arrived(update, "11", "message", payload, 0)


UNREADABLE = [
    "",
    "{",
    "null",
    "[]",
    "7",
    "[" * 100_000,
    "{}",
    json.dumps({"update_id": 1, "message": 7}),
    json.dumps({"update_id": 1, "inline_query": {"id": "1"}}),
    json.dumps({"update_id": 1, "message": message("secret", sender=None)}),
    json.dumps({"update_id": 1, "message": message("secret", number=None)}),
    json.dumps({"update_id": 1, "message": message("secret", chat=None)}),
    json.dumps({"update_id": 1, "callback_query": {"id": "q", "from": AMA, "data": "secret"}}),
]


@pytest.mark.parametrize("payload", UNREADABLE)
def test_what_cannot_be_read_is_named_without_its_words(payload):
    with pytest.raises(Unreadable) as raised:
        next_turn([row(payload, 77)], ME)
    assert "77" in str(raised.value)
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize("payload", UNREADABLE)
def test_what_can_be_read_is_answered_before_what_cannot(payload):
    assert next_turn([*waiting(said("a")), row(payload)], ME).updates == (1,)


# Queries


def test_a_press_is_known_by_its_query_whatever_it_lacks():
    assert callback_of(pressed(query="q9")) == "q9"
    assert callback_of({"callback_query": {"id": "q9", "inline_message_id": "x"}}) == "q9"
    assert callback_of({"callback_query": {"id": "q9"}}) == "q9"
    assert [callback_of(raw) for raw in (said("x"), {}, {"callback_query": {}}, {"callback_query": 7})] == [
        None
    ] * 4


def test_a_question_from_another_chat_is_known():
    query = {"id": "i1", "from": AMA, "query": "pay", "offset": "", "chat_type": "sender"}
    assert inline_of({"update_id": 1, "inline_query": query}) == Asked("i1", "11", "pay", "si")
    assert inline_of({"inline_query": {"id": "i1", "from": BEN}}) == Asked("i1", "12", "", "")
    assert inline_of({"inline_query": {"id": "i1", "query": "pay"}}) is None
    assert inline_of({"inline_query": {"from": BEN, "query": "pay"}}) is None
    assert inline_of(pressed()) is None


# Anything at all

_keys = st.sampled_from(
    """
    update_id message edited_message callback_query inline_query id from chat type text caption entities
    caption_entities offset length user username is_bot message_id data reply_to_message sender_chat via_bot
    photo is_topic_message message_thread_id media_group_id forum_topic_created query language_code x
    """.split()
)
_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(
        [1, 11, 700, -1001, "private", "supergroup", "mention", "bot_command", "@career_bot", "/ask"]
    ),
    st.text(st.characters(), max_size=8),
)
_anything = st.recursive(
    _values,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_keys, inner, max_size=8)),
    max_leaves=25,
)
_entities = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["mention", "bot_command", "text_mention"]),
            "offset": st.integers(-3, 30),
            "length": st.integers(-3, 30),
        },
        optional={"user": st.just(MYSELF)},
    )
)


@settings(deadline=None)
@given(
    st.dictionaries(_keys, _anything),
    st.sampled_from([{}, said("x"), said("@career_bot", chat=CLUB), pressed()]),
)
@example({"message": {"chat": PRIVATE | {"id": float("nan")}}}, {})
def test_nothing_that_arrives_raises(changes, base):
    raw = {key: value | changes if isinstance(value, dict) else value for key, value in base.items()} | (
        {} if base else changes
    )
    found = arrived(raw, ME, 0)
    callback_of(raw)
    inline_of(raw)
    if found:
        assert json.loads(found.payload).keys() == raw.keys()
        try:
            turn = next_turn([found, found], ME)
        except Unreadable:
            return
        assert str(turn.chat_id) == found.chat


@settings(deadline=None)
@given(st.text(st.sampled_from("a😀@/ \ud83d\n") | st.characters(), max_size=20), _entities)
def test_entities_that_make_no_sense_do_no_harm(text, entities):
    found = arrived(said(text, chat=CLUB, entities=entities), ME, 0)
    if found:
        next_turn([found], ME).heard.text.encode("utf-16-le", "surrogatepass")
