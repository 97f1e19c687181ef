"""What is accepted and what is refused, in Telegram's words, seen through python-telegram-bot."""

import aiohttp
import pytest
import telegram
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    ReplyParameters,
    error,
)

from tests.botapi.conftest import client, raw
from tests.botapi.methods import NOT_MODIFIED, TOO_OLD
from tests.botapi.server import BotApi
from tests.botapi.signatures import METHODS

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")


def keyboard(*rows):
    return InlineKeyboardMarkup(rows)


def button(label="Go", **action):
    return InlineKeyboardButton(label, **(action or {"callback_data": "x"}))


def card(identity="1", text="An answer", **more):
    return InlineQueryResultArticle(identity, "Title", InputTextMessageContent(text, "HTML"), **more)


def articles(count):
    return [card(str(number)) for number in range(count)]


async def refused(call, words, kind=error.BadRequest):
    with pytest.raises(kind) as caught:
        await call
    # The library drops 'Bad Request: ' and 'Forbidden: ' from some, and writes the first letter large.
    assert words.casefold() in str(caught.value).casefold()


async def test_the_bot_learns_who_it_is(api, bot):
    assert (bot.username, bot.id) == ("career_test_bot", 123456)
    assert not bot.can_read_all_group_messages
    assert bot.supports_inline_queries
    api.assert_clean()


async def test_a_message_comes_back_parsed_and_trimmed(api, bot):
    ama = api.user("Ama", started=True)
    sent = await bot.send_message(ama.id, "  <b>😀 A &amp; B</b> /help \n", parse_mode="HTML")
    assert sent.text == "😀 A & B /help"
    assert [(one.type, one.offset, one.length) for one in sent.entities] == [
        ("bold", 0, 8),
        ("bot_command", 9, 5),
    ]
    assert sent.from_user.id == bot.id
    api.assert_clean()


async def test_a_length_is_measured_after_the_markup_is_parsed(api, bot):
    ama = api.user("Ama", started=True)
    await bot.send_message(ama.id, f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    await bot.send_message(ama.id, "😀" * 4096)
    await refused(bot.send_message(ama.id, "x" * 4097), "message is too long")
    await refused(bot.send_photo(ama.id, PNG, caption="x" * 1025), "message caption is too long")
    assert len(api.violations) == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\x00"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        (
            {"text": "<p>x</p>", "parse_mode": "HTML"},
            'can\'t parse entities: unsupported start tag "p" at byte offset 0',
        ),
        (
            {"text": "ආ<b>x", "parse_mode": "HTML"},
            "can't parse entities: can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "reply_markup": keyboard([button(callback_data="x" * 65)])}, "button_data_invalid"),
        ({"text": "x", "reply_markup": keyboard([button(callback_data="අ" * 22)])}, "button_data_invalid"),
        ({"text": "x", "reply_markup": keyboard([button(url="http://nowhere")])}, "button_url_invalid"),
        ({"text": "x", "reply_markup": keyboard([button(url="javascript:x.y")])}, "button_url_invalid"),
        (
            {"text": "x", "reply_markup": keyboard([InlineKeyboardButton("x")])},
            "text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "x", "reply_markup": keyboard([button()] * 9)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": keyboard(*[[button()]] * 101)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": keyboard(*[[button("අ" * 64)]] * 60)}, "reply markup is too long"),
        ({"text": "x", "reply_parameters": ReplyParameters(99)}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 7}, "message thread not found"),
        ({"text": "x", "api_kwargs": {"mood": "good"}}, "unknown mood"),
    ],
)
async def test_a_faulty_message_is_refused_and_remembered(api, bot, given, words):
    ama = api.user("Ama", started=True)
    await refused(bot.send_message(ama.id, **given), words)
    assert api.texts(ama.id) == []
    with pytest.raises(AssertionError):
        api.assert_clean()


