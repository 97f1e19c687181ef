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
        ("i know python but not sql", {PYTHON}),
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
    assert engine.steps(sentence, ROLE) == ()


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


@given(st.text(st.characters(exclude_categories=[]), max_size=600))
@settings(deadline=None, max_examples=100)
def test_any_text_gives_known_steps_at_most_three_a_name(engine, text):
    for meant in engine.steps(text, ROLE):
        assert 1 <= len(meant) <= 3
        assert set(meant) <= {PYTHON, CS50, SYSTEMS, SQL, PROGRAM}


WORDS = "python sql and not , step 1 last quiz book i know finished xqzv වැඩ saha . කළා".split()


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@settings(deadline=None, max_examples=100)
def test_any_heap_of_words_names_the_same_steps_again_and_none_twice_for_sure(engine, text):
    found = engine.steps(text, ROLE)
    sure = [one for one in found if len(one) == 1]
    assert len(set(sure)) == len(sure)
    assert engine.steps(text, ROLE) == found


def test_only_the_beginning_of_a_message_is_read(engine):
    assert engine.steps("hm " * 20 + "sql done", ROLE) == ((SQL,),)
    assert engine.steps("hm " * 200 + "sql done", ROLE) == ()


@pytest.mark.parametrize("unit", ["python and ", "xqzv, ", "a", "ක්‍ර ", "step 1 ", "\ufdfa", "&amp;", "."])
def test_fifty_thousand_signs_are_read_no_further(engine, unit):
    text = (unit * 50_000)[:50_000]
    assert engine.steps(text, ROLE) == engine.steps(text[:500], ROLE)
