"""Fonts: which letters can be drawn, how wide they are, and where a line ends.

The fonts come with the package manimgx-fonts (Noto Sans, SIL Open Font License 1.1): one for Latin, Greek and
Cyrillic letters, and one for each of many other scripts. The font of a letter is named here, run by run:
resvg looks for a letter that a font lacks in the others one by one, and so tears apart what belongs together.
Widths are measured with HarfBuzz, by whose rules resvg shapes letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Final

import uharfbuzz as hb

LONGEST: Final = 300
"""Characters of a text that are looked at: more than two lines of any picture hold."""

FAMILY: Final = "Noto Sans"
BASE: Final = ""
"""What `FAMILY` draws: Latin, Greek and Cyrillic letters, digits and signs. Other scripts are named as
Unicode names their letters, such as 'SINHALA'."""

_ELLIPSIS: Final = "…"
_JOINERS: Final = "\u200c\u200d"
_MOST_MARKS: Final = 4
"""Marks kept on one letter; Sinhala and Tamil put up to three there, pranks hundreds."""

_WEIGHTS: Final = {False: 400, True: 700}
_FOLDER: Final = files("manimgx_fonts")
_FILES: Final = {
    one.name.removeprefix("NotoSans").removesuffix("[wght].ttf").upper(): str(one)
    for one in _FOLDER.iterdir()
    if one.name.startswith("NotoSans") and one.name.endswith("[wght].ttf") and "-" not in one.name
}

Run = tuple[str, str]
"""A script, and letters that its font draws."""


def font_file(script: str) -> str:
    """Return the path of a script's font; KeyError where there is none."""
    return _FILES[script]


def family(script: str) -> str:
    """Return the name of a script's font."""
    return f"{FAMILY} {script.title()}".rstrip()


def clean(text: str) -> str:
    """Return the part of a text that can be drawn, on one line, its beginning where it is very long.

    Left out are control and bidi characters, lone surrogates, emoji, letters no font has, and all but the
    first marks of a pile on one letter.
    """
    shown = " ".join(unicodedata.normalize("NFC", text[: 2 * LONGEST]).split())
    kept: list[str] = []
    marks = 0
    for char, script in _scripts(shown):
        is_mark = unicodedata.category(char)[0] == "M"
        marks = marks + 1 if is_mark else 0
        if script is not None and marks <= _MOST_MARKS:
            kept.append(char)
    return " ".join("".join(kept).split())[:LONGEST]


def runs(text: str) -> list[Run]:
    """Split a text that is clean by the fonts that draw it."""
    pairs = ((char, script) for char, script in _scripts(text) if script is not None)
    return [
        (script, "".join(char for char, _ in run)) for script, run in groupby(pairs, lambda pair: pair[1])
    ]


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in px of a text that is clean, at a size in px."""
    return sum(_advance(script, part, bold=bold) for script, part in runs(text)) * size


def fit(text: str, width: float, size: float, *, lines: int = 1, bold: bool = False) -> list[str]:
    """Break a text that is clean into lines.

    Args:
        text: one line of it.
        width: px a line may fill.
        size: of the letters, in px.
        lines: how many there may be, 1 or more; what does not fit into them ends in an ellipsis.
        bold: whether the letters are.

    Returns:
        The lines; none for an empty text.
    """
    found: list[str] = []
    rest = text
    while rest and len(found) < lines - 1:
        head = _longest(rest.split(" "), " ", width, size, bold=bold)
        head = head or _longest(_clusters(rest), "", width, size, bold=bold) or _clusters(rest)[0]
        found.append(head)
        rest = rest[len(head) :].lstrip(" ")
    return [*found, _cut(rest, width, size, bold=bold)] if rest else found


def _cut(text: str, width: float, size: float, *, bold: bool) -> str:
    if measure(text, size, bold=bold) <= width:
        return text
    room = width - measure(_ELLIPSIS, size, bold=bold)
    return _longest(_clusters(text), "", room, size, bold=bold).rstrip(" ") + _ELLIPSIS


def _longest(parts: list[str], joint: str, width: float, size: float, *, bold: bool) -> str:
    """Return as many of the first parts as fit, joined; found by halving, since widths only grow."""
    fits, too_many = 0, len(parts) + 1
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if measure(joint.join(parts[:middle]), size, bold=bold) <= width:
            fits = middle
        else:
            too_many = middle
    return joint.join(parts[:fits])


def _clusters(text: str) -> list[str]:
    """Split a text where it may be cut: not before a mark, and not beside what joins two letters."""
    found: list[str] = []
    for char in text:
        joins = char in _JOINERS or unicodedata.category(char)[0] == "M"
        if found and (joins or found[-1][-1] in _JOINERS):
            found[-1] += char
        else:
            found.append(char)
    return found


def _scripts(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield each character with the script whose font draws it, None where none does."""
    current = BASE
    for char in text:
        own = _own_script(char)
        if char in _JOINERS:
            own = current or None
        elif char == " ":
            own = current
        elif own == BASE and unicodedata.category(char)[0] == "M":
            own = BASE if current == BASE else None
        yield char, own
        current = current if own is None else own


@lru_cache(maxsize=4096)
def _own_script(char: str) -> str | None:
    category = unicodedata.category(char)
    name = unicodedata.name(char, "").partition(" ")[0]
    script = name if name in _FILES else BASE
    return script if category[0] != "C" and ord(char) in _face(script).unicodes else None


def _advance(script: str, text: str, *, bold: bool) -> float:
    """Return how far a run goes, in sizes of its letters."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(_font(script, bold=bold), buffer)
    advances: int = sum(one.x_advance for one in buffer.glyph_positions)
    return float(advances / _face(script).upem)


@lru_cache(maxsize=32)
def _face(script: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(_FILES[script]))


@lru_cache(maxsize=64)
def _font(script: str, *, bold: bool) -> hb.Font:
    font = hb.Font(_face(script))
    font.set_variations({"wght": _WEIGHTS[bold]})
    return font
