"""What stands on the sheet, read from its SVG."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.drawing import Drawing, DrawingError, DrawnStage, DrawnStep
from bot.pictures import lettering
from bot.pictures.layout import HIGHEST, WIDTH, lay_out
from tests.pictures.samples import STATUSES, way

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</text><script>&amp;]]>",
    "$body ${width}",
    '"><image href="file:///etc/passwd"/>',
    "\x00\ud800\u202e",
)

ELEMENTS = {"svg", "defs", "g", "circle", "path", "rect", "use", "text"}

anything = st.text(st.characters(), max_size=60) | st.sampled_from(HOSTILE)


def parsed(drawing: Drawing) -> ET.Element:
    return ET.fromstring(lay_out(drawing).svg)  # noqa: S314 - written by the code under test


def words_of(root: ET.Element) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def test_title_name_summary_date_and_where_the_student_is_are_said():
    said = " ".join(words_of(parsed(way(name="Ama"))))
    for part in ("My way: Backend Developer", "Ama", "2 of 6 steps", "22 November 2026", "Stage 1", "here"):
        assert part in said


def test_each_step_has_the_sign_of_its_status_in_order():
    signs = [one.get("href") for one in parsed(way(stages=2, steps=5)).iter(f"{SVG}use")]
    assert signs == [f"#{status}" for status in STATUSES] * 2


def test_the_template_has_a_sign_for_every_status():
    assert {one.get("id") for one in parsed(way()).iter(f"{SVG}g")} >= set(STATUSES)


def test_things_stand_closely_only_where_there_are_many():
    small, large = (float(parsed(way(stages=n, steps=7)).get("height", "0")) for n in (1, 5))
    assert small > large / 5
    assert large <= HIGHEST


@pytest.mark.parametrize("language", ["en", "si", "ta"])
def test_35_steps_in_5_stages_are_all_there(language):
    root = parsed(way(language, stages=5, steps=7))
    assert len(list(root.iter(f"{SVG}use"))) == 35
    assert min(float(one.get("font-size", "0")) for one in root.iter(f"{SVG}text")) >= 26


def test_more_steps_than_can_be_read_are_refused():
    with pytest.raises(DrawingError):
        lay_out(way(stages=20, steps=7))


def test_only_the_fonts_that_are_needed_are_named():
    assert lay_out(way("en")).fonts == (lettering.font_file(""),)
    assert lay_out(way("si")).fonts == (lettering.font_file(""), lettering.font_file("SINHALA"))


def test_no_text_reaches_beyond_the_edge():
    wide = replace(way(), title="W" * 300, name="M" * 200, summary="w" * 300, date="x" * 99, here="W" * 99)
    for drawing in (wide, way("si", stages=5, steps=7), way("ta", stages=5, steps=7)):
        for one in parsed(drawing).iter(f"{SVG}text"):
            width = lettering.measure(
                one.text or "", float(one.get("font-size", "0")), bold=one.get("font-weight") == "700"
            )
            assert float(one.get("x", "0")) + width <= WIDTH


def test_a_name_with_markup_is_shown_as_it_was_written():
    assert "Nimal <b>&" in words_of(parsed(way(name="Nimal <b>&")))


def test_a_drawing_without_steps_is_laid_out():
    assert parsed(Drawing("", "", "", "", ())).get("width") == str(WIDTH)


@given(st.lists(anything, min_size=8, max_size=8))
@settings(deadline=None, max_examples=60)
def test_no_text_breaks_the_sheet(texts):
    title, summary, date, here, name, stage, step, words = texts
    steps = (DrawnStep(step, "begun", words, here=True), DrawnStep(words, "done", step))
    root = parsed(Drawing(title, summary, date, here, (DrawnStage(stage, steps),), name))
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
    assert len(list(root.iter(f"{SVG}use"))) == 2
