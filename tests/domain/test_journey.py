"""What follows from what a student did."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.journey import OVER, WRITING_SECONDS, Act, Event, Journey, Since
from tests.samples import ROLE, career, knowledge

BASE = knowledge([career(), career("data-scientist", "Data Scientist")])
WAY = BASE.roles[ROLE]
PYTHON, CS50, SYSTEMS, SQL, PROGRAM = WAY.steps


def events(*acts: Act | tuple[Act, ...]) -> list[Event]:
    """The acts in order, each its own cause, those in a tuple one cause together; a second apart."""
    found = []
    for number, group in enumerate(acts):
        together = group if isinstance(group, tuple) else (group,)
        found += [Event(one.kind, one.about, one.value, number, f"c{number}", "button") for one in together]
    return found


def journey(*acts: Act | tuple[Act, ...]) -> Journey:
    return Journey(events(*acts), BASE)


def done(step):
    return Act("done", step.id)


def ticks(step):
    return tuple(Act("ticked", task.id) for task in step.tasks)


def test_without_events_all_is_to_do():
    here = journey()
    assert not here.kept
    assert here.career is None
    assert here.tally(WAY).todo == here.tally(WAY).steps == 5
    assert here.next(WAY).task == PYTHON.tasks[0]


def test_the_last_mark_of_a_step_counts():
    here = journey(done(SQL), Act("skipped", SQL.id))
    assert here.status(SQL) == "skipped"
    assert journey(done(SQL), Act("cleared", SQL.id)).status(SQL) == "todo"


def test_done_ticks_the_rest_and_taking_it_away_leaves_what_was_ticked():
    one = Act("ticked", SQL.tasks[1].id)
    assert journey(one, done(SQL)).ticked(SQL) == SQL.tasks
    after = journey(one, done(SQL), Act("cleared", SQL.id))
    assert after.ticked(SQL) == (SQL.tasks[1],)
    assert after.status(SQL) == "begun"


def test_ticking_every_task_does_not_make_a_step_done():
    assert journey(ticks(SQL)).status(SQL) == "begun"


def test_skipped_and_known_are_not_done_and_are_counted_apart():
    tally = journey(Act("skipped", SQL.id), Act("known", PYTHON.id), done(CS50)).tally(WAY)
    assert (tally.done, tally.skipped, tally.known, tally.todo) == (1, 1, 1, 2)


def test_who_ticks_a_task_of_a_skipped_step_works_on_it_after_all():
    assert journey(Act("skipped", SQL.id), Act("ticked", SQL.tasks[0].id)).status(SQL) == "begun"


def test_what_one_update_changed_is_taken_back_together():
    both = (Act("known", PYTHON.id), Act("known", SQL.id))
    assert journey(both, Act("undone", value="c0")).tally(WAY).known == 0


def test_an_undo_can_be_taken_back():
    here = journey(done(SQL), Act("undone", value="c0"), Act("undone", value="c1"))
    assert here.status(SQL) == "done"
    assert here.last_undoable() == "c0"


def test_undoing_again_and_again_goes_back_step_by_step():
    assert journey(done(SQL), done(CS50)).last_undoable() == "c1"
    assert journey(done(SQL), done(CS50), Act("undone", value="c1")).last_undoable() == "c0"
    assert journey(done(SQL), Act("undone", value="c0")).last_undoable() is None


def test_agreeing_cannot_be_undone():
    assert journey(Act("kept")).last_undoable() is None
    assert journey(Act("kept"), Act("undone", value="c0")).kept


def test_an_old_undo_takes_back_only_what_it_stands_under():
    here = journey(done(SQL), done(CS50), Act("undone", value="c0"))
    assert here.status(SQL) == "todo"
    assert here.status(CS50) == "done"


def test_to_begin_again_clears_one_career_and_keeps_notes_and_the_others():
    other = BASE.roles["data-scientist"].steps[0]
    here = journey(done(SQL), done(other), Act("noted", SQL.id, "ask sir"), Act("restarted", ROLE))
    assert here.tally(WAY).done == 0
    assert here.status(other) == "done"
    assert here.note(SQL.id) == "ask sir"


def test_the_end_of_a_stage_stays_celebrated_when_it_is_taken_back():
    stage = WAY.stages[0].id
    here = journey((done(SQL), Act("celebrated", stage)), Act("undone", value="c0"))
    assert here.is_celebrated(stage)


def test_several_careers_are_walked_and_the_last_one_chosen_comes_first():
    here = journey(Act("career", ROLE), Act("career", "data-scientist"), Act("career", "gone"))
    assert [one.id for one in here.careers] == ["data-scientist", ROLE]


def test_the_next_task_is_the_first_open_one():
    here = journey(done(PYTHON), Act("ticked", SYSTEMS.tasks[0].id)).next(WAY)
    assert here.task == SYSTEMS.tasks[1]
    assert here.why == "begun"


def test_a_step_that_runs_beside_never_holds_up_those_after_it():
    found = journey(done(PYTHON)).next(WAY)
    assert found.step == SYSTEMS
    assert found.beside == CS50


def test_what_runs_beside_comes_when_nothing_else_is_left():
    marks = [done(PYTHON), Act("skipped", SYSTEMS.id), Act("known", SQL.id), done(PROGRAM)]
    found = journey(*marks).next(WAY)
    assert found.step == CS50
    assert found.why == "beside"
    assert journey(*marks, done(CS50)).next(WAY) is None


def test_with_a_phone_alone_tasks_that_need_more_are_passed_over():
    ticked = [Act("ticked", task.id) for task in PYTHON.tasks[:2]]
    found = journey(Act("has", value="phone"), *ticked).next(WAY)
    assert found.task == SYSTEMS.tasks[0]
    assert found.why == "phone"


def test_with_a_phone_alone_a_task_for_a_computer_comes_when_no_other_is_left():
    fitting = [Act("ticked", task.id) for step in WAY.steps for task in step.tasks if task.fits_a_phone]
    found = journey(Act("has", value="phone"), *fitting).next(WAY)
    assert found.task == PYTHON.tasks[2]
    assert found.why == "computer"


def test_a_task_that_is_not_wanted_now_is_passed_over():
    assert journey().next(WAY, frozenset({PYTHON.tasks[0].id})).task == PYTHON.tasks[1]


def test_what_was_taken_back_does_not_count_for_the_week():
    here = journey(done(SQL), Act("ticked", PYTHON.tasks[0].id), done(CS50), Act("undone", value="c2"))
    assert here.since(WAY, 0) == Since(tasks=1, steps=1)
    assert here.since(WAY, 1) == Since(tasks=1, steps=0)


def test_the_next_message_is_a_note_for_an_hour_unless_something_else_was_done():
    asked = journey(Act("writing", SQL.id, "note"))
    assert asked.writing(0) == SQL.id
    assert asked.writing(WRITING_SECONDS) == SQL.id
    assert asked.writing(WRITING_SECONDS + 1) is None
    assert journey(Act("writing", SQL.id, "note"), done(CS50)).writing(1) is None
    assert journey(Act("writing", SQL.id, "note"), Act("writing", value=OVER)).writing(1) is None


def test_answers_that_mean_nothing_are_no_answers():
    here = journey(Act("stands", value="moon"), Act("has", value=""))
    assert here.stands is None
    assert here.has is None
    assert here.was_asked("stands")
    assert here.was_asked("has")


TASKS = [task.id for step in WAY.steps for task in step.tasks]
acts = st.one_of(
    st.builds(Act, st.sampled_from(["ticked", "unticked"]), st.sampled_from([*TASKS, "gone/x"])),
    st.builds(
        Act,
        st.sampled_from(["done", "skipped", "known", "cleared", "noted"]),
        st.sampled_from([*(step.id for step in WAY.steps), "gone"]),
        st.text(max_size=3),
    ),
    st.just(Act("restarted", ROLE)),
    st.builds(Act, st.just("undone"), st.just(""), st.integers(0, 12).map("c{}".format)),
)


@given(st.lists(acts, max_size=12))
@settings(max_examples=300, deadline=None)
def test_whatever_happened_the_counts_add_up_and_the_next_task_is_open(lived):
    here = journey(*lived)
    tally = here.tally(WAY)
    assert tally.done + tally.known + tally.skipped + tally.begun + tally.todo == tally.steps
    found = here.next(WAY)
    if found:
        assert here.status(found.step) in {"todo", "begun"}
        assert not here.is_ticked(found.task, found.step)


@given(st.lists(acts, max_size=12))
@settings(max_examples=300, deadline=None)
def test_taking_everything_back_one_by_one_leads_to_the_beginning(lived):
    happened = events(*lived)
    while cause := Journey(happened, BASE).last_undoable():
        happened.append(Event("undone", "", cause, len(happened), f"u{len(happened)}", "command"))
    here = Journey(happened, BASE)
    assert here.tally(WAY) == journey().tally(WAY)
    assert all(not here.note(step.id) for step in WAY.steps)
