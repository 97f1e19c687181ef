"""Whether a sentence leaves it open that what it names is to be marked.

Half done, all but one, somebody else, a question, a guess: then the student is asked. A 'not' alone leaves
nothing open, since it is the point of taking something back. The words are general ones, a line a language:
English, Sinhala and Tamil in Latin letters, Sinhala, Tamil.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.matching.careers import OTHER, ROLE

PARTS: Final = re.compile(r"[,;&+|/\n.!?]+(?=\s|$)|\s[-–]\s|&|\+|\n")
"""What parts a message into pieces that may each name steps."""

_UNSURE: Final = frozenset(
    "almost nearly half halfway partly partially some somewhat most mostly kinda barely hardly percent"
    " started maybe perhaps probably possibly might unsure guess suppose hopefully tomorrow"
    " bagayak baagayak bhagayak tikak tikakata poddak heta samaharawita samaharavita hithanne hithanawa"
    " paathi paadhi konjam koncham naalaiku nalaiku thodangiten thodangitten oruvelai ninaikiren nenaikiren"
    " ninaikiran nenaikiran"
    " භාගයක් ටිකක් පොඩ්ඩක් හෙට සමහරවිට හිතන්නේ හිතනවා හිතෙනවා"
    " பாதி கொஞ்சம் நாளைக்கு தொடங்கிட்டன் தொடங்கிட்டேன் ஒருவேளை நினைக்கிறேன் நினைக்கிறன்".split()
)
"""Words of what is done in part, or not known for sure, or still to come."""

_SKIP: Final = r"(?:skip|leav|omit|drop|ignor|athahar|atharin|අතහ|මඟහ|මගහ|விட|தவிர்)\S*"
_UNSURE_PHRASES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\ba bit\b|\bbit of\b|\ba little\b|\bnot sure\b|\bworking on\b|\bdo not remember\b",
        r"\bi (?:think|hope)\b(?! (?:in|about|like)\b)",
        r"\b(?:am|still)(?: (?:still|now|just))* (?!skip|leav|pass|dropp|ignor|jump|go|finish)\w+ing\b",
        r"\b(?:karanawa|karamin|karagena|seithukondu|senjukittu|panikitu)\b|(?:^| )(?:කරනවා|කරමින්)(?: |$)",
        # What somebody does not want to skip.
        rf"\b(?:not|never|no need)(?: (?:want|need|like|have|going|wish|ever|to|please|you|let|me))* {_SKIP}",
        rf"(?:^| ){_SKIP}(?: \S+)? (?:epa|vendam|venda|venaam|venam|එපා|வேண்டாம்|வேணாம்)(?: |$)",
        r"\bskip (?:panna|pannaa)th\w*|skip பண்ணாத",
        # A place to go to, with or without skipping what is before it.
        r"\b(?:skip|jump|go|move|me|switch)(?: (?:straight|ahead|over|on|right))* to (?!(?:the )?next)",
        r"(?<!adutha) kk?u po\w*|ta (?:yanna|yamu|paninna)\b",
    )
)
_WILL: Final = re.compile(r"\b(?:will|going to|soon)\b")
_DROPS: Final = re.compile(rf"\bnot\b|\bpass\b|{_SKIP}")

_BUT: Final = re.compile(r"\b(?:all|everything) but\b|\bbut(?: \w+){0,3} not\b")
_EXCEPT: Final = re.compile(r"\b(?:except|excluding|other than|apart from|(?<!\bon )without|besides)\b")
_GUESS: Final = ["i", "think"]
_EXCEPTED: Final = frozenset("hera herenna thavira thavirththu හැර හැරෙන්න தவிர".split())
"""The same where what is left out stands before it."""

_OTHERS: Final = frozenset(
    "he she they his her hers their who someone somebody anyone everyone everybody nobody friend friends"
    " buddy classmate classmates cousin brother sister"
    " yaluwa yaaluwa yaluwo yaluwek yahaluwa malli mallita nangi nangita eya eyata eyala kauda kawda kavuda"
    " nanban nanbi nanbargal thambi thambikku thangachi thangai annan avan avanukku aval avalukku avar avanga"
    " yaar yaaro".split()
)
_OTHER_STEMS: Final = tuple(
    "යාළුව යාලුව මල්ලි නංගි එයා ඔහු කවුද කවුරු நண்ப தம்பி தங்கச்சி தங்கை அண்ணன அவன அவள அவர அவங்க யாரோ யாரு".split()
)
_RELATIVES: Final = frozenset(
    "mom mum mother dad father teacher sir miss madam tutor uncle aunty bro"
    " amma appa thaththa thatha aiya ayya akka anna"
    " අම්මා තාත්තා අයියා අක්කා සර් மாமா அம்மா அப்பா அண்ணா அக்கா சேர்".split()
)
"""Other people where one says whose they are; else mostly words for whom one speaks to."""

_WHOSE: Final = frozenset("my our your mage ape oyage en enga ennoda enoda ente මගේ අපේ என் எங்க என்ட".split())
_BEFORE_A_NAME: Final = frozenset(
    ["best", "elder", "younger", "older", "little", "big", "class", "school", "ict", "the", "a", OTHER]
)
_TOGETHER: Final = frozenset("with from by for to like and of".split())
_TOGETHER_AFTER: Final = frozenset("ekka ekkala kooda kuda oda udan එක්ක කූඩ கூட ஓட உடன்".split())

_ADDRESSES: Final = frozenset(
    "ok hi hey hello so and but then well wait bro machan sir miss da bn aney please bot yes hmm oh".split()
)
_ASKING: Final = frozenset(
    "is are was were should shall can could would may does has how what when who why where which whose"
    " mokada mokakda monawada aida ai kohomada koheda kawadada"
    " enna yen epdi eppadi eppo enga ethu"
    " මොකද මොකක්ද ඇයි කොහොමද කොහෙද என்ன ஏன் எப்படி எப்ப எப்போ எங்க எது".split()
)
_ASKING_PAIR: Final = re.compile(r"(?:am|did|do|have|had|will) (?:i|you|we|he|she|they|my|the bot)\b")
_ASKED_TO_DO: Final = re.compile(
    r"(?:can|could|would|will) (?:you|someone)\b(?! (?:tell|show|explain|say|see))"
)
_ASKING_END: Final = re.compile(
    r"(?:iwara|iwarai|ivara|puluwan|\w{2,}(?:nna|wa|va|ne|ona|una|la))da|\S+ද"
    r"|mudiyuma|theriyuma|venuma|mudin[jc]h?[ui]?tha+|mudinthatha+|\w{2,}lama+|panna[vw]a|vidava"
    r"|\S+(?:ுமா|லாமா|ுதா|ிதா|ததா|ட்டேனா)"
)

_ALL: Final = frozenset(
    "everything all both okkoma okkama siyalla serama dekama ellam ellaam ellame ellaame rendum"
    " ඔක්කොම සියල්ල සේරම දෙකම எல்லாம் எல்லாமே அனைத்தும் இரண்டும் ரெண்டும்".split()
)
_HERE: Final = frozenset("this that these me meka meke mewa mewala ithu itha ithula intha ithellam".split())
_HERE_STEMS: Final = ("මේ", "இத", "இது", "இந்த")

_ELSEWHERE: Final = frozenset(
    "school exam exams paper papers test tests tuition class classes olevel alevel"
    " iskole iskola pasala vibage vibagaya panthiya"
    " palli pallikoodam pallikudam paadasalai paritchai pareetchai vaguppu"
    " ඉස්කෝලේ ඉස්කෝලෙ පාසල විභාගය විභාගේ පන්තිය".split()
)
"""What else is finished in a student's life."""

