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
    words = frozenset(words_of(clean(request.text[: LONGEST + 1])))
    if not buttons or not words or len(request.text.strip()) > LONGEST:
        return None
    in_words = _in_words(request, buttons)
    if in_words:
        return in_words
    first = buttons[0].press
    if first and first.verb in _YES_OR_NO and len(buttons) > 1:
        for key, button in (("words-yes", buttons[0]), ("words-no", buttons[1])):
            if words <= frozenset(words_of(clean(request.say(key)))):
                return button.press
    fitting = [button.press for button in buttons if _is_meant(words, words_of(clean(button.label)))]
    return fitting[0] if len(fitting) == 1 else None


def _takes_words(press: Press | None) -> bool:
    """Tell whether a button sets a time or a zone, which may be typed as well."""
    return press is not None and _verb_of_words(press) is not None


def _verb_of_words(press: Press) -> Verb | None:
    if press.verb == "nudge" and press.more.partition(".")[0] in _TYPED_PARTS:
        return "nudge"
    return "zone" if press.verb == "zone" and press.code else None


def _in_words(request: Request, buttons: Sequence[Button]) -> Press | None:
    """Return what takes a typed time or place, where that was asked for and the text is one."""
    asked = {_verb_of_words(button.press) for button in buttons if button.press}
    if "zone" in asked and zones.found_in(request, request.text):
        return Press("zone", "", nudge_screens.PART_TYPED)
    if "nudge" in asked and nudge.answers_when(request, request.text):
        return Press("nudge", "", nudge_screens.PART_TYPED)
    return None


def _is_meant(words: frozenset[str], label: Sequence[str]) -> bool:
    """Tell whether words stand for a label: its last one, as in 'only a phone', or half of all."""
    return words <= frozenset(label) and (label[-1] in words or 2 * len(words) >= len(label))
