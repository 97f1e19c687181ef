"""The front door: text, a command or a button goes in, a Reply comes out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.actions import (
    answer_together,
    ask,
    choose,
    decline,
    distress,
    erase,
    feedback,
    forget,
    keep,
    note,
    nudge,
    nudge_due,
    offer_cards,
    open_entry,
    picture,
    screens,
    start,
    trouble,
    way,
)
from bot.actions import (
    typed as as_typed,
)
from bot.actions.request import (
    Attachment,
    Journeys,
    Nudges,
    Operator,
    Pictures,
    Place,
    Request,
    Texts,
)
from bot.domain import nudging
from bot.domain.inbox import StoreError
from bot.domain.journey import Event, Journey
from bot.domain.knowledge import LANGUAGES, KnowledgeBase, Language, Role, Task, short_code
from bot.domain.nudging import Claimed, Prepared
from bot.domain.reply import Button, Cards, Edit, Effect, Message, Press, Reply, Verb
from bot.functions import WALKING, Function, PressAction
from bot.matching.match import Match, Matcher, Outcome
from bot.matching.normalise import script_of

REMEMBERED_SECONDS: Final = 3600
"""How long the career and the language last used in a chat are remembered."""

REMEMBERED_CHATS: Final = 10_000
"""Chats whose career and language are remembered at once; the longest silent is dropped first."""

_COMMAND = re.compile(r"/(?P<name>[^\s@/]+)(?:@\S*)?(?:\s+(?P<arguments>.*))?", re.DOTALL)

_REST_SECONDS: Final = 0.2
"""How long an answer waits for what is kept beside it."""

_REST_PAUSES: Final = (1.0, 5.0, 30.0, 120.0)
"""Seconds before what was not kept is tried again."""

_SIGN_SECONDS: Final = 24 * 3600
"""How often a sign of life is noted: to the two years of silence until one is forgotten a day is nothing."""

_LOG = logging.getLogger(__name__)

_UNANSWERED: Final = frozenset({Outcome.UNKNOWN_ROLE, Outcome.OFF_TOPIC, Outcome.NOT_UNDERSTOOD})
_NOT_MEANT: Final = frozenset({Outcome.OFF_TOPIC, Outcome.NOT_UNDERSTOOD})

_LANGUAGES: Final[Mapping[str, Language]] = {language: language for language in LANGUAGES}

_ANSWERS: Final[Mapping[Outcome, Callable[[Request, Match], Awaitable[Reply]]]] = {
    Outcome.ANSWER: ask.answer,
    Outcome.CHOICES: choose.offer,
    Outcome.UNKNOWN_ROLE: decline.unknown_role,
    Outcome.OFF_TOPIC: decline.off_topic,
    Outcome.NOT_UNDERSTOOD: decline.not_understood,
    Outcome.SAFETY: distress.comfort,
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing a student did.

    `text` is what they typed, `press` the button they pressed; `stale` says that the data of a button could
    not be read. `attachment` is what came with the text or instead of it, `place` where it was done. `cause`
    names the update that brought it, `at` is in UTC epoch seconds. `together` are the messages that were sent
    in a row, in their order and each with its own cause, where `text` is several of them: two or more, or
    none. The same words may be among them again, and are in `text` once.
    """

    chat: str
    student: str
    text: str = ""
    press: Press | None = None
    stale: bool = False
    cause: str = ""
    at: int = 0
    place: Place = "private"
    attachment: Attachment | None = None
    together: tuple[answer_together.Sent, ...] = ()


_NOBODY: Final = Heard(chat="", student="")
"""Who asks a single question: nothing is kept for them."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The knowledge and the matcher made from it, swapped as one."""

    knowledge: KnowledgeBase
    matcher: Matcher


class Misses(Protocol):
    """Counts the questions that got no good answer."""

    def record(self, language: Language, outcome: Outcome) -> None:
        """Count one; nothing about the student or the words is handed over.

        Args:
            language: language of the question.
            outcome: how it ended; CHOICES when none of them was meant, ANSWER when it did not help.
        """
        ...


Word = TypeVar("Word")


