"""A student's time zone, from the name of a city or country or from the time their clock shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import chain, groupby, zip_longest
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.knowledge import Place
from bot.domain.nudging import local_minute
from bot.matching.normalise import clean, words_of

LOOKED_AT: Final = 100
"""Characters of a text that are looked at; where somebody lives is said in fewer."""

NEAR: Final = 7
"""Minutes by which a clock may be wrong. Zones are a quarter of an hour apart, so a time fits one offset."""

_LONGEST_NAME: Final = 7
_MOST_GUESSED: Final = 3
"""Words that are no name as they stand and may be misspelt ones; with more, something else is being said."""

_SHORTEST: Final = 4
"""Letters of a name that may carry an ending or be misspelt; shorter ones have too many neighbours."""

_SHORTEST_ELSE: Final = 7
"""The same where it is misspelt at its first letter."""

_SHORTEST_OTHER: Final = 5
"""The same in Sinhala and Tamil letters, where a vowel sign counts as one and any ending is taken."""

_SHORTEST_GLUED: Final = 7
"""Letters of a name of several words that may be misspelt as one."""

_LONGEST_ENDING: Final = 7
_ENDINGS: Final = frozenset(
    "s wa we wala wale wl walin ve va vala vale ye eh la le lae il ila ile in ku kku ukku wl eka eke"
    " irundhu irunthu lendhu lernthu ilirundhu lirundhu yil".split()
)
"""What Latin-letter Sinhala and Tamil hang on the name of a place; in their own scripts any ending counts."""

_LAST_VOWEL: Final = re.compile("(?:\u0dba|\u0dc0|\u0bae\u0bcd|[\u0dca-\u0ddf\u0bbe-\u0bcd])$")
"""What an ending takes the place of (ය, ව, ம் or a vowel sign): ජපානය becomes ජපානේ, நேபாளம் becomes நேபாளத்தில்."""

_FORGIVEN: Final = ((13, 3), (9, 2), (4, 1))
"""From how many letters of the shorter of two words on how many slips are forgiven."""

_SHORTEST_GUESSED: Final = 5
"""Letters of the shortest name that may be misspelt; 'romba' is not 'Roma'."""

_ABBREVIATED: Final = re.compile(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?![^\W_]))")

_BESIDE: Final = frozenset(
    # English
    "i am me my mine we are our us is it its in at on from now here there live lives living lived stay stays"
    " staying staying reside residing moved move moving to the a an of near and or so but by for with"
    " currently presently right time times zone zones timezone timezones clock country city town place region"
    " location village area state district capital please set change use make put want have has ok yes"
    " no hi hello"
    " family home house school abroad was been be ya just actually same as study"
    " studying studies work working works go going went come came using sir miss bro ne pls please"
    " moving shifted shifting migrated migrate settled living took flew fly returned back current"
    " father mother dad mum mom brother sister parents uncle aunt grandma relatives husband wife"
    " they he she his her their this these days last next week month year yesterday today since"
    " still always usually im"
    # Sinhala and Tamil in Latin letters
    " amma ammi thaththa appa akka aiya ayya malli nangi anna thambi thangachi"
    " ekka gedara ku ta aya ya giya gihin awa aawa evilla padam igena ganne karanne karanna yanawa padinchi"
    " pawula ape oya maru wenas danna thana thiyenne"
    " oda kudumbam poitu poitom ponom vanthutom vanthutten vanthuten vanthen padikiran padikiren vasikkiren"
    " vasikiren vasikkirom vaalren irukiran irukom irukira idam maathu podu pa veetla"
    " mama mata mage api apa inne innawa innava inna inne innee indala dan daen dn den eke eka wala wl"
    " wela welawa velava welaawa rata rate rataka rateta nagaraya gama laga langa jeewath jiwath wenne wenawa"
    " naan nan naanga nanga enga engal en ennoda iruken irukken irukiren irukkiren irukom irukkom irukku"
    " ippo ippa ippothu la il ile le than thaan nadu naadu oor ooru oorla neram mani"
    # in their own scripts
    " අපේ පවුල පවුලේ අය එක්ක තාත්තා අම්මා ගියා ආවා ඉගෙන ගන්නේ පදිංචි වෙලා ඉන්නෙ වලට තැන නගරේ දිස්ත්‍රික්කය"
    " இருக்கம் இருக்கன் இருக்கிறன் இருக்கிறம் வசிக்கிறோம் வாழ்கிறோம் வாழுறன் படிக்கிறன் படிக்கிறேன்"
    " எங்கட என்ட குடும்பம் வீட்டாக்கள் போயிட்டு போயிட்டம் போனம் வந்துட்டம் வந்துட்டன் அப்பாவோட அம்மாவோட இடம்"
    " மாவட்டம் இருந்து"
    " මම මං මගේ අපි අපේ ඉන්නේ ඉන්නෙ ඉන්නවා දැන් වල වලින් එකේ ලඟ ළඟ රට රටේ වෙලාව ජීවත් වෙන්නේ වෙනවා සිට ගම නගරය"
    " நான் நாங்கள் நாங்க என் எங்கள் எங்க இருக்கிறேன் இருக்கேன் இருக்கிறோம் இருக்கோம் இப்போது இப்ப இப்போ இல்"
    " நேரம் நாடு ஊர் நகரம் வசிக்கிறேன் வாழ்கிறேன் தான்".split()
)
"""Words that stand beside the name of a place and say nothing about which it is."""

_RATHER_WORDS: Final = frozenset(
    "us gb bc oz car male turkey chad china mobile jordan queens bari thane peru".split()
)
"""Names that beside other words are more likely another word, in English or Latin letters."""

_TOWARDS: Final = frozenset("in to from".split())
"""Words after which they are places all the same."""

_WEEKS_A_YEAR: Final = 53
_ANY_YEAR: Final = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
"""Where two places are named the clocks of one year tell whether one lies in the other; any year will do."""

_WEEK: Final = 7 * 24 * 3600
_DAY_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Found:
    """A zone that may be meant: its name in the IANA database, and how it is called on a screen."""

    name: str
    zone: str


def zones_in(text: str, places: Sequence[Place], most: int = 4) -> tuple[Found, ...]:
    """Return the zones that a text names by a place or by the zone itself.

    Args:
        text: what a student typed, of any length; only the beginning is looked at.
        places: the known places, those that are meant more often first.
        most: how many zones are returned at most.

    Returns:
        The likeliest first; one where it is sure, none where no place is named.
    """
    table = _table(_Same(places))
    words = _words(text)
    named = _named(words, table)
    hits = [hit for hit in named if not _is_rather_a_word(hit, words, table)]
    used = frozenset(chain.from_iterable(range(hit.start, hit.end) for hit in named))
    said = [at for at, word in enumerate(words) if at in used or word not in _BESIDE]
    left = [at for at in said if at not in used]
    if not left:
        return _found(hits, table)[:most]
    if len(left) > _MOST_GUESSED:
        return ()
    # 'nrth korea' is one name rather than a known one and something else.
    whole = _stretch(words, said[0], said[-1] + 1, table)
    if whole.places:
        return _found([whole], table)[:most]
    guessed = _guessed(words, left, table)
    # What is left over is about something else: 'i want to die in colombo' names no place to live in.
    return _found(sorted((*hits, *guessed)), table, must_agree=bool(hits))[:most] if guessed else ()


def zones_at(
    minutes: Sequence[int], at: int, places: Sequence[Place], home: str, most: int = 4
) -> tuple[Found, ...]:
    """Return zones in which clocks show a time now; of those that always agree only one.

    Args:
        minutes: what the clock shows, in minutes of the day, 0 to 1439: one, or two where '7' may be morning
            or evening. It may be a few minutes wrong.
        at: the present instant, in UTC epoch seconds.
        places: the known places, those that are meant more often first.
        home: the bot's own zone, which comes first if it is among them.
        most: how many zones are returned at most.
    """
    table = _table(_Same(places))
    found: dict[tuple[timedelta | None, ...], Found] = {}
    for name, zone in {home: _zone(home), **table.zones}.items():
        if zone and _is_near(local_minute(at, zone), minutes):
            found.setdefault(_clock(zone, at), Found(_label(name, table), name))
    return tuple(found.values())[:most]


def label_of(zone: str, places: Sequence[Place]) -> str:
    """Return how a zone is called on a screen: 'Colombo', 'New York'.

    Args:
        zone: its name in the IANA database.
        places: the known places.
    """
    return _label(zone, _table(_Same(places)))


def key_of(name: str) -> str:
    """Return the form in which names of places are compared; names with the same one are the same."""
    return " ".join(_words(name))


class _Hit(NamedTuple):
    """A stretch of words that names places, several if it is misspelt or ambiguous."""

    start: int
    end: int
    places: tuple[Place, ...]


class _Same:
    """Equal only for the same object: to compare a thousand places would take longer than the look-up."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.places is other.places

    def __hash__(self) -> int:
        return id(self.places)


