"""Take a typed 'yes', 'skip' or 'university' for the button it means, right after a question with buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions.request import Request
from bot.domain.reply import Button, Edit, Message, Press, Reply, Verb
from bot.matching.normalise import clean, words_of

LONGEST: Final = 30
"""Characters of an answer: what is longer is a sentence of its own."""

_ASKING: Final[frozenset[Verb]] = frozenset({"keep", "forget", "restart", "career", "stands", "has"})
"""Buttons that answer a question of the bot's."""

_YES_OR_NO: Final[frozenset[Verb]] = frozenset({"keep", "forget", "restart"})
"""Buttons that answer it by yes, with the one that answers no behind them."""


def offered(reply: Reply) -> tuple[Button, ...]:
    """Return the buttons of the question a reply ends with; none where it asks nothing."""
    screens = [effect for effect in reply.effects if isinstance(effect, Message | Edit)]
    buttons = [button for row in screens[-1].buttons for button in row] if screens else []
    pressable = tuple(button for button in buttons if button.press)
    asks = any(button.press and button.press.verb in _ASKING for button in pressable[:1])
    return pressable if asks else ()


def meant(request: Request, buttons: Sequence[Button]) -> Press | None:
    """Return what a short text presses of the buttons shown last, or None where that is not clear."""
    words = frozenset(words_of(clean(request.text[: LONGEST + 1])))
    if not buttons or not words or len(request.text.strip()) > LONGEST:
        return None
    first = buttons[0].press
    if first and first.verb in _YES_OR_NO and len(buttons) > 1:
        for key, button in (("words-yes", buttons[0]), ("words-no", buttons[1])):
            if words <= frozenset(words_of(clean(request.say(key)))):
                return button.press
    fitting = [button.press for button in buttons if _is_meant(words, words_of(clean(button.label)))]
    return fitting[0] if len(fitting) == 1 else None


def _is_meant(words: frozenset[str], label: Sequence[str]) -> bool:
    """Tell whether words stand for a label: its last one, as in 'only a phone', or half of all."""
    return words <= frozenset(label) and (label[-1] in words or 2 * len(words) >= len(label))


def as_new(reply: Reply) -> Reply:
    """Return a reply to a press that was typed: nothing was pressed that could change its face."""
    return Reply(
        tuple(
            Message(one.blocks, one.buttons, one.audience, one.language, about=one.about)
            if isinstance(one, Edit)
            else one
            for one in reply.effects
        )
    )
