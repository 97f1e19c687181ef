"""Messages sent in a row: each gets the answer it would get alone, but not more than can be read."""

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions.answer_together import LONGEST_PIECE, MOST, Sent
from bot.conversation import Conversation, Heard
from bot.domain.inbox import StoreError
from bot.domain.journey import Journey
from bot.domain.knowledge import short_code
from bot.domain.reply import Message, Press, Reply, plain_text
from bot.matching.match import Candidate, Outcome
from tests.conversation.test_anything import BASE, check, matches
from tests.samples import (
    ROLE,
    TEXTS,
    CountedMisses,
    KeptJourneys,
    career,
    conversation,
    knowledge,
    meaning,
)

OTHER = "data-scientist"
BOTH = knowledge([career(), career(OTHER, "Data Scientist")])
ANSWER, ACTION, CHOICES = Outcome.ANSWER, Outcome.ACTION, Outcome.CHOICES
LONG = "this one is much too long to be only a piece of another"
MEANINGS = {
    "pay?": meaning(ANSWER, f"{ROLE}/pay"),
    "money?": meaning(ANSWER, f"{ROLE}/pay"),
    "start?": meaning(ANSWER, f"{ROLE}/roadmap"),
    "who hires?": meaning(ANSWER, f"{ROLE}/employers"),
    "for me?": meaning(ANSWER, f"{ROLE}/fit"),
    "pay and start?": meaning(
        ANSWER, f"{ROLE}/pay", also=Candidate(f"{ROLE}/roadmap", 0.9), names_role=True, role=ROLE
    ),
    "help": meaning(ACTION, "bot/help"),
    "remind me": meaning(ACTION, "bot/nudge-set"),
    "hi": meaning(ACTION, "bot/greeting"),
    "thanks": meaning(ACTION, "bot/thanks"),
    "pilot?": meaning(Outcome.UNKNOWN_ROLE, other_career="pilot"),
    "no such job": meaning(Outcome.UNKNOWN_ROLE),
    "visa?": meaning(Outcome.NOT_UNDERSTOOD, pointer="pointers/visa"),
    "rain?": meaning(Outcome.OFF_TOPIC),
    "pay or start": meaning(CHOICES, f"{ROLE}/pay", f"{ROLE}/roadmap"),
    "what": meaning(CHOICES, f"{ROLE}/overview", f"{ROLE}/fit"),
    "what is": meaning(Outcome.NOT_UNDERSTOOD),
    "the": meaning(CHOICES, f"{ROLE}/overview"),
    "what is\nthe": meaning(Outcome.NOT_UNDERSTOOD),
    "what is\nthe\npoint": meaning(ANSWER, f"{ROLE}/fit"),
    "how do i become a": meaning(Outcome.UNKNOWN_ROLE),
    "data scientist": meaning(ANSWER, f"{OTHER}/overview", role=OTHER, names_role=True),
    "and pay": meaning(ANSWER, "{role}/pay"),
    "how do i": meaning(Outcome.OFF_TOPIC),
    "how do i\ndata scientist": meaning(ANSWER, f"{OTHER}/roadmap", role=OTHER, names_role=True),
    f"{LONG}\npay?": meaning(ANSWER, f"{ROLE}/fit"),
    "bad day": meaning(Outcome.SAFETY, distress="self-harm"),
    "i want to": meaning(Outcome.NOT_UNDERSTOOD),
    "end it": meaning(Outcome.NOT_UNDERSTOOD),
    "i want to\nend it": meaning(Outcome.SAFETY, distress="self-harm"),
    "heavy": meaning(ANSWER, f"{ROLE}/fit", gentle=True),
    "heavy rain": meaning(Outcome.OFF_TOPIC, gentle=True),
    "වැටුප?": meaning(ANSWER, f"{ROLE}/pay", language="si"),
}


def door(**more) -> Conversation:
    return conversation(MEANINGS, base=BOTH, **more)


async def row(here: Conversation, *messages: str, **more) -> Reply:
    sent = tuple(Sent(f"{number}-1", text) for number, text in enumerate(messages, 1))
    return await here.hear(
        Heard(chat="chat", student="chat", text="\n".join(messages), together=sent, **more)
    )