class Recent(Generic[Word]):
    """Remembers one word, or one thing, a chat, for a while."""

    def __init__(self, seconds: int = REMEMBERED_SECONDS, chats: int = REMEMBERED_CHATS) -> None:
        """Start with nothing.

        Args:
            seconds: how long a word is remembered, at least 0.
            chats: how many chats at most, at least 1; the longest silent is dropped first.
        """
        self._seconds = seconds
        self._chats = chats
        self._words: OrderedDict[str, tuple[Word, int]] = OrderedDict()

    def forget(self, chat: str) -> None:
        """Forget the word of a chat."""
        self._words.pop(chat, None)

    def since(self, chat: str) -> int:
        """Return when the word of a chat was remembered, in UTC epoch seconds; 0 where there is none."""
        return self._words[chat][1] if chat in self._words else 0

    def remember(self, chat: str, word: Word, at: int) -> None:
        """Remember a word of a chat in place of the one before."""
        self._words[chat] = (word, at)
        self._words.move_to_end(chat)
        if len(self._words) > self._chats:
            self._words.popitem(last=False)

    def recall(self, chat: str, at: int) -> Word | None:
        """Return the word of a chat, or None when there is none or its time is over."""
        self._forget(at)
        word, since = self._words.get(chat, (None, at))
        return word if 0 <= at - since <= self._seconds else None

    def _forget(self, at: int) -> None:
        # Students are told that nothing stays longer, so what is over goes, whoever it belonged to; what lies
        # ahead too, since after the clock was set back nobody knows how old it is.
        while self._words:
            chat, (_, since) = next(iter(self._words.items()))
            if 0 <= at - since <= self._seconds:
                return
            del self._words[chat]


