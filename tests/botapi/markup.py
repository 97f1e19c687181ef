"""HTML and entities, text as Telegram keeps it, and keyboards. Offsets of entities are UTF-16 units."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import telegram

from tests.botapi.refusal import RefusedError, demand
from tests.botapi.signatures import fields

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BUTTONS = 100
BUTTONS_IN_A_ROW = 8
DATA_BYTES = 64
QUERY_LIMIT = 256
"""Characters a switch button may carry: those of an inline query; assumed, see README.md."""

KEYBOARD_BYTES = 10_240
"""Assumed; see README.md."""

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_ENTITY_KINDS = {*_TAGS.values(), "expandable_blockquote", "text_mention", "mention", "url", "bot_command"}
_ENTITY_KINDS |= {"hashtag", "cashtag", "email", "phone_number", "date_time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SURROGATE = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<number>[0-9]+)|(?P<name>[a-zA-Z]+));?")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[^\s>]*)")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>]+)\s*(?:=\s*(?P<value>"[^"]*(?:"|$)|'[^']*(?:'|$)|[A-Za-z0-9.-]+))?"""
)
_ADDRESS = re.compile(r"(?:https?|tg|ton)://[^\s/?#]+\S*", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[a-z]+://)?(?:[^\s/?#@]*@)?(?P<host>[^\s/?#:@]+)(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)


def utf16(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut(text: str, offset: int, length: int) -> str:
    """Return what an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def clean(text: str) -> str:
    """Return the text as Telegram keeps it: control characters are spaces, overrides of direction gone."""
    demand(not _SURROGATE.search(text), "strings must be encoded in UTF-8")
    text = re.sub(r"[\r\u2028-\u202e]", "", text)
    return re.sub(r"[\x00-\x09\x0b\x0c\x0e-\x1f]", " ", text)


@dataclass(slots=True)
class Rich:
    """A text and its entities."""

    text: str
    entities: list[dict[str, Any]]

    def trimmed(self) -> Rich:
        """Return it without the space around it; entities that cover nothing any more go."""
        ahead = utf16(self.text[: len(self.text) - len(self.text.lstrip())])
        text = self.text.strip()
        kept = []
        for one in self.entities:
            begin = max(one["offset"] - ahead, 0)
            end = min(one["offset"] + one["length"] - ahead, utf16(text))
            if end > begin:
                kept.append({**one, "offset": begin, "length": end - begin})
        return Rich(text, sorted(kept, key=lambda one: (one["offset"], -one["length"])))


def _unreadable(words: str) -> NoReturn:
    message = f"can't parse entities: {words}"
    raise RefusedError(message)


def _decoded(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        if found["name"]:
            return _NAMED.get(found["name"], found[0])
        code = int(found["hex"], 16) if found["hex"] else int(found["number"])
        return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]

    return _REFERENCE.sub(letter, text)


@dataclass(slots=True)
class _Open:
    """A tag that has begun."""

    name: str
    argument: str
    offset: int
    at: int


class _Html:
    """Reads HTML as Telegram does [td/telegram/MessageEntity.cpp, do_parse_html]."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = ""
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []

    def read(self) -> Rich:
        place = 0
        while place < len(self.source):
            found = self.source.find("<", place)
            piece = _decoded(self.source[place : found if found >= 0 else len(self.source)])
            self.text += piece
            self.units += utf16(piece)
            if found < 0:
                break
            place = self.tag(found)
        if self.open:
            _unreadable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return Rich(self.text, self.entities)

    def tag(self, begin: int) -> int:
        """Read a tag and return where the text goes on."""
        at = f"at byte offset {len(self.source[:begin].encode())}"
        found = _TAG.match(self.source, begin)
        if not found:
            _unreadable(f"Unclosed start tag {at}")
        if found["end"]:
            return self.end(found["name"], found.end(), at)
        name = found["name"].lower()
        if found.end() >= len(self.source):
            _unreadable(f"Unclosed start tag {at}")
        if name not in _TAGS:
            _unreadable(f'Unsupported start tag "{name}" {at}')
        attributes, place = self.attributes(name, found.end(), at)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            _unreadable(f'Tag "span" must have class "tg-spoiler" {at}')
        if name == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
            _unreadable(f'Tag "tg-emoji" must have attribute "emoji-id" {at}')
        argument = attributes.get({"a": "href", "code": "class", "tg-emoji": "emoji-id"}.get(name, ""), "")
        if name == "blockquote" and "expandable" in attributes:
            argument = "expandable"
        self.open.append(_Open(name, argument, self.units, len(self.text)))
        return place

    def attributes(self, name: str, place: int, at: str) -> tuple[dict[str, str], int]:
        """Read what stands in a start tag, and return it with the place after the tag."""
        attributes: dict[str, str] = {}
        while (rest := self.source[place:].lstrip()) and not rest.startswith(">"):
            one = _ATTRIBUTE.match(self.source, place)
            if not one:
                _unreadable(f'Empty attribute name in the tag "{name}" {at}')
            if one["value"] is None and one["name"] != "expandable":
                _unreadable(f'Expected equal sign in declaration of an attribute of the tag "{name}" {at}')
            value = one["value"] or ""
            bare = value[1:].removesuffix(value[0]) if value.startswith(("'", '"')) else value.lower()
            attributes[one["name"].lower()] = _decoded(bare)
            place = one.end()
        if not rest:
            _unreadable(f"Unclosed start tag {at}")
        return attributes, len(self.source) - len(rest) + 1

    def end(self, name: str, place: int, at: str) -> int:
        """Close the tag that was opened last."""
        if not self.open:
            _unreadable(f"Unexpected end tag {at}")
        rest = self.source[place:].lstrip()
        if not rest.startswith(">"):
            _unreadable(f"Unclosed end tag {at}")
        opened = self.open.pop()
        if name and name.lower() != opened.name:
            _unreadable(f'Unmatched end tag {at}, expected "</{opened.name}>", found "</{name}>"')
        if self.units > opened.offset:
            self.add(opened)
        return len(self.source) - len(rest) + 1

    def add(self, opened: _Open) -> None:
        entity: dict[str, Any] = {
            "type": _TAGS[opened.name],
            "offset": opened.offset,
            "length": self.units - opened.offset,
        }
        if opened.name == "a":
            address = opened.argument or self.text[opened.at :]
            if not valid_address(address):
                return
            entity["url"] = address
        elif opened.name == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.argument == "expandable":
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)


def _given_entities(text: str, given: list[Any]) -> list[dict[str, Any]]:
    for one in given:
        known = isinstance(one, dict) and not fields(telegram.MessageEntity).faults(one)
        demand(known, "can't parse MessageEntity: Object expected")
        demand(one["type"] in _ENTITY_KINDS, "can't parse MessageEntity: Unsupported type specified")
        inside = one["offset"] >= 0 and one["length"] > 0 and one["offset"] + one["length"] <= utf16(text)
        demand(inside, f"entity beginning at UTF-16 offset {one['offset']} ends after the end of the text")
    return [dict(one) for one in given]


_FOUND = {
    "bot_command": re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])", re.ASCII),
    "mention": re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)", re.ASCII),
    "url": re.compile(r"https?://[^\s<>\"]*[^\s<>\".,!?)]"),
}