async def test_a_large_keyboard_that_telegram_takes_is_taken(api, bot):
    ama = api.user("Ama", started=True)
    rows = [[button("x" * 20)] * 8] * 12 + [[button(url="https://t.me/career_test_bot?start=a")] * 4]
    sent = await bot.send_message(ama.id, "x", reply_markup=keyboard(*rows))
    assert sum(len(row) for row in sent.reply_markup.inline_keyboard) == 100
    await bot.send_message(
        ama.id, "x", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True)
    )
    api.assert_clean()


async def test_who_never_pressed_start_or_blocked_or_left_cannot_be_written_to(api, bot):
    ama, ben, chitra = api.user("Ama"), api.user("Ben"), api.user("Chitra", started=True)
    await refused(
        bot.send_message(ama.id, "x"), "bot can't initiate conversation with a user", error.Forbidden
    )
    await ben.says("hello")
    await bot.send_message(ben.id, "hello")
    ben.blocks()
    await refused(bot.send_message(ben.id, "x"), "bot was blocked by the user", error.Forbidden)
    ben.unblocks()
    await bot.send_message(ben.id, "hello again")
    chitra.deactivates()
    await refused(bot.send_message(chitra.id, "x"), "user is deactivated", error.Forbidden)
    api.assert_clean()
    await refused(bot.send_message(4711, "x"), "chat not found")


async def test_a_group_is_left_upgraded_and_gone(api, bot):
    ama = api.user("Ama")
    club = api.group("Club", members=[ama], kind="group")
    old = club.id
    await bot.send_message(old, "hello")
    club.upgrade()
    with pytest.raises(error.ChatMigrated) as caught:
        await bot.send_message(old, "x")
    assert caught.value.new_chat_id == club.id
    await bot.send_message(club.id, "hello")
    assert (await bot.get_chat_member(club.id, ama.id)).status == "creator"
    assert [one.user.id for one in await bot.get_chat_administrators(club.id)] == [ama.id]
    assert (await bot.get_chat(club.id)).title == "Club"
    club.kick()
    await refused(bot.send_message(club.id, "x"), "bot was kicked from the supergroup chat", error.Forbidden)
    other = api.group("Other")
    assert await bot.leave_chat(other.id)
    await refused(
        bot.send_message(other.id, "x"), "bot is not a member of the supergroup chat", error.Forbidden
    )
    api.assert_clean()


async def test_topics_open_and_close(api, bot):
    club = api.group("Club", members=[api.user("Ama")], forum=True)
    thread = club.open_topic("Pay")
    sent = await bot.send_message(club.id, "x", message_thread_id=thread)
    assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
    club.close_topic(thread)
    await refused(bot.send_message(club.id, "x", message_thread_id=thread), "TOPIC_CLOSED")
    club.delete_topic(thread)
    await refused(bot.send_message(club.id, "x", message_thread_id=thread), "message thread not found")


async def test_editing_follows_telegrams_rules(api, bot):
    ama = api.user("Ama", started=True)
    theirs = await ama.says("hello")
    sent = await bot.send_message(ama.id, "<b>one</b>", parse_mode="HTML", reply_markup=keyboard([button()]))
    edited = await bot.edit_message_text(
        "<i>one</i>", ama.id, sent.message_id, parse_mode="HTML", reply_markup=keyboard([button()])
    )
    assert edited.edit_date
    again = bot.edit_message_text(
        "<em>one</em> ", ama.id, sent.message_id, parse_mode="HTML", reply_markup=keyboard([button()])
    )
    await refused(again, NOT_MODIFIED)
    bare = await bot.edit_message_text("one", ama.id, sent.message_id)
    assert bare.reply_markup is None
    await bot.edit_message_reply_markup(ama.id, sent.message_id, reply_markup=keyboard([button("More")]))
    await refused(bot.edit_message_text("x", ama.id, 99), "message to edit not found")
    await refused(bot.edit_message_text("x", ama.id, theirs["message_id"]), "message can't be edited")
    picture = await bot.send_photo(ama.id, PNG)
    await refused(
        bot.edit_message_text("x", ama.id, picture.message_id), "there is no text in the message to edit"
    )
    assert api.texts(ama.id) == ["one", ""]


