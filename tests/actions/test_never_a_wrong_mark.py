"""Old buttons, vague words and trouble on the way never make a wrong mark."""

import pytest

from bot.conversation import Heard
from bot.domain.inbox import StoreError
from bot.domain.journey import Event
from bot.domain.knowledge import short_code
from bot.domain.reply import Press, plain_text
from bot.matching.match import Match, Outcome
from tests.samples import ROLE, KeptJourneys, career, conversation, knowledge, meaning, say

ME = "77"
DONE, SKIP, KNOW, UNDO = (
    meaning(Outcome.ACTION, f"bot/{one}") for one in ("mark-done", "skip-step", "know-step", "undo")
)
SAID = {
    "done": DONE,
    "i finished docker": DONE,
    "done docker": DONE,
    "my friend finished cs50": DONE,
    "i finished task 2 of python": DONE,
    "task 1 and 2 of python done": DONE,
    "skip task 2 of python": SKIP,
    "skip this": SKIP,
    "i know python": KNOW,
    "undo": UNDO,
    "undo sql": UNDO,
    "i built the program": meaning(Outcome.CHOICES, "bot/mark-done", f"{ROLE}/fit"),
    "how far am i": meaning(Outcome.ACTION, "bot/progress"),
    "delete my data": meaning(Outcome.ACTION, "bot/forget-me"),
    "what is sql?": meaning(Outcome.ANSWER, f"{ROLE}/roadmap/basic-sql", role=ROLE),
    "help i want to die": meaning(Outcome.SAFETY, distress="self-harm"),
    "my uncle hits me": meaning(Outcome.SAFETY, distress="being-hurt"),
    "i am done with everything": Match(Outcome.NOT_UNDERSTOOD, gentle=True),
}
NAMED = {
    "i finished docker": ((),),
    "docker": ((),),
    "my friend finished cs50": (("cs50",), ()),
    "i finished task 2 of python": (("python-basics/two",),),
    "task 1 and 2 of python done": (("python-basics/one",), ("python-basics/two",)),
    "skip task 2 of python": (("python-basics/two",),),
    "i know python": (("python-basics",),),
    "undo sql": (("basic-sql",),),
    "i built the program": (("cli-program",),),
}


class Student:
    """Somebody whose progress is kept, at one moment after the other."""

    def __init__(self, base=None):
        self.journeys = KeptJourneys({ME: [Event("kept", "", "", 0, "k", "button")]})
        self.knowledge = base or knowledge()
        self.door = conversation(SAID, named=NAMED, journeys=self.journeys, base=base)
        self.at = 0

    async def presses(self, verb, about="", more="", place="private"):
        self.at += 1
        code = short_code(f"{ROLE}/roadmap/{about}" if about else "") if about else ""
        heard = Heard(ME, ME, press=Press(verb, code, more), at=self.at, cause=f"{self.at}-1", place=place)
        return await self.door.hear(heard)

    async def says(self, text, cause=""):
        self.at += 1
        return await self.door.hear(Heard(ME, ME, text=text, at=self.at, cause=cause or f"{self.at}-1"))

    @property
    def marks(self):
        """What was marked: kinds and steps; ticks that came with a step, and offers, left out."""
        found = [(one.kind, one.about.removeprefix(f"{ROLE}/roadmap/")) for one in self.journeys.kept[ME][1:]]
        done = {about for kind, about in found if kind == "done"}
        beside = {"celebrated", "offered"}
        return [one for one in found if one[1].rpartition("/")[0] not in done and one[0] not in beside]


def words(reply):
    return plain_text(reply.effects[0].blocks)


@pytest.mark.parametrize("verb", ["skip", "know"])
async def test_an_old_button_does_not_overwrite_a_step_that_is_done(verb):
    student = Student()
    await student.presses("done", "cs50")
    assert "marked as done already" in words(await student.presses(verb, "cs50"))
    assert student.marks == [("done", "cs50")]


async def test_a_whole_stage_known_leaves_what_is_done_and_what_is_skipped():
    student = Student()
    await student.presses("done", "cs50")
    await student.presses("skip", "basic-sql")
    stage = student.knowledge.roles[ROLE].stages[0].id
    for verb in ("know", "clear"):
        press = Press(verb, short_code(stage), "list")
        await student.door.hear(Heard(ME, ME, press=press, at=9, cause=f"{verb}-9"))
    kinds = {(kind, about) for kind, about in student.marks if about in {"cs50", "basic-sql"}}
    assert kinds == {("done", "cs50"), ("skipped", "basic-sql")}
    assert ("cleared", "python-basics") in student.marks


