"""Real pictures, drawn by a real worker."""

import asyncio
import io
import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from bot.domain.drawing import DrawingError
from bot.pictures.drawing import Pictures
from bot.pictures.layout import HIGHEST, lay_out
from bot.pictures.worker import BIGGEST, draw
from tests.pictures.samples import STATUSES, one_step, way


@pytest.fixture(scope="module")
def pictures() -> Iterator[Pictures]:
    pictures = Pictures()
    yield pictures
    pictures.close()


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def test_nothing_is_started_before_the_first_picture():
    pictures = Pictures()
    assert pictures.process is None
    pictures.close()


@pytest.mark.parametrize("language", ["en", "si", "ta"])
@pytest.mark.parametrize(("stages", "steps"), [(1, 5), (5, 7)])
async def test_a_picture_is_small_enough_for_a_phone(pictures, language, stages, steps):
    png = await pictures.draw(way(language, stages=stages, steps=steps, name="නිමල්"))
    image = opened(png)
    assert image.format == "PNG"
    assert len(png) < 60_000
    assert image.width == 720
    assert image.height <= (1280 if stages == 1 else HIGHEST)


async def test_every_status_gives_another_picture_without_colour(pictures):
    # The signs themselves, where 60 px or more must be clearly brighter or darker.
    signs = [
        opened(await pictures.draw(one_step(status))).convert("L").crop((40, 200, 82, 320)).tobytes()
        for status in STATUSES
    ]
    for place, sign in enumerate(signs):
        for other in signs[place + 1 :]:
            differing = sum(abs(one - two) > 60 for one, two in zip(sign, other, strict=True))
            assert differing > 60


async def test_where_the_student_is_is_seen(pictures):
    drawing = one_step()
    (stage,) = drawing.stages
    elsewhere = replace(drawing, stages=(replace(stage, steps=(replace(stage.steps[0], here=False),)),))
    assert await pictures.draw(drawing) != await pictures.draw(elsewhere)


@pytest.mark.parametrize("text", ["ශ්‍රී", "க்ஷ", "é", "Я"])
async def test_letters_are_drawn_and_not_the_box_that_stands_for_one_missing(pictures, text):
    # U+10FFFF has no glyph anywhere; a title of it is left out, so the two differ by the letters.
    assert await pictures.draw(one_step(title=text)) != await pictures.draw(one_step(title="\U0010ffff"))


async def test_hostile_words_are_drawn(pictures):
    hostile = "\x00\ud800\u202e<b>&" + "a" + "\u0301" * 500 + "\U0001f600" * 50
    assert opened(await pictures.draw(one_step(title=hostile, words=hostile))).width == 720


async def test_a_worker_that_died_meanwhile_is_replaced():
    pictures = Pictures()
    try:
        before = await pictures.draw(one_step())
        first = pictures.process
        os.kill(first, signal.SIGKILL)
        await asyncio.to_thread(os.waitid, os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert await pictures.draw(one_step()) == before
        assert pictures.process != first
    finally:
        pictures.close()


async def test_a_worker_that_hangs_is_killed_which_fails_its_picture_and_the_next_is_drawn():
    pictures = Pictures()
    try:
        await pictures.draw(one_step())
        first = pictures.process
        os.kill(first, signal.SIGSTOP)
        pictures.seconds = 0.1
        with pytest.raises(DrawingError):
            await pictures.draw(one_step())
        pictures.seconds = 10
        assert await pictures.draw(one_step())
        assert pictures.process != first
    finally:
        pictures.close()


async def test_too_many_steps_are_refused_and_the_worker_goes_on(pictures):
    await pictures.draw(one_step())
    before = pictures.process
    with pytest.raises(DrawingError):
        await pictures.draw(way(stages=20, steps=7))
    assert await pictures.draw(one_step())
    assert pictures.process == before


async def test_pictures_asked_for_at_once_are_each_drawn(pictures):
    drawings = [one_step(status) for status in STATUSES]
    at_once = await asyncio.gather(*map(pictures.draw, drawings))
    assert at_once == [await pictures.draw(drawing) for drawing in drawings]


async def test_a_student_who_no_longer_waits_spoils_no_other_picture(pictures):
    expected = await pictures.draw(one_step("done"))
    asyncio.get_running_loop().call_soon((gone := asyncio.create_task(pictures.draw(way()))).cancel)
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await pictures.draw(one_step("done")) == expected


async def test_after_the_end_nothing_is_drawn_and_no_worker_is_left():
    pictures = Pictures()
    await pictures.draw(one_step())
    worker = pictures.process
    pictures.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    with pytest.raises(DrawingError):
        await pictures.draw(one_step())


def test_what_is_no_svg_is_refused():
    with pytest.raises(ValueError, match="root"):
        draw("<svg", [])


def test_the_busiest_picture_keeps_under_the_limit_by_fewer_colours():
    sheet = lay_out(way("si", stages=5, steps=7))
    assert len(draw(sheet.svg, list(sheet.fonts))) < BIGGEST