async def test_deleting_follows_telegrams_rules(api, bot):
    ama = api.user("Ama")
    club = api.group("Club", members=[ama])
    private, public = await ama.says("hello"), await ama.says("hello", to=club)
    assert await bot.delete_message(ama.id, private["message_id"])
    await refused(bot.delete_message(ama.id, private["message_id"]), "message to delete not found")
    await refused(bot.delete_message(club.id, public["message_id"]), "message can't be deleted")
    sent = [(await bot.send_message(ama.id, "x")).message_id for _ in range(3)]
    assert await bot.delete_messages(ama.id, [*sent, 99])
    await refused(bot.delete_messages(ama.id, list(range(101))), "too many message identifiers specified")
    club.admin()
    assert await bot.delete_message(club.id, public["message_id"])
    assert api.texts(ama.id) == []


async def test_a_pressed_button_is_answered_in_time_or_not_at_all():
    at = 1_000_000.0
    async with BotApi(now=lambda: at) as api, client(api) as bot:
        ama = api.user("Ama", started=True)
        await bot.send_message(ama.id, "x", reply_markup=keyboard([button()]))
        first, second = await ama.presses("Go"), await ama.presses("Go")
        await refused(bot.answer_callback_query(first.id, "x" * 201), "MESSAGE_TOO_LONG")
        assert len(api.unanswered) == 2
        assert await bot.answer_callback_query(first.id, "x" * 200, show_alert=True)
        assert await bot.answer_callback_query(first.id, "again")
        await refused(bot.answer_callback_query("12", "x"), TOO_OLD)
        at += 151
        await refused(bot.answer_callback_query(second.id), TOO_OLD)
        assert api.unanswered == [second]


@pytest.mark.parametrize(
    ("results", "more", "words"),
    [
        (articles(51), {}, "RESULTS_TOO_MUCH"),
        ([card(), card()], {}, "RESULT_ID_DUPLICATE"),
        ([card("x" * 65)], {}, "RESULT_ID_INVALID"),
        ([card(text="<b>")], {}, "can't parse entities"),
        ([card(text=" ")], {}, "message text is empty"),
        ([card(text="x" * 4097)], {}, "message is too long"),
        ([card(reply_markup=keyboard([button(url="http://x")]))], {}, "BUTTON_URL_INVALID"),
        ([card(url="http://x")], {}, "WEBDOCUMENT_URL_INVALID"),
        ([card(api_kwargs={"mood": 1})], {}, "unknown mood"),
        ([], {"button": InlineQueryResultsButton("Ask", start_parameter="a b")}, "START_PARAM_INVALID"),
        ([], {"button": InlineQueryResultsButton("Ask", start_parameter="a" * 65)}, "START_PARAM_INVALID"),
        ([], {"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
    ],
)
async def test_a_faulty_inline_answer_is_refused(api, bot, results, more, words):
    asked = await api.user("Ama").asks_inline("pay")
    await refused(bot.answer_inline_query(asked.id, results, **more), words)
    assert asked.results is None


async def test_an_inline_answer_is_taken_and_its_cards_can_be_posted(api, bot):
    ama = api.user("Ama")
    club = api.group("Club", members=[ama])
    asked = await ama.asks_inline("pay")
    link = keyboard([button("More", url="https://t.me/career_test_bot?start=open_abc")])
    opener = InlineQueryResultsButton("Ask in private", start_parameter="inline")
    await bot.answer_inline_query(asked.id, [*articles(49), card("x", reply_markup=link)], button=opener)
    posted = await ama.posts_card("Title", to=club)
    assert posted["text"] == "An answer"
    await ama.presses_inline_button()
    assert (await bot.get_updates())[-1].message.text == "/start inline"
    await refused(bot.answer_inline_query("12", []), TOO_OLD)


async def test_an_inline_query_can_be_answered_for_half_a_minute():
    at = 1_000_000.0
    async with BotApi(now=lambda: at) as api, client(api) as bot:
        asked = await api.user("Ama").asks_inline("pay")
        at += 31
        await refused(bot.answer_inline_query(asked.id, []), TOO_OLD)


async def test_commands_are_set_for_a_scope_and_a_language(api, bot):
    private = telegram.BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([("ask", "Ask a question")], private)
    await bot.set_my_commands([BotCommand("pay", "ගෙවීම")], language_code="si")
    assert await bot.get_my_commands() == ()
    assert [one.command for one in await bot.get_my_commands(private)] == ["ask"]
    assert [one.command for one in await bot.get_my_commands(language_code="si")] == ["pay"]
    await bot.delete_my_commands(private)
    assert await bot.get_my_commands(private) == ()
    api.assert_clean()


@pytest.mark.parametrize(
    ("commands", "more", "words"),
    [
        ([("Ask", "x")], {}, "BOT_COMMAND_INVALID"),
        ([("a" * 33, "x")], {}, "BOT_COMMAND_INVALID"),
        ([("ask", "")], {}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("ask", "x" * 257)], {}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("ask", "x")] * 101, {}, "BOT_COMMANDS_TOO_MUCH"),
        ([("ask", "x")], {"language_code": "sin"}, "invalid language code specified"),
        ([("ask", "x")], {"scope": telegram.BotCommandScope("moon")}, "BotCommandScope"),
    ],
)
async def test_a_faulty_menu_is_refused(bot, commands, more, words):
    await refused(bot.set_my_commands(commands, **more), words)


