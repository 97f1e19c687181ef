"""A chat in the terminal: a line in, a reply out, buttons pressed by their number."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from bot.actions.forget import ERASE
from bot.actions.request import Texts
from bot.conversation import Conversation, Heard
from bot.domain.reply import Block, Button, Document, Effect, Erase, Picture, Reply, Toast

LOG = logging.getLogger(__name__)

STUDENT: Final = "terminal"
"""The one student, and the one chat, of a terminal."""

FILE_NAME_LIMIT: Final = 100
"""Characters of a file's name; file systems take 255 bytes."""

_STYLES: Final = {"title": "bold cyan", "code": "green", "note": "dim italic", "link": "underline"}
_MARKS: Final = {"bullet": "• ", "code": "    "}

_STEERING: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What would steer the terminal instead of being read: controls, lone surrogates, direction marks."""

_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass
class Screen:
    """Shows replies, and knows which button has which number.

    Pictures and documents are written into the folder `files`, which is made when the first one comes; of two
    with one name the newer stays. The folder is the student's own: all in it goes when they are forgotten.
    """

    out: Console
    texts: Texts
    buttons: list[Button] = field(default_factory=list)
    files: Path = field(kw_only=True)

    def show(self, reply: Reply) -> None:
        """Show a reply; its buttons replace those before where it has any."""
        shown = [button for effect in reply.effects for button in _buttons(effect)]
        if shown:
            self.buttons = shown
        number = 1
        for effect in reply.effects:
            number = self._show_effect(effect, number)
        self.out.print()

    def _show_effect(self, effect: Effect, number: int) -> int:
        if isinstance(effect, Erase):
            self.buttons = []
            self.out.clear()
            return number
        if isinstance(effect, Toast):
            self.out.print(_shown(effect.text, "yellow"))
            return number
        self.out.print()
        for block in effect.blocks:
            self._show_block(block)
        if isinstance(effect, Picture):
            self._show_file(effect.name, effect.image)
        elif isinstance(effect, Document):
            self._show_file(effect.name, effect.content)
        for row in effect.buttons:
            labels = [f"[{number + place}] {button.label}" for place, button in enumerate(row)]
            self.out.print(_shown("  ".join(labels), "blue"))
            number += len(row)
        return number

    def _show_block(self, block: Block) -> None:
        mark = _MARKS.get(block.kind, "")
        lines = f"{mark}{block.text}".replace("\n", f"\n{mark}")
        self.out.print(_shown(lines, _STYLES.get(block.kind, "")))
        if block.url:
            self.out.print(_shown(block.url, "blue"))

    def _show_file(self, name: str, content: bytes) -> None:
        try:
            path = _written(self.files, name, content)
        except OSError:
            self.out.print(_shown(self.texts.say("terminal-not-written", "en"), "yellow"))
            return
        self.out.print(_shown(str(path), "blue"))

    def forget(self) -> None:
        """Remove all files that were written, in this chat or an earlier one."""
        if not self.files.is_dir():
            return
        for path in self.files.iterdir():
            try:
                path.unlink()
            except OSError as error:
                LOG.warning("%s cannot be removed (%s); remove it yourself.", path, error.strerror)


def _written(folder: Path, name: str, content: bytes) -> Path:
    """Write a file that only this user can read, in a folder of the same kind, and return where it is.

    Raises:
        OSError: it could not be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    cleaned = _NOT_IN_A_NAME.sub("_", name)[-FILE_NAME_LIMIT:].lstrip(".")
    path = folder / (cleaned or "_")
    # Made anew, so that neither rights nor links of a file that was there before live on.
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)
    return path


def _shown(text: str, style: str) -> Text:
    """Make a text safe to print; rich's own markup is not read in a `Text`."""
    return Text(_STEERING.sub(" ", text), style=style)


def _buttons(effect: Effect) -> Sequence[Button]:
    if isinstance(effect, Toast | Erase):
        return ()
    return [button for row in effect.buttons for button in row]


class Chat:
    """One student's chat with the bot."""

    def __init__(self, conversation: Conversation, screen: Screen, now: Callable[[], int]) -> None:
        """Take the front door, the screen, and a clock in UTC epoch seconds."""
        self._conversation = conversation
        self._screen = screen
        self._now = now
        self._begun = now()
        self._said = 0

    async def run(self, read_line: Callable[[], str | None]) -> None:
        """Answer line after line until there is none.

        Args:
            read_line: returns the next line, or None at the end.
        """
        self._screen.show(await self._conversation.hear(self._heard("/start")))
        while (line := read_line()) is not None:
            if line.strip():
                await self.hear(line.strip())

    async def hear(self, line: str) -> None:
        """Answer one line: a number presses a button of the latest screen, anything else is a message."""
        buttons = self._screen.buttons
        if not (line.isascii() and line.isdigit() and buttons):
            self._screen.show(await self._conversation.hear(self._heard(line)))
            return
        place = int(line[:6]) - 1
        if not 0 <= place < len(buttons):
            hint = self._screen.texts.say("terminal-no-such-button", "en")
            self._screen.out.print(_shown(hint, "yellow"))
            return
        button = buttons[place]
        if button.start:
            self._screen.show(await self._conversation.hear(self._heard(f"/start {button.start}")))
            return
        if button.share is not None:
            hint = self._screen.texts.say("terminal-no-sharing", "en")
            self._screen.out.print(_shown(hint, "yellow"))
            return
        if button.press is None:
            self._screen.out.print(_shown(button.url or "", "blue"))
            return
        heard = replace(self._heard(""), press=button.press)
        self._screen.show(await self._conversation.hear(heard))
        if button.press == ERASE:
            self._screen.forget()

    def _heard(self, text: str) -> Heard:
        self._said += 1
        cause = f"t{self._begun}-{self._said}"
        return Heard(chat=STUDENT, student=STUDENT, text=text, cause=cause, at=self._now())
