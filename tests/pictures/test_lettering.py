"""What can be drawn of a text, how wide it is, and where it is broken."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import lettering

SINHALA = "ක්‍රමලේඛනය ශ්‍රී ලංකාව විශ්වවිද්‍යාලයේ"
TAMIL = "நிரலாக்க அடிப்படைகளைக் கற்றுக்கொள்"

anything = st.text(st.characters(), max_size=80)
"""With control and bidi characters, and with lone surrogates."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ana\x00\x1b[31m", "Ana[31m"),
        ("\u202eabc\u2066", "abc"),
        ("a\nb\tc\u2028d", "a b c d"),
        ("Nimal \U0001f600 \ud800", "Nimal"),
        ("a" + "\u0301" * 500, "\u00e1" + "\u0301" * 4),
        (SINHALA, SINHALA),
        (TAMIL, TAMIL),
        ("a\u200db", "ab"),
        ("\u4e2d\u6587", ""),
    ],
    ids=["control", "bidi", "lines", "emoji", "pile", "sinhala", "tamil", "joiner", "no font"],
)
def test_only_what_can_be_drawn_is_kept(text, shown):
    assert lettering.clean(text) == shown


@given(anything)
def test_whatever_is_kept_has_a_font_and_stays_when_cleaned_again(text):
    shown = lettering.clean(text)
    assert "".join(part for _, part in lettering.runs(shown)) == shown
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} for char in shown)
    assert lettering.measure(shown, 30) >= 0


def test_letters_of_two_scripts_get_two_fonts():
    assert lettering.runs("CS50 පාඨමාලාව, ok") == [("", "CS50 "), ("SINHALA", "පාඨමාලාව"), ("", ", ok")]


def test_joined_letters_are_narrower_than_the_same_letters_apart():
    assert lettering.measure("ක්‍ර", 30) < lettering.measure("ක්", 30) + lettering.measure("ර", 30)


def test_bold_letters_are_wider():
    assert lettering.measure(SINHALA, 30, bold=True) > lettering.measure(SINHALA, 30)


def test_lines_break_between_words_and_the_last_one_is_cut():
    lines = lettering.fit("Learn the first words of Python today", 200, 26, lines=2)
    assert lines == ["Learn the first", "words of Pyth…"]


def test_a_text_that_fits_is_left_alone():
    assert lettering.fit("Learn SQL", 400, 26, lines=2) == ["Learn SQL"]


def test_a_word_wider_than_the_line_is_broken():
    lines = lettering.fit("W" * 40, 200, 26, lines=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_a_cut_never_parts_a_letter_from_its_signs():
    for width in range(30, 400, 5):
        (line,) = lettering.fit(SINHALA, width, 26)
        kept = line.removesuffix("…")
        after = SINHALA[len(kept) : len(kept) + 1]
        assert not kept.endswith("\u200d")
        assert after != "\u200d"
        assert not after or unicodedata.category(after)[0] != "M"


@given(anything | st.text("ක්‍රීලං கொள் Wi.", max_size=120), st.integers(300, 600), st.integers(1, 3))
@settings(deadline=None)
def test_no_line_is_wider_than_its_room(text, width, lines):
    found = lettering.fit(lettering.clean(text), width, 26, lines=lines)
    assert len(found) <= lines
    for line in found:
        assert lettering.measure(line, 26) <= width
