"""The parameters of a call, in whatever encoding they came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.botapi.markup import parsed_json
from tests.botapi.refusal import demand

JSON_PARAMETERS = frozenset(
    "allowed_updates button commands correct_option_ids entities caption_entities explanation_entities "
    "link_preview_options message_ids options question_entities reaction reply_markup reply_parameters "
    "results scope description_entities".split()
)


@dataclass(slots=True)
class Upload:
    """A file in a call."""

    name: str
    content: bytes


@dataclass(slots=True)
class Given:
    """What a call was given."""

    values: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a text, empty if there is none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def whole(self, name: str) -> int | None:
        """Return a whole number, None if there is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        demand(str(value).lstrip("-").isdecimal(), f'Parameter "{name}" must be an integer')
        return int(value)

    def truth(self, name: str) -> bool:
        """Return whether something is wanted."""
        return str(self.values.get(name, "")).casefold() in {"true", "yes", "1"}

    def items(self, name: str) -> list[Any] | None:
        """Return an array, None if there is none."""
        value = self.values.get(name)
        return None if value is None else parsed_json(name, value, lambda read: isinstance(read, list))

    def thing(self, name: str) -> dict[str, Any] | None:
        """Return an object, None if there is none."""
        value = self.values.get(name)
        return None if value is None else parsed_json(name, value, lambda read: isinstance(read, dict))

    def upload(self, name: str) -> Upload | None:
        """Return a file that came along, under its own name or as attach://..."""
        value = self.text(name)
        return self.files.get(value.removeprefix("attach://") if value.startswith("attach://") else name)

    @property
    def chat(self) -> int | None:
        """The chat the call is about, None if it names none by number."""
        value = str(self.values.get("chat_id", ""))
        return int(value) if value.lstrip("-").isdecimal() else None
