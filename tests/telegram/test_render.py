"""Blocks become messages and keyboards that Telegram takes."""

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.reply import CAPTION_LIMIT, MESSAGE_LIMIT, Block, Button, Press
from bot.telegram.render import (
    FILE_NAME_LIMIT,
    LABEL_LIMIT,
    MOST_MARKS,
    MOST_PAGES,
    SHARE_LIMIT,
    caption,
    clean,
    deep_links_only,
    escape,
    file_name,
    html,
    keyboard,
    page,
    pages,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1f1\U0001f1f0"
OPEN = Press("open", "abc234")


class Screen(HTMLParser):
    """Reads markup as Telegram does: only its tags, none inside another, each closed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tagged = []
        self.inside = None

    def handle_starttag(self, tag, attrs):
        assert tag in {"b", "i", "pre", "a"}
        assert self.inside is None
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.inside = tag
        self.tagged.append((tag, *(value for _, value in attrs), ""))

    def handle_endtag(self, tag):
        assert self.inside == tag
        self.inside = None

    def handle_data(self, data):
        self.text += data
        if self.inside:
            *opening, words = self.tagged[-1]
            self.tagged[-1] = (*opening, words + data)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(marked_up):
    screen = Screen()
    screen.feed(marked_up)
    screen.close()
    assert screen.inside is None
    return screen


def shown(marked_up):
    return read(marked_up).text


def text(words):
    return Block("text", words)


kinds = st.sampled_from(["title", "text", "bullet", "code", "note", "link"])
hostile = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cn"]),
        st.sampled_from("<>&\"'\n\t \u200d\u0301\ud800\x00\u202e\u2067\u200b\U0001f1f1\U0001f468."),
    )
)
addresses = st.one_of(st.none(), hostile, st.just('https://example.org/?a="b"&c=<d>'))
# Long texts are made by repeating short ones: the interest lies at the cuts.
repeated = st.tuples(kinds, hostile, st.sampled_from([1, 1, 2, 90, 700]), addresses)


@settings(deadline=None)
@given(st.lists(repeated, max_size=8))
@example([("text", "a", MESSAGE_LIMIT + 1, None)])
@example([("text", "a", MESSAGE_LIMIT + 1, None), ("title", "b", 1, None)])
@example([("text", "\n" * 9000 + "end", 1, None)])
@example([("code", "x\n" + " " * 9000 + "y", 1, None)])
@example([("code", "x\n" + " " * 3000 + "y\n" + " " * 9000 + "y", 1, None)])
@example([("code", "x" * 4000 + "\n " + "\n" * 9000 + "y", 1, None)])
@example([("text", "\u200b", 9000, None)])
@example([("text", "x" + "\u200b" * 9000, 1, None)])
@example([("text", "\u200d" * 9000 + "x", 1, None)])
@example([("text", FLAG, 5000, None)])
@example([("link", "<&>", 1, 'https://example.org/"><b>')])
def test_whatever_is_said_is_shown_whole_within_the_limits(pieces):
    blocks = [Block(kind, piece * times, url) for kind, piece, times, url in pieces]
    whole = shown(html(blocks))
    made = [shown(one) for one in pages(blocks)]
    assert len(made) <= MOST_PAGES
    assert all(1 <= len(one) <= MESSAGE_LIMIT for one in made)
    assert all(visible(one) for one in made)
    assert 1 <= len(shown(page(blocks))) <= MESSAGE_LIMIT
    joined = visible("".join(made))
    if len(made) == MOST_PAGES and joined != visible(whole):
        assert made[-1].endswith("…")
        assert visible(whole).startswith(joined.removesuffix("…"))
    else:
        assert joined == visible(whole)
    for block in blocks:
        if visible(clean(block.text)):
            assert clean(block.text).strip() in whole


BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\u180b\u180c\u180d\u180f")


def visible(one):
    return "".join(
        char
        for char in one
        if not char.isspace()
        and char not in BLANKS
        and not ("\ufe00" <= char <= "\ufe0f" or "\U000e0000" <= char <= "\U000e0fff")
        and unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )


@settings(deadline=None)
@given(hostile)
def test_a_cleaned_text_is_clean_and_reads_back_from_its_markup(one):
    cleaned = clean(one)
    assert clean(cleaned) == cleaned
    assert shown(escape(one)) == cleaned
    cleaned.encode()


@settings(deadline=None)
@given(st.lists(hostile, min_size=1))
def test_no_more_than_eight_marks_ever_stand_on_a_letter(pieces):
    stacked = clean("".join(piece + "\u0301" * 30 for piece in pieces))
    assert "\u0301" * (MOST_MARKS + 1) not in stacked


def test_what_is_said_is_cleaned_but_scripts_and_emoji_stay_whole():
    assert clean("a\x00b\x1bc\x9f") == "abc"
    assert clean("a\ud83db") == "ab"
    assert clean("\u202egnp.exe\u2066") == "gnp.exe"
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"
    assert clean("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * MOST_MARKS + "b"
    assert clean("a" + "\u0301\u200d" * 500).count("\u0301") == MOST_MARKS
    for kept in (FAMILY, FLAG, "ශ්\u200dරී ලංකා", "வணக்கம்", "क्\u200cष", "👍🏽", "\u200f"):
        assert clean(kept) == kept


def test_every_kind_of_block_has_its_look():
    blocks = (
        Block("title", "Pay & hours"),
        text("It pays <well>."),
        Block("bullet", "one"),
        Block("bullet", "two"),
        Block("code", "for seat in x:\n    print(seat)\n"),
        Block("link", "Open it", "https://example.org/?a=1&b=2"),
        Block("note", "Told by a teacher"),
        Block("note", "Only in English"),
    )
    assert html(blocks) == (
        "<b>Pay &amp; hours</b>\n\n"
        "It pays &lt;well&gt;.\n\n"
        "• one\n• two\n\n"
        "<pre>for seat in x:\n    print(seat)</pre>\n\n"
        '<a href="https://example.org/?a=1&amp;b=2">Open it</a>\n\n'
        "<i>Told by a teacher</i>\n<i>Only in English</i>"
    )
    assert pages(blocks) == [html(blocks)] == [page(blocks)]


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://x y.org",
        "//a.b",
        "http://[",
        "https://localhost",
        "\n",
    ],
)
def test_a_link_to_nowhere_is_shown_as_text(url):
    assert html([Block("link", "Look", url)]) == "Look"
    assert keyboard([[Button("Look", url=url)]], "careers_bot") is None


@pytest.mark.parametrize("url", ["https://example.org", "http://example.org/a?b#c", "tg://resolve?domain=x"])
def test_a_link_to_somewhere_is_a_link(url):
    assert read(html([Block("link", "Look", url)])).tagged == [("a", url, "Look")]
    assert keyboard([[Button("Look", url=url)]], "careers_bot").inline_keyboard[0][0].url == url


def test_blocks_that_show_nothing_leave_no_gap_and_no_message():
    blank = [
        text(""),
        text(" \n"),
        Block("bullet", "\u200b\u2060"),
        Block("title", "\x00"),
        text("\u2800\ufe0f"),
    ]
    assert html([text("a"), *blank, text("b")]) == "a\n\nb"
    assert pages(blank) == []
    assert pages([]) == []
    assert page(blank) == "…"


def test_a_long_answer_is_cut_between_blocks():
    first, second = "a" * 3000, "b" * 3000
    assert pages([text(first), text(second)]) == [first, second]


def test_a_heading_goes_with_what_it_heads():
    first, second = "a" * 3000, "b" * 3000
    assert pages([text(first), Block("title", "Then"), text(second)]) == [first, f"<b>Then</b>\n\n{second}"]


def test_a_long_block_is_cut_after_a_sentence():
    sentence = "This is said and done. "
    made = pages([Block("note", sentence * 300)])
    assert len(made) == 2
    assert all(one.startswith("<i>This") and one.endswith("done.</i>") for one in made)


def test_a_long_sentence_is_cut_between_words():
    made = pages([text("word " * 1000)])
    assert [one.split(" ")[0] + one.split(" ")[-1] for one in made] == ["wordword", "wordword"]


def test_a_sentence_that_just_fits_is_not_broken():
    fits = "a" * (MESSAGE_LIMIT - 1) + "."
    assert pages([text(f"{fits} More.")]) == [fits, "More."]
    fits = "a" * 3000 + ". " + "b" * (MESSAGE_LIMIT - 3003) + "."
    assert pages([text(f"{fits} More.")]) == [fits, "More."]


def test_code_keeps_the_indentation_of_its_first_line_when_cut():
    line = "    " + "x" * 95
    made = pages([Block("code", "\n".join(["if y:", *[line] * 60]))])
    assert len(made) == 2
    assert made[1].startswith(f"<pre>{line}\n")


@pytest.mark.parametrize("whole", [FAMILY, FLAG, "ශ්\u200dරී", "கொ", "e\u0301\u0302", "👍🏽", "❤\ufe0f"])
def test_no_letter_and_no_emoji_is_cut_through(whole):
    for shift in range(len(whole)):
        made = pages([text("x" * shift + whole * (6000 // len(whole)))])
        assert len(made) == 2
        assert made[1].startswith(whole)
        assert made[0].endswith(whole)


def test_an_endless_answer_ends_in_an_ellipsis():
    made = pages([text("Some words. " * 2000)])
    assert len(made) == MOST_PAGES
    assert made[-1].endswith("words.…")
    assert not made[-2].endswith("…")


def test_an_answer_of_exactly_the_most_pages_is_whole():
    blocks = [text(letter * MESSAGE_LIMIT) for letter in "abcd"]
    assert pages(blocks) == [block.text for block in blocks]


def test_one_page_of_too_much_ends_in_an_ellipsis():
    made = page([Block("title", "Much"), Block("code", "y" * 9000)])
    assert len(shown(made)) == MESSAGE_LIMIT
    assert made.startswith("<b>Much</b>\n\n<pre>y")
    assert made.endswith("y</pre>…")


def test_buttons_press_lead_away_or_open_the_private_chat():
    rows = (
        (Button("Open", OPEN), Button("Read", url="https://example.org")),
        (Button("Private", start="open_abc234"), Button("Just start", start=""), Button("Odd", start="a/b")),
    )
    made = keyboard(rows, "careers_bot").inline_keyboard
    assert [[(one.text, one.callback_data, one.url) for one in row] for row in made] == [
        [("Open", "1:open:abc234", None), ("Read", None, "https://example.org")],
        [
            ("Private", None, "https://t.me/careers_bot?start=open_abc234"),
            ("Just start", None, "https://t.me/careers_bot"),
            ("Odd", None, "https://t.me/careers_bot"),
        ],
    ]


def test_where_presses_do_not_work_only_links_are_left():
    rows = ((Button("Open", OPEN),), (Button("Open", OPEN), Button("Private", start="x")))
    made = deep_links_only(rows, "careers_bot").inline_keyboard
    assert [[one.text for one in row] for row in made] == [["Private"]]
    assert deep_links_only(rows[:1], "careers_bot") is None


def test_a_button_to_share_asks_for_a_chat_with_one_clean_line():
    rows = (
        (Button("Share", share="my way"), Button("Share", share=" my\n\x00way "), Button("Bot", share="")),
    )
    [made] = keyboard(rows, "careers_bot").inline_keyboard
    assert [one.switch_inline_query for one in made] == ["my way", "my way", ""]
    [[long]] = keyboard(((Button("Share", share="x" * 300),),), "careers_bot").inline_keyboard
    assert long.switch_inline_query == "x" * SHARE_LIMIT
    assert deep_links_only(rows, "careers_bot") is None


@settings(deadline=None)
@given(
    st.lists(st.builds(Block, st.sampled_from(["title", "text", "bullet", "code"]), st.text(max_size=900)))
)
@example([Block("text", "&" * 2_000)])
def test_a_caption_is_whole_or_cut_to_its_limit(blocks):
    made = shown(caption(blocks))
    assert len(made) <= CAPTION_LIMIT
    whole = pages(blocks)
    if sum(len(shown(one)) for one in whole) <= CAPTION_LIMIT:
        assert made == "".join(map(shown, whole))
    else:
        assert made.endswith("…")


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("way.png", "way.png"),
        ("මගේ ගමන.png", "මගේ ගමන.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\secrets\\x.json", "x.json"),
        ("a\r\nX: y\x00.png", "a X: y.png"),
        ("..", "_"),
        ("", "_"),
        ("x/", "_"),
        ("x" * 300 + ".json", "x" * (FILE_NAME_LIMIT - 5) + ".json"),
    ],
)
def test_a_file_s_name_is_one_clean_name(given_name, cleaned):
    assert file_name(given_name) == cleaned


def test_no_buttons_are_no_keyboard():
    assert keyboard((), "careers_bot") is None
    assert keyboard(((), ()), "careers_bot") is None


def test_a_keyboard_keeps_to_a_hundred_buttons_eight_a_row():
    made = keyboard(
        [[Button(f"{row} {at}", OPEN) for at in range(19)] for row in range(9)], "b"
    ).inline_keyboard
    assert [len(row) for row in made[:3]] == [8, 8, 3]
    assert sum(len(row) for row in made) == 100
    assert min(len(row) for row in made) >= 1


@settings(deadline=None)
@given(hostile.map(lambda piece: piece * 9))
def test_a_label_is_one_clean_line_that_is_never_empty(label):
    made = keyboard([[Button(label, OPEN)]], "careers_bot").inline_keyboard[0][0].text
    assert 1 <= len(made) <= LABEL_LIMIT
    assert clean(made) == made
    assert "\n" not in made
    assert visible(made)


def test_a_long_label_is_cut_with_an_ellipsis_outside_of_an_emoji():
    made = keyboard([[Button("x" * 60 + FAMILY, OPEN)]], "careers_bot").inline_keyboard[0][0].text
    assert made == "x" * 60 + "…"