class Unkept:
    """What students said of themselves before they let it be kept: in memory, for an hour."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._said: Recent[tuple[Event, ...]] = Recent()

    def events(self, student: str, at: int) -> tuple[Event, ...]:
        """Return what a student said, until an hour after they said the last of it."""
        return self._said.recall(student, at) or ()

    def add(self, student: str, events: Sequence[Event]) -> None:
        """Remember more, of the same cause once."""
        before = self.events(student, events[0].at)
        if events[0].cause not in {one.cause for one in before}:
            self._said.remember(student, (*before, *events), events[0].at)

    def forget(self, student: str) -> None:
        """Forget what a student said."""
        self._said.forget(student)


class Conversation:
    """Everything students say goes through here, whatever the face they say it to."""

    def __init__(  # noqa: PLR0913 - by keyword only, and bootstrap alone calls it
        self,
        *,
        snapshot: Callable[[], Snapshot],
        texts: Texts,
        misses: Misses,
        functions: Sequence[Function],
        default_role: str,
        journeys: Journeys,
        nudges: Nudges,
        pictures: Pictures,
        zone: ZoneInfo,
        operator: Operator = Operator(),  # noqa: B008 - frozen
    ) -> None:
        """Put the parts together.

        Args:
            snapshot: gives the present knowledge and matcher; called once for each thing heard.
            texts: the bot's own words.
            misses: counts questions without a good answer.
            functions: the table of what the bot can do.
            default_role: id of the career a question is about when nothing else tells; the first career
                of the knowledge where it is not there.
            journeys: what students did.
            nudges: the nudges that wait for their time.
            pictures: draws pictures.
            zone: the local time, of students who said no other.
            operator: who runs this bot.
        """
        self._snapshot = snapshot
        self._texts = texts
        self._misses = misses
        self._default_role = default_role
        self._journeys = journeys
        self._nudges = nudges
        self._pictures = pictures
        self._zone = zone
        self._operator = operator
        self._functions = {function.id: function for function in functions}
        self._by_command = {function.command: function for function in functions if function.command}
        self._by_code = {short_code(function.id): function for function in functions}
        self._roles: Recent[str] = Recent()
        self._languages: Recent[str] = Recent()
        self._looked_at: Recent[str] = Recent()
        self._signs: Recent[str] = Recent(seconds=_SIGN_SECONDS)
        self._offered: Recent[tuple[Button, ...]] = Recent()
        self._unkept = Unkept()
        self._beside: set[asyncio.Task[None]] = set()
        self._presses: Mapping[Verb, PressAction] = {
            "keep": self._kept,
            "open": self._opened,
            "turn": self._opened,
            "do": self._do_pressed,
            "helpful": lambda request, _: feedback.helpful(request),
            "unhelpful": self._unhelped,
            "none": self._none_meant,
            "erase": lambda request, _: erase.erase(request),
        }

    async def hear(self, heard: Heard) -> Reply:
        """Answer one thing a student did."""
        now = self._snapshot()
        request = await self._with_journey(self._request(now.knowledge, heard))
        typed = await self._typed(now.matcher, request, heard)
        if typed:
            heard = replace(heard, press=typed)
            request = self._in_its_language(request, heard.text)
        try:
            reply = await self._heard(now.matcher, request, heard)
        except StoreError as error:
            _LOG.error("A change was not saved: %s", error)
            return trouble.not_saved(replace(request, way="button") if heard.press else request)
        if heard.press == forget.ERASE and not request.unread:
            self._forget(request)
        self._note_what_is_shown(request, reply)
        return screens.as_new(reply) if typed else reply

    async def prepare(self, claimed: Claimed, at: int) -> Prepared:
        """Decide about a nudge that is due: what is sent, or why nothing is.

        Args:
            claimed: the nudge.
            at: now, in UTC epoch seconds.

        Raises:
            StoreError: what the student did cannot be read.
        """
        knowledge = self._snapshot().knowledge
        heard = Heard(chat=claimed.student, student=claimed.student, cause=f"nudge-{claimed.id}", at=at)
        request = self._request(knowledge, heard)
        events = await self._journeys.events(claimed.student)
        return nudge_due.prepare(self._of(request, Journey(events, knowledge)), claimed)

    def _of(self, request: Request, journey: Journey) -> Request:
        """Return the request with a student's way, in their own zone and about their own career."""
        zone = nudging.zone_named(nudging.zone_said(journey.effective), self._zone)
        return replace(request, journey=journey, zone=zone, role=journey.career or request.role)

    async def _with_offer(self, request: Request, reply: Reply) -> Reply:
        """Return the reply with the offer of nudges, where it is time for that."""
        try:
            return await nudge.with_offer(request, reply)
        except StoreError:
            # What was asked for is answered all the same.
            return reply

    async def _typed(self, matcher: Matcher, request: Request, heard: Heard) -> Press | None:
        """Return the button that a short text answers right after a question, or None."""
        if heard.press or heard.stale or heard.together or heard.attachment or request.place != "private":
            return None
        if heard.text.lstrip().startswith("/") or note.is_awaited(request):
            return None
        press = as_typed.meant(request, self._buttons(request))
        if press and as_typed.needs_reading(press):
            match = await self._match(matcher, request, heard.text)
            # Distress goes before everything: a place may be named in the saddest sentence.
            return None if match.outcome is Outcome.SAFETY or match.gentle else press
        return press

    def _buttons(self, request: Request) -> tuple[Button, ...]:
        """Return the buttons of the question, or of the nudge, that was shown last; none after others."""
        nudged = self._task_nudged(request, self._offered)
        if nudged:
            return tuple(button for row in nudge_due.buttons_of(request, nudged) for button in row)
        return self._offered.recall(request.chat, request.at) or ()

    def _task_nudged(self, request: Request, shown: Recent[Any]) -> Task | None:
        """Return the task of a nudge within the hour, unless something was shown since."""
        standing = request.standing
        is_last = shown.since(request.chat) < standing.shown_at >= request.at - REMEMBERED_SECONDS
        return nudge.task_of(request, standing.shown) if is_last else None

    def _in_its_language(self, request: Request, text: str) -> Request:
        """Return the request in the language of a short text, as far as its script tells."""
        script = script_of("".join(filter(str.isalpha, text)))
        if script is None:
            return request
        self._languages.remember(request.chat, script, request.at)
        return replace(request, language=script)

    async def _heard(self, matcher: Matcher, request: Request, heard: Heard) -> Reply:
        if heard.stale:
            return await decline.stale(request)
        if heard.press:
            return await self._pressed(await note.give_up(replace(request, way="button")), heard.press)
        if heard.attachment and not _has_words(heard.text):
            return await decline.attached(request, heard.attachment)
        return await self._told(matcher, request, heard)

    async def _told(self, matcher: Matcher, request: Request, heard: Heard) -> Reply:
        command = None if heard.together else _COMMAND.fullmatch(heard.text.strip())
        if not command and note.is_awaited(request):
            return await self._written(matcher, request, heard)
        if heard.together:
            return await self._asked_together(matcher, request, heard.together)
        if command:
            arguments = (command["arguments"] or "").strip()
            request = await note.give_up(replace(request, way="command"))
            return await self._commanded(matcher, request, command["name"].casefold(), arguments)
        return await self._asked(matcher, request, heard.text)

    async def ask(self, question: str, role: str | None = None) -> tuple[Match, Reply]:
        """Answer a single question: nothing is remembered and nothing counted.

        Args:
            question: what a student would type.
            role: id of the career it is about where it names none; the default career when None.

        Raises:
            KeyError: there is no such career.
        """
        now = self._snapshot()
        request = self._request(now.knowledge, _NOBODY)
        if role is not None:
            request = replace(request, role=now.knowledge.roles[role])
        match = await self._match(now.matcher, request, question)
        return match, await self._answer(now.matcher, request, match, question)

    async def cards(self, question: str, language: Language = "en", student: str = "", at: int = 0) -> Cards:
        """Find answers to a question asked from another chat: nothing is remembered and nothing counted.

        Args:
            question: what a student has typed so far.
            language: the language to speak while nothing is typed.
            student: who asks, for what they share of their own way.
            at: now, in UTC epoch seconds.
        """
        now = self._snapshot()
        request = replace(self._request(now.knowledge, _NOBODY), language=language)
        if student:
            # A sign of life like any other.
            request = await self._with_journey(replace(request, student=student, at=at))
        if question.strip().casefold() == picture.SHARED and student:
            return picture.card(request)
        request = replace(request, language=language)
        if not _has_words(question):
            return offer_cards.unasked(request)
        match = await self._match(now.matcher, request, question)
        return offer_cards.for_question(ask.understood(request, match), match)

    def _request(self, knowledge: KnowledgeBase, heard: Heard) -> Request:
        return Request(
            chat=heard.chat,
            student=heard.student,
            at=heard.at,
            cause=heard.cause,
            language=_LANGUAGES.get(self._languages.recall(heard.chat, heard.at) or "", "en"),
            role=self._role(knowledge, self._roles.recall(heard.chat, heard.at)),
            knowledge=knowledge,
            texts=self._texts,
            operator=self._operator,
            functions=self._functions,
            place=heard.place,
            journey=Journey((), knowledge),
            journeys=self._journeys,
            unkept=self._unkept,
            nudges=self._nudges,
            pictures=self._pictures,
            zone=self._zone,
            home=self._zone,
            text=heard.text,
            looked_at=(self._looked_at.recall(heard.chat, heard.at) or "")
            if heard.place == "private"
            else "",
        )

    async def _with_journey(self, request: Request) -> Request:
        """Return the request with what is kept about the student, or what they said within the hour."""
        try:
            events = await self._journeys.events(request.student)
        except StoreError as error:
            _LOG.error("What a student did cannot be read: %s", error)
            return replace(request, unread=True)
        knowledge = request.knowledge
        journey = Journey(events, knowledge)
        if not journey.kept:
            journey = Journey(self._unkept.events(request.student, request.at), knowledge)
        elif not self._signs.recall(request.student, request.at):
            with contextlib.suppress(StoreError):
                await self._journeys.seen(request.student, request.at)
                self._signs.remember(request.student, "seen", request.at)
        request = await self._nudged(replace(self._of(request, journey), role=request.role))
        spoken_of = self._roles.recall(request.chat, request.at)
        if spoken_of in knowledge.roles or request.place != "private" or journey.career is None:
            return request
        return replace(request, role=journey.career)

    async def _nudged(self, request: Request) -> Request:
        """Note a sign of life of a student who has nudges; return the request with how it stands with them.

        A nudge that was sent since is what was shown last, and its language is theirs until they write.
        """
        plan = nudging.plan_of(request.journey.effective)
        if plan is None:
            return request
        with contextlib.suppress(StoreError):
            request = replace(request, standing=await self._nudges.alive(request.student, request.at))
        if request.place != "private":
            return request
        if not self._languages.recall(request.chat, request.at):
            request = replace(request, language=plan.language)
        nudged = self._task_nudged(request, self._looked_at)
        return replace(request, looked_at=nudged.id) if nudged else request

    def _forget(self, request: Request) -> None:
        for recent in (self._roles, self._languages, self._looked_at, self._signs):
            # A private chat has its student's id.
            recent.forget(request.student)

    def _note_what_is_shown(self, request: Request, reply: Reply) -> None:
        if request.place != "private":
            # What a student is at is nobody else's business, and 'done' there would mean another's task.
            return
        self._offered.remember(request.chat, as_typed.offered(reply), request.at)
        for effect in reply.effects:
            if isinstance(effect, Message | Edit) and effect.about:
                self._looked_at.remember(request.chat, effect.about, request.at)

    def _role(self, knowledge: KnowledgeBase, spoken_of: str | None) -> Role:
        # The career remembered may have left the knowledge since.
        known = (knowledge.roles.get(role) for role in (spoken_of, self._default_role) if role)
        return next((role for role in known if role), None) or next(iter(knowledge.roles.values()))

    async def _asked(self, matcher: Matcher, request: Request, question: str) -> Reply:
        match = await self._match(matcher, request, question)
        self._take_note(request, match, question)
        again = self._asking_again(request, match)
        if again:
            asked = replace(self._in_its_language(request, question), way="button")
            return screens.as_new(await self._pressed(asked, again))
        return await self._answer(matcher, request, match, question)

    def _asking_again(self, request: Request, match: Match) -> Press | None:
        """Return what asks again, where a time or a place was asked for and this is no answer to anything."""
        if match.outcome not in _UNANSWERED or match.gentle or request.place != "private":
            return None
        return as_typed.unclear(request, self._offered.recall(request.chat, request.at) or ())

    async def _asked_together(
        self, matcher: Matcher, request: Request, messages: Sequence[answer_together.Sent]
    ) -> Reply:
        # Pure computation, as in `_match`.
        meant = await asyncio.to_thread(answer_together.understand, matcher, request, messages)
        if meant.unwell:
            return await self._answer(matcher, meant.unwell.request, meant.unwell.match, meant.unwell.text)
        for one in meant.said:
            self._take_note(one.request, one.match, one.text)
        at_once = len(meant.parts) if len(meant.parts) <= answer_together.MOST else answer_together.MOST - 1
        effects: list[Effect] = []
        for one in meant.parts[:at_once]:
            answer = await self._answered_apart(matcher, one)
            effects += [effect for effect in answer.effects if effect not in effects]
        if further := meant.parts[at_once:]:
            effects.append(answer_together.also_asked(further))
        reply = Reply(tuple(effects))
        return _gently(meant.gentle.request, meant.gentle.match, reply) if meant.gentle else reply

    async def _answered_apart(self, matcher: Matcher, one: answer_together.Said) -> Reply:
        """Answer one of several; what the others changed is kept, whatever becomes of this one."""
        # The ones before it may have changed something.
        request = replace(await self._with_journey(one.request), role=one.request.role, text=one.text)
        try:
            return await self._answer(matcher, request, one.match, one.text)
        except StoreError as error:
            _LOG.error("A change was not saved: %s", error)
            return trouble.not_saved(ask.understood(request, one.match))

    async def _answer(self, matcher: Matcher, request: Request, match: Match, question: str) -> Reply:
        if match.outcome in _UNANSWERED and not _has_words(question):
            return await decline.wordless(request)
        spoken = ask.understood(request, match)
        function = self._meant(match)
        if function:
            reply = await self._done(
                matcher, function, self._own(spoken, names_role=match.names_role), question
            )
        else:
            if match.outcome is Outcome.CHOICES and self._marks(match):
                own = self._own(spoken, names_role=match.names_role)
                spoken = replace(spoken, named=(await self._naming(matcher, own, question)).named)
            reply = await _ANSWERS.get(match.outcome, decline.not_understood)(spoken, match)
        if match.outcome is Outcome.SAFETY:
            await self._rest(spoken)
        elif match.outcome is Outcome.ANSWER:
            reply = await self._with_offer(spoken, reply)
        return _gently(spoken, match, reply)

    async def _rest(self, request: Request) -> None:
        """Pause the reminders of a student in distress; a store that is slow does not hold the answer."""
        if not nudge.is_to_rest(request):
            return
        resting = asyncio.create_task(self._rested(request))
        self._beside.add(resting)
        resting.add_done_callback(self._beside.discard)
        await asyncio.wait({resting}, timeout=_REST_SECONDS)

    async def _rested(self, request: Request) -> None:
        for pause in _REST_PAUSES:
            try:
                await nudge.rest(request)
            except StoreError as error:
                _LOG.error("A change was not saved, trying again: %s", error)
                await asyncio.sleep(pause)
            else:
                return

    async def _match(self, matcher: Matcher, request: Request, question: str) -> Match:
        # Pure computation of some milliseconds, which must not hold the other chats.
        return await asyncio.to_thread(matcher.match, question, request.role.id)

    def _marks(self, match: Match) -> bool:
        """Tell whether one of the candidates does something to the steps a sentence names."""
        functions = (self._functions.get(one.id) for one in match.candidates)
        return any(function and function.names_steps for function in functions)

    def _meant(self, match: Match) -> Function | None:
        if match.outcome is not Outcome.ACTION or not match.candidates:
            return None
        return self._functions.get(match.candidates[0].id)

    def _take_note(self, request: Request, match: Match, question: str) -> None:
        # Nothing may tell afterwards that somebody was in distress, not even a remembered language.
        if match.outcome is Outcome.SAFETY or not _has_words(question):
            return
        self._languages.remember(request.chat, match.language, request.at)
        if match.outcome is Outcome.ANSWER or (match.names_role and match.role in request.knowledge.roles):
            self._roles.remember(request.chat, ask.understood(request, match).role.id, request.at)
        if match.outcome in _UNANSWERED and not match.gentle:
            self._misses.record(match.language, match.outcome)

    async def _commanded(self, matcher: Matcher, request: Request, name: str, arguments: str) -> Reply:
        function = self._by_command.get(name)
        if function and function.asks and arguments:
            question = arguments if function.action is ask.invite else f"{name} {arguments}"
            return await self._asked(matcher, request, question)
        is_start = function is not None and function.action is start.start
        linked = start.linked(arguments, request.knowledge) if is_start else None
        if function and (linked is not None or not arguments):
            about = self._led_to(linked or "", self._own(request) if function.walks else request)
            return await self._done(matcher, function, replace(about, arguments=arguments), "")
        # Distress goes before everything else, also behind a command: '/help i want to die'.
        words = f"{name.replace('_', ' ')} {arguments}".strip()
        match = await self._match(matcher, request, words)
        if function and match.outcome is not Outcome.SAFETY:
            own = self._own(request, names_role=match.names_role) if function.walks else request
            asked = replace(own, arguments=arguments, text=arguments)
            return _gently(request, match, await self._done(matcher, function, asked, arguments))
        if match.outcome in _NOT_MEANT and not match.pointer:
            return _gently(request, match, await decline.unknown_command(request))
        self._take_note(request, match, words)
        return await self._answer(matcher, request, match, words)

    async def _pressed(self, request: Request, press: Press) -> Reply:
        if press.verb in WALKING:
            return await self._walked(request, press)
        return await self._presses[press.verb](request, press)

    async def _do_pressed(self, request: Request, press: Press) -> Reply:
        function = self._by_code.get(press.code)
        if function is None:
            return await decline.stale(request)
        # A button names no step, and what was shown last may be another by now.
        own = replace(self._own(request), looked_at="") if function.walks else request
        return await self._do(function, own)

    async def _unhelped(self, request: Request, _: Press) -> Reply:
        self._misses.record(request.language, Outcome.ANSWER)
        return await feedback.unhelpful(request)

    async def _walked(self, request: Request, press: Press) -> Reply:
        """Do what a button of the student's own way does; no group has such buttons."""
        if request.place != "private":
            return Reply((screens.toast(request, "stale-toast"),))
        if request.unread:
            return await trouble.not_read(request)
        about = self._led_to(request.knowledge.by_code.get(press.code, ""), request)
        return await WALKING[press.verb](about, press)

    async def _kept(self, request: Request, press: Press) -> Reply:
        """Do what waited until the student agreed that it is kept."""
        waiting = keep.waiting_in(press)
        if waiting is None or request.place != "private":
            return await decline.stale(request)
        if request.unread:
            return await trouble.not_read(request)
        return await self._pressed(await way.keep(request), waiting)

    async def _written(self, matcher: Matcher, request: Request, heard: Heard) -> Reply:
        """Take a message for the note that was asked for, unless it is clearly none, or shows distress."""
        if heard.together:
            return await self._written_together(matcher, request, heard.together)
        match = await self._match(matcher, request, heard.text)
        if match.outcome is Outcome.SAFETY or note.is_none(request, match, heard.text):
            return await self._asked(matcher, await note.give_up(request), heard.text)
        return _gently(request, match, await note.take(request, heard.text))

    async def _written_together(
        self, matcher: Matcher, request: Request, messages: Sequence[answer_together.Sent]
    ) -> Reply:
        """Take the first of several messages in a row for the note; the others are messages again."""
        meant = await asyncio.to_thread(answer_together.understand, matcher, request, messages)
        if meant.unwell:
            return await self._asked_together(matcher, await note.give_up(request), messages)
        first, *others = messages
        alone = Heard(request.chat, request.student, first.text)
        reply = await self._written(matcher, replace(request, cause=first.cause, text=first.text), alone)
        after = await self._with_journey(replace(request, cause=others[0].cause))
        rest = await self._asked_together(matcher, after, others)
        return Reply((*reply.effects, *rest.effects))

    def _own(self, request: Request, *, names_role: bool = False) -> Request:
        """Return the request about the student's own career where none is named; never in a group."""
        own = request.journey.career
        is_own = own and request.place == "private" and not names_role
        return replace(request, role=own) if own and is_own else request

    async def _done(self, matcher: Matcher, function: Function, request: Request, words: str) -> Reply:
        """Do a function; one about steps is told which ones the words name."""
        if function.names_steps and words and not request.named:
            request = await self._naming(matcher, request, words)
        return await self._do(function, request)

    async def _naming(self, matcher: Matcher, request: Request, words: str) -> Request:
        """Return the request with the steps that words name."""
        # Pure computation, as in `_match`.
        named = await asyncio.to_thread(matcher.steps, words, request.role.id, request.looked_at)
        return replace(request, named=named)

    async def _do(self, function: Function, request: Request) -> Reply:
        """Do what a function does; what is not for groups is answered to the asker alone there."""
        if function.walks and request.unread:
            return await trouble.not_read(request)
        reply = await function.action(request)
        if request.place in function.offered:
            return reply
        return Reply(tuple(_alone(request, effect) for effect in reply.effects))

    async def _opened(self, request: Request, press: Press) -> Reply:
        meant = request.knowledge.by_code.get(press.code, "")
        opened = await open_entry.open_id(self._led_to(meant, request), meant, turned=press.verb == "turn")
        if press.more != keep.NOT_NOW:
            return await self._with_offer(request, opened)
        return Reply((*opened.effects, screens.toast(request, "not-kept")))

    def _led_to(self, meant: str, request: Request) -> Request:
        """Return the request about the career of what a button or a link leads to, which is remembered."""
        role = request.knowledge.role_of(meant)
        if role is None:
            return request
        self._roles.remember(request.chat, role.id, request.at)
        return replace(request, role=role)

    async def _none_meant(self, request: Request, press: Press) -> Reply:
        if press.code == distress.MISREAD:
            return await distress.misread(request, press)
        self._misses.record(request.language, Outcome.CHOICES)
        return await choose.none_of_these(request)


def _alone(request: Request, effect: Effect) -> Effect:
    return screens.for_asker_alone(request, effect) if isinstance(effect, Message) else effect


def _gently(request: Request, match: Match, reply: Reply) -> Reply:
    if not match.gentle or match.outcome is Outcome.SAFETY:
        return reply
    return distress.with_gentle_line(replace(request, language=match.language), reply)


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)
