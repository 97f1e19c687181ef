"""Where everything stands on the picture of a student's way: from a `Drawing` to SVG.

Sizes are in px of a picture 720 px wide. A 5-inch phone shows it about 62 mm wide, so that the smallest
letters, 26 px, are as high as 6 points on paper, and readable at the distance of a hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from bot.domain.drawing import Drawing, DrawingError, DrawnStage, DrawnStep
from bot.pictures import lettering

WIDTH: Final = 720
"""Width of every picture, in px."""

HIGHEST: Final = 2560
"""Height in px a picture may have: where one is higher, Telegram makes it smaller, and nobody can read it."""

_MARGIN: Final = 36
_GAP: Final = 14
_LINE: Final = 1.28
"""Height of a line, in sizes of its letters: Sinhala and Tamil reach above and below Latin."""

_BASELINE: Final = 0.95
"""From the top of a line to where its letters stand, in sizes of its letters."""

_DOT: Final = 20
"""Half of what a sign in the template measures."""

_WAY: Final = _MARGIN + _DOT + 4
"""Where the signs stand under each other."""

_TEMPLATE: Final = Template(Path(__file__).with_name("way.svg").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Density:
    """How closely things stand.

    `beside` puts the status behind the title instead of under it. `rendering` is that of letters: smooth
    edges take half the bytes of a picture, so that where there are many letters they are left hard.
    """

    heading: int
    title: int
    words: int
    lines: int
    gap: int
    scale: float
    beside: bool
    rendering: str


_ROOMY: Final = _Density(
    heading=32, title=30, words=26, lines=2, gap=22, scale=1.0, beside=False, rendering="optimizeLegibility"
)
_CLOSE: Final = _Density(
    heading=28, title=26, words=26, lines=1, gap=10, scale=0.75, beside=True, rendering="optimizeSpeed"
)

_ROOMY_UP_TO: Final = 1280
"""Height in px above which things stand closely: Telegram makes photos that are longer smaller."""

_MOST_BESIDE: Final = 240
"""Width in px of a status beside its title; the title gets the rest."""


@dataclass(slots=True)
class _Page:
    """What is drawn so far, and how far down it reaches."""

    density: _Density
    y: float = _MARGIN
    parts: list[str] = field(default_factory=list)
    scripts: set[str] = field(default_factory=set)

    def add(self, part: str) -> None:
        """Add a piece of SVG."""
        self.parts.append(part)

    def line(self, text: str, x: float, size: int, *, bold: bool = False, style: str = "") -> None:
        """Write a line that fits, its top at where the page has got to."""
        # On whole pixels the same words come out the same, and are stored once. Each run is a text of its
        # own: resvg takes all letters of a text for the script it begins with, and would misshape others.
        y = round(self.y + size * _BASELINE)
        weight = ' font-weight="700"' if bold else ""
        for script, part in lettering.runs(text):
            self.scripts.add(script)
            self.add(
                f'<text x="{round(x)}" y="{y}" font-family="{lettering.family(script)}" font-size="{size}"'
                f"{weight}{style}>{escape(part)}</text>"
            )
            x += lettering.measure(part, size, bold=bold)

    def lines(self, texts: Sequence[str], x: float, size: int, *, bold: bool = False) -> None:
        """Write lines one under the other, and go on below them."""
        for text in texts:
            self.line(text, x, size, bold=bold)
            self.y += size * _LINE


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture as SVG, with the paths of the fonts it needs."""

    svg: str
    fonts: tuple[str, ...]


def lay_out(drawing: Drawing) -> Sheet:
    """Put a student's way on a sheet.

    Up to `_ROOMY_UP_TO` px it is roomy, else things stand closely: 35 steps in 5 stages fit well.

    Raises:
        DrawingError: it has more steps than fit on a picture that can be read.
    """
    page = _filled(drawing, _ROOMY)
    if page.y > _ROOMY_UP_TO:
        page = _filled(drawing, _CLOSE)
    if page.y > HIGHEST:
        raise DrawingError
    svg = _TEMPLATE.substitute(
        width=WIDTH, height=round(page.y), rendering=page.density.rendering, body="\n".join(page.parts)
    )
    return Sheet(
        svg, tuple(lettering.font_file(script) for script in sorted(page.scripts | {lettering.BASE}))
    )