def kind(effect: Message) -> str:
    return effect.blocks[0].text.removeprefix("Backend Developer: ").removeprefix("Data Scientist: ")


async def shown(*messages: str, **more) -> list[str]:
    return [kind(effect) for effect in (await row(door(), *messages, **more)).effects]


PAY, START, HIRE = "How it pays and how hard it is", "The steps, from Grade 8", "Who hires in Sri Lanka"
FIT, OFFER, MORE = "Is it for me?", "Did you mean one of these?", "You also asked:"
VISA, HELP = "Visas and working abroad", "How to ask me"
PILOT = "Pilot: good that you ask. I do not know that career yet, so I will not guess. These I know:"


@pytest.mark.parametrize(
    ("messages", "answers"),
    [
        (("pay?", "start?"), [PAY, START]),
        (("start?", "pay?"), [START, PAY]),
        (("pay?", "start?", "who hires?"), [PAY, START, HIRE]),
        (("pilot?", "pay?"), [PILOT, PAY]),
        (("visa?", "help"), [VISA, HELP]),
        (("pay?", "money?"), [PAY]),
        (("pay and start?", "pay?", "start?"), [PAY, START]),
        (("hi", "pay?", "thanks"), [PAY]),
        (("rain?", "pay?", LONG), [PAY]),
        (("pay?", "what"), [PAY, OFFER]),
        (("what", "pay?"), [OFFER, PAY]),
        (("pay or start", "pay?"), [PAY]),
        (("pay or start", "start?", "pay?"), [START, PAY]),
        (("pay?", "what", "what"), [PAY, OFFER]),
    ],
)
async def test_what_is_clear_alone_is_answered_once_and_in_order(messages, answers):
    assert await shown(*messages) == answers


async def test_of_more_than_three_two_are_answered_and_the_rest_is_a_tap_away():
    messages = ("pay?", "start?", "who hires?", "remind me", "pilot?", "what", "for me?", "rain?")
    reply = await row(door(), *messages)
    assert [kind(one) for one in reply.effects] == [PAY, START, MORE]
    more = reply.effects[2]
    ids = (f"{ROLE}/employers", "bot/nudge-set", f"{ROLE}/overview", f"{ROLE}/fit", "bot/roles")
    verbs = ("open", "do", "open", "open", "do")
    pressed = [button.press for (button,) in more.buttons]
    assert pressed == [Press(verb, short_code(one)) for verb, one in zip(verbs, ids, strict=True)]
    assert "Pilot: I do not know that career yet." in plain_text(more.blocks)


async def test_two_things_asked_in_one_message_count_as_two():
    assert await shown("help", "pay and start?", "who hires?") == [HELP, PAY, MORE]


async def test_what_was_also_asked_is_said_in_the_language_it_was_asked_in():
    reply = await row(door(), "for me?", "start?", "who hires?", "වැටුප?")
    assert (reply.effects[2].language, kind(reply.effects[2])) == ("en", MORE)
    reply = await row(door(), "for me?", "start?", "වැටුප?", "who hires?")
    assert reply.effects[2].language == "si"


async def test_a_career_counts_for_the_messages_after_it_and_later():
    here = door()
    reply = await row(here, "and pay", "data scientist", "and pay")
    titles = [one.blocks[0].text.partition(":")[0] for one in reply.effects]
    assert titles == ["Backend Developer", "Data Scientist", "Data Scientist"]
    later = await here.hear(Heard(chat="chat", student="chat", text="/duties"))
    assert later.effects[0].blocks[0].text.startswith("Data Scientist: ")


@pytest.mark.parametrize(
    ("messages", "answers"),
    [
        (("what is", "the", "point"), [FIT]),
        (("what is", "the", "pay?"), [OFFER, PAY]),
        (("how do i", "data scientist"), [START]),
        (("hi", "how do i", "data scientist", "pay?"), [START, PAY]),
        (("how do i become a", "data scientist"), ["What a backend developer does"]),
        (("how do i become a", "pilot?"), [PILOT]),
        ((LONG, "pay?"), [PAY]),
    ],
)
async def test_a_question_sent_in_pieces_is_one_question(messages, answers):
    assert len(LONG) > LONGEST_PIECE
    assert await shown(*messages) == answers


