"""The table of what the bot can do."""

import re

import pytest

from bot.actions.show_help import show_help
from bot.conversation import Heard
from bot.domain.knowledge import short_code
from bot.domain.reply import Press, plain_text
from bot.functions import FUNCTIONS, IN_PRIVATE, Function, menu
from bot.matching.match import Outcome
from bot.texts.catalogue import load_catalogues
from tests.samples import conversation, meaning, say

TWELVE = """greeting thanks help roles next-step mark-done progress nudge-set nudge-stop undo forget-me
about-bot""".split()
BESIDE = """start parents privacy ask roadmap duties resources skip-step know-step start-again settings
export""".split()

rows = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda row: row.id)


def test_the_table_has_every_function_that_students_ask_for():
    assert {row.id for row in FUNCTIONS} == {f"bot/{name}" for name in [*TWELVE, *BESIDE]}


def test_no_two_rows_share_an_id_a_command_or_a_code():
    commands = [row.command for row in FUNCTIONS if row.command]
    assert len(commands) == len(set(commands))
    assert len({short_code(row.id) for row in FUNCTIONS}) == len(FUNCTIONS)


@rows
def test_a_row_has_its_texts_and_unless_small_talk_a_command_and_a_line_in_the_help(function):
    texts = load_catalogues()
    assert texts.say(function.label_key, "en")
    if function.small_talk:
        assert function.command is None
        return
    assert re.fullmatch("[a-z0-9_]{1,32}", function.command), "what Telegram takes for a command"
    assert 0 < len(texts.say(function.help_key, "en")) <= 256
    assert function.offered <= {"private", "group"}
    assert function.offered


@pytest.mark.parametrize("place", ["private", "group"])
def test_the_menu_lists_what_is_there_now_and_offered_in_that_place(place):
    texts = load_catalogues()
    listed = menu(FUNCTIONS, place)
    assert {command for command, _ in listed} == {
        row.command for row in FUNCTIONS if row.command and place in row.offered
    }
    assert len(listed) <= 100
    for command, key in listed:
        assert re.fullmatch("[a-z0-9_]{1,32}", command)
        assert 1 <= len(texts.say(key, "en")) <= 256


def test_the_menu_leaves_out_what_is_private_in_groups_and_small_talk():
    rows = (
        Function("bot/ask", show_help, "ask", "careers"),
        Function("bot/forget-me", show_help, "forget", "bot", IN_PRIVATE),
        Function("bot/thanks", show_help, "thanks", "bot", small_talk=True),
        Function("bot/greeting", show_help, None, "bot"),
    )
    assert menu(rows, "private") == (("ask", "help-ask"), ("forget", "help-forget-me"))
    assert menu(rows, "group") == (("ask", "help-ask"),)


@rows
async def test_a_sentence_a_button_and_a_command_reach_the_same_answer(function):
    door = conversation({"the sentence": meaning(Outcome.ACTION, function.id)})
    by_sentence = await say(door, "the sentence")
    by_button = await door.hear(Heard(chat="b", student="b", press=Press("do", short_code(function.id))))
    assert by_sentence == by_button
    if function.command:
        assert await say(door, f"/{function.command}", chat="c") == by_button


@rows
async def test_the_help_lists_every_command(function):
    shown = plain_text((await say(conversation(), "/help")).effects[0].blocks)
    if function.command:
        assert f"/{function.command}:" in shown


async def test_who_has_no_daily_task_and_stops_it_learns_that_there_is_none():
    (message,) = (await say(conversation(), "/stop")).effects
    assert "nothing to stop" in plain_text(message.blocks)


async def test_a_match_with_a_function_that_is_not_in_the_table_is_not_acted_upon():
    reply = await say(conversation({"x y": meaning(Outcome.ACTION, "bot/launch-rocket")}), "x y")
    assert "did not understand" in plain_text(reply.effects[0].blocks)
