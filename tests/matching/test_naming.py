"""The steps that a sentence names, on the shipped knowledge and on careers made up here."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.naming import StepNames
from bot.matching.training import Reader

ROLE = "backend-developer"
PYTHON, CS50, SYSTEMS, SQL, PROGRAM = (
    f"{ROLE}/roadmap/{one}" for one in "python-basics cs50 systems-thinking basic-sql cli-program".split()
)


@pytest.mark.parametrize(
    ("sentence", "steps"),
    [
        ("i finished cs50", {CS50}),
        ("python basics iwarai", {PYTHON}),
        ("i hav finised the sql stpe", {SQL}),
        ("contact book ekath hadala iwarai", {PROGRAM}),
        ("நான் பைதான் அடிப்படை எல்லாம் முடிச்சிட்டன்", {PYTHON}),
        ("i know python and sql", {PYTHON, SQL}),
        ("python um sql um theriyum", {PYTHON, SQL}),
        ("python, cs50 & sql", {PYTHON, CS50, SQL}),
        ("skip the command line thing", {PROGRAM}),
        ("i finished the first step", {PYTHON}),
        ("step 3 done", {SYSTEMS}),
        ("3wana piyawara iwarai", {SYSTEMS}),
        ("skip number 4", {SQL}),
        ("i finished the python quiz", {PROGRAM}),
        ("sql innum mudikkala", {SQL}),
        ("undo sql", {SQL}),
        ("i cant do cs50, skip it", {CS50}),
        ("can you tick sql for me", {SQL}),
        ("python done!! what do i do now?", {PYTHON}),
        ("i learnt sql from my brother", {SQL}),
        ("aiya sql iwarai", {SQL}),
        ("i will skip sql", {SQL}),
        ("4", {SQL}),
        ("1 and 3", {PYTHON, SYSTEMS}),
        ("i did not finish sql", {SQL}),
        ("cs50 வேண்டாம், skip பண்ணுங்க", {CS50}),
    ],
)
def test_a_sentence_names_steps(engine, sentence, steps):
    found = engine.steps(sentence, ROLE)
    assert all(len(one) == 1 for one in found)
    assert {one[0] for one in found} == steps


@pytest.mark.parametrize(
    "sentence",
    [
        "done",
        "oops i marked the wrong one",
        "whats next",
        "i know nothing",
        "this is too hard",
        "iwarai",
        "",
        "?!",
    ],
)
def test_a_sentence_without_a_step_names_none(engine, sentence):
    assert not any(engine.steps(sentence, ROLE))


@pytest.mark.parametrize(
    ("sentence", "steps"),
    [
        ("i almost finished sql", {SQL}),
        ("python tikak kara", {PYTHON}),
        ("sql பாதி முடிஞ்சுது", {SQL}),
        ("i am doing cs50", {CS50}),
        ("i will finish cs50 soon", {CS50}),
        ("i know python but not sql", {PYTHON}),
        ("everything except sql", set()),
        ("cs50 thavira ellam mudinjuthu", set()),
        ("dont skip sql", {SQL}),
        ("sql අතහරින්න එපා", {SQL}),
        ("skip to step 3", {SYSTEMS}),
        ("my friend finished cs50", {CS50}),
        ("our teacher did sql", {SQL}),
        ("மல்லி python முடிச்சான், அவன்", {PYTHON}),
        ("is sql done?", {SQL}),
        ("did i finish sql", {SQL}),
        ("sql iwarada", {SQL}),
        ("cs50 ඉවරද", {CS50}),
        ("sql done, right?", {SQL}),
        ("maybe sql is over", {SQL}),
        ("i think python is done", {PYTHON}),
        ("i finished everything", set()),
        ("okkoma iwarai", set()),
        ("i know a backend developer", set()),
        ("i finished school", set()),
        ("i finished docker", set()),
        ("i finished 2 steps", set()),
        ("step 9 done", set()),
        ("9", set()),
        ("done 4", {SQL}),
    ],
)
def test_what_is_not_sure_to_be_marked_is_asked_about(engine, sentence, steps):
    found = engine.steps(sentence, ROLE)
    assert () in found
    assert {one for group in found for one in group} == steps


@pytest.mark.parametrize("sentence", ["finished it", "did it", "learnt it at school", "i know all of this"])
def test_what_means_the_step_shown_last_stays_empty(engine, sentence):
    assert engine.steps(sentence, ROLE, CS50) == ()


@pytest.fixture
def tasks(knowledge):
    """The ids of the tasks of the SQL step."""
    return [task.id for task in knowledge.step_of(SQL).tasks]


@pytest.mark.parametrize(
    "sentence",
    ["i did task 2 of sql", "sql second task done", "task 2 of step 4", "sql 2weni task eka iwarai"],
)
def test_a_task_of_a_named_step_is_that_task_and_never_the_step(engine, tasks, sentence):
    assert engine.steps(sentence, ROLE, CS50) == ((tasks[1],),)


def test_a_bare_task_is_one_of_the_step_shown_last(engine, tasks):
    assert engine.steps("untick task 2", ROLE, SQL) == ((tasks[1],),)
    assert engine.steps("first task done", ROLE, tasks[3]) == ((tasks[0],),)
    assert engine.steps("tasks 1 and 3 done", ROLE, SQL) == ((tasks[0],), (tasks[2],))
    assert engine.steps("done with this task", ROLE, tasks[3]) == ((tasks[3],),)
    assert engine.steps("task 2 done", ROLE) == ((),)
    assert engine.steps("task 2 done", ROLE, "gone") == ((),)


@pytest.mark.parametrize(
    "sentence", ["i finished 2 tasks of sql", "task 99 of sql", "a sql task is done", "sql task done"]
)
def test_tasks_that_are_not_told_apart_are_asked_about(engine, sentence):
    assert engine.steps(sentence, ROLE, CS50) == ((SQL,), ())


def test_all_tasks_of_a_step_are_the_step(engine):
    assert engine.steps("i did all the tasks of sql", ROLE) == ((SQL,),)


def test_a_name_beside_words_of_something_else_is_asked_about(engine):
    (meant,) = engine.steps("finished my english course", ROLE)
    assert len(meant) == 2
    assert meant[0] == CS50


def test_a_career_that_is_not_there_has_no_steps(engine):
    assert engine.steps("i finished cs50", "gone") == ()


def test_a_resource_of_one_step_means_that_step(engine):
    assert engine.steps("sqliteonline over", ROLE) == ((SQL,),)


@pytest.fixture(scope="module")
def baker(knowledge):
    """The career with its steps about something else: other titles, tasks and ids, and no way of asking."""
    role = knowledge.roles[ROLE]
    told = {
        "sourdough": "Bake sourdough in the oven",
        "cashbook": "Keep a cash book",
        "oven-safety": "Learn oven safety",
        "croissant": "Fold croissants",
        "market-stall": "Run a market stall",
    }
    steps = tuple(
        step.model_copy(
            update={
                "id": f"{ROLE}/roadmap/{short}",
                "title": title,
                "text": f"{title}.",
                "why": f"{title}.",
                "done_when": title,
                "asks": {},
                "resources": (),
                "tasks": tuple(task.model_copy(update={"text": title}) for task in step.tasks),
            }
        )
        for step, (short, title) in zip(role.steps, told.items(), strict=True)
    )
    stage = role.stages[0].model_copy(update={"steps": steps})
    return role.model_copy(update={"stages": (stage,)})


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("my sourdough is done", "sourdough"),
        ("skip the croissants", "croissant"),
        ("i finished oven safety", "oven-safety"),
        ("market stall iwarai", "market-stall"),
        ("second step done", "cashbook"),
    ],
)
def test_a_career_without_phrasings_is_known_by_its_titles_alone(knowledge, baker, sentence, short):
    names = StepNames(baker, knowledge, Reader(knowledge))
    assert names.find(sentence) == ((f"{ROLE}/roadmap/{short}",),)


def test_a_word_of_two_steps_is_asked_about(knowledge, baker):
    (meant,) = StepNames(baker, knowledge, Reader(knowledge)).find("the oven one is done")
    assert set(meant) == {f"{ROLE}/roadmap/sourdough", f"{ROLE}/roadmap/oven-safety"}


@given(st.text(st.characters(exclude_categories=[]), max_size=600), st.sampled_from(["", SQL, "gone"]))
@settings(deadline=None, max_examples=100)
def test_any_text_gives_known_steps_at_most_three_a_name(engine, knowledge, text, shown):
    found = engine.steps(text, ROLE, shown)
    assert found.count(()) <= 1
    for meant in found:
        assert len(meant) <= 3
        assert {knowledge.step_of(one).id for one in meant} <= {PYTHON, CS50, SYSTEMS, SQL, PROGRAM}


WORDS = (
    "python sql and not , step 1 last quiz book i know finished xqzv වැඩ saha . කළා"
    " task 2 skip my friend to ? all except"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@settings(deadline=None, max_examples=100)
def test_any_heap_of_words_names_the_same_steps_again_and_none_twice_for_sure(engine, text):
    found = engine.steps(text, ROLE)
    sure = [one for one in found if len(one) == 1]
    assert len(set(sure)) == len(sure)
    assert engine.steps(text, ROLE) == found


def test_only_the_beginning_of_a_message_is_read(engine):
    assert engine.steps("hm " * 20 + "sql done", ROLE) == ((SQL,),)
    assert not any(engine.steps("hm " * 200 + "sql done", ROLE))


@pytest.mark.parametrize("unit", ["python and ", "xqzv, ", "a", "ක්‍ර ", "step 1 ", "\ufdfa", "&amp;", "."])
def test_fifty_thousand_signs_are_read_no_further(engine, unit):
    text = (unit * 50_000)[:50_000]
    assert engine.steps(text, ROLE) == engine.steps(text[:500], ROLE)