@pytest.mark.parametrize(
    ("messages", "begins"),
    [
        (("hi", "thanks"), "Hello"),
        (("thanks", "rain?"), "You are welcome"),
        (("hi", "what is"), "Hello"),
        (("hi", "what"), OFFER),
        (("rain?", "what"), OFFER),
        (("rain?", LONG), "Sorry, I did not understand"),
        (("🙂", "..."), "I read words best"),
        (("hi", "i want to", "pay or start"), OFFER),
    ],
)
async def test_where_nothing_is_clear_there_is_one_answer(messages, begins):
    (answer,) = await shown(*messages)
    assert answer.startswith(begins)


async def test_what_is_not_clear_alone_may_be_clear_as_one():
    whole = {**MEANINGS, "rain?\nwhat": meaning(ANSWER, f"{ROLE}/pay")}
    for messages in (("rain?", "what"), ("hi", "rain?", "what"), ("rain?", "thanks", "what")):
        (answer,) = (await row(conversation(whole), *messages)).effects
        assert kind(answer) == PAY


@pytest.mark.parametrize(
    "messages",
    [
        ("bad day", "pay?"),
        ("pay?", "bad day", "data scientist"),
        ("data scientist", "start?", "who hires?", "for me?", "bad day"),
        ("data scientist", "i want to", "end it"),
        ("i want to", "end it", "heavy"),
    ],
)
@pytest.mark.parametrize("place", ["private", "group"])
async def test_distress_in_any_of_them_is_all_that_is_answered_and_leaves_no_trace(messages, place):
    misses = CountedMisses()
    here = door(misses=misses)
    before = await here.hear(Heard(chat="chat", student="chat", text="/duties"))
    (answer,) = (await row(here, *messages, place=place)).effects
    assert "1929" in plain_text(answer.blocks)
    assert answer.audience == "asker"
    assert misses.recorded == []
    assert await here.hear(Heard(chat="chat", student="chat", text="/duties")) == before


async def test_distress_in_all_of_them_joined_is_noticed():
    words = ("pay?", "who hires?")
    here = conversation({**MEANINGS, "\n".join(words): MEANINGS["bad day"]})
    (answer,) = (await row(here, *words)).effects
    assert "1929" in plain_text(answer.blocks)


@pytest.mark.parametrize(
    "messages",
    [("pay?", "heavy"), ("heavy rain", "pay?"), ("heavy", "heavy rain", "hi"), ("hi", "heavy rain")],
)
async def test_one_gentle_line_is_enough(messages):
    reply = await row(door(), *messages)
    seen = "\n".join(plain_text(one.blocks) for one in reply.effects)
    assert seen.count("1929") == 1
    in_group = (await row(door(), *messages, place="group")).effects
    assert ["1929" in plain_text(one.blocks) for one in in_group] == [False] * (len(in_group) - 1) + [True]
    assert in_group[-1].audience == "asker"


@pytest.mark.parametrize(
    ("messages", "counted"),
    [
        (("pay?", "rain?", "pilot?"), [Outcome.OFF_TOPIC, Outcome.UNKNOWN_ROLE]),
        (("what is", "the", "point"), []),
        (("rain?", LONG), [Outcome.NOT_UNDERSTOOD]),
        (("pay?", "🙂"), []),
        (("pay?", "heavy rain"), []),
    ],
)
async def test_each_question_without_a_good_answer_is_counted_once(messages, counted):
    misses = CountedMisses()
    await row(door(misses=misses), *messages)
    assert [outcome for _, outcome in misses.recorded] == counted


async def test_in_a_group_what_is_not_for_all_goes_to_the_asker_alone():
    pay, reminder = (await row(door(), "pay?", "remind me", place="group")).effects
    assert (pay.audience, reminder.audience) == ("here", "asker")


