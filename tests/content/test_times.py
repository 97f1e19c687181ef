"""times.yaml: how it is read, and what a teacher is told when it is wrong."""

from datetime import date
from pathlib import Path

import pytest

from bot.content import KnowledgeError, check, load
from bot.matching.times import MEANINGS, said_of

SHIPPED = Path(__file__).parents[2] / "knowledge" / "times.yaml"


@pytest.fixture
def times(folder):
    """The shipped times.yaml in the small knowledge folder."""
    path = folder / "times.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    return path


def change(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def told(folder):
    return [str(fault) for fault in check(folder).faults]


def line_of(path, beginning):
    return next(
        at for at, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line.startswith(beginning)
    )


@pytest.mark.usefixtures("times")
def test_the_shipped_words_are_in_order_and_understood(folder):
    assert told(folder) == []
    words = load(folder).times
    assert set(words) == MEANINGS
    assert said_of("හවස 6ට", words, date(2026, 11, 22)).minute == 18 * 60


def test_words_of_all_languages_stand_together_each_once(folder, times):
    change(times, "  en: [midnight, mid night]\n", "  en: [midnight, midnight, dead of night]\n")
    assert load(folder).times["midnight"][:3] == ("midnight", "dead of night", "මධ්‍යම රාත්‍රිය")


def test_without_the_file_no_word_is_understood_and_all_else_works(folder):
    assert load(folder).times == {}


def test_a_meaning_that_is_missing_is_named(folder, times):
    change(times, "  en: [midnight, mid night]\n", "")
    text = times.read_text("utf-8")
    before, _, after = text.partition("midnight:\n")
    times.write_text(before + after[after.index("am:\n") :], "utf-8")
    assert told(folder) == ["knowledge/times.yaml:1: midnight: has no words; add some"]


def test_a_meaning_that_is_misspelt_is_named_with_the_right_one(folder, times):
    line = line_of(times, "sunday:")
    change(times, "\nsunday:\n", "\nsundey:\n")
    assert f'knowledge/times.yaml:{line}: sundey: unknown meaning "sundey": did you mean "sunday"?' in told(
        folder
    )
    with pytest.raises(KnowledgeError):
        load(folder)


def test_a_word_with_two_meanings_is_named_with_the_other_place(folder, times):
    line = line_of(times, "midnight:") + 1
    other = line_of(times, "noon:") + 1
    change(times, "[midnight, mid night]", "[midnight, Mid  Day]")
    fault = f'knowledge/times.yaml:{line}: midnight.en[2]: "Mid Day" means noon too '
    assert told(folder) == [fault + f"(knowledge/times.yaml:{other}); keep one"]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("'---'", "has no letter; write words"),
        ("12 at night", "has a digit; write words, numbers are understood"),
        ("yes", "yes without quotes is not read as text; write 'yes' in quotes"),
    ],
)
def test_what_is_no_word_is_refused(folder, times, word, message):
    line = line_of(times, "midnight:") + 1
    change(times, "[midnight, mid night]", f"[midnight, {word}]")
    assert told(folder) == [f"knowledge/times.yaml:{line}: midnight.en[2]: {message}"]
