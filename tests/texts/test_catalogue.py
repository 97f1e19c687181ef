"""How texts are said, and what happens when one cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import LANGUAGES
from bot.telegram.alerts import Trouble
from bot.texts.catalogue import Catalogues, TextError, load_catalogues

EVERYWHERE = """greeting start off-topic unknown-role unknown-role-unnamed not-understood attached-picture
attached-voice attached-whereabouts attached-sticker attached-other failed ask-in-group more-room
button-private button-more-in-private button-ask-yourself button-erase button-misread erase-by-hand""".split()
EN = "hello = Hello { $name }\nbye = Bye\ncount = { $number } things\n"


def test_a_text_is_said_with_its_placeholder_filled():
    assert Catalogues({"en": EN}).say("hello", "en", name="Nimal") == "Hello Nimal"


def test_a_text_missing_in_a_language_is_said_in_english():
    texts = Catalogues({"en": EN, "si": "hello = ආයුබෝවන් { $name }\n"})
    assert texts.say("hello", "si", name="A") == "ආයුබෝවන් A"
    assert texts.say("bye", "si") == "Bye"
    assert (texts.language_of("hello", "si"), texts.language_of("bye", "si")) == ("si", "en")


@pytest.mark.parametrize(("typed", "script"), [("si-Latn", "si"), ("ta-Latn", "ta")])
def test_what_is_typed_in_latin_letters_is_answered_in_its_own_script(typed, script):
    texts = Catalogues({"en": EN, "si": "bye = ගිහින් එන්නම්\n", "ta": "bye = போய் வருகிறேன்\n"})
    assert texts.say("bye", typed) == texts.say("bye", script) != texts.say("bye", "en")
    assert texts.language_of("bye", typed) == script


def test_a_text_missing_in_english_raises():
    with pytest.raises(TextError, match="nothing"):
        Catalogues({"en": EN, "si": "nothing = x\n"}).say("nothing", "en")


def test_a_placeholder_without_a_value_raises_instead_of_being_shown():
    with pytest.raises(TextError, match="hello"):
        Catalogues({"en": EN}).say("hello", "en")


def test_a_catalogue_that_is_not_fluent_raises():
    with pytest.raises(TextError, match=r"en\.ftl"):
        Catalogues({"en": EN + "hello { there\n"})


def test_a_key_that_stands_twice_raises():
    with pytest.raises(TextError, match="twice"):
        Catalogues({"en": EN + "bye = Again\n"})


def test_without_english_there_is_no_catalogue():
    with pytest.raises(TextError, match="English"):
        Catalogues({"si": EN})


def test_inserted_text_cannot_turn_the_sentence_round_or_break_the_line():
    said = Catalogues({"en": EN}).say("hello", "en", name="\u202eevil\u2066\nline\x00\ud800")
    assert said == "Hello evil  line"


def test_joiners_of_sinhala_survive_being_inserted():
    assert Catalogues({"en": EN}).say("hello", "en", name="ශ්\u200dරී") == "Hello ශ්\u200dරී"


@given(st.text())
def test_any_inserted_text_can_be_said_and_encoded(name: str):
    Catalogues({"en": EN}).say("hello", "en", name=name).encode("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_students_has_the_lines_that_must_be_there(language):
    texts = load_catalogues()
    expected = {"si": "si", "si-Latn": "si", "ta": "ta", "ta-Latn": "ta"}.get(language, "en")
    for key in EVERYWHERE:
        assert texts.language_of(key, language) == expected, key


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("trouble", Trouble)
def test_the_operator_is_told_in_one_line_what_is_wrong_and_what_to_do(trouble, count):
    line = load_catalogues().say(f"operator-{trouble}", "en", count=count)
    assert "\n" not in line
    assert line.count(". ") >= 1, "what is wrong, and what to do"
    assert ("2" in line) == (count > 1)