async def test_a_button_that_takes_a_skip_away_does_not_take_a_done_away():
    student = Student()
    await student.presses("skip", "cs50")
    await student.presses("done", "cs50")
    await student.presses("clear", "cs50", "skipped")
    assert student.marks[-1] == ("done", "cs50")
    await student.presses("clear", "cs50", "done")
    assert student.marks[-1] == ("cleared", "cs50")


async def test_what_names_something_else_does_not_mean_the_step_shown_last():
    student = Student()
    await student.presses("turn", "cs50")
    for text in ("i finished docker", "/done docker"):
        assert "Which one did you finish" in words(await student.says(text))
    assert student.marks == []


async def test_what_is_not_sure_is_asked_about_with_what_was_named():
    student = Student()
    reply = await student.says("my friend finished cs50")
    assert "Which one did you finish" in words(reply)
    assert reply.effects[0].buttons[0][0].label == "Complete CS50"
    assert student.marks == []


async def test_a_task_that_is_named_is_ticked_and_not_its_whole_step():
    student = Student()
    assert "Ticked: task 2 of Learn Python basics" in words(await student.says("i finished task 2 of python"))
    assert student.marks == [("ticked", "python-basics/two")]


async def test_several_tasks_that_are_named_are_all_ticked():
    student = Student()
    await student.says("task 1 and 2 of python done")
    assert student.marks == [("ticked", "python-basics/one"), ("ticked", "python-basics/two")]


async def test_a_task_that_is_to_be_skipped_does_not_skip_a_step():
    student = Student()
    await student.presses("turn", "cs50")
    assert "Which one shall I skip" in words(await student.says("skip task 2 of python"))
    assert student.marks == []


async def test_a_choice_marks_the_step_the_sentence_named():
    student = Student()
    await student.presses("turn", "cs50")
    reply = await student.says("i built the program")
    button = reply.effects[0].buttons[0][0]
    assert button.label == "Mark a step done: Build a command-line program"
    await student.door.hear(Heard(ME, ME, press=button.press, at=9, cause="9-9"))
    assert student.marks == [("done", "cli-program")]


async def test_a_button_of_a_function_names_nothing_and_asks():
    student = Student()
    await student.presses("turn", "cs50")
    press = Press("do", short_code("bot/mark-done"))
    reply = await student.door.hear(Heard(ME, ME, press=press, at=9, cause="9-9"))
    assert "Which one did you finish" in words(reply)
    assert student.marks == []


async def test_undo_takes_back_what_it_names_or_nothing():
    student = Student()
    await student.presses("done", "basic-sql")
    await student.presses("done", "cs50")
    assert "Not done any more: Learn basic SQL" in words(await student.says("undo sql"))
    assert "Nothing is marked there" in words(await student.says("undo sql"))
    assert "Not done any more: Complete CS50" in words(await student.says("undo"))


async def test_an_undo_below_a_newer_mark_says_that_it_changes_nothing():
    student = Student()
    await student.presses("done", "cs50")
    await student.presses("clear", "cs50", "done")
    await student.presses("done", "cs50")
    assert "changes nothing now" in words(await student.presses("undo", more="1-1"))


async def test_a_tick_on_a_task_that_is_retired_since_can_be_taken_back():
    role = career()
    first = role.stages[0].steps[0]
    shorter = first.model_copy(update={"tasks": first.tasks[:3]})
    stage = role.stages[0].model_copy(update={"steps": (shorter, *role.stages[0].steps[1:])})
    student = Student(knowledge([role.model_copy(update={"stages": (stage,)})]))
    student.journeys.kept[ME].append(Event("ticked", first.tasks[3].id, "", 1, "old", "button"))
    assert "not in the roadmap any more" in words(await student.says("undo"))


