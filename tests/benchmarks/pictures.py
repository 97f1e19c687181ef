"""Prints how long pictures take and how big they are, beside two ways of drawing without a worker.

    python -m tests.benchmarks.pictures

'resvg alone' draws the same SVG in this process, and so holds it up, and keeps all colours. 'Pillow' writes
the same words with ImageDraw, without signs; it shapes Sinhala and Tamil only where the system has FriBiDi.
"""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Awaitable, Callable, Iterator

import numpy as np
import resvg_py
from PIL import Image, ImageDraw, ImageFont

from bot.domain.drawing import Drawing
from bot.pictures.drawing import Pictures
from bot.pictures.layout import HIGHEST, WIDTH, lay_out
from bot.pictures.lettering import BASE, font_file
from tests.pictures.samples import way

TIMES = 50
PICTURES = {"5 steps": (1, 5), "35 steps": (5, 7)}
FONTS = {"en": BASE, "si": "SINHALA", "ta": "TAMIL"}


async def main() -> None:
    """Print the table."""
    pictures = Pictures()
    started = time.perf_counter()
    await pictures.draw(way())
    print(
        f"The first picture, with the start of the worker: {(time.perf_counter() - started) * 1000:.0f} ms\n"
    )
    print(f"{'':14}{'':14}{'p50 ms':>8}{'p99 ms':>8}{'bytes':>9}")
    for size, (stages, steps) in PICTURES.items():
        for language, script in FONTS.items():
            drawing = way(language, stages=stages, steps=steps)
            await show(f"{size} {language}", "the bot", lambda one=drawing: pictures.draw(one))
            await show("", "resvg alone", lambda one=drawing: resvg_alone(one))
            await show("", "Pillow", lambda one=drawing, font=script: pillow(one, font))
    pictures.close()


async def show(what: str, how: str, draw: Callable[[], Awaitable[bytes]]) -> None:
    """Draw a picture again and again, and print a row."""
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        png = await draw()
        taken.append((time.perf_counter() - started) * 1000)
    middle, worst = np.percentile(taken, (50, 99))
    print(f"{what:14}{how:14}{middle:8.0f}{worst:8.0f}{len(png):9,}")


async def resvg_alone(drawing: Drawing) -> bytes:
    """Draw it in this process."""
    sheet = lay_out(drawing)
    return resvg_py.svg_to_bytes(svg_string=sheet.svg, skip_system_fonts=True, font_files=list(sheet.fonts))


async def pillow(drawing: Drawing, script: str) -> bytes:
    """Write its words with Pillow."""
    image = Image.new("L", (WIDTH, HIGHEST), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(font_file(script), 26)
    y = 36
    for line in lines(drawing):
        pen.text((100, y), line, fill=0, font=font)
        y += 34
    out = io.BytesIO()
    image.crop((0, 0, WIDTH, y)).save(out, "PNG")
    return out.getvalue()


def lines(drawing: Drawing) -> Iterator[str]:
    """Yield what a picture says."""
    yield from (drawing.title, drawing.summary, drawing.date)
    for stage in drawing.stages:
        yield stage.title
        yield from (f"{step.title}  {step.words}" for step in stage.steps)


if __name__ == "__main__":
    asyncio.run(main())
