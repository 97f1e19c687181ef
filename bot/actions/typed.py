"""Take a typed 'yes', 'skip' or 'university' for the button it means, right after a question with buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions import nudge, nudge_screens, zones
from bot.actions.request import Request
from bot.domain.reply import Button, Edit, Message, Press, Reply, Verb
from bot.matching.normalise import clean, words_of

LONGEST: Final = 30
"""Characters of an answer: what is longer is a sentence of its own."""

LONGEST_IN_WORDS: Final = 100
"""Characters of a time or a place that was asked for: 'Democratic Republic of the Congo'."""

_ASKING: Final[frozenset[Verb]] = frozenset({"keep", "forget", "restart", "career", "stands", "has"})
"""Buttons that answer a question of the bot's."""

_YES_OR_NO: Final[frozenset[Verb]] = frozenset({"keep", "forget", "restart"})
"""Buttons that answer it by yes, with the one that answers no behind them."""


_TYPED_PARTS: Final = frozenset({nudge_screens.PART_AT, nudge_screens.PART_PAUSE})
"""What of reminders may be typed: a time, and the end of a pause."""


def offered(reply: Reply) -> tuple[Button, ...]:
    """Return the buttons of the question a reply ends with; none where it asks nothing."""
    screens = [effect for effect in reply.effects if isinstance(effect, Message | Edit)]
    buttons = [button for row in screens[-1].buttons for button in row] if screens else []
    pressable = tuple(button for button in buttons if button.press)
    asks = any(button.press and button.press.verb in _ASKING for button in pressable[:1])
    return pressable if asks or any(_takes_words(button.press) for button in pressable) else ()


def meant(request: Request, buttons: Sequence[Button]) -> Press | None:
    """Return what a short text presses of the buttons shown last, or None where that is not clear."""
    text = request.text.strip()
    words = frozenset(words_of(clean(text[: LONGEST_IN_WORDS + 1])))
    if not buttons or not words or len(text) > LONGEST_IN_WORDS:
        return None
    labelled = _labelled(request, buttons, words) if len(text) <= LONGEST else None
    # Figures are a time of their own: '6' is not the button '6:30'.
    if labelled and not any(char.isdigit() for char in text):
        return labelled
    return _in_words(request, buttons) or labelled


def unclear(request: Request, buttons: Sequence[Button]) -> Press | None:
    """Return what asks again, where a time or a place was asked for and a text is none."""
    if len(request.text.strip()) > LONGEST_IN_WORDS:
        return None
    verb = _question(buttons)
    return Press(verb, "", f"{nudge_screens.PART_UNCLEAR}{_days_said(buttons)}") if verb else None


def needs_reading(press: Press) -> bool:
    """Tell whether a press takes words for something of reminders, so that distress is looked for first."""
    return press.verb in {"nudge", "zone", "tick"}


def _labelled(request: Request, buttons: Sequence[Button], words: frozenset[str]) -> Press | None:
    first = buttons[0].press
    if first and first.verb in _YES_OR_NO and len(buttons) > 1:
        for key, button in (("words-yes", buttons[0]), ("words-no", buttons[1])):
            if _is_one_of(request, key, words):
                return button.press
    fitting = [button.press for button in buttons if _means(words, button)]
    if len(fitting) == 1:
        return fitting[0]
    if _question(buttons) and _is_one_of(request, "words-no", words):
        return buttons[-1].press
    return _under_a_nudge(request, buttons, words)


def _under_a_nudge(request: Request, buttons: Sequence[Button], words: frozenset[str]) -> Press | None:
    """Return what words such as 'did it' or 'busy today' press under a nudge, else None."""
    by_part = {
        "tick" if one.verb == "tick" else one.more: one for one in (button.press for button in buttons) if one
    }
    if nudge.PART_NOT_TODAY not in by_part or "tick" not in by_part:
        return None
    meanings = {
        "words-done": "tick",
        "words-later": nudge.PART_LATER,
        "words-not-today": nudge.PART_NOT_TODAY,
    }
    telling = words - _words(request, "words-beside")
    if not telling:
        return None
    return next(
        (by_part.get(part) for key, part in meanings.items() if telling <= _words(request, key)), None
    )


def _is_one_of(request: Request, key: str, words: frozenset[str]) -> bool:
    return words <= _words(request, key)


def _words(request: Request, key: str) -> frozenset[str]:
    return frozenset(words_of(clean(request.say(key))))


def _takes_words(press: Press | None) -> bool:
    """Tell whether a button sets a time or a zone, which may be typed as well."""
    return press is not None and _verb_of_words(press) is not None


def _verb_of_words(press: Press) -> Verb | None:
    if press.verb == "nudge" and press.more.partition(".")[0] in _TYPED_PARTS:
        return "nudge"
    return "zone" if press.verb == "zone" and press.code else None


def _question(buttons: Sequence[Button]) -> Verb | None:
    """Return what a screen that asks for a place or a time asks for; None for all others."""
    presses = [button.press for button in buttons if button.press]
    if any(one.verb == "zone" and one.code for one in presses):
        return "zone"
    times = [one for one in presses if one.more.partition(".")[0] == nudge_screens.PART_AT]
    return "nudge" if len(times) > 1 else None


def _in_words(request: Request, buttons: Sequence[Button]) -> Press | None:
    """Return what takes a typed time or place, where that was asked for and the text is one."""
    asked = {_verb_of_words(button.press) for button in buttons if button.press}
    if "zone" in asked and zones.found_in(request, request.text):
        return Press("zone", "", nudge_screens.PART_TYPED)
    if "nudge" not in asked or not nudge.answers_when(request, request.text):
        return None
    presses = [button.press for button in buttons if button.press]
    either = nudge_screens.either_of(presses)
    if either and not any(char.isdigit() for char in request.text):
        return either[nudge.is_late(request, request.text)]
    return Press("nudge", "", f"{nudge_screens.PART_TYPED}{_days_said(buttons)}")


def _days_said(buttons: Sequence[Button]) -> str:
    """Return the days that the times of a question carry, so that they are not lost for a typed time."""
    times = (button.press.more.split(".") for button in buttons if button.press)
    days = {part[2] for part in times if part[0] == nudge_screens.PART_AT and len(part) > len("at")}
    return f".{days.pop()}" if len(days) == 1 else ""


def _means(words: frozenset[str], button: Button) -> bool:
    label = words_of(clean(button.label))
    if button.press and button.press.verb == "nudge" and button.press.code:
        # 'Today' is not 'Not today'.
        return frozenset(label) <= words
    return _is_meant(words, label)


def _is_meant(words: frozenset[str], label: Sequence[str]) -> bool:
    """Tell whether words stand for a label: its last one, as in 'only a phone', or half of all."""
    return words <= frozenset(label) and (label[-1] in words or 2 * len(words) >= len(label))
