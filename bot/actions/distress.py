"""Answer signs of distress: warmly, briefly, with help to turn to, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from bot.actions import nudge, screens
from bot.actions.request import Request
from bot.domain.knowledge import Language, short_code
from bot.domain.reply import Block, Button, Effect, Message, Press, Reply, blocks_of
from bot.matching.match import Match

MISREAD: Final = short_code("distress/misread")
"""What the button 'that is not what I meant' carries, so that it never counts as a missed question."""

_Answered = Literal["en", "si", "ta"]

_ANSWERED_IN: Final[Mapping[Language, _Answered]] = {
    "en": "en",
    "si": "si",
    "ta": "ta",
    "si-Latn": "si",
    "ta-Latn": "ta",
}


async def comfort(request: Request, match: Match) -> Reply:
    """Say what the knowledge has for this kind of distress, and whom to call, to the asker alone."""
    safety = request.knowledge.safety
    words, language = _words(safety.answers[match.distress or "self-harm"], request.language)
    helplines = tuple(
        Block("bullet", request.say("helpline", name=line.name, number=line.number))
        for line in safety.helplines
    )
    rests = nudge.is_to_rest(request)
    rows = (
        (Button(request.say("button-erase"), Press("erase")),),
        (Button(request.say("button-misread"), Press("none", MISREAD, request.cause if rests else "")),),
    )
    message = Message((*blocks_of(words), *helplines), rows, language=language)
    return Reply((screens.for_asker_alone(request, message),))


async def misread(request: Request, press: Press) -> Reply:
    """Take 'that is not what I meant' without a question, and let the student, and their reminders, go on."""
    if press.more:
        await nudge.go_on(request, press.more)
    rows = (*screens.example_rows(request), (Button(request.say("button-erase"), Press("erase")),))
    return Reply((screens.for_asker_alone(request, screens.own_words(request, "misread", rows)),))


def with_gentle_line(request: Request, reply: Reply) -> Reply:
    """Add one gentle line of help under the first message of an ordinary reply.

    In a group the line goes to the asker alone, or nowhere: others need not know.
    """
    words, language = _words(request.knowledge.safety.answers["gentle"], request.language)
    if request.place == "group":
        rows = screens.menu_rows(request)
        alone = Message((Block("text", words),), rows, audience="asker", language=language)
        return Reply((*reply.effects, alone))
    line = Block("note", words)
    effects: list[Effect] = list(reply.effects)
    for place, effect in enumerate(effects):
        if isinstance(effect, Message):
            effects[place] = replace(effect, blocks=(*effect.blocks, line))
            break
    return Reply(tuple(effects))


def _words(answers: Mapping[_Answered, str], language: Language) -> tuple[str, _Answered]:
    wanted = _ANSWERED_IN[language]
    spoken: _Answered = wanted if wanted in answers else "en"
    return answers[spoken], spoken
