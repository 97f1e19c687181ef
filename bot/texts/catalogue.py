"""Reads the catalogues and says their texts.

The catalogues are Fluent files (https://projectfluent.org) beside this module, one a language. English is
complete; what another language lacks is said in English.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.domain.knowledge import Language

BASE: Final[Language] = "en"
"""The language that has every text."""

SPOKEN: Final[Mapping[Language, Language]] = {
    "en": "en",
    "si": "si",
    "ta": "ta",
    "si-Latn": "si",
    "ta-Latn": "ta",
}
"""The catalogue that answers each language students ask in."""


class TextError(Exception):
    """A catalogue is broken, or a text was asked for that cannot be said."""


class Catalogues:
    """The bot's own words in all its languages."""

    def __init__(self, sources: Mapping[Language, str]) -> None:
        """Read the catalogues.

        Args:
            sources: Fluent source by language; English must be among them.

        Raises:
            TextError: English is missing, a source cannot be read as Fluent, or a key stands there twice.
        """
        if BASE not in sources:
            message = "there is no English catalogue"
            raise TextError(message)
        self._bundles = {language: _bundle(language, source) for language, source in sources.items()}

    def language_of(self, key: str, language: Language, /) -> Language:
        """Return the language `key` is said in when a student writes `language`."""
        spoken = SPOKEN[language]
        bundle = self._bundles.get(spoken)
        return spoken if bundle is not None and bundle.has_message(key) else BASE

    def say(self, key: str, language: Language, /, **values: str | int) -> str:
        """Return a text.

        Args:
            key: name of the text in the catalogues.
            language: language the student writes.
            values: what its placeholders stand for.

        Raises:
            TextError: no catalogue has the text, or a placeholder was given no value.
        """
        bundle = self._bundles[self.language_of(key, language)]
        pattern = bundle.get_message(key).value if bundle.has_message(key) else None
        if pattern is None:
            message = f"no text {key!r}"
            raise TextError(message)
        text, faults = bundle.format_pattern(
            pattern, {name: _inserted(value) for name, value in values.items()}
        )
        # fluent.runtime hands faults back beside a half-filled text instead of raising them.
        if faults:
            message = f"text {key!r} cannot be said: {faults[0]}"
            raise TextError(message) from faults[0]
        return str(text)


def load_catalogues() -> Catalogues:
    """Read the catalogues that come with the bot.

    Raises:
        TextError: a catalogue is missing or broken.
    """
    folder = files("bot.texts")
    sources: dict[Language, str] = {}
    for language in dict.fromkeys(SPOKEN.values()):
        file = folder / f"{language}.ftl"
        if not file.is_file():
            message = f"the catalogue {language}.ftl is missing"
            raise TextError(message)
        sources[language] = file.read_text(encoding="utf-8")
    return Catalogues(sources)


def _bundle(language: Language, source: str) -> FluentBundle:
    resource = FluentResource(source)
    keys: set[str] = set()
    for item in resource.body:
        if isinstance(item, ast.Junk):
            message = f"{language}.ftl: not Fluent: {(item.content or '').strip()[:80]!r}"
            raise TextError(message)
        if isinstance(item, ast.Message):
            if item.id.name in keys:
                message = f"{language}.ftl: {item.id.name!r} stands there twice"
                raise TextError(message)
            keys.add(item.id.name)
    # The invisible isolation marks would end up in what students copy and in what tests compare.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(resource)
    return bundle


def _inserted(value: str | int) -> str | int:
    """Make a value safe to stand inside a sentence: the one place where inserted text is treated.

    Control and direction characters go, since a name that carries them could turn round or tear apart the
    sentence it stands in; joiners stay, since Sinhala and Tamil need them.
    """
    if isinstance(value, int):
        return value
    joiners = "\u200c\u200d"
    kept = (
        char if char in joiners or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else " "
        for char in value
    )
    return "".join(kept).strip()
