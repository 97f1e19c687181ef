"""HTML is read as Telegram reads it."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.botapi.markup import TEXT_LIMIT, clean, cut, rich, utf16
from tests.botapi.refusal import RefusedError

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


def read(text):
    whole = rich(text, "HTML", None, limit=TEXT_LIMIT)
    return [(one["type"], cut(whole.text, one["offset"], one["length"])) for one in whole.entities]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("<b>a</b><i>b</i>", [("bold", "a"), ("italic", "b")]),
        ("<B>a</B>", [("bold", "a")]),
        ("😀<b>අ😀<i>b</i></b>c", [("bold", "අ😀b"), ("italic", "b")]),
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', [("text_link", "x")]),
        ('<a href="nowhere">x</a>', []),
        ("<pre>a\n  b</pre>", [("pre", "a\n  b")]),
        ("<blockquote expandable>q</blockquote>", [("expandable_blockquote", "q")]),
        ('<span class="tg-spoiler">s</span>', [("spoiler", "s")]),
        ("  <b> a </b>  ", [("bold", "a")]),
        ("/ask@a_bot and @some_one", [("bot_command", "/ask@a_bot"), ("mention", "@some_one")]),
        ("see https://example.org.", [("url", "https://example.org")]),
        ("&lt;b&gt; &nbsp; &#33;", []),
    ],
)
def test_entities_cover_what_the_tags_hold(text, entities):
    assert read(text) == entities


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("ආ <u", "Unclosed start tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<span class="x">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ],
)
def test_faulty_html_is_refused_in_telegrams_words(text, words):
    with pytest.raises(RefusedError) as caught:
        read(text)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


@given(TEXT)
def test_escaped_text_comes_back_as_it_was(text):
    whole = rich(f"<b>{html.escape(text)}</b>", "HTML", None, limit=TEXT_LIMIT)
    assert whole.text == clean(text).strip()
    for one in whole.entities:
        assert 0 <= one["offset"] < one["offset"] + one["length"] <= utf16(whole.text)


@given(st.text("<>/ab=\"'& \n😀", max_size=30))
def test_anything_is_read_or_refused(text):
    try:
        read(text)
    except RefusedError as refusal:
        assert "can't parse entities" in refusal.description  # noqa: PT017 - both ends are right
