"""The chat in the terminal: numbered buttons, and nothing that breaks the screen."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.conversation import Conversation
from bot.domain.knowledge import short_code
from bot.domain.reply import Block, Button, Edit, Erase, Message, Press, Reply, Toast
from bot.matching.match import Outcome
from bot.terminal.chat import Chat, Screen
from bot.terminal.lines import line_reader
from bot.texts.catalogue import load_catalogues
from tests.dialogues.conftest import MEANINGS
from tests.samples import ROLE, conversation, knowledge, meaning
from tests.terminal.glass import CLEARED, Terminal

NOWHERE = Path("/nowhere")
"""Where files would go, if any came."""

NO_SUCH = load_catalogues().say("terminal-no-such-button", "en")
HOSTILE = (
    "[bold]x[/bold] [/] [red :fire: \\[ {0} %s \x1b[2J\x1b]0;title\x07 \x00\x08\r\u202e\u2066 \ud800 \x9b31m"
)


def anything(**more) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=[]), **more)


def shown_of(reply: Reply, *, color: bool = False, width: int = 80) -> str:
    out = io.StringIO()
    system = "truecolor" if color else None
    console = Console(file=out, width=width, force_terminal=color, color_system=system, legacy_windows=False)
    Screen(console, load_catalogues(), files=NOWHERE).show(reply)
    return out.getvalue()


def steering(text: str) -> set[str]:
    """What a terminal obeys rather than shows."""
    directions = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    return {char for char in text if char in directions or unicodedata.category(char) in {"Cc", "Cs"}} - {
        "\n"
    }


async def shown(door: Conversation, *lines: str, width: int = 10_000) -> list[str]:
    """Type lines; return what each brought, first of all what the chat begins with."""
    terminal = Terminal(door, width=width)
    seen: list[str] = []

    def typed():
        for line in lines:
            terminal.look()
            seen.append(terminal.shown)
            yield line

    await terminal.run(typed())
    terminal.look()
    return [*seen, terminal.shown]


async def test_the_chat_begins_with_the_greeting_and_numbered_buttons():
    (beginning,) = await shown(conversation())
    assert "Hello" in beginning
    numbers = [int(number) for number in re.findall(r"\[(\d+)\] ", beginning)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 3


async def test_the_buttons_of_all_messages_of_one_reply_are_numbered_through():
    both = "how much do backend developers earn and which companies hire them?"
    _, answer = await shown(conversation(MEANINGS), both)
    numbers = [int(number) for number in re.findall(r"\[(\d+)\] ", answer)]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_a_number_presses_the_button_with_that_number():
    _, roadmap, first, last = await shown(conversation(MEANINGS), "/roadmap", "1", "/help")
    assert "[1] ⬜ 1. Learn Python basics" in roadmap
    assert "Why: " in first
    assert "/roadmap" in last


@pytest.mark.parametrize("number", ["0", "99", "00", "1000000", "9" * 4000])
async def test_a_number_that_is_no_button_is_met_with_a_hint_and_the_buttons_stay(number):
    _, _, hint, pressed = await shown(conversation(MEANINGS), "/roadmap", number, "1")
    assert hint.strip() == NO_SUCH
    assert "Why: " in pressed


@pytest.mark.parametrize("number", ["-1", "1.", "\u0661", "\u00b2", "+1", "1 2", "\uff11"])
async def test_what_only_looks_like_a_number_is_a_message(number):
    _, answer = await shown(conversation(), number)
    assert NO_SUCH not in answer
    assert answer.strip()


async def test_a_number_when_there_are_no_buttons_is_a_message():
    door = conversation({"12": meaning(Outcome.ANSWER, f"{ROLE}/pay")} | MEANINGS)
    erase = "i want to kill myself"
    _, comfort, wiped, answer = await shown(door, erase, "1", "12")
    assert "[1] Erase these messages" in comfort
    assert CLEARED in wiped
    assert "How it pays" in answer


async def test_erase_wipes_the_screen_and_its_buttons_are_gone():
    _, comfort, wiped, again = await shown(conversation(MEANINGS), "i want to kill myself", "1", "1")
    assert "1929" in comfort
    assert CLEARED in wiped
    assert "1929" not in wiped.split(CLEARED)[-1]
    assert NO_SUCH not in again
    assert CLEARED not in again


def test_a_reply_without_buttons_leaves_those_before():
    screen = Screen(Console(file=io.StringIO()), load_catalogues(), files=NOWHERE)
    first, second = Button("Roadmap", Press("none")), Button("Help", Press("none"))
    screen.show(Reply((Message((Block("text", "a"),), ((first,), (second,))),)))
    screen.show(Reply((Toast("Thank you"),)))
    assert screen.buttons == [first, second]
    screen.show(Reply((Edit((Block("text", "b"),), ((second,),)),)))
    assert screen.buttons == [second]


async def test_a_button_that_leads_to_an_address_shows_it():
    terminal = Terminal(conversation())
    out = Console(file=terminal.out, width=200)
    screen = Screen(out, load_catalogues(), files=NOWHERE)
    screen.show(
        Reply((Message((Block("text", "Here:"),), ((Button("Open", url="https://example.org/a"),),)),))
    )
    from bot.terminal.chat import Chat  # noqa: PLC0415 - only this test presses by hand

    await Chat(conversation(), screen, lambda: 0).hear("1")
    assert terminal.out.getvalue().endswith("https://example.org/a\n")


async def test_empty_lines_are_passed_over():
    _, one, two, three = await shown(conversation(), "", "  \n", "\t\n")
    assert (one, two, three) == ("", "", "")


async def test_the_end_of_input_ends_the_chat_whatever_came_before():
    for lines in ([], ["/roadmap"], ["1", "1"], ["i want to kill myself"]):
        assert len(await shown(conversation(MEANINGS), *lines)) == len(lines) + 1


def test_blocks_look_like_what_they_are():
    blocks = (
        Block("title", "Pay"),
        Block("bullet", "first\nsecond"),
        Block("code", "for a in b:\n    print(a)"),
        Block("note", "Source: x"),
        Block("link", "Open", "https://example.org/x_y"),
    )
    assert shown_of(Reply((Message(blocks),))).splitlines() == [
        "",
        "Pay",
        "• first",
        "• second",
        "    for a in b:",
        "        print(a)",
        "Source: x",
        "Open",
        "https://example.org/x_y",
        "",
    ]


def test_colour_is_used_at_a_terminal_and_not_in_a_pipe():
    reply = Reply((Message((Block("title", "Pay"),), ((Button("Roadmap", Press("do")),),)),))
    assert "\x1b[" in shown_of(reply, color=True)
    assert "\x1b[" not in shown_of(reply)


def test_markup_in_a_text_is_shown_and_not_obeyed():
    text = "[bold]x[/bold] [/] [red] [link=https://example.org]y[/link] :fire: \\["
    reply = Reply((Message((Block("text", text),), ((Button(text, Press("none")),),)), Toast(text)))
    seen = shown_of(reply, width=500)
    assert seen.splitlines() == ["", text, f"[1] {text}", text, ""]


@pytest.mark.parametrize("kind", ["title", "text", "bullet", "code", "note", "link"])
def test_what_steers_a_terminal_never_reaches_it(kind):
    block = Block(kind, HOSTILE, HOSTILE)
    button = Button(HOSTILE, Press("none"))
    reply = Reply((Message((block,), ((button,),)), Edit((block,), ((button,),)), Toast(HOSTILE)))
    seen = shown_of(reply)
    assert steering(seen) == set()
    assert seen.encode("utf-8")


@given(text=anything(max_size=200), width=st.integers(1, 120))
@settings(deadline=None)
def test_any_text_is_shown_without_steering_the_terminal(text, width):
    reply = Reply((Message((Block("text", text),), ((Button(text, Press("none")),),)), Erase(), Toast(text)))
    assert steering(shown_of(reply, width=width)) == set()


@given(lines=st.lists(anything(max_size=80) | st.integers(-1, 30).map(str) | st.just(HOSTILE), max_size=8))
@settings(deadline=None, max_examples=60)
async def test_whatever_is_typed_is_answered_and_nothing_of_it_steers_the_terminal(lines):
    seen = (
        "".join(await shown(conversation(MEANINGS), *lines)).replace("\x1b[2J\x1b[H", "").replace(CLEARED, "")
    )
    assert steering(seen.replace("\x1b[H", "")) == set()


async def test_hostile_knowledge_does_not_break_the_screen():
    base = knowledge()
    role = base.roles[ROLE]
    pay = role.facets["pay"].model_copy(update={"title": f"Pay {HOSTILE}", "text": f"- {HOSTILE}\n{HOSTILE}"})
    broken = role.model_copy(update={"facets": {**role.facets, "pay": pay}})
    door = conversation(MEANINGS, base=base.model_copy(update={"roles": {ROLE: broken}}))
    _, answer, *_ = await shown(door, "how much do backend developers earn", "1", "2")
    assert "[bold]x[/bold]" in answer
    assert steering(answer) == set()


def test_lines_come_from_what_is_piped_in_until_it_ends():
    read = line_reader(io.TextIOWrapper(io.BytesIO(b"one\n\ntwo\r\n\xff\xfe\xc3\nlast")), "you: ")
    lines = list(iter(read, None))
    assert [line.strip() for line in lines] == ["one", "", "two", "\ufffd\ufffd\ufffd", "last"]
    assert read() is None


def test_at_a_keyboard_the_end_of_input_and_an_interrupt_end_the_lines(monkeypatch, capsys):
    class Keyboard(io.StringIO):
        def isatty(self):
            return True

    typed = iter(["hello", EOFError(), KeyboardInterrupt()])

    def answer(prompt):
        assert prompt == "you: "
        found = next(typed)
        if isinstance(found, BaseException):
            raise found
        return found

    monkeypatch.setattr("builtins.input", answer)
    read = line_reader(Keyboard(), "you: ")
    assert [read(), read(), read()] == ["hello", None, None]
    assert capsys.readouterr().out == "\n\n"


async def test_a_button_into_the_private_chat_begins_it_here():
    button = Button("Ask in private", start=f"open_{short_code(f'{ROLE}/pay')}")
    out = io.StringIO()
    screen = Screen(Console(file=out, width=500), load_catalogues(), [button], files=NOWHERE)
    await Chat(conversation(), screen, lambda: 0).hear("1")
    assert "How it pays" in out.getvalue()