class _Table:
    """The places by their names, made once."""

    def __init__(self, places: Sequence[Place]) -> None:
        names = dict.fromkeys(zone for place in places for zone in place.zones)
        # ZoneInfo forgets all but a few zones that nobody holds, and reads them from the disk again.
        self.zones = {name: zone for name in names if (zone := _zone(name))}
        self.names: dict[str, Place] = {}
        for place in places:
            for name in (place.name, *place.also):
                self.names.setdefault(key_of(name), place)
        # 'Christmas', 'Easter': names of zones that no place has are often words, too.
        self.only_zones = {key_of(_last_part(zone)) for zone in self.zones} - self.names.keys()
        self.labels: dict[str, str] = {}
        for name in self.zones:
            last = _last_part(name)
            place_there = self.names.get(key_of(last))
            self.labels[name] = place_there.name if place_there and name in place_there.zones else last
            itself = Place(name=self.labels[name], zones=(name,))
            self.names.setdefault(key_of(last), itself)
            self.names.setdefault(key_of(name.replace("_", " ")), itself)
        self.names.pop("", None)
        self.glued = {name.replace(" ", ""): place for name, place in reversed(self.names.items())}
        self.order = {name: number for number, name in enumerate(reversed(self.glued))}
        self.stems = {
            stem: place
            for name, place in reversed(self.names.items())
            for stem in (name, _LAST_VOWEL.sub("", name))
            if len(stem) >= (_SHORTEST if stem.isascii() else _SHORTEST_OTHER)
        }
        self._by_length: dict[tuple[bool, int], list[str]] = {}
        for name in self.names:
            glued = name.replace(" ", "")
            if name == glued or len(glued) >= _SHORTEST_GLUED:
                self._by_length.setdefault((name != glued, len(glued)), []).append(glued)

    def names_about(self, length: int, most: int, *, spaced: bool) -> list[str]:
        """Return the names, spaces left out, that are at most so many letters shorter or longer.

        Args:
            length: in letters.
            most: the difference.
            spaced: leave out the names of one word.
        """
        return [
            name
            for near in range(length - most, length + most + 1)
            for kind in ((True,) if spaced else (False, True))
            for name in self._by_length.get((kind, near), ())
        ]


