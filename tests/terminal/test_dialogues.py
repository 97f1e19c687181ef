"""The dialogues of tests/dialogues, typed into the terminal, its buttons pressed by their numbers."""

import pytest

from bot.actions.request import Operator
from tests.dialogues.conftest import MEANINGS, NAMED
from tests.dialogues.test_dialogues import DEEDS, DIALOGUES, OF_THE_SAMPLE, see
from tests.samples import conversation
from tests.terminal.glass import Terminal, script


def typable(step) -> bool:
    """Raw data of buttons, attachments and empty messages cannot be typed."""
    return "carries" not in step and "attaches" not in step and step.get("types", "?").strip() != ""


BOTH = DIALOGUES | {f"{sentence} (sample)": steps for sentence, steps in OF_THE_SAMPLE.items()}
TYPED = {sentence: steps for sentence, steps in BOTH.items() if all(map(typable, steps))}


@pytest.mark.parametrize("sentence", TYPED)
async def test_dialogue_in_the_terminal(sentence):
    operator = Operator(name="Coding Club", contact="club@example.org")
    terminal = Terminal(conversation(MEANINGS, named=NAMED, operator=operator))
    checked = []

    def check(step):
        # Alone at a terminal nothing is more private than the rest.
        see(terminal, {name: wanted for name, wanted in step.items() if name != "private"})
        checked.append(step)

    await terminal.run(script(terminal, TYPED[sentence], check))
    assert checked == TYPED[sentence]
    assert any(set(step) - DEEDS - {"private"} for step in checked)


def test_at_least_forty_dialogues_run_in_the_terminal():
    assert len(TYPED) >= 40
