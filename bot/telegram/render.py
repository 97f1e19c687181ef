"""Blocks and buttons -> what Telegram shows: its HTML, cut into messages, and its keyboards.

All escaping of the project happens in `escape`. Lengths are measured as Telegram measures them: in code
points, after the markup is parsed [Telegram Bot API, sendMessage].
"""

from __future__ import annotations

import html as markup
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.reply import CAPTION_LIMIT, MESSAGE_LIMIT, Block, Button, encode_press

MOST_PAGES: Final = 4
"""Messages one answer may fill; who needs more words than that is no longer read on a phone."""

MOST_BUTTONS: Final = 100
"""Buttons of one keyboard [facts of this project, measured]."""

MOST_IN_A_ROW: Final = 8
"""Buttons of one row [facts of this project, measured]."""

LABEL_LIMIT: Final = 64
"""Code points of a button's label; a phone shows fewer than that."""

SHARE_LIMIT: Final = 256
"""Code points of what stands behind the bot's name [Telegram Bot API, InlineQuery.query]."""

FILE_NAME_LIMIT: Final = 100
"""Code points of a file's name; file systems take 255 bytes, and a phone shows fewer than that."""

MOST_MARKS: Final = 8
"""Combining marks kept on one letter; real scripts stack four at most."""

Rows = Sequence[Sequence[Button]]
Keyboard = InlineKeyboardMarkup

_ELLIPSIS: Final = "…"
_BULLET: Final = "• "
_TAGS: Final = {"title": "b", "code": "pre", "note": "i"}
_GROUPED: Final = frozenset({"bullet", "note", "link"})
_SCHEMES: Final = frozenset({"http", "https", "tg"})
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)

_LINE_BREAK: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_REMOVED: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
# Marks are not word characters: text without such a run, nearly all there is, has no stack to cut.
_PERHAPS_STACKED: Final = re.compile(rf"\W{{{MOST_MARKS + 1}}}")