@lru_cache(maxsize=4)
def _table(same: _Same) -> _Table:
    return _Table(same.places)


def _words(text: str) -> list[str]:
    cleaned = _ABBREVIATED.sub(r"\1", clean(text[:LOOKED_AT])[:LOOKED_AT])
    return [word for word in map(_without_accents, words_of(cleaned)) if any(map(str.isalnum, word))]


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(one for one in apart if not "\u0300" <= one <= "\u036f"))


def _named(words: Sequence[str], table: _Table) -> list[_Hit]:
    """Find names as they stand, the longest first at each word."""
    hits: list[_Hit] = []
    start = 0
    while start < len(words):
        hit = _longest(words, start, table)
        if hit:
            hits.append(hit)
        start = hit.end if hit else start + 1
    return hits


def _longest(words: Sequence[str], start: int, table: _Table) -> _Hit | None:
    for end in range(min(len(words), start + _LONGEST_NAME), start, -1):
        name = " ".join(words[start:end])
        place = table.names.get(name) or (_with_an_ending(name, table) if end > start + 1 else None)
        if place:
            return _Hit(start, end, (place,))
    word = words[start]
    place = None if word in _BESIDE else table.glued.get(word) or _with_an_ending(word, table)
    return _Hit(start, start + 1, (place,)) if place else None


def _with_an_ending(word: str, table: _Table) -> Place | None:
    """Find a name that carries an ending ('dubaiwala', 'துபாயில்')."""
    for end in range(len(word) - 1, max(_SHORTEST, len(word) - _LONGEST_ENDING) - 1, -1):
        place = table.stems.get(word[:end])
        if place and (not word.isascii() or word[end:] in _ENDINGS):
            return place
    return None