def _filled(drawing: Drawing, density: _Density) -> _Page:
    page = _Page(density)
    _write(page, drawing.title, 40, lines=2, bold=True)
    _write(page, drawing.name, 30, bold=True)
    page.y += _GAP / 2
    _write(page, drawing.summary, 30, lines=2)
    _write(page, drawing.date, 26)
    for stage in drawing.stages:
        _stage(page, stage, lettering.clean(drawing.here))
    page.y += _MARGIN
    return page


def _write(page: _Page, text: str, size: int, *, lines: int = 1, bold: bool = False) -> None:
    room = WIDTH - 2 * _MARGIN
    page.lines(
        lettering.fit(lettering.clean(text), room, size, lines=lines, bold=bold), _MARGIN, size, bold=bold
    )


def _stage(page: _Page, stage: DrawnStage, here: str) -> None:
    density = page.density
    page.y += density.gap
    page.add(
        f'<rect x="{_MARGIN}" y="{round(page.y)}" width="{WIDTH - 2 * _MARGIN}" height="3" fill="#7a818e"/>'
    )
    page.y += density.gap / 2
    _write(page, stage.title, density.heading, lines=density.lines, bold=True)
    place = len(page.parts)
    dots = [_step(page, step, here) for step in stage.steps]
    if len(dots) > 1:
        way = f'<path d="M{_WAY},{dots[0]} V{dots[-1]}" stroke="#7a818e" stroke-width="4"/>'
        page.parts.insert(place, way)


def _step(page: _Page, step: DrawnStep, here: str) -> int:
    """Draw a step and return the height of its dot's middle."""
    density = page.density
    left = _MARGIN + 2 * _DOT + 24
    room = WIDTH - _MARGIN - _GAP - left
    page.y += density.gap / 2
    top, place = page.y, len(page.parts)
    page.y += _GAP / 2 if step.here else 0
    middle = round(page.y + density.title * _LINE / 2)
    place_of_dot = f"translate({_WAY} {middle}) scale({density.scale})"
    page.add(f'<use href="#{step.status}" transform="{place_of_dot}"/>')
    _say(page, step, left, room)
    if step.here:
        _pill(page, here, left, room)
        page.y += _GAP / 2
        width, height = WIDTH - 2 * _MARGIN + 16, round(page.y - top)
        frame = (
            f'<rect x="{_MARGIN - 8}" y="{round(top)}" width="{width}" height="{height}" rx="14" fill="none"'
            ' stroke="#1c2430" stroke-width="4"/>'
        )
        page.parts.insert(place, frame)
    page.y += density.gap / 2
    return middle


def _say(page: _Page, step: DrawnStep, left: float, room: float) -> None:
    """Write a step's title and status, both under each other or side by side."""
    density = page.density
    words = lettering.clean(step.words)
    if density.beside:
        words = "".join(lettering.fit(words, _MOST_BESIDE, density.words))
        width = lettering.measure(words, density.words)
        page.line(words, left + room - width, density.words)
        room -= width + _GAP
    title = lettering.fit(
        lettering.clean(step.title), room, density.title, lines=density.lines, bold=step.here
    )
    page.lines(title or [""], left, density.title, bold=step.here)
    if not density.beside:
        page.lines(lettering.fit(words, room, density.words), left, density.words)


def _pill(page: _Page, text: str, left: float, room: float) -> None:
    """Write white on dark where the student is."""
    size = page.density.words
    text = "".join(lettering.fit(text, room - 2 * _GAP, size, bold=True))
    if not text:
        return
    width = lettering.measure(text, size, bold=True) + 2 * _GAP
    height = size * 1.5
    page.y += 4
    page.add(f'<rect x="{left}" y="{round(page.y)}" width="{round(width)}" height="{round(height)}" rx="8"/>')
    page.y += (height - size * _LINE) / 2
    page.line(text, left + _GAP, size, bold=True, style=' fill="#ffffff"')
    page.y += (height + size * _LINE) / 2