def found_entities(text: str) -> list[dict[str, Any]]:
    """Return what Telegram itself finds in a text: commands, mentions, addresses."""
    if not any(mark in text for mark in "/@"):
        return []
    entities = [
        {"type": kind, "offset": utf16(text[: found.start()]), "length": utf16(found[0])}
        for kind, pattern in _FOUND.items()
        for found in pattern.finditer(text)
    ]
    return sorted(entities, key=lambda one: one["offset"])


def rich(text: str, parse_mode: str | None, entities: list[Any] | None, *, limit: int) -> Rich:
    """Return a text as the chat will show it.

    Args:
        text: as the call gave it.
        parse_mode: `HTML` or nothing.
        entities: as given beside the text.
        limit: code points it may have once it is parsed; an empty one passes.

    Raises:
        RefusedError: with Telegram's words.
    """
    demand(
        not parse_mode or parse_mode.upper() in {"HTML", "MARKDOWN", "MARKDOWNV2"}, "unsupported parse_mode"
    )
    demand(not parse_mode or parse_mode.upper() == "HTML", "not built: Markdown")
    demand(not _SURROGATE.search(text), "strings must be encoded in UTF-8")
    parsed = _Html(text).read() if parse_mode else Rich(text, _given_entities(text, entities or []))
    whole = parsed.trimmed() if clean(parsed.text) == parsed.text else _cleaned(parsed).trimmed()
    demand(
        len(whole.text) <= limit,
        "message is too long" if limit == TEXT_LIMIT else "message caption is too long",
    )
    taken = [(one["offset"], one["offset"] + one["length"]) for one in whole.entities]
    whole.entities += [
        one
        for one in found_entities(whole.text)
        if not any(begin < one["offset"] + one["length"] and one["offset"] < end for begin, end in taken)
    ]
    whole.entities.sort(key=lambda one: (one["offset"], -one["length"]))
    return whole


