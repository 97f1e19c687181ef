"""The conversation that the dialogues run on."""

import pytest

from bot.actions.request import Operator
from bot.conversation import Conversation
from bot.matching.match import Outcome
from tests.samples import ROLE, conversation, meaning

ACTION, ANSWER, CHOICES = Outcome.ACTION, Outcome.ANSWER, Outcome.CHOICES

MEANINGS = {
    "what does a backend developer do": meaning(ANSWER, f"{ROLE}/overview", role=ROLE, names_role=True),
    "how much do backend developers earn": meaning(ANSWER, f"{ROLE}/pay", role=ROLE, names_role=True),
    "and the salary?": meaning(ANSWER, "{role}/pay"),
    "which companies hire backend developers": meaning(ANSWER, f"{ROLE}/employers", role=ROLE),
    "which programming languages do backend developers use": meaning(ANSWER, f"{ROLE}/languages", role=ROLE),
    "is backend for me?": meaning(ANSWER, f"{ROLE}/fit", role=ROLE),
    "what do backend developers do every day": meaning(ANSWER, f"{ROLE}/duties", role=ROLE),
    "how do i become a backend developer": meaning(ANSWER, f"{ROLE}/roadmap", role=ROLE),
    "roadmap backend developer": meaning(ANSWER, f"{ROLE}/roadmap", role=ROLE),
    "free resources to learn backend": meaning(ANSWER, f"{ROLE}/resources", role=ROLE),
    "what is an api": meaning(ANSWER, f"{ROLE}/duties/apis", role=ROLE),
    "how do i learn basic sql": meaning(ANSWER, f"{ROLE}/roadmap/basic-sql", role=ROLE),
    "what is sqliteonline": meaning(ANSWER, f"{ROLE}/resources/sqliteonline", role=ROLE),
    "difference between backend and frontend": meaning(ANSWER, f"{ROLE}/vs-frontend", role=ROLE),
    "how much do backend developers earn and which companies hire them?": meaning(
        ANSWER, f"{ROLE}/pay", also=meaning(ANSWER, f"{ROLE}/employers").candidates[0], role=ROLE
    ),
    "python": meaning(
        CHOICES, f"{ROLE}/roadmap/python-basics", f"{ROLE}/languages", f"{ROLE}/resources/codeorg", role=ROLE
    ),
    "how to become a pilot": meaning(Outcome.UNKNOWN_ROLE, other_career="pilot"),
    "roadmap pilot": meaning(Outcome.UNKNOWN_ROLE, other_career="pilot"),
    "will it rain tomorrow": meaning(Outcome.OFF_TOPIC),
    "how do i get a visa for australia": meaning(Outcome.NOT_UNDERSTOOD, pointer="pointers/visa"),
    "i want to kill myself": meaning(Outcome.SAFETY, distress="self-harm"),
    "start i want to kill myself": meaning(Outcome.SAFETY, distress="self-harm"),
    "help i want to kill myself": meaning(Outcome.SAFETY, distress="self-harm"),
    "my uncle hits me": meaning(Outcome.SAFETY, distress="being-hurt"),
    "hello": meaning(ACTION, "bot/greeting"),
    "thank you": meaning(ACTION, "bot/thanks"),
    "are you a human": meaning(ACTION, "bot/about-bot"),
    "what can you do": meaning(ACTION, "bot/help"),
    "which careers do you know": meaning(ACTION, "bot/roles"),
    "what should i do next": meaning(ACTION, "bot/next-step"),
    "i finished the python step": meaning(ACTION, "bot/mark-done"),
    "i finished cs50": meaning(ACTION, "bot/mark-done"),
    "i finished the database thing": meaning(ACTION, "bot/mark-done"),
    "done": meaning(ACTION, "bot/mark-done"),
    "done!": meaning(ACTION, "bot/mark-done"),
    "skip this": meaning(ACTION, "bot/skip-step"),
    "skip sql": meaning(ACTION, "bot/skip-step"),
    "i know python and sql": meaning(ACTION, "bot/know-step"),
    "i know this": meaning(ACTION, "bot/know-step"),
    "oops i marked the wrong one": meaning(ACTION, "bot/undo"),
    "whats next": meaning(ACTION, "bot/next-step"),
    "start again": meaning(ACTION, "bot/start-again"),
    "change my career": meaning(ACTION, "bot/settings"),
    "give me my data": meaning(ACTION, "bot/export"),
    "how far am i": meaning(ACTION, "bot/progress"),
    "remind me every day at 7pm": meaning(ACTION, "bot/nudge-set"),
    "stop messaging me": meaning(ACTION, "bot/nudge-stop"),
    "remind me at 7": meaning(ACTION, "bot/nudge-set"),
    "remind me at half past six on sundays": meaning(ACTION, "bot/nudge-set"),
    "remind me at 11pm": meaning(ACTION, "bot/nudge-set"),
    "wake me up for python at 6.30am on weekdays": meaning(ACTION, "bot/nudge-set"),
    "hawasata mathak karanna": meaning(ACTION, "bot/nudge-set", language="si-Latn"),
    "pause 2 weeks": meaning(ACTION, "bot/nudge-stop"),
    "pause till my exams are over": meaning(ACTION, "bot/nudge-stop"),
    "i marked it by mistake, undo": meaning(ACTION, "bot/undo"),
    "delete my data": meaning(ACTION, "bot/forget-me"),
    "salary": meaning(ANSWER, "{role}/pay"),
    "backend developer කෙනෙක් මොනවද කරන්නේ": meaning(ANSWER, f"{ROLE}/overview", role=ROLE, language="si"),
    "හෙට වහිනවද": meaning(Outcome.OFF_TOPIC, language="si"),
    "heta wahinawada": meaning(Outcome.OFF_TOPIC, language="si-Latn"),
    "நாளை மழை பெய்யுமா": meaning(Outcome.OFF_TOPIC, language="ta"),
    "வணக்கம்": meaning(ACTION, "bot/greeting", language="ta"),
    "ආයුබෝවන්": meaning(ACTION, "bot/greeting", language="si"),
    "මට මැරෙන්න ඕනේ": meaning(Outcome.SAFETY, distress="self-harm", language="si"),
}

NAMED = {
    "i finished the python step": (("python-basics",),),
    "i finished cs50": (("cs50",),),
    "i finished the database thing": (("basic-sql", "systems-thinking"),),
    "i know python and sql": (("python-basics",), ("basic-sql",)),
    "skip sql": (("basic-sql",),),
    "python": (("python-basics",),),
}
"""The steps that sentences name."""


@pytest.fixture
def sample_door() -> Conversation:
    """The front door over the small knowledge, with a matcher that knows the questions above."""
    return conversation(
        MEANINGS, named=NAMED, operator=Operator(name="Coding Club", contact="club@example.org")
    )


@pytest.fixture
def door(sample_door: Conversation) -> Conversation:
    """The front door that dialogues.yaml is run on; its operator is the one of `sample_door`."""
    return sample_door
