"""What a chat is about, for an hour and for nobody else."""

import asyncio

from bot.conversation import Conversation, Heard, Recent, Snapshot
from bot.domain.knowledge import short_code
from bot.domain.reply import Press, plain_text
from bot.functions import FUNCTIONS
from bot.matching.match import Outcome
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

OTHER = "data-scientist"
BOTH = knowledge([career(), career(OTHER, "Data Scientist")])
MEANINGS = {
    "data scientist?": meaning(Outcome.ANSWER, f"{OTHER}/overview", role=OTHER, names_role=True),
    "data scientist or what": meaning(
        Outcome.CHOICES, f"{OTHER}/pay", f"{OTHER}/fit", role=OTHER, names_role=True
    ),
    "and the pay?": meaning(Outcome.ANSWER, "{role}/pay"),
    "pilot?": meaning(Outcome.UNKNOWN_ROLE, other_career="pilot", names_role=True),
    "rain?": meaning(Outcome.OFF_TOPIC, language="si"),
    "bad day": meaning(Outcome.SAFETY, distress="self-harm", language="ta", role=OTHER, names_role=True),
}


def door(**more) -> Conversation:
    return conversation(MEANINGS, base=BOTH, **more)


def title(reply) -> str:
    return reply.effects[0].blocks[0].text


async def test_a_question_without_a_career_is_about_the_default_one():
    assert title(await say(door(), "and the pay?")).startswith("Backend Developer: ")


async def test_a_question_without_a_career_is_about_the_one_last_spoken_of():
    here = door()
    await say(here, "data scientist?")
    assert title(await say(here, "and the pay?")).startswith("Data Scientist: ")


async def test_the_career_is_remembered_for_an_hour_and_no_longer():
    here = door()
    await say(here, "data scientist?", at=100)
    assert title(await say(here, "/roadmap", at=3700)).startswith("Data Scientist: ")
    assert title(await say(here, "/roadmap", at=3701)).startswith("Backend Developer: ")


async def test_after_the_clock_was_set_back_what_was_remembered_is_gone():
    here = door()
    await say(here, "data scientist?", at=1000)
    assert title(await say(here, "/roadmap", at=999)).startswith("Backend Developer: ")
    assert title(await say(here, "/roadmap", at=1000)).startswith("Backend Developer: ")
    await say(here, "data scientist?", chat="one", at=900)
    await say(here, "data scientist?", chat="two", at=1000)
    assert title(await say(here, "/roadmap", chat="two", at=999)).startswith("Backend Developer: ")
    assert title(await say(here, "/roadmap", chat="one", at=999)).startswith("Data Scientist: ")


async def test_speaking_of_it_again_begins_the_hour_anew():
    here = door()
    await say(here, "data scientist?", at=0)
    await say(here, "and the pay?", at=3000)
    assert title(await say(here, "and the pay?", at=6000)).startswith("Data Scientist: ")


async def test_a_career_named_in_a_question_of_several_meanings_is_remembered():
    here = door()
    await say(here, "data scientist or what")
    assert title(await say(here, "and the pay?")).startswith("Data Scientist: ")


async def test_chatter_and_careers_not_covered_leave_the_career_spoken_of():
    here = door()
    await say(here, "data scientist?")
    await say(here, "rain?")
    await say(here, "pilot?")
    assert title(await say(here, "and the pay?")).startswith("Data Scientist: ")


async def test_a_pressed_button_makes_its_career_the_one_spoken_of():
    here = door()
    await here.hear(Heard(chat="chat", student="s", press=Press("open", short_code(f"{OTHER}/duties/apis"))))
    assert title(await say(here, "and the pay?")).startswith("Data Scientist: ")


async def test_a_link_makes_its_career_the_one_spoken_of_by_id_and_by_code():
    for name in (OTHER, short_code(OTHER)):
        here = door()
        await say(here, f"/start role_{name}")
        assert title(await say(here, "and the pay?")).startswith("Data Scientist: ")


async def test_a_side_of_the_career_asked_for_by_command_is_that_of_the_one_spoken_of():
    here = door()
    await say(here, "data scientist?")
    assert title(await say(here, "/duties")).startswith("Data Scientist: ")


async def test_two_chats_at_once_never_see_each_others_career_or_language():
    here = door()

    async def student(chat: str, first: str) -> list[str]:
        await say(here, first, chat=chat)
        return [title(await say(here, "/roadmap", chat=chat)) for _ in range(20)]

    of_one, of_two = await asyncio.gather(student("one", "data scientist?"), student("two", "rain?"))
    assert all(said.startswith("Data Scientist: ") for said in of_one)
    assert all(said.startswith("Backend Developer: ") for said in of_two)
    assert "ආයුබෝවන්" in plain_text((await say(here, "/start", chat="two")).effects[0].blocks)
    assert "Hello" in plain_text((await say(here, "/start", chat="one")).effects[0].blocks)


async def test_distress_leaves_no_trace():
    misses = CountedMisses()
    here = door(misses=misses)
    before = await say(here, "/start", at=1)
    await say(here, "bad day", at=2)
    assert await say(here, "/start", at=1) == before
    assert misses.recorded == []


async def test_a_career_that_left_the_knowledge_is_no_longer_spoken_of():
    shown = [Snapshot(BOTH, DictionaryMatcher(MEANINGS)), Snapshot(knowledge(), DictionaryMatcher(MEANINGS))]
    here = Conversation(
        snapshot=lambda: shown[0],
        texts=load_catalogues(),
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )
    await say(here, "data scientist?")
    shown.pop(0)
    assert title(await say(here, "and the pay?")) == "How it pays and how hard it is"


async def test_a_default_career_that_is_not_there_gives_way_to_the_first_one():
    here = Conversation(
        snapshot=lambda: Snapshot(BOTH, DictionaryMatcher({})),
        texts=load_catalogues(),
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role="astronaut",
        **keeping(),
    )
    assert title(await say(here, "/roadmap")).startswith("Backend Developer: ")


async def test_the_snapshot_is_fetched_once_for_each_thing_heard():
    fetched = []

    def snapshot() -> Snapshot:
        fetched.append(1)
        return Snapshot(BOTH, DictionaryMatcher(MEANINGS))

    here = Conversation(
        snapshot=snapshot,
        texts=load_catalogues(),
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )
    for text in ("and the pay?", "/help", "/unknown words", "", "data scientist?"):
        fetched.clear()
        await say(here, text)
        assert len(fetched) == 1, text


def test_only_so_many_chats_are_remembered_and_the_longest_silent_goes_first():
    recent = Recent(seconds=100, chats=3)
    for at, chat in enumerate(["a", "b", "c", "a", "d"]):
        recent.remember(chat, f"word of {chat}", at)
    assert [recent.recall(chat, 5) for chat in "abcd"] == ["word of a", None, "word of c", "word of d"]


def test_a_chat_whose_clock_ran_behind_is_forgotten_in_time_too():
    recent = Recent(seconds=100, chats=10)
    recent.remember("ahead", "word", 100)
    recent.remember("behind", "word", 0)
    assert recent.recall("behind", 101) is None
    assert recent.recall("ahead", 101) == "word"


def test_what_is_over_is_gone_from_memory_whoever_it_belonged_to():
    recent = Recent(seconds=100, chats=10)
    recent.remember("silent", "word", 0)
    recent.recall("another", 101)
    assert recent.recall("silent", 0) is None
