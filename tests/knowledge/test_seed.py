"""Every fact of the career sheet stands in the knowledge, in the entry that is asked for it.

seed_map.yaml has each sentence of the sheet, the entries that say it in our words, and the words of it that
carry its facts and must stand there.
"""

import re
from pathlib import Path

import pytest
import yaml

from bot.domain.knowledge import Entry, Step

ROLE = "backend-developer"
ROWS = yaml.safe_load(Path(__file__).with_name("seed_map.yaml").read_text(encoding="utf-8"))
FACTS = [(fact, row) for row in ROWS for fact in row["facts"]]


def texts_of(entry: Entry) -> str:
    """All that a student can read of an entry."""
    parts = [entry.title, entry.text]
    if isinstance(entry, Step):
        parts += [entry.why, entry.done_when, *(task.text for task in entry.tasks)]
    return "\n".join(parts)


def stands_in(fact: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", text, re.IGNORECASE) is not None


@pytest.mark.parametrize(("fact", "row"), FACTS, ids=[fact for fact, _ in FACTS])
def test_the_fact_is_said_by_the_entry_that_is_asked_for_it(fact, row, knowledge):
    said = [texts_of(knowledge.entries[f"{ROLE}/{name}"]) for name in row["entries"]]
    assert any(stands_in(fact, text) for text in said), (
        f"{fact!r} of {row['seed']!r} is not in {row['entries']}"
    )


def test_every_entry_of_the_sheet_says_something_of_it(knowledge):
    said = {f"{ROLE}/{name}" for row in ROWS for name in row["entries"]}
    assert said == {entry.id for entry in knowledge.roles[ROLE].entries()}


def test_every_sentence_is_there_once_with_its_facts():
    sentences = [row["seed"] for row in ROWS]
    assert len(sentences) == len(set(sentences)) == 34
    assert all(row["facts"] and row["entries"] for row in ROWS)


def test_the_sheet_is_told_in_our_own_words(knowledge):
    """No long run of its words is copied; names and lists of terms are."""
    whole = "\n".join(texts_of(entry) for entry in knowledge.roles[ROLE].entries()).casefold()
    copied = []
    for row in ROWS:
        words = row["seed"].casefold().split()
        runs = (" ".join(words[start : start + 12]) for start in range(len(words) - 11))
        copied += [run for run in runs if run in whole]
    # The question of the mindset is a quotation.
    assert [run for run in copied if "what is happening on the server" not in run] == []


def test_a_word_that_only_contains_the_fact_does_not_count():
    assert stands_in("Go", "- Go: used more")
    assert not stands_in("Go", "Good")
    assert stands_in("C#", "C# (say so)")
    assert not stands_in("SES", "sessions")


def test_the_tagline_is_that_of_the_sheet(knowledge):
    assert "invisible engine" in knowledge.roles[ROLE].tagline
