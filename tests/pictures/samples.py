"""Drawings to draw."""

from itertools import cycle, islice
from typing import get_args

from bot.domain.drawing import Drawing, DrawnStage, DrawnStep
from bot.domain.journey import Status

STATUSES: tuple[Status, ...] = get_args(Status)

TITLES = {
    "en": ("Learn Python basics", "Take CS50, Harvard's free course on computer science", "Learn basic SQL"),
    "si": ("Python මූලික කරුණු ඉගෙන ගන්න", "ශ්‍රී ලංකාවේ විශ්වවිද්‍යාලයක ක්‍රමලේඛන පාඨමාලාවක් හදාරන්න", "SQL මූලික කරුණු"),
    "ta": ("Python அடிப்படைகளைக் கற்றுக்கொள்", "கணினி அறிவியலின் இலவச பாடநெறியை எடு", "SQL அடிப்படைகள்"),
}  # fmt: skip


def one_step(status: Status = "todo", *, title: str = "Learn SQL", words: str = "") -> Drawing:
    """A drawing of a single step."""
    step = DrawnStep(title, status, words, here=True)
    return Drawing("My way", "0 of 1 steps", "1 May", "here", (DrawnStage("Stage", (step,)),))


def way(language: str = "en", *, stages: int = 2, steps: int = 3, name: str = "") -> Drawing:
    """A drawing of many steps, no two of them the same; the second one is where the student is."""
    titles, statuses = cycle(TITLES[language]), cycle(STATUSES)
    drawn = []
    for stage in range(stages):
        row = [
            DrawnStep(f"{title} {stage}.{place}", next(statuses), "skipped", here=stage == 0 and place == 1)
            for place, title in enumerate(islice(titles, steps))
        ]
        drawn.append(DrawnStage(f"Stage {stage}", tuple(row)))
    return Drawing(
        "My way: Backend Developer", "2 of 6 steps", "22 November 2026", "here", tuple(drawn), name
    )