async def test_pictures_and_files_go_up_and_come_down(api, bot):
    ama = api.user("Ama", started=True)
    photo = await bot.send_photo(ama.id, PNG, caption="<b>a</b>", parse_mode="HTML")
    assert (photo.photo[-1].width, photo.caption) == (640, "a")
    sent = await bot.send_document(
        ama.id, b"name,done\n", filename="mine.csv", reply_markup=keyboard([button()])
    )
    assert sent.document.file_name == "mine.csv"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"name,done\n"
    again = await bot.send_document(ama.id, sent.document.file_id)
    assert again.document.file_id == sent.document.file_id
    api.assert_clean()


async def test_pictures_and_files_have_limits(api, bot):
    ama = api.user("Ama", started=True)
    await refused(bot.send_photo(ama.id, b"words"), "IMAGE_PROCESS_FAILED")
    thin = PNG[:16] + (5000).to_bytes(4, "big") + (10).to_bytes(4, "big")
    await refused(bot.send_photo(ama.id, thin), "PHOTO_INVALID_DIMENSIONS")
    await refused(bot.send_photo(ama.id, PNG + bytes(10 * 1024 * 1024)), "too big for a photo")
    large = await bot.send_document(ama.id, bytes(21 * 1024 * 1024), filename="x.bin")
    await refused(bot.get_file(large.document.file_id), "file is too big")
    with pytest.raises(error.NetworkError, match="Too Large"):
        await bot.send_document(ama.id, bytes(50 * 1024 * 1024 + 1), filename="x.bin")
    await refused(bot.get_file("nothing"), "invalid file_id")


async def test_a_picture_comes_in_sizes_and_people_see_it_as_it_went_up(api, bot):
    ama = api.user("Ama", started=True)
    sent = await bot.send_photo(ama.id, PNG)
    assert [(one.width, one.height) for one in sent.photo] == [(90, 68), (320, 240), (640, 480)]
    assert len({one.file_id for one in sent.photo}) == 3
    again = await bot.send_photo(ama.id, sent.photo[-1].file_id)
    assert again.photo == sent.photo
    await bot.send_document(ama.id, b"a file", filename="mine.json")
    assert ama.pictures == [PNG, PNG]
    assert ama.documents == {"mine.json": b"a file"}
    api.assert_clean()