def _guessed(words: Sequence[str], left: Sequence[int], table: _Table) -> list[_Hit]:
    """Find misspelt names in the words that are left; none unless that explains them all."""
    hits: list[_Hit] = []
    # Numbers that follow each other differ from their places in the list by the same.
    for _, run in groupby(enumerate(left), key=lambda pair: pair[1] - pair[0]):
        at = [number for _, number in run]
        whole = _stretch(words, at[0], at[-1] + 1, table)
        hits += [whole] if whole.places else [_stretch(words, one, one + 1, table) for one in at]
    return hits if all(hit.places for hit in hits) else []


def _stretch(words: Sequence[str], start: int, end: int, table: _Table) -> _Hit:
    return _Hit(start, end, _nearest(words[start:end], table) if end - start <= _LONGEST_NAME else ())


def _nearest(words: Sequence[str], table: _Table) -> tuple[Place, ...]:
    """Return the places whose names are the fewest slips away, of these the ones that begin alike."""
    typed = "".join(words)
    most = _slips(len(typed))
    names = table.names_about(len(typed), most, spaced=len(words) > 1) if most else []
    near = process.extract(typed, names, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None)
    likely: dict[tuple[int, bool], list[str]] = {}
    for name, slips, _ in near:
        begins_alike = name[0] == typed[0]
        shorter = min(len(name), len(typed))
        is_long = len(name) >= _SHORTEST_GUESSED and (begins_alike or shorter >= _SHORTEST_ELSE)
        if is_long and slips <= (_slips(shorter) if begins_alike else 1):
            likely.setdefault((int(slips), not begins_alike), []).append(name)
    best = sorted(likely[min(likely)], key=table.order.__getitem__) if likely else ()
    return tuple(dict.fromkeys(table.glued[name] for name in best))


def _slips(length: int) -> int:
    return next((slips for least, slips in _FORGIVEN if length >= least), 0)


def _is_rather_a_word(hit: _Hit, words: Sequence[str], table: _Table) -> bool:
    """Tell whether it is the 'male' of 'i am male' rather than that of 'male' or 'i am in male'."""
    word = words[hit.start]
    is_alone = len(words) == hit.end - hit.start
    if is_alone or hit.end > hit.start + 1 or (hit.start and words[hit.start - 1] in _TOWARDS):
        return False
    return word in _RATHER_WORDS or word in table.only_zones


def _found(hits: Sequence[_Hit], table: _Table, *, must_agree: bool = False) -> tuple[Found, ...]:
    """Return the zones of what was named; where one lies in another ('Perth, Australia') those of both."""
    each = [_choices(hit.places, table) for hit in hits]
    common = min(each, key=len, default=[])
    if len(each) > 1:
        clocks = [{_clock_of(one, table) for one in choices} for choices in each]
        common = [one for one in common if all(_clock_of(one, table) in shown for shown in clocks)]
    found: dict[str, Found] = {}
    for one in common or ([] if must_agree else chain.from_iterable(each)):
        found.setdefault(one.zone, one)
    return tuple(found.values())


def _choices(places: Sequence[Place], table: _Table) -> list[Found]:
    """Return the zones of places, first the first of each."""
    rows = [
        [_named_choice(place, zone, table) for zone in place.zones if zone in table.zones] for place in places
    ]
    return [one for column in zip_longest(*rows) for one in column if one]


def _named_choice(place: Place, zone: str, table: _Table) -> Found:
    return Found(place.name if len(place.zones) == 1 else f"{place.name}: {_label(zone, table)}", zone)


def _label(zone: str, table: _Table) -> str:
    return table.labels.get(zone) or _last_part(zone)


def _last_part(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None


def _clock_of(found: Found, table: _Table) -> tuple[timedelta | None, ...]:
    return _clock(table.zones[found.zone], _ANY_YEAR)


def _clock(zone: ZoneInfo, at: int) -> tuple[timedelta | None, ...]:
    """Return how far a zone is from UTC each week of a year; zones of which that is equal always agree."""
    weeks = range(at, at + _WEEKS_A_YEAR * _WEEK, _WEEK)
    return tuple(datetime.fromtimestamp(instant, zone).utcoffset() for instant in weeks)


def _is_near(minute: int, minutes: Iterable[int]) -> bool:
    half = _DAY_MINUTES // 2
    return any(abs((minute - one + half) % _DAY_MINUTES - half) <= NEAR for one in minutes)
