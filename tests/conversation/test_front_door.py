"""How commands, questions and presses are told apart, counted and answered."""

import threading

import pytest

from bot.conversation import Conversation, Heard, Snapshot
from bot.domain.knowledge import short_code
from bot.domain.reply import Erase, Press, Toast, plain_text
from bot.functions import FUNCTIONS
from bot.matching.match import Match, Outcome
from bot.texts.catalogue import load_catalogues
from tests.samples import (
    ROLE,
    CountedMisses,
    DictionaryMatcher,
    career,
    conversation,
    keeping,
    knowledge,
    meaning,
    say,
)

MEANINGS = {
    "pay?": meaning(Outcome.ANSWER, f"{ROLE}/pay"),
    "help me": meaning(Outcome.ACTION, "bot/help"),
    "rain?": meaning(Outcome.OFF_TOPIC, language="si"),
    "pilot?": meaning(Outcome.UNKNOWN_ROLE, other_career="pilot"),
    "visa?": meaning(Outcome.NOT_UNDERSTOOD, pointer="pointers/visa"),
    "python?": meaning(Outcome.CHOICES, f"{ROLE}/languages", f"{ROLE}/roadmap/python-basics"),
    "heavy rain?": meaning(Outcome.OFF_TOPIC, gentle=True),
    "bad day": meaning(Outcome.SAFETY, distress="self-harm"),
    "start bad day": meaning(Outcome.SAFETY, distress="self-harm"),
    "roadmap for me": meaning(Outcome.ANSWER, f"{ROLE}/roadmap/cs50"),
    "my salary": meaning(Outcome.ANSWER, f"{ROLE}/pay"),
    "heavy heart": meaning(Outcome.NOT_UNDERSTOOD, gentle=True),
}


def first(reply) -> str:
    return plain_text(reply.effects[0].blocks)


@pytest.mark.parametrize(
    "typed", ["/help", "/HELP", " /help ", "/help@Some_Bot", "/Help@bot please", "/help\nplease", "/help@"]
)
async def test_a_command_is_read_whatever_stands_around_it(typed):
    assert first(await say(conversation(MEANINGS), typed)).startswith("How to ask me")


async def test_ask_takes_a_question_also_over_several_lines_and_with_the_bots_name():
    for typed in ("/ask pay?", "/ASK@bot pay?", "/ask\npay?"):
        assert first(await say(conversation(MEANINGS), typed)).startswith("How it pays")


async def test_words_after_a_command_for_a_side_of_the_career_make_a_question():
    assert first(await say(conversation(MEANINGS), "/roadmap for me")).startswith("Complete CS50")


async def test_an_unknown_command_that_means_something_is_answered_underscores_and_all():
    assert first(await say(conversation(MEANINGS), "/my_salary")).startswith("How it pays")


async def test_an_unknown_command_that_means_nothing_is_no_missed_question():
    misses = CountedMisses()
    assert "do not know that command" in first(await say(conversation(MEANINGS, misses=misses), "/blub"))
    assert misses.recorded == []


async def test_an_unknown_command_with_unclear_signs_gets_the_gentle_line():
    assert "If things feel heavy" in first(await say(conversation(MEANINGS), "/heavy heart"))


async def test_distress_behind_a_command_goes_before_the_command():
    (message,) = (await say(conversation(MEANINGS), "/start bad day")).effects
    assert message.audience == "asker"
    assert "Hello" not in plain_text(message.blocks)


async def test_questions_without_a_good_answer_are_counted_by_language_and_outcome_alone():
    misses = CountedMisses()
    door = conversation(MEANINGS, misses=misses)
    for text in ("rain?", "pilot?", "visa?", "what on earth", "pay?", "python?", "help me", "bad day"):
        await say(door, text)
    assert misses.recorded == [
        ("si", Outcome.OFF_TOPIC),
        ("en", Outcome.UNKNOWN_ROLE),
        ("en", Outcome.NOT_UNDERSTOOD),
        ("en", Outcome.NOT_UNDERSTOOD),
    ]