@given(
    st.lists(matches, min_size=2, max_size=25),
    st.sampled_from(["private", "group"]),
    st.sampled_from(["?", "{}", "words {}", "many more words than a piece of a question has, {}"]),
)
@settings(max_examples=100, deadline=None)
async def test_whatever_they_are_taken_to_mean_the_reply_is_short_and_within_the_limits(found, place, words):
    messages = tuple(words.format(number) for number in range(len(found)))
    reply = await row(
        conversation(dict(zip(messages, found, strict=True)), base=BASE), *messages, place=place
    )
    check(reply)
    assert len(reply.effects) <= MOST + (place == "group")


# Marks and undos: each message is heard until its answer is delivered, every time maybe with others

DONE, SKIP, KNOW, BACK = (
    meaning(ACTION, f"bot/{one}") for one in ("mark-done", "skip-step", "know-step", "undo")
)
PYTHON, SQL, PROGRAM, SYSTEMS = (("python-basics",), ("basic-sql",), ("cli-program",), ("systems-thinking",))
SAID = {
    "python is done": (DONE, (PYTHON,)),
    "sql is done": (DONE, (SQL,)),
    "sql is done too": (DONE, (SQL,)),
    "sql or systems is done": (DONE, ((*SQL, *SYSTEMS),)),
    "all three are done": (DONE, (PYTHON, SQL, PROGRAM)),
    "the program?": (meaning(CHOICES, "bot/mark-done", f"{ROLE}/roadmap"), (PROGRAM,)),
    "the program and systems?": (
        meaning(CHOICES, "bot/mark-done", f"{ROLE}/roadmap"),
        (PROGRAM, SYSTEMS),
    ),
    "sql?": (meaning(CHOICES, "bot/mark-done", f"{ROLE}/roadmap"), (SQL,)),
    "skip sql": (SKIP, (SQL,)),
    "skip the program": (SKIP, (PROGRAM,)),
    "i know sql": (KNOW, (SQL,)),
    "i know systems": (KNOW, (SYSTEMS,)),
    "undo": (BACK, ()),
    "take it back": (BACK, ()),
    "undo python": (BACK, (PYTHON,)),
    "how far am i": (meaning(ACTION, "bot/progress"), ()),
    "pay?": (meaning(ANSWER, f"{ROLE}/pay"), ()),
}
TICKED = [f"{ROLE}/roadmap/cs50/{task}" for task in ("one", "two", "three", "four")]


class Killed(Exception):  # noqa: N818 - what happened to the bot
    """The process is gone."""


@dataclass
class Breaking(KeptJourneys):
    """Keeps what students did, until so many changes were made; then it breaks, once or for good."""

    changes: int | None = None
    breaks_again: bool = False
    breaks: Exception | None = None

    async def change(self, *about):
        if self.changes == 0:
            self.changes = 0 if self.breaks_again else None
            raise self.breaks
        if self.changes:
            self.changes -= 1
        return await super().change(*about)


@dataclass
class Student:
    """Somebody who has ticked four tasks, and lets it be kept."""

    door: Conversation
    journeys: Breaking

    @classmethod
    async def agreed(cls):
        journeys = Breaking()
        door = conversation(
            {text: match for text, (match, _) in SAID.items()},
            named={text: named for text, (_, named) in SAID.items()},
            journeys=journeys,
        )
        for number, task in enumerate(TICKED, 1):
            press = Press("tick", short_code(task)) if number > 1 else Press("keep", short_code(task), "tick")
            await door.hear(Heard("chat", "chat", press=press, cause=f"{number}-1", at=1))
        return cls(door, journeys)

    async def says(self, *numbered):
        """Say one thing, or several in a row; what is said carries its place, and so its cause."""
        sent = tuple(Sent(f"{100 + number}-2", text) for number, text in numbered)
        text = "\n".join(one.text for one in sent)
        together = sent if len(sent) > 1 else ()
        reply = await self.door.hear(
            Heard("chat", "chat", text=text, together=together, cause=sent[0].cause, at=2)
        )
        return [plain_text(one.blocks) for one in reply.effects]

    @property
    def did(self):
        """What was marked and taken back since: kinds, and steps without the career."""
        kept = [one for one in self.journeys.kept["chat"] if one.at == 2]
        return [
            (one.kind, one.about.rpartition("/")[2])
            for one in kept
            if one.kind in {"done", "skipped", "known", "undone"}
        ]

    @property
    def undone(self):
        """The causes of what was taken back."""
        return [one.value for one in self.journeys.kept["chat"] if one.kind == "undone"]

    @property
    def stands(self):
        """What became of each step."""
        journey = Journey(self.journeys.kept["chat"], BASE)
        return {step.id: journey.status(step) for step in BASE.roles[ROLE].steps}


