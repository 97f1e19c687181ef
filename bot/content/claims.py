"""Which figures need a source; the words for money depend on the country and come from rules.yaml."""

from __future__ import annotations

import re
from functools import cached_property

from bot.domain.knowledge import Model, Text

# U+20A0 to U+20CF are the currency signs, such as € and ₹.
_ANYWHERE = r"[$£¥\u20a0-\u20cf]\s?[0-9][0-9,.]*|[0-9][0-9.]* ?%(?! ?[0-9(])|[0-9][0-9.]* per ?cent\b"


class Rules(Model):
    """What rules.yaml says of the country the knowledge is for.

    `amounts` are words and signs that make a number beside them an amount of money.
    """

    amounts: tuple[Text, ...] = ()

    @cached_property
    def figure(self) -> re.Pattern[str]:
        """A figure that needs a source: money, by its sign or by one of these words, or a percentage."""
        words = "|".join(map(re.escape, sorted(self.amounts, key=len, reverse=True)))
        money = (
            rf"(?<!\w)(?:{words})(?![^\W\d])\.?\s*[0-9][0-9,.]*"
            rf"|[0-9][0-9,. ]*(?:k|thousand|million|billion)?\s*(?:{words})(?!\w)"
        )
        return re.compile(f"{money}|{_ANYWHERE}" if words else _ANYWHERE, re.IGNORECASE)