# Anything but white space, what Unicode calls default-ignorable, and a few blanks besides: Telegram refuses a
# message of nothing else as empty.
_SHOWN: Final = re.compile(
    r"[^\s\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SENTENCE_END: Final = re.compile(r"(?:[.!?…।॥።。！？][\"'”’)\]»]*(?=\s))|\n")
_WORD_END: Final = re.compile(r"(?<=\S)(?=\s)")

_JOINERS: Final = "\u200c\u200d"
_ZWJ: Final = "\u200d"
_LONGEST_CLUSTER: Final = 64


def clean(text: str) -> str:
    """Return the text without what breaks a message or is only meant to: the rest is shown as it stands.

    Line breaks of any kind become newlines and a tab a space. Other control characters, lone surrogates and
    marks that override or isolate the direction of text go; marks stacked on one letter are cut to
    `MOST_MARKS`. Joiners stay: Sinhala, Tamil and emoji need them.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _REMOVED.sub("", _LINE_BREAK.sub("\n", text).replace("\t", " "))
    return "".join(_with_few_marks(text)) if _PERHAPS_STACKED.search(text) else text


def escape(text: str) -> str:
    """Return the cleaned text as Telegram's HTML, fit for an attribute as well; all escaping happens here."""
    return markup.escape(clean(text), quote=True)


def html(blocks: Sequence[Block]) -> str:
    """Return the blocks as one piece of HTML, however long; empty when they show nothing."""
    sheet = _Sheet.of(blocks)
    return sheet.html(0, len(sheet.text))


def pages(blocks: Sequence[Block]) -> list[str]:
    """Return the blocks as the HTML of one message after the other; none when they show nothing.

    Each shows 1 to `MESSAGE_LIMIT` code points. They are cut between blocks, else after a sentence, else
    between words, else between characters. Of more than `MOST_PAGES` the last one ends in an ellipsis.
    """
    return _Sheet.of(blocks).pages(MOST_PAGES, MESSAGE_LIMIT)


def page(blocks: Sequence[Block]) -> str:
    """Return the blocks as the HTML of a single message, which ends in an ellipsis when they are too long.

    It shows 1 to `MESSAGE_LIMIT` code points; the ellipsis alone when the blocks show nothing.
    """
    return next(iter(_Sheet.of(blocks).pages(1, MESSAGE_LIMIT)), _ELLIPSIS)


def caption(blocks: Sequence[Block]) -> str:
    """Return the blocks as the HTML of a caption, which ends in an ellipsis when they are too long.

    It shows 0 to `CAPTION_LIMIT` code points, cut as `pages` cuts.
    """
    return next(iter(_Sheet.of(blocks).pages(1, CAPTION_LIMIT)), "")


def file_name(name: str) -> str:
    """Return a file's name without folders, controls and line breaks, and not too long."""
    last = _one_line(name).replace("\\", "/").rpartition("/")[2]
    return last[-FILE_NAME_LIMIT:] if last.strip(".") else "_"


def keyboard(rows: Rows, username: str) -> Keyboard | None:
    """Return the buttons as Telegram's keyboard; None when none is left.

    Rows of more than `MOST_IN_A_ROW` are broken; of more than `MOST_BUTTONS` the last are dropped, and so are
    buttons that lead to an address which is not http, https or tg.

    Args:
        rows: the buttons, top to bottom.
        username: the bot's, without '@', for links into the private chat.

    Raises:
        ValueError: a press cannot be carried; see `encode_press`.
    """
    shown: list[list[InlineKeyboardButton]] = []
    left = MOST_BUTTONS
    for row in rows:
        buttons = [made for made in (_button(button, username) for button in row) if made][:left]
        left -= len(buttons)
        shown += (buttons[at : at + MOST_IN_A_ROW] for at in range(0, len(buttons), MOST_IN_A_ROW))
    return Keyboard(shown) if shown else None


def deep_links_only(rows: Rows, username: str) -> Keyboard | None:
    """Return a keyboard of those buttons alone that lead to an address or into the private chat.

    Whatever else a button does makes sense only where the bot itself has sent it.

    Args:
        rows: the buttons, top to bottom.
        username: the bot's, without '@'.
    """
    links = [[button for button in row if button.press is None and button.share is None] for row in rows]
    return keyboard(links, username)


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of a sheet's text and the tags around it."""

    start: int
    end: int
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The plain text of blocks, the spans it is made of in order, and where it may be cut between blocks."""

    text: str
    spans: tuple[_Span, ...]
    seams: tuple[int, ...]

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> _Sheet:
        text = ""
        before: Block | None = None
        spans: list[_Span] = []
        seams: list[int] = []
        for block in blocks:
            words = clean(block.text)
            words = words.rstrip().lstrip("\n") if block.kind == "code" else words.strip()
            if not _SHOWN.search(words):
                continue
            if before:
                # A heading at the foot of a message would stand apart from what it heads.
                seams += [len(text)] if before.kind != "title" else []
                text += "\n" if before.kind == block.kind and block.kind in _GROUPED else "\n\n"
            text += _BULLET if block.kind == "bullet" else ""
            spans.append(_Span(len(text), len(text) + len(words), *_tags(block)))
            text += words
            before = block
        return cls(text, tuple(spans), tuple(seams))

    def pages(self, most: int, limit: int) -> list[str]:
        made: list[str] = []
        start = 0
        while start < len(self.text):
            if len(made) == most - 1 and len(self.text) - start > limit:
                end = self._cut(start, limit - len(_ELLIPSIS))
                return [*made, self.html(start, end) + _ELLIPSIS]
            end = self._cut(start, limit)
            if _SHOWN.search(self.text, start, end):
                made.append(self.html(start, end))
            start = self._after_space(end)
        return made

    def html(self, start: int, end: int) -> str:
        """Return the markup of a stretch of the text."""
        made = []
        shown = start
        for span in self.spans:
            first, last = max(span.start, start), min(span.end, end)
            if first < last:
                words = escape(self.text[first:last])
                made += [escape(self.text[shown:first]), span.opening, words, span.closing]
                shown = last
        return "".join((*made, escape(self.text[shown:end])))

    def _cut(self, start: int, most: int) -> int:
        """Return where a message that begins at `start` best ends, at most `most` code points further on."""
        last = start + most
        if last >= len(self.text):
            return len(self.text)
        # A cut in the first half would leave one message nearly empty and the student with one more.
        half = start + most // 2
        seam = next((at for at in reversed(self.seams) if at <= last), 0)
        if seam > half:
            return seam
        for ending in (_SENTENCE_END, _WORD_END):
            # One more code point is looked at, since a sentence or word may end exactly at the limit.
            ends = [found.end() for found in ending.finditer(self.text, half, last + 1)]
            best = next((end for end in reversed(ends) if half < end <= last), None)
            if best:
                return max(len(self.text[:best].rstrip()), half)
        return _cluster_end(self.text, last)

    def _after_space(self, at: int) -> int:
        while at < len(self.text) and self.text[at].isspace():
            # The indentation of a line of code is part of it.
            if self.text[at] == " " and self.text[at - 1] == "\n" and self._in_code(at):
                break
            at += 1
        return at

    def _in_code(self, at: int) -> bool:
        return any(span.start <= at < span.end for span in self.spans if span.opening == "<pre>")


def _tags(block: Block) -> tuple[str, str]:
    if block.kind == "link":
        address = _address(block.url)
        return (f'<a href="{escape(address)}">', "</a>") if address else ("", "")
    tag = _TAGS.get(block.kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")


def _button(button: Button, username: str) -> InlineKeyboardButton | None:
    label = _label(button.label)
    if button.press:
        return InlineKeyboardButton(label, callback_data=encode_press(button.press))
    if button.start is not None:
        payload = f"?start={button.start}" if _PAYLOAD.fullmatch(button.start) else ""
        return InlineKeyboardButton(label, url=f"https://t.me/{username}{payload}")
    if button.share is not None:
        return InlineKeyboardButton(label, switch_inline_query=_one_line(button.share)[:SHARE_LIMIT])
    address = _address(button.url)
    return InlineKeyboardButton(label, url=address) if address else None


def _label(text: str) -> str:
    label = _one_line(text)
    if not _SHOWN.search(label):
        return _ELLIPSIS
    if len(label) <= LABEL_LIMIT:
        return label
    return label[: _cluster_end(label, LABEL_LIMIT - len(_ELLIPSIS))].rstrip() + _ELLIPSIS


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _address(url: str | None) -> str | None:
    """Return an address that Telegram takes, or None."""
    if not url or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    # Telegram refuses a web address without a dot in its host [Bot API server, checks of links].
    return url if parts.scheme in _SCHEMES and host and (parts.scheme == "tg" or "." in host) else None


def _with_few_marks(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        if category[0] == "M":
            marks += 1
            if marks > MOST_MARKS:
                continue
        elif category != "Cf":  # what is invisible begins no new letter, or marks could be stacked around it
            marks = 0
        yield char


def _cluster_end(text: str, most: int) -> int:
    """Return the last place up to `most` that cuts through no letter with its marks and no joined emoji."""
    least = max(most - _LONGEST_CLUSTER, 1)
    return next((at for at in range(most, least - 1, -1) if not _joined(text, at)), most)


def _joined(text: str, at: int) -> bool:
    """Say whether the characters before and after a place belong to one letter or emoji."""
    before, after = text[at - 1], text[at]
    if after in _JOINERS or before == _ZWJ or unicodedata.category(after)[0] == "M":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if _is_flag_half(before) and _is_flag_half(after):
        first = at
        while first and _is_flag_half(text[first - 1]):
            first -= 1
        return (at - first) % 2 == 1
    return False


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