async def test_an_undo_is_done_once_though_it_is_heard_alone_and_then_in_a_row():
    student = await Student.agreed()
    await student.says((0, "undo"))
    await student.says((0, "undo"), (1, "how far am i"))
    assert student.undone == ["4-1"]


async def test_an_undo_is_done_once_though_it_is_heard_in_a_row_and_then_alone():
    student = await Student.agreed()
    row = list(enumerate(["python is done", "how far am i", "undo"]))
    await student.says(*row)
    for one in row:
        await student.says(one)
    await student.says(*row[1:])
    assert student.did == [("done", "python-basics"), ("undone", "")]


async def test_undo_said_again_takes_back_one_change_more():
    student = await Student.agreed()
    await student.says(*enumerate(["undo", "undo", "take it back"]))
    assert student.undone == ["4-1", "3-1", "2-1"]


async def test_a_mark_said_again_after_an_undo_is_made_again():
    student = await Student.agreed()
    await student.says(*enumerate(["python is done", "undo", "python is done"]))
    assert student.did == [("done", "python-basics"), ("undone", ""), ("done", "python-basics")]


@pytest.mark.parametrize(
    ("row", "undone"),
    [
        (("python is done", "sql is done", "undo"), ["101-2"]),
        (("python is done", "sql is done", "how far am i", "undo"), []),
        (("python is done", "sql is done", "undo python"), ["100-2"]),
        (("skip the program", "python is done", "undo", "sql is done"), []),
        (("python is done", "skip the program", "undo", "sql is done"), ["101-2"]),
        (("python is done", "undo", "sql is done"), ["100-2"]),
    ],
)
async def test_an_undo_takes_back_no_more_than_it_would_if_each_were_heard_alone(row, undone):
    student, slow = await Student.agreed(), await Student.agreed()
    await student.says(*enumerate(row))
    assert student.undone == undone
    for one in enumerate(row):
        await slow.says(one)
    if len(student.did) == len(slow.did):
        assert student.stands == slow.stands
    else:
        # Of four only two are done at once.
        assert student.did == slow.did[:2]


async def test_of_marks_joined_none_comes_before_another_one_of_the_same_step():
    student = await Student.agreed()
    await student.says(*enumerate(["python is done", "i know sql", "sql is done"]))
    assert student.did == [("done", "python-basics"), ("known", "basic-sql"), ("done", "basic-sql")]


async def test_a_mark_is_not_lost_beside_one_of_its_kind_that_was_heard_alone_before():
    student = await Student.agreed()
    await student.says((0, "python is done"))
    await student.says((0, "python is done"), (1, "sql is done"))
    assert student.did == [("done", "python-basics"), ("done", "basic-sql")]


async def test_marks_that_were_joined_are_told_the_same_when_they_are_heard_again():
    student = await Student.agreed()
    row = list(enumerate(["python is done", "sql is done"]))
    [told] = await student.says(*row)
    assert await student.says(*row) == [told]
    assert "Marked as done: Learn Python basics" in (await student.says(row[0]))[0]
    await student.says(row[1])
    assert student.did == [("done", "python-basics"), ("done", "basic-sql")]


async def test_a_mark_that_was_taken_back_stays_so_beside_one_of_its_kind():
    student = await Student.agreed()
    await student.says((50, "python is done"))
    row = list(enumerate(["python is done", "sql is done", "undo"]))
    for one in row:
        await student.says(one)
    await student.says(*row[:2])
    assert student.did == [("done", "python-basics"), ("done", "basic-sql"), ("undone", "")]


turns = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["answered", "lost", "killed"])), max_size=12)
undos = st.lists(st.sampled_from(["undo", "take it back"]), max_size=3)


