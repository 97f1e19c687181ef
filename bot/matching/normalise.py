"""From what a student typed to the key that is compared.

The key is for comparing only; what is shown stays as it was typed. rapidfuzz's own `default_process` is not
used: it strips Sinhala and Tamil vowel signs.
"""

from __future__ import annotations

import html
import re
import unicodedata

from bot.domain.knowledge import Language

LONGEST = 50_000
"""Characters looked at; what comes after is cut off."""

_SCRIPTS: tuple[tuple[str, str, Language], ...] = (("\u0d80", "\u0dff", "si"), ("\u0b80", "\u0bff", "ta"))

_LONGEST_WORD = 60
"""A longer run without a space is noise (a pasted key, a mashed keyboard) and is cut."""

_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,300}>")
_ADDRESS = re.compile(
    r"\b(?:https?://(?:www\.)?|www\.)(?P<site>[\w-]*)\S*|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}"
)
_MENTION = re.compile(r"(?<![\w.])@\w+")
# Sinhala and Tamil need two marks on a letter; Zalgo text has hundreds.
_MARKS = re.compile(r"([\u0300-\u036f]{3})[\u0300-\u036f]+")
_REPEAT = re.compile(r"([^\W\d_])\1{2,}")
_SYLLABLE_REPEAT = re.compile(r"([a-z]{2,3})\1{2,}")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_] {1,3}){3,}[^\W\d_](?![^\W_])")
_WIDE_GAP = re.compile(r" {2,}")
_NAMES_WITH_SIGNS = (
    (re.compile(r"\bc\s?(?:#|sharp\b)"), "csharp"),
    (re.compile(r"\bc\s?\+\s?\+"), "cpp"),
    (re.compile(r"(?<!\w)(?:dot\s?|\.)net\b"), "dotnet"),
    (re.compile(r"\b(node|next|react|vue|express)[\s.]?js\b"), r"\1js"),
    (re.compile(r"\b([ao])\s?[/\\.\-]?\s?l(?:evel)?s?\b(?!\w)"), r"\1level"),
    (re.compile(r"\b(front|back|full)[\s\-_]+(end|stack)"), r"\1\2"),
    (re.compile(r"(?<=[a-z])\.(?=(?:com|org|net|io)\b)"), " "),
    (re.compile(r"\bw/"), "with "),
)
_APOSTROPHES = re.compile(r"['’‘`´]")
_LEET = str.maketrans("013457@$", "oieastas")
_LEET_WORD = re.compile(r"[a-z0-9@$]{3,40}")
_LEET_INSIDE = re.compile(r"[a-z][013457@$][a-z]")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0b80-\u0bff\u0d80-\u0dff])+")
"""Letters, digits and the vowel signs that Python's own \\w leaves out."""

_CHAT = {
    "u": "you", "ya": "you", "r": "are", "ur": "your", "y": "why", "n": "and", "nd": "and", "d": "the",
    "da": "the", "wat": "what", "wt": "what", "wht": "what", "wats": "what is", "whats": "what is",
    "hw": "how", "hws": "how is", "hows": "how is",
    "abt": "about", "bout": "about", "bcz": "because", "bcos": "because",
    "cuz": "because", "coz": "because", "cos": "because", "pls": "please", "plz": "please", "plss": "please",
    "thx": "thanks", "tnx": "thanks", "thnx": "thanks", "tks": "thanks", "ty": "thanks", "thnks": "thanks",
    "tq": "thanks", "k": "ok", "kk": "ok", "okay": "ok", "okey": "ok", "b4": "before", "gr8": "great",
    "l8r": "later", "2day": "today", "2moro": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow",
    "tomoro": "tomorrow", "msg": "message", "msgs": "messages", "txt": "text", "dont": "do not",
    "dnt": "do not", "cant": "can not", "cannot": "can not", "wont": "will not", "isnt": "is not",
    "doesnt": "does not", "didnt": "did not", "im": "i am", "iam": "i am", "ive": "i have", "id": "i would",
    "ill": "i will", "thats": "that is", "its": "it is", "wanna": "want to", "gonna": "going to",
    "gotta": "have to", "gimme": "give me", "lemme": "let me", "wen": "when", "wer": "where", "whr": "where",
    "wher": "where", "wich": "which", "whch": "which", "wit": "with", "wid": "with", "dat": "that",
    "dis": "this", "dey": "they", "dem": "them", "den": "then", "shud": "should", "cud": "could",
    "wud": "would", "shld": "should", "hav": "have", "hv": "have", "hve": "have", "gud": "good",
    "gd": "good", "knw": "know", "kno": "know", "no1": "no one", "sm1": "someone", "sumone": "someone",
    "smth": "something", "sth": "something", "smthing": "something", "sumthing": "something",
    "evry": "every", "evryday": "everyday", "ppl": "people", "peeps": "people", "frm": "from", "4": "for",
    "fr": "for", "btw": "between", "btwn": "between", "diff": "difference", "info": "information",
    "dev": "developer", "devs": "developers", "devloper": "developer", "prog": "program", "pgm": "program",
    "db": "database", "dbs": "databases", "lang": "language", "langs": "languages", "sal": "salary",
    "uni": "university", "campus": "university", "govt": "government",
    "fav": "favourite", "yr": "year", "yrs": "years", "hrs": "hours",
    "min": "minute", "mins": "minutes", "wk": "week", "mrng": "morning", "nite": "night", "tho": "though",
    "rly": "really", "v": "we", "c": "see", "m": "am", "js": "javascript", "ts": "typescript",
    "auth": "authentication", "bro": "bro", "rn": "right now", "idk": "i do not know", "tysm": "thanks",
    "ig": "i guess", "tbh": "honestly", "hlw": "hello", "helo": "hello", "hlo": "hello",
}  # fmt: skip
"""Chat spelling of English. Only whole words; Sinhala and Tamil in Latin letters are learnt instead."""