async def test_a_file_is_not_taken_for_one_of_another_kind(api, bot):
    ama = api.user("Ama", started=True)
    photo = (await bot.send_photo(ama.id, PNG)).photo[-1].file_id
    document = (await bot.send_document(ama.id, PNG)).document.file_id
    await refused(bot.send_photo(ama.id, document), "can't use file of type Document as Photo")
    await refused(bot.send_document(ama.id, photo), "can't use file of type Photo as Document")
    await refused(bot.send_photo(ama.id, "unheard-of"), "wrong file identifier")


async def test_a_picture_sent_before_is_offered_and_posted_elsewhere(api, bot):
    ama = api.user("Ama", started=True)
    club = api.group("Club", members=[ama])
    rows = keyboard([button("Share", switch_inline_query="my way")], [button("Go")])
    sent = await bot.send_photo(ama.id, PNG, reply_markup=rows)
    asked = await ama.shares("Share", club)
    [update] = await bot.get_updates()
    assert (update.inline_query.query, update.inline_query.chat_type) == ("my way", "supergroup")
    result = InlineQueryResultCachedPhoto(
        "1", sent.photo[-1].file_id, "Title", caption="<b>a</b>", parse_mode="HTML"
    )
    await bot.answer_inline_query(asked.id, [result])
    posted = await ama.posts_card("Title", to=club)
    assert posted["photo"] == [one.to_dict() for one in sent.photo]
    assert (posted["caption"], posted["via_bot"]["id"]) == ("a", bot.id)
    api.assert_clean()
    with pytest.raises(AssertionError, match="use `shares`"):
        await ama.presses("Share", where=ama)


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        (InlineQueryResultCachedPhoto("1", "unheard-of"), "wrong file identifier"),
        (InlineQueryResultCachedPhoto("1", "PHOTO", caption="x" * 1025), "message caption is too long"),
        (InlineQueryResultCachedPhoto("", "PHOTO"), "RESULT_ID_INVALID"),
        (
            InlineQueryResultCachedPhoto("1", "PHOTO", api_kwargs={"mood": "good"}),
            "can't parse inline query result",
        ),
    ],
)
async def test_a_faulty_picture_is_not_offered(api, bot, faulty, words):
    ama = api.user("Ama", started=True)
    photo = (await bot.send_photo(ama.id, PNG)).photo[-1].file_id
    asked = await ama.asks_inline("x")
    given = faulty.to_dict()
    given["photo_file_id"] = given["photo_file_id"].replace("PHOTO", photo)
    answer = await raw(api, "answerInlineQuery", {"inline_query_id": asked.id, "results": [given]})
    assert words in answer["description"]
    assert asked.results is None


@pytest.mark.parametrize("query", ["x" * 257, 7])
async def test_a_button_that_asks_for_a_chat_carries_a_short_text(api, query):
    ama = api.user("Ama", started=True)
    rows = [[{"text": "Share", "switch_inline_query": query}]]
    given = {"chat_id": ama.id, "text": "x", "reply_markup": {"inline_keyboard": rows}}
    assert (await raw(api, "sendMessage", given))["error_code"] == 400


async def test_a_poll_is_sent_voted_in_and_stopped(api, bot):
    ama = api.user("Ama", started=True)
    sent = await bot.send_poll(
        ama.id,
        "Which?",
        ["This", "That"],
        is_anonymous=False,
        type="quiz",
        correct_option_ids=[1],
        explanation="Because.",
    )
    await ama.votes(1)
    heard = await bot.get_updates()
    assert heard[-1].poll_answer.option_ids == (1,)
    closed = await bot.stop_poll(ama.id, sent.message_id)
    assert (closed.is_closed, closed.options[1].voter_count) == (True, 1)
    await refused(bot.stop_poll(ama.id, sent.message_id), "poll has already been closed")


