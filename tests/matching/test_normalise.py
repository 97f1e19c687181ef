"""What is left of a text before it is compared."""

import string
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.matching.normalise import LONGEST, clean, words_of

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202e\u2066\u2069"
LONGEST_WORD = 60


def anything(**more) -> st.SearchStrategy[str]:
    """Any text, lone surrogates and unassigned signs too."""
    return st.text(st.characters(exclude_categories=[]), **more)


def letters_of(first: int, last: int) -> st.SearchStrategy[str]:
    """Letters, vowel signs and digits of one script."""
    block = st.characters(min_codepoint=first, max_codepoint=last, categories=["L", "M", "Nd"])
    return st.text(block, min_size=1, max_size=LONGEST_WORD)


SINHALA, TAMIL = letters_of(0x0D80, 0x0DFF), letters_of(0x0B80, 0x0BFF)


def words(text: str) -> list[str]:
    return words_of(clean(text))


@given(anything())
@example("\x00\ud800\U0010ffff\x1b[2J&#0;&#xD800;&bogus;")
@example("<<<b>>&lt;&amp;lt;@@ @ http:// www. a@b.c")
def test_any_text_is_read(text):
    assert isinstance(words(text), list)


@given(anything())
def test_words_are_lower_case_letters_and_digits_without_gaps(text):
    for word in words(text):
        assert word == word.casefold()
        assert all(unicodedata.category(sign)[0] in "LMN" for sign in word), ascii(word)
        assert 0 < len(word) <= LONGEST_WORD


@given(anything())
def test_cleaning_what_is_clean_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once


@given(anything())
def test_a_cleaned_text_is_casefolded_and_has_no_invisible_signs(text):
    cleaned = clean(text)
    assert cleaned == cleaned.casefold()
    assert not {unicodedata.category(sign) for sign in cleaned} & {"Cf", "Cs", "Co", "Cn", "So"}
    assert "\x00" not in cleaned


@given(st.one_of(SINHALA, TAMIL, st.text(string.printable), st.text("àéîõüñçšœﬁ①²ℌ", max_size=20)))
def test_a_cleaned_text_is_in_nfkc(text):
    cleaned = clean(text)
    assert cleaned == unicodedata.normalize("NFKC", cleaned)


@given(anything())
def test_reading_words_again_settles_at_once(text):
    """One more reading may undo what the first laid open ('0k0k' once its digits are letters), not two."""
    again = words(" ".join(words(text)))
    assert words(" ".join(again)) == again


PLAIN = "backend developer salary python sql server data learn what how පඩිය வேலை කොහොමද cs50 s3".split()


@given(st.lists(st.sampled_from(PLAIN), max_size=12))
def test_plain_words_are_left_alone(listed):
    assert words(" ".join(listed)) == listed