_AMBIGUOUS = frozenset("da d n v c k m ya y r den dan id ill wit min sal wer".split())
"""Chat spellings that are also words of Latin-letter Sinhala or Tamil: undone only in an English sentence."""

_ENGLISH = frozenset(
    "what how is are the you i to do of for my can it in this that when why where which does with who me"
    " be have will should not they on or if your about from want need learn get make work job".split()
)


def clean(text: str) -> str:
    """Return the text without what carries no meaning: controls, markup, addresses, mentions.

    Line breaks and gaps stay (they part sentences and spaced-out words); the result is casefolded, in NFKC
    and at most `LONGEST` characters long.
    """
    text = text[:LONGEST]
    if "&" in text:
        text = html.unescape(text)
    # A sign may become many (U+FDFA becomes 18), so the length is bounded again.
    text = unicodedata.normalize("NFKC", text)[:LONGEST].casefold()
    text = unicodedata.normalize("NFKC", _MARKS.sub(r"\1", text).translate(_SIGNS))
    text = _TAG.sub(" ", text)
    text = _ADDRESS.sub(_kept_address, text)
    return _MENTION.sub(" ", text)


class _Signs(dict[int, str]):
    """What `str.translate` makes of each sign; looked up once a sign and then remembered."""

    def __missing__(self, code: int) -> str:
        """Drop invisible signs, part words at controls, surrogates, unassigned signs and emoji."""
        category = unicodedata.category(chr(code))
        if chr(code) in "\n\r":
            made = "\n"
        elif category == "Cf":
            made = ""
        elif category in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs", "So", "Sk"}:
            made = " "
        else:
            made = chr(code)
        self[code] = made
        return made


_SIGNS = _Signs()


def _kept_address(found: re.Match[str]) -> str:
    """Keep the name of a site, which may be what is asked about; drop the rest, and mail addresses."""
    return f" {found['site'] or ''} "


def words_of(text: str) -> list[str]:
    """Return the words of a cleaned text, chat spelling and l33t undone, in reading order."""
    for pattern, name in _NAMES_WITH_SIGNS:
        text = pattern.sub(name, text)
    text = _REPEAT.sub(r"\1\1", text)
    text = _SYLLABLE_REPEAT.sub(r"\1\1", text)
    text = _SPACED.sub(_join_spaced, text)
    text = _APOSTROPHES.sub("", text)
    text = _LEET_WORD.sub(_unleet, text)
    rough = [word[:_LONGEST_WORD] for word in _WORD.findall(text)]
    english = 4 * sum(word in _ENGLISH for word in rough) >= len(rough)
    return [
        part
        for word in rough
        for part in (_CHAT.get(word, word) if english or word not in _AMBIGUOUS else word).split()
    ]


def _join_spaced(found: re.Match[str]) -> str:
    """Join 'w h o   h i r e s': a wider gap parts words, else the splitter of glued words does."""
    words = _WIDE_GAP.split(found[0])
    return " ".join(word.replace(" ", "") for word in words)


def _unleet(found: re.Match[str]) -> str:
    """Undo 'b4ck3nd', but leave 'cs50', 's3', '9am' and '2nd': digits between letters are the sign."""
    word = found[0]
    return word.translate(_LEET) if _LEET_INSIDE.search(word) else word


def script_of(letters: str) -> Language | None:
    """Return the language whose own script most of some letters belong to, or None."""
    for first, last, language in _SCRIPTS:
        if 2 * sum(first <= letter <= last for letter in letters) > len(letters):
            return language
    return None