def _cleaned(parsed: Rich) -> Rich:
    """Clean a text, moving its entities with it."""
    points = [0]
    for letter in parsed.text:
        points += [points[-1] + utf16(clean(letter))] * utf16(letter)
    moved = []
    for one in parsed.entities:
        begin, end = points[one["offset"]], points[one["offset"] + one["length"]]
        moved.append({**one, "offset": begin, "length": end - begin})
    return Rich(clean(parsed.text), [one for one in moved if one["length"] > 0])


def valid_address(url: str) -> bool:
    """Say whether Telegram would take this for an address that can be opened."""
    if url.startswith(("tg://", "ton://")):
        return bool(_ADDRESS.fullmatch(url))
    found = _HOST.fullmatch(url)
    if not found or ("://" in url and not url.lower().startswith(("http://", "https://"))):
        return False
    host = found["host"]
    return "." in host.strip(".") and ".." not in host


def _check_button(button: object, *, inline: bool) -> None:
    demand(
        isinstance(button, dict), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
    )
    assert isinstance(button, dict)
    faults = fields(telegram.InlineKeyboardButton).faults(button)
    demand(not faults, f"can't parse inline keyboard button: {', '.join(faults)}")
    demand(
        isinstance(button["text"], str),
        'can\'t parse inline keyboard button: Field "text" must be of type String',
    )
    demand(clean(button["text"]).strip(), "can't parse inline keyboard button: button text must be non-empty")
    actions = button.keys() - {"text", "style", "icon_custom_emoji_id"}
    demand(actions, "Text buttons are unallowed in the inline keyboard")
    demand(len(actions) == 1, "can't parse inline keyboard button: exactly one action may be used")
    if "callback_data" in button:
        data = button["callback_data"]
        demand(isinstance(data, str) and 1 <= len(data.encode()) <= DATA_BYTES, "BUTTON_DATA_INVALID")
    if "url" in button:
        demand(isinstance(button["url"], str), "BUTTON_URL_INVALID")
        demand(valid_address(button["url"]), "BUTTON_URL_INVALID")
    for name in actions & {"switch_inline_query", "switch_inline_query_current_chat"}:
        query = button[name]
        demand(
            isinstance(query, str),
            f'can\'t parse inline keyboard button: Field "{name}" must be of type String',
        )
        demand(len(query) <= QUERY_LIMIT, "BUTTON_DATA_INVALID")
    if inline:
        demand(not actions & {"pay", "login_url"}, "BUTTON_TYPE_INVALID")


def inline_keyboard(markup: Mapping[str, Any], *, inline: bool = False) -> dict[str, Any] | None:
    """Check an inline keyboard and return it as it is kept; None for one without buttons.

    Raises:
        RefusedError: with Telegram's words.
    """
    rows = markup.get("inline_keyboard")
    demand(markup.keys() == {"inline_keyboard"}, "can't parse reply keyboard markup JSON object")
    demand(
        isinstance(rows, list) and all(isinstance(row, list) for row in rows or []),
        'can\'t parse inline keyboard: Field "inline_keyboard" must be an Array of Arrays',
    )
    assert isinstance(rows, list)
    buttons = [button for row in rows for button in row]
    for button in buttons:
        _check_button(button, inline=inline)
    carried = sum(len(str(value).encode()) for button in buttons for value in button.values())
    narrow = all(len(row) <= BUTTONS_IN_A_ROW for row in rows)
    demand(
        len(buttons) <= BUTTONS and narrow and carried <= KEYBOARD_BYTES,
        "reply markup is too long",
    )
    return {"inline_keyboard": [row for row in rows if row]} if buttons else None


def parsed_json(name: str, value: object, check: Callable[[Any], bool]) -> Any:
    """Read a parameter that is JSON, or already read.

    Raises:
        RefusedError: it is no JSON, or not of the kind that is asked for.
    """
    read = value
    if isinstance(value, str):
        try:
            read = json.loads(value)
        except ValueError:
            read = None
    demand(check(read), f"can't parse {name.replace('_', ' ')} JSON object")
    return read