@given(
    st.one_of(
        st.tuples(
            st.lists(
                st.sampled_from(
                    ["python is done", "i know systems", "skip the program", "how far am i", "pay?"]
                ),
                max_size=5,
                unique=True,
            ),
            undos,
        )
        .map(lambda both: both[0] + both[1])
        .flatmap(st.permutations),
        # A mark joined to others is taken back with them, so these are without an undo.
        st.permutations(["python is done", "sql is done", "i know systems", "skip the program", "pay?"]),
    ),
    turns,
    st.data(),
)
@settings(max_examples=200, deadline=None)
async def test_however_messages_are_taken_together_again_after_a_kill_each_is_done_once(row, chances, data):
    student, quick = await Student.agreed(), await Student.agreed()
    numbered = list(enumerate(row))
    for one in numbered:
        await quick.says(one)
    waiting = numbered
    for size, end in chances:
        if not waiting:
            break
        if end == "killed":
            student.journeys.changes, student.journeys.breaks = data.draw(st.integers(0, 2)), Killed()
        try:
            await student.says(*waiting[:size])
        except Killed:
            continue
        student.journeys.changes = None
        if end == "answered":
            waiting = waiting[size:]
    for one in waiting:
        await student.says(one)
    assert Counter(student.did) == Counter(quick.did)
    assert sorted(student.undone) == sorted(quick.undone)


# Steps that are named


@pytest.mark.parametrize("offered", ["the program?", "the program and systems?"])
async def test_what_may_be_a_mark_of_another_step_is_asked_about_beside_one_that_is_clear(offered):
    student = await Student.agreed()
    told, asked = await student.says(*enumerate(["sql is done", offered]))
    assert "Learn basic SQL" in told
    assert asked.startswith(OFFER)
    told, asked = await student.says(*enumerate(["all three are done", "the program and systems?"], 50))
    assert asked.startswith(OFFER)


@pytest.mark.parametrize("clear", ["sql is done", "all three are done"])
async def test_what_may_be_a_mark_of_a_step_that_is_marked_anyway_is_not_asked_about(clear):
    student = await Student.agreed()
    assert len(await student.says(*enumerate([clear, "sql?"]))) == 1
    assert len(await student.says(*enumerate(["sql?", clear], 50))) == 1


@pytest.mark.parametrize("place", ["private", "group"])
async def test_marks_beyond_what_is_done_at_once_are_a_tap_away_in_private_each_with_its_step(place):
    student = await Student.agreed()
    row = ["pay?", "how far am i", "sql is done", "skip the program"]
    sent = tuple(Sent(f"{number}-2", text) for number, text in enumerate(row, 100))
    reply = await student.door.hear(Heard("chat", "chat", together=sent, cause="100-2", at=2, place=place))
    presses = [button.press for (button,) in reply.effects[2].buttons]
    sql, program, *does = (
        short_code(one)
        for one in (*(f"{ROLE}/roadmap/{one}" for one in (*SQL, *PROGRAM)), "bot/mark-done", "bot/skip-step")
    )
    its_own, of_all = [("done", sql), ("skip", program)], [("do", one) for one in does]
    assert [(one.verb, one.code) for one in presses] == (its_own if place == "private" else of_all)


# What cannot be kept


@pytest.mark.parametrize(
    ("changes", "did"), [(0, [("skipped", "cli-program")]), (1, [("done", "python-basics")])]
)
async def test_what_was_saved_is_told_beside_what_was_not(changes, did):
    student = await Student.agreed()
    student.journeys.changes, student.journeys.breaks = changes, StoreError("the disk is full")
    row = list(enumerate(["python is done", "skip the program"]))
    told = await student.says(*row)
    not_saved = TEXTS.say("not-saved", "en").splitlines()[0]
    assert [one.startswith(not_saved) for one in told] == [changes == 0, changes == 1]
    assert student.did == did
    await student.says(*row)
    assert sorted(student.did) == [("done", "python-basics"), ("skipped", "cli-program")]


async def test_that_nothing_was_saved_is_said_once():
    student = await Student.agreed()

    student.journeys.breaks_again = True
    student.journeys.changes, student.journeys.breaks = 0, StoreError("the disk is full")
    [told] = await student.says(*enumerate(["python is done", "skip the program"]))
    assert told.startswith(TEXTS.say("not-saved", "en").splitlines()[0])
