"""The front door: text, a command or a button goes in, a Reply comes out."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from bot.actions import (
    answer_together,
    ask,
    choose,
    decline,
    distress,
    erase,
    feedback,
    offer_cards,
    open_entry,
    screens,
    start,
)
from bot.actions.request import Attachment, Operator, Place, Request, Texts
from bot.domain.knowledge import LANGUAGES, KnowledgeBase, Language, Role, short_code
from bot.domain.reply import Cards, Effect, Message, Press, Reply
from bot.functions import Function
from bot.matching.match import Match, Matcher, Outcome

REMEMBERED_SECONDS: Final = 3600
"""How long the career and the language last used in a chat are remembered."""

REMEMBERED_CHATS: Final = 10_000
"""Chats whose career and language are remembered at once; the longest silent is dropped first."""

_COMMAND = re.compile(r"/(?P<name>[^\s@/]+)(?:@\S*)?(?:\s+(?P<arguments>.*))?", re.DOTALL)

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
    in a row, in their order, where `text` is several of them: two or more, or none.
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
    together: tuple[str, ...] = ()


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


class Recent:
    """Remembers one word a chat, for a while."""

    def __init__(self, seconds: int = REMEMBERED_SECONDS, chats: int = REMEMBERED_CHATS) -> None:
        """Start with nothing.

        Args:
            seconds: how long a word is remembered, at least 0.
            chats: how many chats at most, at least 1; the longest silent is dropped first.
        """
        self._seconds = seconds
        self._chats = chats
        self._words: OrderedDict[str, tuple[str, int]] = OrderedDict()

    def remember(self, chat: str, word: str, at: int) -> None:
        """Remember a word of a chat in place of the one before."""
        self._words[chat] = (word, at)
        self._words.move_to_end(chat)
        if len(self._words) > self._chats:
            self._words.popitem(last=False)

    def recall(self, chat: str, at: int) -> str | None:
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
            operator: who runs this bot.
        """
        self._snapshot = snapshot
        self._texts = texts
        self._misses = misses
        self._default_role = default_role
        self._operator = operator
        self._functions = {function.id: function for function in functions}
        self._by_command = {function.command: function for function in functions if function.command}
        self._by_code = {short_code(function.id): function for function in functions}
        self._roles = Recent()
        self._languages = Recent()

    async def hear(self, heard: Heard) -> Reply:
        """Answer one thing a student did."""
        now = self._snapshot()
        request = self._request(now.knowledge, heard)
        if heard.stale:
            return await decline.stale(request)
        if heard.press:
            return await self._pressed(request, heard.press)
        if heard.attachment and not _has_words(heard.text):
            return await decline.attached(request, heard.attachment)
        if heard.together:
            return await self._asked_together(now.matcher, request, heard.together)
        command = _COMMAND.fullmatch(heard.text.strip())
        if command:
            arguments = (command["arguments"] or "").strip()
            return await self._commanded(now.matcher, request, command["name"].casefold(), arguments)
        return await self._asked(now.matcher, request, heard.text)

    async def ask(self, question: str, role: str | None = None) -> tuple[Match, Reply]:
        """Answer a single question: nothing is remembered and nothing counted.

        Args:
            question: what a student would type.
            role: id of the career it is about where it names none; the default career when None.

        Raises:
            KeyError: there is no such career.
        """
        now = self._snapshot()
        request = self._request(now.knowledge, Heard(chat="", student=""))
        if role is not None:
            request = replace(request, role=now.knowledge.roles[role])
        match = await self._match(now.matcher, request, question)
        return match, await self._answer(request, match, question)

    async def cards(self, question: str, language: Language = "en") -> Cards:
        """Find answers to a question asked from another chat: nothing is remembered and nothing counted.

        Args:
            question: what a student has typed so far.
            language: the language to speak while nothing is typed.
        """
        now = self._snapshot()
        request = replace(self._request(now.knowledge, Heard(chat="", student="")), language=language)
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
        )

    def _role(self, knowledge: KnowledgeBase, spoken_of: str | None) -> Role:
        # The career remembered may have left the knowledge since.
        known = (knowledge.roles.get(role) for role in (spoken_of, self._default_role) if role)
        return next((role for role in known if role), None) or next(iter(knowledge.roles.values()))

    async def _asked(self, matcher: Matcher, request: Request, question: str) -> Reply:
        match = await self._match(matcher, request, question)
        self._take_note(request, match, question)
        return await self._answer(request, match, question)

    async def _asked_together(self, matcher: Matcher, request: Request, messages: Sequence[str]) -> Reply:
        # Pure computation, as in `_match`.
        meant = await asyncio.to_thread(answer_together.understand, matcher, request, messages)
        if meant.unwell:
            return await self._answer(meant.unwell.request, meant.unwell.match, meant.unwell.text)
        for one in meant.said:
            self._take_note(one.request, one.match, one.text)
        at_once = len(meant.parts) if len(meant.parts) <= answer_together.MOST else answer_together.MOST - 1
        effects: list[Effect] = []
        for one in meant.parts[:at_once]:
            effects += (await self._answer(one.request, one.match, one.text)).effects
        if further := meant.parts[at_once:]:
            effects.append(answer_together.also_asked(further))
        reply = Reply(tuple(effects))
        return _gently(meant.gentle.request, meant.gentle.match, reply) if meant.gentle else reply

    async def _answer(self, request: Request, match: Match, question: str) -> Reply:
        if match.outcome in _UNANSWERED and not _has_words(question):
            return await decline.wordless(request)
        spoken = ask.understood(request, match)
        function = self._meant(match)
        if function:
            reply = await _done(function, spoken)
        else:
            reply = await _ANSWERS.get(match.outcome, decline.not_understood)(spoken, match)
        return _gently(spoken, match, reply)

    async def _match(self, matcher: Matcher, request: Request, question: str) -> Match:
        # Pure computation of some milliseconds, which must not hold the other chats.
        return await asyncio.to_thread(matcher.match, question, request.role.id)

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
            about = self._led_to(linked or "", request)
            return await _done(function, replace(about, arguments=arguments))
        # Distress goes before everything else, also behind a command: '/help i want to die'.
        words = f"{name.replace('_', ' ')} {arguments}".strip()
        match = await self._match(matcher, request, words)
        if function and match.outcome is not Outcome.SAFETY:
            return _gently(request, match, await _done(function, replace(request, arguments=arguments)))
        if match.outcome in _NOT_MEANT and not match.pointer:
            return _gently(request, match, await decline.unknown_command(request))
        self._take_note(request, match, words)
        return await self._answer(request, match, words)

    async def _pressed(self, request: Request, press: Press) -> Reply:
        match press.verb:
            case "open" | "turn":
                return await self._opened(request, press)
            case "do":
                function = self._by_code.get(press.code)
                return await (_done(function, request) if function else decline.stale(request))
            case "helpful":
                return await feedback.helpful(request)
            case "unhelpful":
                self._misses.record(request.language, Outcome.ANSWER)
                return await feedback.unhelpful(request)
            case "none":
                return await self._none_meant(request, press)
            case "erase":
                return await erase.erase(request)

    async def _opened(self, request: Request, press: Press) -> Reply:
        meant = request.knowledge.by_code.get(press.code, "")
        return await open_entry.open_id(self._led_to(meant, request), meant, turned=press.verb == "turn")

    def _led_to(self, meant: str, request: Request) -> Request:
        """Return the request about the career of what a button or a link leads to, which is remembered."""
        role = request.knowledge.role_of(meant)
        if role is None:
            return request
        self._roles.remember(request.chat, role.id, request.at)
        return replace(request, role=role)

    async def _none_meant(self, request: Request, press: Press) -> Reply:
        if press.code == distress.MISREAD:
            return await distress.misread(request)
        self._misses.record(request.language, Outcome.CHOICES)
        return await choose.none_of_these(request)


async def _done(function: Function, request: Request) -> Reply:
    """Do what a function does; what is not for groups is answered to the asker alone there."""
    reply = await function.action(request)
    if request.place in function.offered:
        return reply
    alone = (
        screens.for_asker_alone(request, effect) if isinstance(effect, Message) else effect
        for effect in reply.effects
    )
    return Reply(tuple(alone))


def _gently(request: Request, match: Match, reply: Reply) -> Reply:
    if not match.gentle or match.outcome is Outcome.SAFETY:
        return reply
    return distress.with_gentle_line(replace(request, language=match.language), reply)


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)