@pytest.mark.parametrize(
    ("question", "options", "more", "words"),
    [
        ("x" * 301, ["a"], {}, "question length must not exceed 300"),
        ("", ["a"], {}, "poll question must be non-empty"),
        ("x", [], {}, "poll must have at least 1 option"),
        ("x", ["a"] * 13, {}, "can't have more than 12 options"),
        ("x", ["a" * 101], {}, "options length must not exceed 100"),
        ("x", ["a"], {"type": "quiz"}, "wrong correct option ID specified"),
        ("x", ["a"], {"type": "quiz", "correct_option_ids": [1]}, "wrong correct option ID specified"),
        ("x", ["a"], {"explanation": "x" * 201}, "MESSAGE_TOO_LONG"),
        ("x", ["a"], {"explanation": "a\nb\nc\nd"}, "MESSAGE_TOO_LONG"),
    ],
)
async def test_a_faulty_poll_is_refused(api, question, options, more, words):
    given = {"chat_id": api.user("Ama", started=True).id, "question": question, "options": options} | more
    assert words.casefold() in (await raw(api, "sendPoll", given))["description"].casefold()


async def test_reactions_and_chat_actions(api, bot):
    ama = api.user("Ama")
    message = await ama.says("hello")
    assert await bot.set_message_reaction(ama.id, message["message_id"], "👍")
    assert await bot.send_chat_action(ama.id, "typing")
    api.assert_clean()
    await refused(bot.set_message_reaction(ama.id, message["message_id"], "x"), "REACTION_INVALID")
    await refused(bot.set_message_reaction(ama.id, 99, "👍"), "message to react not found")
    await refused(bot.send_chat_action(ama.id, "dancing"), "wrong parameter action in request")


async def test_a_token_can_be_wrong_malformed_or_revoked(api, bot):
    for token, code, words in (
        ("123456:another-token_0123456789", 401, "Unauthorized"),
        ("12:34", 404, "Not Found"),
    ):
        assert await raw(api, "getMe", {}, token) == {"ok": False, "error_code": code, "description": words}
    api.revoke()
    with pytest.raises(error.InvalidToken):
        await bot.get_me()


async def test_what_is_no_method_or_not_built_is_loud(api, bot):
    assert (await raw(api, "sendGold", {}))["error_code"] == 404
    with pytest.raises(error.TelegramError, match="not built"):
        await bot.send_dice(1)
    assert (await raw(api, "sendMessage", {"chat_id": 1}))["description"] == "Bad Request: missing text"
    found = api.violations
    assert [one.split(":")[0] for one in found] == ["sendGold", "sendDice", "sendMessage"]


async def test_every_encoding_is_read_and_methods_have_no_case(api):
    ama = api.user("Ama", started=True)
    base = f"{api.url}/bot{api.token}"
    given = {"chat_id": str(ama.id), "text": "අ 😀"}
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData(given, default_to_multipart=True)
        for sent in ({"json": given}, {"data": given}, {"params": given}, {"data": form}):
            async with session.post(f"{base}/SENDMESSAGE", **sent) as answer:
                assert (await answer.json())["result"]["text"] == "අ 😀"
        async with session.post(f"{base}/sendMessage", json=given | {"text": "\ud800"}) as answer:
            assert (await answer.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
        async with session.post(f"{base}/sendMessage", data=b"chat_id=1&text=%ff") as answer:
            assert answer.status == 400
        async with session.post(
            f"{base}/sendMessage", data="{", headers={"Content-Type": "application/json"}
        ) as no:
            assert no.status == 400


async def test_a_private_chat_counts_on_with_the_others_and_a_supergroup_for_itself(api, bot):
    ama, ben, club = api.user("Ama", started=True), api.user("Ben", started=True), api.group("Club")
    numbers = [(await bot.send_message(chat, "x")).message_id for chat in (ama.id, ben.id, club.id, ama.id)]
    assert numbers == [1, 2, 1, 3]


def test_every_method_of_the_library_is_known():
    assert {"sendMessage", "getUpdates", "setWebhook", "close"} < METHODS.keys()
    assert METHODS["sendMessage"].required == {"chat_id", "text"}
    assert METHODS["sendMessage"].faults({"chat_id": 1, "mood": 1}) == ["missing text", "unknown mood"]
    assert "allow_sending_without_reply" not in METHODS["sendMessage"].known