async def test_a_task_does_not_take_along_a_done_that_came_after_it_had_moved():
    role = career()
    python, sql = role.stages[0].steps[0], role.stages[0].steps[3]
    old = python.tasks[3].id
    moved = sql.tasks[0].model_copy(update={"id": f"{sql.id}/moved", "replaces": (old,)})
    steps = (
        python.model_copy(update={"tasks": python.tasks[:3]}),
        *role.stages[0].steps[1:3],
        sql.model_copy(update={"tasks": (*sql.tasks, moved)}),
    )
    stage = role.stages[0].model_copy(update={"steps": steps})
    base = knowledge([role.model_copy(update={"stages": (stage,)})])
    after = Student(base)
    await after.presses("done", "python-basics")
    roadmap = (await after.says("/roadmap")).effects[0]
    assert any("⬜ 4. Learn basic SQL" in button.label for row in roadmap.buttons for button in row)
    before = Student(base)
    before.journeys.kept[ME] += [
        Event("done", python.id, "", 1, "old", "button"),
        Event("ticked", old, "", 1, "old", "button"),
    ]
    roadmap = (await before.says("/roadmap")).effects[0]
    assert any("▶️ 4. Learn basic SQL" in button.label for row in roadmap.buttons for button in row)


async def test_all_tasks_ticked_is_not_called_done_but_offered():
    student = Student()
    for step in student.knowledge.roles[ROLE].steps:
        student.journeys.kept[ME] += [
            Event("ticked", task.id, "", 1, f"c{task.id}", "button") for task in step.tasks
        ]
    student.journeys.kept[ME].append(Event("has", "", "always", 1, "h", "button"))
    reply = await student.says("/next")
    assert "All tasks are ticked" in words(reply)
    assert "whole roadmap" not in words(reply)


async def test_a_question_to_write_that_is_heard_twice_still_waits_for_the_note():
    student = Student()
    heard = Heard(ME, ME, press=Press("write", short_code(f"{ROLE}/roadmap/cs50")), at=1, cause="9-5")
    for _ in range(2):
        await student.door.hear(heard)
    assert "my thought" in words(await student.says("my thought"))


async def test_orders_and_questions_are_not_taken_for_the_note():
    for text, shown in (("delete my data", "forget you"), ("what is sql?", "Learn basic SQL")):
        student = Student()
        await student.presses("write", "cs50")
        assert shown in words(await student.says(text))
        assert not any(kind == "noted" for kind, _ in student.marks)


async def test_after_distress_nothing_more_is_taken_for_the_note():
    student = Student()
    await student.presses("write", "cs50")
    await student.says("my uncle hits me")
    await student.says("i told my sister")
    assert not any(kind == "noted" for kind, _ in student.marks)


async def test_a_note_with_unclear_signs_gets_the_gentle_line():
    student = Student()
    await student.presses("write", "cs50")
    assert "1929" in words(await student.says("i am done with everything"))


async def test_distress_is_answered_while_a_note_is_awaited_and_nothing_can_be_kept(monkeypatch):
    student = Student()
    await student.presses("write", "cs50")

    async def refuse(*_):
        raise StoreError

    monkeypatch.setattr(student.journeys, "change", refuse)
    for text in ("my uncle hits me", "/help i want to die"):
        assert "1929" in words(await student.says(text))


async def test_in_a_group_nothing_follows_from_what_anybody_was_shown():
    student = Student()
    await student.presses("turn", "cs50", place="group")
    for name in ("77", "88"):
        student.journeys.kept[name] = [Event("kept", "", "", 0, f"k{name}", "button")]
        await say(student.door, "done", chat=name, place="group")
        assert [one.kind for one in student.journeys.kept[name]] == ["kept"]


async def test_what_is_marked_after_everything_was_erased_is_not_kept():
    student = Student()
    kept = student.journeys.change

    async def erased_meanwhile(*given):
        await student.journeys.forget(ME)
        return await kept(*given)

    student.journeys.change = erased_meanwhile
    await student.presses("done", "cs50")
    assert ME not in student.journeys.kept


async def test_agreeing_is_no_business_of_a_group():
    journeys = KeptJourneys()
    press = Press("keep", short_code(f"{ROLE}/roadmap/cs50"), "done")
    await conversation(journeys=journeys).hear(Heard("g", ME, press=press, cause="1-1", place="group"))
    assert journeys.kept == {}


async def test_a_sign_of_life_that_failed_is_noted_with_the_next_message():
    student = Student()
    student.journeys.fails = True
    await student.says("how far am i")
    student.journeys.fails = False
    await student.says("how far am i")
    assert ME in student.journeys.seen_at