_ELSEWHERE_STEMS: Final = ("பள்ளி", "பாடசாலை", "பரீட்சை", "வகுப்பு")
_AT: Final = frozenset("at in from during after before for to".split())
_AT_AFTER: Final = frozenset("la le eke eken walin ல එකේ එකෙන්".split())


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message: its words, careers named in them, and whether a question mark ends it."""

    words: tuple[str, ...]
    is_asked: bool


def is_doubtful(words: Sequence[str]) -> bool:
    """Tell whether a part of a message leaves open that what it names is to be marked.

    Args:
        words: its words, chat spelling undone, in place of a career's name `ROLE` or `OTHER`.
    """
    said = " ".join(words)
    return (
        not _UNSURE.isdisjoint(words)
        or any(phrase.search(said) for phrase in _UNSURE_PHRASES)
        or bool(_WILL.search(said) and not _DROPS.search(said))
        or bool(_BUT.search(said) or _EXCEPT.search(said))
        or not _EXCEPTED.isdisjoint(words)
        or _is_about_others(words)
    )


def is_question(part: Part) -> bool:
    """Tell whether a part of a message asks something, rather than that something be done."""
    words = [*part.words]
    while words and words[0] in _ADDRESSES:
        del words[0]
    said = " ".join(words)
    if not words or _ASKED_TO_DO.match(said):
        return False
    asks = (
        (words[0] in _ASKING and words[1:2] != ["not"])
        or words[-1] in _ASKING
        or bool(_ASKING_PAIR.match(said))
    )
    return part.is_asked or asks or bool(_ASKING_END.fullmatch(words[-1]))


def is_about_all(words: Sequence[str]) -> bool:
    """Tell whether words that name no step speak of everything there is ('i finished everything')."""
    is_here = any(word in _HERE or word.startswith(_HERE_STEMS) for word in words)
    return not _ALL.isdisjoint(words) and not is_here


def is_elsewhere(words: Sequence[str]) -> bool:
    """Tell whether words that name no step speak of school or exams, other than as a place or a time."""
    for at, word in enumerate(words):
        if word not in _ELSEWHERE and not word.startswith(_ELSEWHERE_STEMS):
            continue
        before = [one for one in words[max(0, at - 3) : at] if one not in _WHOSE | _BEFORE_A_NAME]
        follows = words[at + 1] if at + 1 < len(words) else ""
        if not (before and before[-1] in _AT) and follows not in _AT_AFTER and not word.endswith("ல"):
            return True
    return False


def without_asides(words: Sequence[str]) -> list[str]:
    """Return words without what names nothing to be marked: 'i think', or is left out ('all except sql')."""
    if words[:2] == _GUESS:
        return without_asides(words[2:])
    for at, word in enumerate(words):
        if word in _EXCEPTED:
            return [*words[at + 1 :]]
        if _EXCEPT.match(" ".join(words[at : at + 2])) and words[max(0, at - 1) : at] != ["on"]:
            return [*words[:at]]
    return [*words]


def cut(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a cleaned message, and whether a question mark ends each."""
    begin = 0
    for found in PARTS.finditer(text):
        yield text[begin : found.start()].strip(), "?" in found[0]
        begin = found.end()
    yield text[begin:].strip(), False


def _is_about_others(words: Sequence[str]) -> bool:
    is_met = "know" in words and not {ROLE, OTHER}.isdisjoint(words[words.index("know") :][:4])
    return is_met or any(_is_another(words, at) for at in range(len(words)))


def _is_another(words: Sequence[str], at: int) -> bool:
    word = words[at]
    begin = at
    while begin and words[begin - 1] in _WHOSE | _BEFORE_A_NAME:
        begin -= 1
    is_person = word in _OTHERS or word.startswith(_OTHER_STEMS)
    if not is_person and not (word in _RELATIVES and not _WHOSE.isdisjoint(words[begin:at])):
        return False
    return not _is_together(words[:begin], words[at + 1 :])


def _is_together(before: Sequence[str], after: Iterable[str]) -> bool:
    """Tell whether the student is at it too: 'with my friend', 'my friend and i'."""
    following = [*after][:2]
    return (
        bool(before and before[-1] in _TOGETHER)
        or bool(following and following[0] in _TOGETHER_AFTER)
        or following in (["and", "i"], ["and", "me"])
    )