@given(anything(max_size=60), st.sampled_from(INVISIBLE))
def test_invisible_signs_change_no_word(text, sign):
    assert words(sign.join(text)) == words(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_case_changes_no_word(text):
    folded = text.casefold()
    assert words(folded.upper()) == words(folded.upper().casefold())
    assert words(text.swapcase()) == words(text.swapcase().casefold())


@given(st.text(string.ascii_letters + string.digits + " ,.?!'-", max_size=60))
def test_full_width_letters_are_the_same_words(text):
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    assert words(wide) == words(text)


@given(st.one_of(SINHALA, TAMIL))
def test_every_letter_and_vowel_sign_of_sinhala_and_tamil_survives(text):
    wanted = unicodedata.normalize("NFKC", text)
    repeated = any(a == b == c for a, b, c in zip(wanted, wanted[1:], wanted[2:], strict=False))
    if not repeated and len(wanted) <= LONGEST_WORD:
        assert "".join(words(text)) == wanted


@pytest.mark.parametrize(
    "word",
    ["කොහොමද", "සම්බළම", "ශ්‍රී", "ක්‍රමලේඛන", "ශාස්ත්‍රය", "எவ்வளவு", "சம்பளம்", "ஸ்ரீ", "வேலை", "கௌரவம்"],
)
def test_words_of_sinhala_and_tamil_stay_whole_and_lose_only_joiners(word):
    assert words(word) == [unicodedata.normalize("NFKC", word).replace("\u200d", "").replace("\u200c", "")]


def test_vowel_signs_tell_words_apart():
    assert words("කල කැල කිල කුල") == ["කල", "කැල", "කිල", "කුල"]
    assert words("பல பலா பலி பலு") == ["பல", "பலா", "பலி", "பலு"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("What do U do?", "what do you do"),
        ("wat r the duties of dis job pls", "what are the duties of this job please"),
        ("don't, don’t, dont", "do not do not do not"),
        ("hoooow muuuuch", "hoow muuch"),
        ("hahahahaha", "haha"),
        ("b4ck3nd d3v3l0p3r", "backend developer"),
        ("cs50 and s3 at 9am on the 2nd", "cs50 and s3 at 9am on the 2nd"),
        ("h o w   t o   c o d e", "how to code"),
        ("C#, C++ and .NET", "csharp cpp and dotnet"),
        ("node.js or next js", "nodejs or nextjs"),
        ("after A/L or O/Ls", "after alevel or olevel"),
        ("front-end, back end, full stack", "frontend backend fullstack"),
        ("<b>what</b><br/>is&nbsp;sql&amp;api", "what is sql api"),
        ("@career_bot what is sql", "what is sql"),
        ("write to me@example.org now", "write to now"),
        ("practise on https://sqliteonline.com/ now", "practise on sqliteonline now"),
        ("🔥what👍🏽is🇱🇰sql❤️", "what is sql"),
        ("ℌ𝔬𝔴 𝐭𝐨 ｃｏｄｅ", "how to code"),
        ("z\u0300\u0301\u0302\u0303\u0304\u0305algo", "z\u0300\u0301\u0302algo"),
        ("mata da d ona", "mata da d ona"),
        ("", ""),
        ("?!...", ""),
        ("🔥🔥", ""),
    ],
)
def test_what_students_type_is_read_as(typed, read):
    assert " ".join(words(typed)) == unicodedata.normalize("NFKC", read)


def test_of_an_address_nothing_but_a_site_s_name_is_read():
    read = words("what is sql see https://www.example.org/salary?q=apis#python or www.example.org/java")
    assert set(read) <= {"what", "is", "sql", "see", "or", "example"}


HOSTILE = {
    "one letter": "a",
    "letters and spaces": "a ",
    "words": "what is sql? ",
    "emoji": "👩‍👩‍👧‍👦🔥",
    "marks": "a\u0300",
    "only marks": "\u0301",
    "sinhala": "ක්‍රෝ ",
    "tamil signs": "\u0bcd",
    "ligatures": "\ufdfa",
    "tags": "<b>",
    "open tags": "<a ",
    "angle brackets": "<",
    "closing tags": "</a",
    "entities": "&amp;",
    "open entities": "&#x1F525",
    "nested entities": "&amp;amp;lt;",
    "mentions": "@a",
    "ats": "@",
    "addresses": "http://a.",
    "half addresses": "www.",
    "mails": "a@a.",
    "dots": "a.a",
    "leet": "a0",
    "zeroes": "0",
    "dollars": "$@",
    "repeats": "haha",
    "three letters again": "abcabcabc",
    "gaps": "a   ",
    "line breaks": "\n",
    "carriage returns": "\r\n",
    "NUL": "\x00",
    "surrogates": "\ud800",
    "joiners": "\u200d",
    "direction marks": "\u202e",
    "slashes": "a/l ",
    "front": "front ",
    "c": "c ",
    "sharps": "c#",
    "pluses": "c ++ ",
    "apostrophes": "'’",
    "chat": "idk ",
    "brackets": "[[{{((",
    "backslashes": "\\",
    "upper case that grows": "ΐ",
    "private": "\ue000",
    "unassigned": "\U000e0fff",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_fifty_thousand_signs_of_anything_are_read_and_what_comes_out_is_bounded(kind):
    text = (HOSTILE[kind] * LONGEST)[:LONGEST]
    cleaned = clean(text)
    # NFKC makes eighteen signs of the longest ligature.
    assert len(cleaned) <= 18 * LONGEST
    read = words_of(cleaned)
    assert sum(map(len, read)) <= 18 * LONGEST
    assert all(len(word) <= LONGEST_WORD for word in read)


def test_what_comes_after_the_first_fifty_thousand_signs_is_not_read():
    assert words("x " * (LONGEST // 2) + "salary") == words("x " * (LONGEST // 2))
    assert "salary" in words(" " * (LONGEST - 6) + "salary")