@pytest.mark.parametrize("text", ["heavy rain?", "bad day", "", "🔥", "/help", "/start"])
async def test_unclear_signs_distress_wordless_messages_and_commands_are_not_counted(text):
    misses = CountedMisses()
    await say(conversation(MEANINGS, misses=misses), text)
    assert misses.recorded == []


async def test_none_of_these_and_not_helpful_are_counted_but_a_misread_message_is_not():
    misses = CountedMisses()
    door = conversation(MEANINGS, misses=misses)
    await door.hear(Heard(chat="c", student="s", press=Press("none")))
    await door.hear(Heard(chat="c", student="s", press=Press("unhelpful", short_code(f"{ROLE}/pay"))))
    counted = list(misses.recorded)
    (message,) = (await say(door, "bad day")).effects
    (misread,) = (b for row in message.buttons for b in row if b.press and b.press.verb == "none")
    (reply,) = (await door.hear(Heard(chat="c", student="s", press=misread.press))).effects
    assert counted == misses.recorded == [("en", Outcome.CHOICES), ("en", Outcome.ANSWER)]
    assert reply.audience == "asker"


async def test_erasing_removes_the_exchange_and_says_so_in_passing():
    reply = await conversation().hear(Heard(chat="c", student="s", press=Press("erase")))
    assert {type(effect) for effect in reply.effects} == {Erase, Toast}


@pytest.mark.parametrize(
    "heard",
    [
        Heard(chat="c", student="s", stale=True),
        *(
            Heard(chat="c", student="s", press=Press(verb, code))
            for verb in ("open", "turn", "do")
            for code in ("", "zzzzzz", short_code("bot/greeting") if verb != "do" else short_code(ROLE))
        ),
        Heard(chat="c", student="s", press=Press("open", short_code(f"{ROLE}/stages/from-grade-8"))),
    ],
)
async def test_a_button_that_means_nothing_now_is_answered_kindly_with_a_menu(heard):
    toast, menu = (await conversation().hear(heard)).effects
    assert isinstance(toast, Toast)
    assert "Nothing is lost" in plain_text(menu.blocks)
    assert menu.buttons


async def test_a_career_can_be_opened_by_its_own_code():
    reply = await conversation().hear(Heard(chat="c", student="s", press=Press("open", short_code(ROLE))))
    assert first(reply).startswith("What a backend developer does")


async def test_an_answer_whose_entry_is_gone_is_not_understood():
    door = conversation({"q": meaning(Outcome.ANSWER, f"{ROLE}/duties/gone")})
    assert "did not understand" in first(await say(door, "q"))


async def test_asking_once_tells_what_was_meant_and_remembers_and_counts_nothing():
    misses = CountedMisses()
    both = knowledge([career(), career("data-scientist", "Data Scientist")])
    door = conversation({"pay": meaning(Outcome.ANSWER, "{role}/pay")}, base=both, misses=misses)
    match, reply = await door.ask("pay", "data-scientist")
    assert match.candidates[0].id == "data-scientist/pay"
    assert first(reply).startswith("Data Scientist: ")
    assert (await door.ask("pay"))[0].candidates[0].id == f"{ROLE}/pay"
    assert (await door.ask("blub"))[0].outcome is Outcome.NOT_UNDERSTOOD
    assert misses.recorded == []


async def test_asking_once_about_a_career_that_is_not_there_raises():
    with pytest.raises(KeyError):
        await conversation().ask("pay", "astronaut")


async def test_asking_once_reaches_the_functions_too():
    match, reply = await conversation(MEANINGS).ask("help me")
    assert match.outcome is Outcome.ACTION
    assert first(reply).startswith("How to ask me")


async def test_matching_does_not_hold_the_thread_that_serves_the_other_chats():
    threads = []

    class Watching(DictionaryMatcher):
        def match(self, question: str, role: str | None) -> Match:
            threads.append(threading.current_thread())
            return super().match(question, role)

    door = Conversation(
        snapshot=lambda: Snapshot(knowledge(), Watching({})),
        texts=load_catalogues(),
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )
    await say(door, "what is this")
    assert threads
    assert threading.current_thread() not in threads
