"""The process that draws: reads SVG from its input and writes PNG to its output until the input ends.

resvg holds the interpreter for as long as it draws, so it cannot do so beside the bot. This process imports
nothing else of the bot.
"""

from __future__ import annotations

import io
import json
import struct
import sys
from typing import BinaryIO, Final

import resvg_py
from PIL import Image, ImageColor

LENGTH: Final = struct.Struct(">I")
"""What stands before each message: its length in bytes. An answer of none says that it could not be drawn."""

BIGGEST: Final = 60_000
"""Bytes a picture may have: students pay for data."""

# Those of the template with what lies between them and white, at the edges of letters and signs: sixteen take
# four bits a pixel. Pictures with many letters get fewer, and at last two; signs differ by shape alone.
_PALETTES: Final = (
    (
        *("#ffffff", "#1c2430", "#3b424d", "#666c74", "#91959b", "#b9bcc0", "#dddee0"),
        *("#176b3a", "#8bb59d", "#1f4fa3", "#8fa7d1", "#6b3fa0", "#b59fd0", "#5b6270", "#adb0b7", "#7a818e"),
    ),
    ("#ffffff", "#1c2430", "#686e76", "#b4b6ba"),
    ("#ffffff", "#1c2430"),
)


def draw(svg: str, fonts: list[str]) -> bytes:
    """Draw a picture.

    Args:
        svg: what to draw, in colours of the template.
        fonts: paths of the only fonts there are; those of the system are not looked at.

    Raises:
        ValueError: it is no SVG, or nothing under `BIGGEST` bytes came of it.
    """
    drawn = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts)
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    for colours in _PALETTES:
        png = _png(image, colours)
        if len(png) < BIGGEST:
            return png
    raise ValueError


def _png(image: Image.Image, colours: tuple[str, ...]) -> bytes:
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in ImageColor.getrgb(colour)])
    out = io.BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Draw what is asked for, one after the other, until there is no more."""
    while head := asked.read(LENGTH.size):
        svg, fonts = json.loads(asked.read(*LENGTH.unpack(head)))
        try:
            png = draw(svg, fonts)
        except ValueError:
            png = b""
        answers.write(LENGTH.pack(len(png)) + png)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
