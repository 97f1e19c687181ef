"""Words that sound alike in different scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.sounds import sound


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("python", "පයිතන්"),
        ("python", "பைதான்"),
        ("python", "pythn"),
        ("calculator", "කැල්කියුලේටර්"),
        ("calculator", "கால்குலேட்டர்"),
        ("database", "டேட்டாபேஸ்"),
        ("harvard", "ஹார்வர்ட்"),
    ],
)
def test_a_name_sounds_the_same_in_every_script(name, written):
    assert sound(written) == sound(name)


@pytest.mark.parametrize(
    ("one", "other"), [("python", "போட்டுட்டன்"), ("python", "putting"), ("happening", "பண்ணுங்க"), ("sql", "css")]
)
def test_other_words_sound_different(one, other):
    assert sound(one) != sound(other)


@given(st.text(max_size=60))
def test_a_sound_is_made_of_a_few_consonants_and_digits(word):
    assert set(sound(word)) <= set("hklmnprstv0123456789")
