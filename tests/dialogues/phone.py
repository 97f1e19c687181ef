"""A phone: what a student sees of one chat, and the buttons that can be pressed there."""

from dataclasses import dataclass, field

from bot.actions.request import Attachment
from bot.conversation import Conversation, Heard
from bot.domain.reply import (
    Button,
    Document,
    Edit,
    Erase,
    Message,
    Picture,
    Press,
    Reply,
    Toast,
    decode_press,
    encode_press,
    plain_text,
)

Screen = Message | Edit | Picture | Document


@dataclass
class Phone:
    """One chat with the bot. `at` is the time in seconds, moved on by hand."""

    door: Conversation
    chat: str = "chat"
    at: int = 1_000_000
    screens: list[Screen] = field(default_factory=list)
    fresh: list[Screen] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    erased: int = 0
    done: int = 0
    files: list[Picture | Document] = field(default_factory=list)

    async def type(self, text: str, attachment: Attachment | None = None) -> None:
        """Send a message, with something attached or not."""
        heard = Heard(
            chat=self.chat,
            student=self.chat,
            text=text,
            at=self.at,
            attachment=attachment,
            cause=self._cause(),
        )
        self._show(await self.door.hear(heard), None)

    async def press(self, label: str) -> None:
        """Press the newest button whose label contains these words, as a chat service carries it."""
        for place in range(len(self.screens) - 1, -1, -1):
            for button in labelled(self.screens[place]):
                if label in button.label and button.press:
                    await self.carry(encode_press(button.press), place)
                    return
        seen = [button.label for screen in self.screens for button in labelled(screen)]
        message = f"no button {label!r} among {seen}"
        raise AssertionError(message)

    async def carry(self, data: str, place: int = -1) -> None:
        """Press a button that carries this data, on the screen at this place."""
        press: Press | None = decode_press(data)
        heard = Heard(
            chat=self.chat,
            student=self.chat,
            press=press,
            stale=press is None,
            at=self.at,
            cause=self._cause(),
        )
        self._show(await self.door.hear(heard), place)

    def _cause(self) -> str:
        self.done += 1
        return f"{self.done}-{self.at}"

    @property
    def text(self) -> str:
        """What the last thing done brought to the screen."""
        return "\n".join(plain_text(screen.blocks) for screen in self.fresh)

    @property
    def labels(self) -> list[str]:
        """The buttons it brought."""
        return [button.label for screen in self.fresh for button in labelled(screen)]

    def _show(self, reply: Reply, pressed: int | None) -> None:
        self.fresh, self.toasts, self.erased = [], [], 0
        for effect in reply.effects:
            match effect:
                case Message():
                    self.screens.append(effect)
                    self.fresh.append(effect)
                case Edit():
                    assert pressed is not None, "only a pressed button's message can change"
                    self.screens[pressed] = effect
                    self.fresh.append(effect)
                case Toast():
                    self.toasts.append(effect.text)
                case Picture() | Document():
                    self.files.append(effect)
                    self.screens.append(effect)
                    self.fresh.append(effect)
                case Erase():
                    assert pressed is not None, "only a pressed button's message can be erased"
                    del self.screens[pressed]
                    self.erased += 1


def labelled(screen: Screen) -> list[Button]:
    """All buttons of a screen, top to bottom."""
    return [button for row in screen.buttons for button in row]
