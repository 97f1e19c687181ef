"""The product over a small knowledge, as a process of its own: it starts at once, since it learns nothing."""

from __future__ import annotations

from bot.bootstrap import Bot, _set_up_logs
from bot.conversation import Conversation, Snapshot
from bot.domain.drawing import Drawing
from bot.domain.knowledge import KnowledgeBase
from bot.matching.match import Outcome
from bot.settings import Settings
from bot.storage.journeys import Journeys
from bot.storage.nudges import Nudges
from tests.botapi.program import image
from tests.samples import (
    ROLE,
    TEXTS,
    DictionaryMatcher,
    DrawnPictures,
    career,
    conversation,
    knowledge,
    meaning,
)

TODAY = knowledge()

GONE = f"{ROLE}/roadmap/think-first"
"""A step that was there when buttons were sent, and is retired since."""

SUCCESSOR = f"{ROLE}/roadmap/systems-thinking"

DISTRESS = "i dont want to be here any more"

MEANINGS = {
    "remind me at 7": meaning(Outcome.ACTION, "bot/nudge-set"),
    "pause 2 weeks": meaning(Outcome.ACTION, "bot/nudge-stop"),
    "stop messaging me": meaning(Outcome.ACTION, "bot/nudge-stop"),
    "what do they earn": meaning(Outcome.ANSWER, f"{ROLE}/pay"),
    DISTRESS: meaning(Outcome.SAFETY, distress="self-harm"),
}
"""The few sentences that are understood."""

NEVER = f"{ROLE}/roadmap/never-replaced"
"""A retired step that nothing took the place of."""


class Images(DrawnPictures):
    """Pictures that Telegram takes."""

    async def draw(self, drawing: Drawing) -> bytes:
        """Return one as far as anybody looks at it."""
        await super().draw(drawing)
        return image()


def small(settings: Settings) -> Bot:
    """Make the product over the small knowledge."""
    return _bot(settings, TODAY)


def changed(settings: Settings) -> Bot:
    """Make the product over the small knowledge with two steps retired."""
    role = career()
    [stage] = role.stages
    steps = tuple(
        one.model_copy(update={"replaces": (GONE,)}) if one.id == SUCCESSOR else one for one in stage.steps
    )
    role = role.model_copy(update={"stages": (stage.model_copy(update={"steps": steps}),)})
    return _bot(settings, knowledge([role]).model_copy(update={"retired": frozenset({GONE, NEVER})}))


def _bot(settings: Settings, base: KnowledgeBase) -> Bot:
    _set_up_logs(settings)

    def keeping(journeys: Journeys, nudges: Nudges) -> Conversation:
        return conversation(MEANINGS, base=base, journeys=journeys, nudges=nudges, pictures=Images())

    snapshot = Snapshot(base, DictionaryMatcher({}))
    return Bot(conversation(base=base), snapshot, TEXTS, "none", (), keeping, lambda: None)
