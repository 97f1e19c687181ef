"""The catalogues and the code fit each other."""

import ast
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
from bot.actions import nudge_screens
from bot.actions.decline import ATTACHED
from bot.actions.mark import ALREADY, MARKINGS
from bot.actions.next_task import WHY
from bot.actions.screens import DATA, EXAMPLES, FACET_LABELS, NEEDS
from bot.actions.show_help import GROUPS
from bot.actions.undo import SAID
from bot.actions.way_screens import MARKS, STATUSES
from bot.domain.knowledge import FACETS
from bot.functions import FUNCTIONS
from bot.telegram.alerts import Trouble

PACKAGE = Path(bot.__file__).parent
SPEAKING = [
    *sorted((PACKAGE / "actions").glob("*.py")),
    *sorted((PACKAGE / "terminal").glob("*.py")),
    *sorted((PACKAGE / "telegram").glob("*.py")),
    PACKAGE / "functions.py",
    PACKAGE / "conversation.py",
]


class Variables(Visitor):
    """Collects the placeholders of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - fluent calls it
        self.names.add(node.id.name)


def catalogue(language: str) -> dict[str, set[str]]:
    """The keys of a catalogue, each with its placeholders."""
    found = {}
    for item in FluentParser().parse(source(language)).body:
        if isinstance(item, ftl.Message):
            variables = Variables()
            variables.visit(item)
            found[item.id.name] = variables.names
    return found


def source(language: str) -> str:
    return (files("bot.texts") / f"{language}.ftl").read_text(encoding="utf-8")


def sayings() -> Iterator[tuple[str, str | None, set[str]]]:
    """Every place in the code where a text is said: place, key where it stands there, values given."""
    key_place = {"say": 0, "own_words": 1, "toast": 1, "start_button": 1, "_page": 2}
    for path in SPEAKING:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in key_place and len(node.args) > key_place[name]:
                key = node.args[key_place[name]]
                literal = key.value if isinstance(key, ast.Constant) else None
                given = {keyword.arg for keyword in node.keywords if keyword.arg}
                yield f"{path.name}:{node.lineno}", literal, given


def keys_by_table() -> set[str]:
    """Keys that the code takes from tables of its own."""
    tables = (FACET_LABELS, EXAMPLES, NEEDS, DATA, GROUPS, ATTACHED, MARKS, STATUSES, WHY, SAID, ALREADY)
    markings = {key for one in MARKINGS.values() for key in (one.said, one.which)}
    counts = {"tally-begun", "tally-known", "tally-skipped"}
    buttons = {"button-note", "button-note-change", "known-step", "known-stage"}
    either = {"way-finished", "way-finished-but-skipped", "ticked-toast", "unticked-toast", "note-deleted"}
    either |= {
        "ticked",
        "ticked-already",
        "nothing-to-undo",
        "nothing-to-undo-there",
        "words-yes",
        "words-no",
    }
    titles = {"settings-stands-title", "settings-has-title"}
    rows = {row.label_key for row in FUNCTIONS} | {row.help_key for row in FUNCTIONS if not row.small_talk}
    pages = {"about-title", "parents-title", "privacy-title"}
    chosen = {"unknown-role", "unknown-role-unnamed"}
    parts = {value for name, value in vars(nudge_screens).items() if name.startswith("PART_")}
    nudges = {f"button-nudge-{part}" for part in parts - {"at", "either", "typed", "unclear"}}
    nudges |= {"nudge-ask", "nudge-ask-once", "nudge-set", "nudge-changed", "nudge-resumed"}
    nudges |= {"nudge-not-today", "nudge-too-late", "nudge-later-once", "zone-ask", "zone-which"}
    nudges |= {"nudge-time-unclear", "zone-unclear", "words-off", "words-done", "words-later"}
    nudges |= {"words-not-today", "words-beside", "nudge-still-comes"}
    troubles = {f"operator-{trouble}" for trouble in Trouble}
    own = markings | counts | buttons | either | titles
    return (
        rows | pages | chosen | nudges | troubles | own | {key for table in tables for key in table.values()}
    )


def test_every_text_the_code_says_is_in_the_english_catalogue_with_the_values_it_is_given():
    english = catalogue("en")
    said = [(place, key, given) for place, key, given in sayings() if key is not None]
    assert len(said) > 40
    for place, key, given in said:
        assert key in english, place
        assert english[key] == given, place


def test_every_text_taken_from_a_table_is_in_the_english_catalogue():
    assert keys_by_table() <= set(catalogue("en"))


def test_no_text_of_the_english_catalogue_is_left_unsaid():
    said = {key for _, key, _ in sayings() if key is not None}
    assert set(catalogue("en")) - said - keys_by_table() == set()


@pytest.mark.parametrize("language", ["si", "ta"])
def test_a_translation_has_no_text_of_its_own_and_the_placeholders_of_the_english_one(language):
    english, other = catalogue("en"), catalogue(language)
    assert other
    for key, variables in other.items():
        assert key in english
        assert variables == english[key], key


@pytest.mark.parametrize("language", ["si", "ta"])
def test_a_translation_says_that_nobody_has_reviewed_it_at_its_top_and_before_each_group(language):
    parsed = FluentParser().parse(source(language)).body
    groups = [item for item in parsed if isinstance(item, ftl.GroupComment | ftl.ResourceComment)]
    assert len(groups) > 4
    assert all("unreviewed" in (group.content or "") for group in groups)


def test_every_facet_of_every_career_has_a_short_label():
    assert set(FACET_LABELS) == set(FACETS)


def test_no_word_of_the_bots_own_stands_in_the_code():
    showing = {"Block": 1, "Button": 0, "Toast": 0}
    for path in SPEAKING:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in showing and len(node.args) > showing[name]:
                shown = node.args[showing[name]]
                assert not isinstance(shown, ast.Constant | ast.JoinedStr) or not letters(shown), (
                    f"{path.name}:{node.lineno}"
                )


def letters(shown: ast.Constant | ast.JoinedStr) -> bool:
    parts = shown.values if isinstance(shown, ast.JoinedStr) else [shown]
    return any(isinstance(part, ast.Constant) and any(map(str.isalpha, str(part.value))) for part in parts)
