"""A small knowledge made by hand, with the ids of the first career, and a matcher that is a dictionary."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.actions.request import Place
from bot.content.document import Document, read_document
from bot.content.parts import phrasings_part, places_part
from bot.content.times import times_of
from bot.conversation import Conversation, Heard, Snapshot
from bot.domain.drawing import Drawing, DrawingError
from bot.domain.inbox import StoreError
from bot.domain.journey import Change, Event
from bot.domain.knowledge import (
    FACETS,
    Claim,
    Duty,
    Facet,
    Helpline,
    Hours,
    KnowledgeBase,
    OtherCareer,
    Pointer,
    Resource,
    Role,
    Safety,
    Stage,
    Step,
    Task,
)
from bot.domain.nudging import Due, Standing
from bot.domain.reply import Reply
from bot.functions import FUNCTIONS
from bot.matching.match import Candidate, Match, Outcome
from bot.texts.catalogue import load_catalogues

ROLE = "backend-developer"
TEXTS = load_catalogues()
TOLD = Claim(source="career sheet", date="2026-11")

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"


def shipped(name: str) -> Document:
    return read_document(name, (KNOWLEDGE / name).read_bytes())


SHIPPED = {
    "times": times_of(phrasings_part(shipped("times.yaml"))),
    "places": places_part(shipped("places.yaml")).value,
}
"""The words for times, and the places, as they come with the bot: read once, and so are their tables made."""

FACET_TEXTS = {
    "overview": ("What a backend developer does", "They build the hidden side of apps, on a server."),
    "duties": ("What they do every day", "Ten kinds of work. Tap one to read more."),
    "roadmap": ("The steps, from Grade 8", "Go step by step, at your own speed."),
    "resources": ("Free things to learn from", "All four are free. Tap one."),
    "fit": ("Is it for me?", "An honest check. It is about data and logic.\n- You like puzzles"),
    "pay": ("How it pays and how hard it is", "We were told: often the highest-paid in web development."),
    "employers": ("Who hires in Sri Lanka", "- IFS: enterprise ERP\n- WSO2: middleware"),
    "languages": ("Which programming languages", "- Java: at IFS\n- Python: startups"),
    "fundamentals": ("The basics behind the job", "- Data structures\n- Algorithms"),
    "vs-frontend": ("Backend and frontend", "Frontend makes an app visible and usable."),
}
DUTY_TITLES = {
    "apis": "Build APIs, where apps ask for data",
    "business-logic": "Write the rules of the app",
    "database-schemas": "Plan how data is stored",
    "auth": "Logins and permissions",
    "integrations": "Connect other services",
    "background-jobs": "Work that runs later",
    "monitoring": "Watch and repair live systems",
    "testing": "Write tests",
    "code-review": "Check each other's code",
    "devops": "Put the app on servers",
}
STEP_TITLES = {
    "python-basics": "Learn Python basics",
    "cs50": "Complete CS50",
    "systems-thinking": "Think in systems",
    "basic-sql": "Learn basic SQL",
    "cli-program": "Build a command-line program",
}
RESOURCE_TITLES = {
    "cs50-weeks": "CS50, Weeks 0-4",
    "sqliteonline": "SQLiteOnline.com practice",
    "contact-book": "Python contact book project",
    "codeorg": "Code.org Python intro",
}


def task(whole: str, text: str, minutes: int, needs: str, data: str) -> Task:
    return Task(id=whole, text=text, minutes=minutes, needs=needs, data=data, language="en")


def step(role: str, name: str, title: str) -> Step:
    """A step with four tasks, the first of them with a program in it."""
    whole = f"{role}/roadmap/{name}"
    program = "Read this loop. What does it print?\n    for seat in range(4):\n        print(seat)"
    return Step(
        id=whole,
        title=title,
        text=f"{title}, one thing after the other.",
        why="It reads almost like English.",
        done_when="you can write a small program.",
        hours=Hours(least=10, most=20),
        beside=name == "cs50",
        resources=(f"{role}/resources/codeorg",),
        tasks=(
            task(f"{whole}/one", program, 10, "phone", "none"),
            task(f"{whole}/two", "Draw a box.", 15, "phone", "little"),
            task(f"{whole}/three", "Watch a lesson.", 20, "phone", "video"),
            task(f"{whole}/four", "Run it.", 30, "computer", "video"),
        ),
    )


def career(role: str = ROLE, title: str = "Backend Developer") -> Role:
    """A career with everything a career has."""
    claims = {"pay", "employers", "languages"}
    return Role(
        id=role,
        title=title,
        tagline="Build the invisible engine inside an app.",
        summary="Builds the hidden side of apps",
        names={"en": (title.lower(),)},
        facets={
            name: Facet(id=f"{role}/{name}", title=head, text=text, claim=TOLD if name in claims else None)
            for name, (head, text) in FACET_TEXTS.items()
        },
        duties=tuple(
            Duty(id=f"{role}/duties/{name}", title=head, text=f"{head}: what that means.")
            for name, head in DUTY_TITLES.items()
        ),
        stages=(
            Stage(
                id=f"{role}/stages/from-grade-8",
                title="From Grade 8",
                text="First steps for a beginner.",
                steps=tuple(step(role, name, head) for name, head in STEP_TITLES.items()),
            ),
        ),
        resources=tuple(
            Resource(
                id=f"{role}/resources/{name}",
                title=head,
                text=f"{head}: what it gives you.",
                url="https://example.org/learn",
                cost="free",
            )
            for name, head in RESOURCE_TITLES.items()
        ),
    )


def knowledge(roles: Iterable[Role] = ()) -> KnowledgeBase:
    """A small knowledge, of the first career unless told otherwise."""
    answers = {
        "self-harm": {
            "en": "I am glad you wrote this.",
            "si": "ඔයා මේක ලිව්ව එක හොඳයි.",
            "ta": "இதை எழுதியது நல்லது.",
        },
        "being-hurt": {
            "en": "That must not happen to you.",
            "si": "එහෙම වෙන්න හොඳ නැහැ.",
            "ta": "அது நடக்கக் கூடாது.",
        },
        "gentle": {
            "en": "If things feel heavy: 1929.",
            "si": "හිතට බර නම්: 1929.",
            "ta": "மனம் கனமாக இருந்தால்: 1929.",
        },
    }
    return KnowledgeBase(
        roles={one.id: one for one in (tuple(roles) or (career(),))},
        questions={name: {"en": (f"{name}?",)} for name in FACETS},
        small_talk={function.id: {} for function in FUNCTIONS if function.small_talk},
        pointers={
            "pointers/visa": Pointer(
                id="pointers/visa",
                title="Visas and working abroad",
                text="We do not know the rules for visas.",
            )
        },
        off_topic={"weather": {"en": ("will it rain",)}},
        other_careers=(OtherCareer(id="pilot", title="Pilot", names={"en": ("pilot",)}),),
        safety=Safety(
            signs={"self-harm": {}, "being-hurt": {}},
            phrases={"self-harm": {}, "being-hurt": {}},
            unclear={},
            lookalikes={},
            answers=answers,
            helplines=(
                Helpline(name="Childline", number="1929", about="free, day and night", claim=TOLD),
                Helpline(name="Mental health helpline", number="1926", about="call or SMS", claim=TOLD),
            ),
        ),
        digest="sample",
    ).model_copy(update=SHIPPED)


@dataclass
class DictionaryMatcher:
    """Knows the questions it is given; everything else is not understood."""

    meanings: Mapping[str, Match]
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    named: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def match(self, question: str, role: str | None) -> Match:
        """Look a question up; an answer written with '{role}' is about the career spoken of."""
        self.asked.append((question, role))
        found = self.meanings.get(question.strip().casefold(), Match(Outcome.NOT_UNDERSTOOD, role=role))
        if not any("{role}" in one.id for one in found.candidates):
            return found
        here = tuple(
            Candidate(one.id.replace("{role}", role or ROLE), one.confidence) for one in found.candidates
        )
        return Match(found.outcome, here, role=role, language=found.language)

    def steps(self, question: str, role: str, shown: str = "") -> tuple[tuple[str, ...], ...]:  # noqa: ARG002 - a Matcher's signature
        """Look up the steps a sentence names, their ids without the career and 'roadmap'."""
        found = self.named.get(question.strip().casefold(), ())
        return tuple(tuple(f"{role}/roadmap/{one}" for one in group) for group in found)


@dataclass
class KeptJourneys:
    """Keeps what students did in a dictionary; `fails` makes it refuse."""

    kept: dict[str, list[Event]] = field(default_factory=dict)
    seen_at: dict[str, int] = field(default_factory=dict)
    fails: bool = False

    async def events(self, student: str) -> tuple[Event, ...]:
        """Return all of a student."""
        self._demand()
        return tuple(self.kept.get(student, ()))

    async def change(self, student: str, cause: str, at: int, way: str, decide: object) -> Change:
        """Add what is decided, once for each cause."""
        self._demand()
        events = self.kept.get(student, [])
        for place, one in enumerate(events):
            if one.cause == cause:
                brought = tuple(event for event in events if event.cause == cause)
                return Change(tuple(events[:place]), brought)
        brought = tuple(
            Event(act.kind, act.about, act.value, at, cause, way) for act in decide(tuple(events))
        )
        if brought:
            self.kept[student] = [*events, *brought]
        return Change(tuple(events), brought)

    async def everything(self, student: str) -> dict[str, list[dict[str, str | int]]]:
        """Return a row for each event."""
        self._demand()
        rows = [asdict(one) for one in self.kept.get(student, ())]
        return {"events": rows} if rows else {}

    async def forget(self, student: str) -> None:
        """Erase all of a student."""
        self._demand()
        self.kept.pop(student, None)
        self.seen_at.pop(student, None)

    async def seen(self, student: str, at: int) -> None:
        """Note a sign of life."""
        self._demand()
        self.seen_at[student] = at

    def _demand(self) -> None:
        if self.fails:
            message = "the disk is full"
            raise StoreError(message)


@dataclass
class KeptNudges:
    """Keeps what was done to nudges; how it stands is what `stands` says, and nothing unless told."""

    stands: dict[str, Standing] = field(default_factory=dict)
    signs: list[tuple[str, int]] = field(default_factory=list)
    moved: dict[str, tuple[Due, str]] = field(default_factory=dict)
    declined: list[tuple[str, date]] = field(default_factory=list)
    moves: bool = True
    fails: bool = False

    async def standing(self, student: str, at: int) -> Standing:  # noqa: ARG002 - of the Protocol
        """Return what it was told."""
        self._demand()
        return self.stands.get(student, Standing())

    async def alive(self, student: str, at: int) -> Standing:
        """Note a sign of life."""
        self._demand()
        self.signs.append((student, at))
        return self.stands.get(student, Standing())

    async def later(self, student: str, due: Due, about: str, at: int) -> bool:  # noqa: ARG002 - the same
        """Note when it is moved to, unless it was told that it cannot be moved."""
        self._demand()
        if self.moves:
            self.moved[student] = (due, about)
        return self.moves

    async def decline(self, student: str, day: date, at: int) -> None:  # noqa: ARG002 - the same
        """Note the day."""
        self._demand()
        self.declined.append((student, day))

    def _demand(self) -> None:
        if self.fails:
            message = "the disk is full"
            raise StoreError(message)


@dataclass
class DrawnPictures:
    """Keeps what was to be drawn; `fails` makes it refuse."""

    drawn: list[Drawing] = field(default_factory=list)
    fails: bool = False

    async def draw(self, drawing: Drawing) -> bytes:
        """Return something that stands for a picture."""
        if self.fails:
            raise DrawingError
        self.drawn.append(drawing)
        return b"png"


@dataclass
class CountedMisses:
    """Keeps what was recorded."""

    recorded: list[tuple[str, Outcome]] = field(default_factory=list)

    def record(self, language: str, outcome: Outcome) -> None:
        """Keep one."""
        self.recorded.append((language, outcome))


def meaning(outcome: Outcome, *ids: str, **more: object) -> Match:
    """A match of this outcome, with sure candidates."""
    return Match(outcome, tuple(Candidate(one, 0.9) for one in ids), **more)


def keeping(
    journeys: KeptJourneys | None = None,
    pictures: DrawnPictures | None = None,
    nudges: KeptNudges | None = None,
) -> dict[str, object]:
    """What a front door needs to keep what students do, empty unless told otherwise."""
    return {
        "journeys": journeys or KeptJourneys(),
        "nudges": nudges or KeptNudges(),
        "pictures": pictures or DrawnPictures(),
        "zone": ZoneInfo("Asia/Colombo"),
    }


def conversation(  # noqa: PLR0913 - by keyword, each with a default
    meanings: Mapping[str, Match] | None = None,
    *,
    base: KnowledgeBase | None = None,
    misses: CountedMisses | None = None,
    named: Mapping[str, tuple[tuple[str, ...], ...]] | None = None,
    journeys: KeptJourneys | None = None,
    pictures: DrawnPictures | None = None,
    nudges: KeptNudges | None = None,
    **settings: object,
) -> Conversation:
    """A front door over the small knowledge."""
    snapshot = Snapshot(base or knowledge(), DictionaryMatcher(meanings or {}, named=named or {}))
    return Conversation(
        snapshot=lambda: snapshot,
        texts=TEXTS,
        misses=misses or CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(journeys, pictures, nudges),
        **settings,
    )


async def say(
    door: Conversation, text: str, *, chat: str = "chat", at: int = 0, place: Place = "private"
) -> Reply:
    """Type a message."""
    cause = f"{next(_CAUSES)}-{at}"
    return await door.hear(Heard(chat=chat, student=chat, text=text, at=at, place=place, cause=cause))


_CAUSES = count(1)
