"""What a teacher is told when one thing in the knowledge is broken."""

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from bot.content import KnowledgeError, check, document, load, lock_lines

ROLE = "roles/gardener.yaml"
ASKS = "asks/gardener.yaml"
LOCK = "ids.lock"
ITEM = "duties/pruning.en[1]"
SAMPLE = Path(__file__).with_name("sample")


class Broken(NamedTuple):
    """One change of the sample and the line `check` must print for it.

    `at` stands first in the line of the changed file that must be named; '' is the first line.
    """

    what: str
    file: str
    old: str
    new: str
    at: str
    field: str
    message: str


CHARACTERS = [
    Broken(
        "a tab", ROLE, "title: Mowing", "title: Mowing\t", "title: Mowing", "file", "has a tab; write spaces"
    ),
    Broken(
        "a NUL", ROLE, "Mowing", "Mow\0ing", "title: Mow", "file", "U+0000 (a control character); delete it"
    ),
    Broken("an escape character", ROLE, "Mowing", "\x1bMowing", "title: \x1b", "file", "U+001B"),
    Broken(
        "a mark that turns the direction of text",
        "pointers.yaml",
        "Visas",
        "Vis\u202eas",
        "title: Vis",
        "file",
        "invisible character U+202E (right-to-left override); delete it",
    ),
    Broken(
        "a NUL spelt as an escape",
        ROLE,
        "title: Mowing",
        'title: "Mow\\0ing"',
        'title: "Mow',
        "duties[5].title",
        "U+0000 (a control character); delete it",
    ),
]

FORM = [
    Broken(
        "nothing but a comment",
        "pointers.yaml",
        "*",
        "# later\n",
        "",
        "file",
        "is empty; fill it or remove it",
    ),
    Broken(
        "a tag",
        ROLE,
        "title: Mowing",
        "title: !!python/name:os.system Mowing",
        "title: !!",
        "duties[5].title",
        'must be in quotes: "!!python/name:os.system Mowing" (a tag is not allowed)',
    ),
    Broken(
        "a text that begins with an exclamation mark",
        ROLE,
        "title: Mowing",
        "title: !Mowing",
        "title: !",
        "duties[5].title",
        'a text that begins with ! must be in quotes: "!Mowing" (a tag is not allowed)',
    ),
    Broken(
        "an anchor",
        ROLE,
        "title: Mowing",
        "title: &m Mowing",
        "title: &m",
        "duties[5].title",
        'a text that begins with & must be in quotes: "&m Mowing" (an anchor is not allowed)',
    ),
    Broken(
        "an alias",
        ROLE,
        "title: Mowing",
        "title: *m",
        "title: *m",
        "duties[5].title",
        'a text that begins with * must be in quotes: "*m" (an alias is not allowed)',
    ),
    Broken(
        "an alias in brackets",
        "small_talk.yaml",
        "good morning",
        "*m",
        "en: [hello there, *m",
        "bot/greeting.en[2]",
        "an alias (*m) is not allowed; remove it",
    ),
    Broken(
        "a merge key",
        ROLE,
        "title: Mowing",
        "<<: {title: Mowing}",
        "<<:",
        "duties[5].<<",
        "merging (<<) is not allowed; write the fields out",
    ),
    Broken(
        "a field written twice",
        ROLE,
        "title: Mowing",
        "title: Mowing\n    title: Cutting",
        "title: Cutting",
        "duties[5].title",
        "is written twice (first in line 53); keep one of them",
    ),
    Broken(
        "two documents",
        "pointers.yaml",
        "- id: exam",
        "---\n- id: exam",
        "---",
        "file",
        "a second document begins here; remove the line '---'",
    ),
    Broken(
        "brackets in brackets",
        "pointers.yaml",
        "Visas",
        "[" * 40,
        "title: [[",
        "[1].title" + "[1]" * 14,
        "nested deeper than 16 levels",
    ),
    Broken(
        "a colon inside a text",
        ROLE,
        "title: Mowing",
        "title: Mowing: the lawn",
        "title: Mowing:",
        "file",
        'a text with ": " inside must be in quotes: "Mowing: the lawn"',
    ),
    Broken(
        "a quote that is not closed",
        "pointers.yaml",
        "Ask your class teacher.",
        "'Ask your teacher",
        "text: 'Ask",
        "file",
        "a text that begins with ' must be in quotes: \"'Ask your teacher\"; or close the quote",
    ),
    Broken(
        "a bracket that is not closed",
        "pointers.yaml",
        "[can i work abroad]",
        "[can i work abroad",
        "en: [can",
        "file",
        "a bracket is opened and never closed",
    ),
    Broken(
        "a wrong indentation",
        ROLE,
        "    title: Mowing",
        "   title: Mowing",
        "   title: Mowing",
        "file",
        "line it up with its neighbours",
    ),
    Broken(
        "a backslash in double quotes",
        ROLE,
        "title: Mowing",
        'title: "Mow\\ing"',
        'title: "Mow',
        "file",
        "use single quotes",
    ),
    Broken(
        "a text that begins with @",
        ROLE,
        "title: Mowing",
        "title: @Mowing",
        "title: @",
        "file",
        'a text that begins with @ must be in quotes: "@Mowing"',
    ),
    Broken(
        "a line that is only words",
        "questions.yaml",
        "duties:\n",
        "words\nduties:\n",
        "words",
        "file",
        "this line is neither 'field: value' nor '- item'; mend it",
    ),
    Broken(
        "a field called no",
        "off_topic.yaml",
        "cricket:",
        "no:",
        "no:",
        "file",
        '"no" cannot name a field; put the name in quotes',
    ),
]

SLIPS = [
    Broken(written, ASKS, "who cuts the roses", written, at, field, message)
    for written, at, field, message in (
        (
            "{role} meaning",
            "- {role}",
            "file",
            'a text that begins with { must be in quotes: "{role} meaning"',
        ),
        ("{role}", "- {role}", ITEM, 'a text that begins with { must be in quotes: "{role}"'),
        ("{role} or: not", "- {role}", ITEM, 'begins with { must be in quotes: "{role} or: not"'),
        ("[soft] skills", "- [soft]", "file", 'a text that begins with [ must be in quotes: "[soft] skills"'),
        ("* star", "- *", "file", 'a text that begins with * must be in quotes: "* star"'),
        ("*star* me", "- *", "file", 'a text that begins with * must be in quotes: "*star* me"'),
        ("& more", "- &", "file", 'a text that begins with & must be in quotes: "& more"'),
        ("&more of it", "- &", ITEM, 'a text that begins with & must be in quotes: "&more of it"'),
        ("! x", "- !", ITEM, 'a text that begins with ! must be in quotes: "! x"'),
        ("% x", "- %", "file", 'a text that begins with % must be in quotes: "% x"'),
        ("@ x", "- @", "file", 'a text that begins with @ must be in quotes: "@ x"'),
        ("` x", "- `", "file", 'a text that begins with ` must be in quotes: "` x"'),
        ("| x", "- |", "file", 'a text that begins with | must be in quotes: "| x"'),
        (", x", "- ,", "file", 'a text that begins with , must be in quotes: ", x"'),
        ("- x", "- -", ITEM, 'a text that begins with - must be in quotes: "- x"'),
        ("? x", "- ?", ITEM, 'a text that begins with ? must be in quotes: "? x"'),
        ("#1 rose", "- #", ITEM, 'a text that begins with # must be in quotes: "#1 rose"'),
        (
            "'tis",
            "- 'tis",
            "file",
            "a text that begins with ' must be in quotes: \"'tis\"; or close the quote",
        ),
        ("'tis\n    - what's up", "- 'tis", ITEM, "a text that begins with ' must be in quotes: \"'tis\""),
        ("'tis\n    - the boys'", "- 'tis", ITEM, "a text that begins with ' must be in quotes: \"'tis\""),
        ('"a rose\n    - it\'s"', '- "a', ITEM, "a text that begins with \" must be in quotes: '\"a rose'"),
        ("'a\n      text: b'", "- 'a", ITEM, "a text that begins with ' must be in quotes: \"'a\""),
        ("'what's on'", "- 'what", "file", 'a quote inside the text ends it too early; write "what\'s on"'),
        ('"a "rose""', '- "a', "file", "a quote inside the text ends it too early; write 'a \"rose\"'"),
        ("roses: why cut", "- roses", ITEM, 'a text with ": " inside must be in quotes: "roses: why cut"'),
        ("roses: why: x", "- roses", "file", 'a text with ": " inside must be in quotes: "roses: why: x"'),
        ("about roses:", "- about", ITEM, 'a text that ends with : must be in quotes: "about roses:"'),
        ("cut C # roses", "- cut", ITEM, 'the text ends at " #"; put the whole text in quotes'),
        ("roses\n      - lawns", "  - lawns", ITEM, '"- lawns" goes on with the text above; line it up'),
        ("* " + "long " * 20, "- *", "file", 'must be in quotes: "* long long'),
    )
]

FIELDS = [
    Broken(
        "a sign for a remark inside a title",
        ROLE,
        "title: Mowing",
        "title: uses C # and Go",
        "title: uses",
        "duties[5].title",
        'the text ends at " #"; put the whole text in quotes',
    ),
    Broken(
        "a sign for a remark inside a longer text",
        ROLE,
        "text: About mowing.",
        "text: About mowing\n      in C # and Go.",
        "text: About mowing",
        "duties[5].text",
        'the text ends at " #"; put the whole text in quotes',
    ),
    Broken(
        "a sign for a remark inside a list in brackets",
        "small_talk.yaml",
        "good morning]",
        "good # morning\n    ]",
        "en: [hello there, good #",
        "bot/greeting.en[2]",
        'the text ends at " #"; put the whole text in quotes',
    ),
    Broken(
        "a title that begins with a placeholder",
        ROLE,
        "title: Mowing",
        "title: {role} days",
        "title: {role}",
        "file",
        'a text that begins with { must be in quotes: "{role} days"',
    ),
    Broken(
        "a field inside the text above",
        ROLE,
        "text: About mowing.",
        "text: About mowing\n      title: x",
        "      title: x",
        "duties[5].text",
        '"title: x" goes on with the text above; line it up with its neighbours',
    ),
    Broken(
        "a line with a colon that goes on with the text above",
        ROLE,
        "text: About mowing.",
        "text: About mowing\n      and this: it is loud",
        "      and this",
        "file",
        "a colon and a space stand inside a text; put the text in quotes, or line this line up with",
    ),
    Broken(
        "a line of a block that is indented too little",
        ROLE,
        "text: About mowing.",
        "text: |\n      About mowing.\n    It is loud.",
        "    It is loud.",
        "file",
        "or indent it as far as the text it belongs to",
    ),
    Broken(
        "a bullet with a colon in a block that is indented too little",
        ROLE,
        "text: About mowing.",
        "text: |\n      About mowing.\n     - Lawns: it is loud.",
        "     - Lawns",
        "file",
        "the indentation fits no line above; line it up with its neighbours, or, if it belongs to the text",
    ),
    Broken(
        "a line of a block that looks like a field and is indented too little",
        ROLE,
        "text: About mowing.",
        "text: |\n      About mowing.\n    Check afterwards: is it loud?",
        "    Check afterwards",
        "duties[mowing].Check afterwards",
        'unknown field "Check afterwards"; if it belongs to the text above, indent it as far',
    ),
    Broken(
        "a long block that swallowed fields",
        ROLE,
        "text: About mowing.",
        f"text: |\n      {'word ' * 300}\n      - id: cutting\n        title: Cutting",
        "text: |",
        "duties[mowing].text",
        'characters long and holds the line "- id: cutting": mend the indentation, or shorten it to 1200',
    ),
]

SCHEMA = [
    Broken(
        "an unknown field",
        ROLE,
        "minutes: 30",
        "minuts: 30\n            minutes: 30",
        "minuts: 30",
        "stages[first].steps[one-pot].tasks[film].minuts",
        'unknown field "minuts": did you mean "minutes"?',
    ),
    Broken(
        "a field like no other",
        ROLE,
        "id: gardener",
        "id: gardener\nzzz: 1",
        "zzz",
        "zzz",
        'unknown field "zzz"; remove it',
    ),
    Broken(
        "a facet with an id",
        ROLE,
        "title: Is it for me?",
        "title: Is it for me?\n    id: fit",
        "id: fit",
        "facets.fit.id",
        'unknown field "id"',
    ),
    Broken(
        "a missing id",
        ROLE,
        "- id: mowing\n    title: Mowing",
        "- title: Mowing",
        "- title: Mowing",
        "duties[5].id",
        "is missing; add it",
    ),
    Broken(
        "a missing title",
        ROLE,
        "    title: Mowing\n",
        "",
        "- id: mowing",
        "duties[mowing].title",
        "is missing; add it",
    ),
    Broken("a missing career id", ROLE, "id: gardener\n", "", "", "id", "is missing; add it"),
    Broken(
        "an empty text",
        ROLE,
        "text: About mowing.",
        "text: ''",
        "text: ''",
        "duties[mowing].text",
        "is empty; write a text",
    ),
    Broken(
        "a text of spaces",
        ROLE,
        "text: About mowing.",
        "text: '   '",
        "text: '   '",
        "duties[mowing].text",
        "is empty; write a text",
    ),
    Broken(
        "a text left out",
        ROLE,
        "text: About mowing.",
        "text:",
        "text:\n",
        "duties[mowing].text",
        "is empty; write something or remove it",
    ),
    Broken(
        "no without quotes as a text",
        ROLE,
        "title: Mowing",
        "title: no",
        "title: no",
        "duties[mowing].title",
        "no without quotes is not read as text; write 'no' in quotes",
    ),
    Broken(
        "on without quotes as a phrasing",
        ASKS,
        "who cuts the roses",
        "on",
        "- on\n",
        "duties/pruning.en[1]",
        "on without quotes is not read as text; write 'on' in quotes",
    ),
    Broken(
        "a number as a text",
        "safety.yaml",
        "'1929'",
        "1929",
        "number:",
        "helplines[1].number",
        "1929 without quotes is not read as text; write '1929' in quotes",
    ),
    Broken(
        "a list as a text",
        ROLE,
        "title: Mowing",
        "title: [Mowing]",
        "title: [",
        "duties[mowing].title",
        "must be a text, not a list",
    ),
    Broken(
        "a text as a list",
        ASKS,
        "  en:\n    - what can i grow at home",
        "  en: what can i grow",
        "en: what",
        "roadmap/one-pot.en",
        "must be a list: one line each that begins with '- '",
    ),
    Broken(
        "a text as an entry",
        "pointers.yaml",
        "- id: exam-dates\n  title: Exam dates\n  text: Ask your class teacher.",
        "- exams",
        "- exams",
        "[2]",
        "must be a group of fields",
    ),
    Broken(
        "minutes above the range",
        ROLE,
        "minutes: 15",
        "minutes: 45",
        "minutes: 45",
        "stages[first].steps[one-pot].tasks[water].minutes",
        "minutes must be between 10 and 30; it is 45",
    ),
    Broken(
        "minutes in words",
        ROLE,
        "minutes: 15",
        "minutes: ten",
        "minutes: ten",
        "stages[first].steps[one-pot].tasks[water].minutes",
        "must be a whole number",
    ),
    Broken(
        "a kind that does not exist",
        ROLE,
        "data: little",
        "data: lots",
        "data: lots",
        "stages[first].steps[one-pot].tasks[water].data",
        'must be "none", "little" or "video"; it is "lots"',
    ),
    Broken(
        "a language that does not exist",
        ASKS,
        "  si:",
        "  sn:",
        "sn:",
        "duties/pruning.sn",
        'unknown name "sn"; it must be "en", "si", "ta", "si-Latn" or "ta-Latn"',
    ),
    Broken(
        "a date in words",
        ROLE,
        "date: 2026-11",
        "date: last year",
        "last year",
        "facets.pay.claim.date",
        "must be a month or a day such as 2026-11 or 2026-11-22",
    ),
    Broken(
        "a telephone number with letters",
        "safety.yaml",
        "'1929'",
        "'call us'",
        "call us",
        "helplines[1].number",
        "must be a telephone number",
    ),
    Broken(
        "an address without https",
        ROLE,
        "https://example.org/soil",
        "example.org/soil",
        "example.org/soil",
        "resources[soil-lessons].url",
        "must be an address that begins with https://",
    ),
    Broken(
        "too few tasks",
        ROLE,
        "          - {id: sow, text: Sow one row., minutes: 30, needs: computer, data: none, language: en}\n",
        "",
        "        tasks:\n          - {id: plan",
        "stages[later].steps[one-bed].tasks",
        "must have 3 to 7 items; it has 2",
    ),
    Broken(
        "a list as a group of fields",
        ROLE,
        "asks: {en: [how do i grow a bean]}",
        "asks: []",
        "asks: []",
        "stages[first].steps[one-pot].asks",
        "must be a group of fields",
    ),
    Broken(
        "no helpline",
        "safety.yaml",
        "  - name: Childline\n    number: '1929'\n    about: free, day and night\n"
        "    claim: {source: the helpline's own page, date: 2026-11-22}\n",
        "  []\n",
        "helplines:",
        "helplines",
        "must have at least 1 items; it has 0",
    ),
]

RULES = [
    Broken(
        "an id with capitals",
        ROLE,
        "id: soil-lessons",
        "id: Soil-Lessons",
        "id: Soil-Lessons",
        "resources[Soil-Lessons].id",
        'an id is made of a-z, 0-9 and single hyphens; it is "Soil-Lessons"',
    ),
    Broken(
        "an id that leads out of its folder",
        "other_careers.yaml",
        "id: nurse",
        "id: ../../nurse",
        "id: ../",
        "[../../nurse].id",
        "an id is made of a-z, 0-9 and single hyphens",
    ),
    Broken(
        "a career called otherwise than its file",
        ROLE,
        "id: gardener",
        "id: gardner",
        "",
        "id",
        'must be the name of its file, "gardener"; it is "gardner"',
    ),
    Broken(
        "an id used twice",
        ROLE,
        "id: mowing",
        "id: sowing",
        "- id: sowing\n    title: Sowing",
        "duties[sowing].id",
        "is used twice (first in line 52); choose another id",
    ),
    Broken(
        "a task id used twice",
        ROLE,
        "id: draw",
        "id: water",
        "{id: water, text: Draw",
        "stages[first].steps[one-pot].tasks[water].id",
        "is used twice",
    ),
    Broken(
        "a pointer id used twice",
        "pointers.yaml",
        "id: exam-dates",
        "id: visa",
        "id: visa\n  title: Exam",
        "[visa].id",
        "is used twice (first in line 1); choose another id",
    ),
    Broken(
        "another career twice",
        "other_careers.yaml",
        "id: nurse",
        "id: pilot",
        "id: pilot\n  title: Nurse",
        "[pilot].id",
        "is used twice (first in line 1); choose another id",
    ),
    Broken(
        "a missing facet",
        ROLE,
        "  fundamentals:\n    title: The basics\n    text: Soil, water and light.\n",
        "",
        "facets:",
        "facets.fundamentals",
        "is missing; add it",
    ),
    Broken(
        "a missing facet of the questions",
        "questions.yaml",
        "pay:\n  en:\n    - how much do they earn\n  ta:\n    - சம்பளம் எவ்வளவு\n",
        "",
        "",
        "pay",
        "has no phrasings; add some",
    ),
    Broken(
        "an unknown facet of the questions",
        "questions.yaml",
        "pay:\n",
        "extra: {en: [x]}\npay:\n",
        "extra",
        "extra",
        'unknown facet "extra"; remove it',
    ),
    Broken(
        "nine duties",
        ROLE,
        "  - id: mowing\n    title: Mowing\n    text: About mowing.\n",
        "",
        "duties:\n  - id",
        "duties",
        "must be 10 duties; there are 9",
    ),
    Broken(
        "a resource that does not exist",
        ROLE,
        "[bean-book]",
        "[beans-book]",
        "[beans-book]",
        "stages[first].steps[one-pot].resources[1]",
        '"beans-book" is no resource of this career: did you mean "bean-book"?',
    ),
    Broken(
        "phrasings of no entry",
        ASKS,
        "duties/pruning:",
        "duties/prunning:",
        "duties/prunning",
        "duties/prunning",
        '"duties/prunning" is no entry of gardener: did you mean "duties/pruning"?',
    ),
    Broken(
        "a text of more than a screen",
        ROLE,
        "About mowing.",
        "word " * 300 + "end",
        "text: word",
        "duties[mowing].text",
        "is 1503 characters long; shorten it to 1200",
    ),
    Broken(
        "an entry that does not fit in a message",
        ROLE,
        "        why: Small things teach a lot.\n        done_when: the bean has four leaves.\n",
        f"        why: {'a' * 1200}\n        done_when: {'b' * 1200}\n"
        f"        claim: {{source: {'c' * 1200}, date: 2026-11}}\n",
        "- id: one-pot",
        "stages[first].steps[one-pot]",
        "does not fit in one Telegram message; shorten its texts by",
    ),
    Broken(
        "a salary without a source",
        ROLE,
        "About mowing.",
        "It brings Rs. 50,000 a month.",
        "- id: mowing",
        "duties[mowing].claim",
        'is missing, and the text says "Rs. 50,000"',
    ),
    Broken(
        "rupees without a source",
        ROLE,
        "Small things teach a lot.",
        "You save 300 rupees.",
        "- id: one-pot",
        "stages[first].steps[one-pot].claim",
        'the text says "300 rupees"',
    ),
    Broken(
        "an amount glued to its word without a source",
        ROLE,
        "About mowing.",
        "It brings Rs500.",
        "- id: mowing",
        "duties[mowing].claim",
        'the text says "Rs500."',
    ),
    Broken(
        "an amount in Sinhala without a source",
        ROLE,
        "About mowing.",
        "රු. 500",
        "- id: mowing",
        "duties[mowing].claim",
        'the text says "රු. 500"',
    ),
    Broken(
        "thousands without a source",
        ROLE,
        "About mowing.",
        "It brings 50k rupees.",
        "- id: mowing",
        "duties[mowing].claim",
        'the text says "50k rupees"',
    ),
    Broken(
        "money of anywhere without a source",
        ROLE,
        "About mowing.",
        "It brings € 500.",
        "- id: mowing",
        "duties[mowing].claim",
        'the text says "€ 500."',
    ),
    Broken(
        "rules about something unknown",
        "rules.yaml",
        "amounts:",
        "amount:",
        "",
        "amount",
        'unknown field "amount": did you mean "amounts"?',
    ),
    Broken(
        "a per-cent figure without a source",
        "pointers.yaml",
        "Ask your class teacher.",
        "Of these, 40% pass.",
        "- id: exam",
        "[exam-dates].claim",
        'the text says "40%"',
    ),
    Broken(
        "pay without a source",
        ROLE,
        "varies.\n    claim: {source: career sheet, date: 2026-11}",
        "varies.",
        "  pay:",
        "facets.pay.claim",
        "is missing; add its source and date",
    ),
    Broken(
        "an insecure address in a text",
        ROLE,
        "About mowing.",
        "See http://example.org .",
        "text: See http",
        "duties[mowing].text",
        "has an address with http://; write https://",
    ),
    Broken(
        "too few tasks for a phone",
        ROLE,
        "minutes: 15, needs: phone",
        "minutes: 15, needs: computer",
        "        tasks:",
        "stages[first].steps[one-pot].tasks",
        "must have 3 tasks for a phone with little data",
    ),
    Broken(
        "hours the wrong way round",
        ROLE,
        "{least: 2, most: 5}",
        "{least: 5, most: 2}",
        "hours: {least: 5",
        "stages[first].steps[one-pot].hours",
        "least (5) is more than most (2); swap them",
    ),
    Broken(
        "a phrasing for two entries",
        ASKS,
        "what can i grow at home",
        "Would I be happy  with PLANTS all day",
        "- Would I",
        "roadmap/one-pot.en[1]",
        "is a phrasing of fit too (knowledge/asks/gardener.yaml:3); keep one",
    ),
    Broken(
        "a phrasing for an entry and a function",
        ASKS,
        "what can i grow at home",
        "what can you do",
        "- what can you",
        "roadmap/one-pot.en[1]",
        "is a phrasing of bot/help too (knowledge/small_talk.yaml:4); keep one",
    ),
    Broken(
        "an off-topic line that is a phrasing",
        "off_topic.yaml",
        "who won the match",
        "can i work abroad",
        "- can i",
        "cricket.en[1]",
        "is a phrasing of pointers/visa too (knowledge/pointers.yaml:5); keep one",
    ),
    Broken(
        "a sign of distress that is a phrasing",
        "safety.yaml",
        "i want to die",
        "is it for me",
        "self-harm: {en: [is",
        "signs.self-harm.en[1]",
        "is a phrasing of fit too (knowledge/questions.yaml:15); keep one",
    ),
    Broken(
        "a sign of distress that is a look-alike",
        "safety.yaml",
        "this weed is killing me",
        "kill myself",
        "en: [kill myself]\nanswers",
        "lookalikes.en[1]",
        "is a phrasing of self-harm (safety) too (knowledge/safety.yaml:5); keep one",
    ),
    Broken(
        "a name of two careers",
        "other_careers.yaml",
        "[nurse]",
        "[Garden worker]",
        "[Garden",
        "[nurse].names.en[1]",
        "is a phrasing of gardener too (knowledge/roles/gardener.yaml:6); keep one",
    ),
    Broken(
        "a phrasing without a letter",
        "small_talk.yaml",
        "good morning",
        "'???'",
        "en: [hello there, '???'",
        "bot/greeting.en[2]",
        "has no letter; write words",
    ),
    Broken(
        "an empty phrasing",
        "small_talk.yaml",
        "good morning",
        "''",
        "en: [hello there, ''",
        "bot/greeting.en[2]",
        "is empty; write a phrasing",
    ),
    Broken(
        "a placeholder that is not filled in",
        "questions.yaml",
        "{role}",
        "{rolle}",
        "- what does a {",
        "overview.en[1]",
        'unknown placeholder "{rolle}"; only {role} is filled in',
    ),
    Broken(
        "a function that is none",
        "small_talk.yaml",
        "bot/greeting:",
        "greeting:",
        "greeting:",
        "greeting",
        'must be "bot/" and a name of a-z, 0-9 and -; it is "greeting"',
    ),
    Broken(
        "an off-topic subject with spaces",
        "off_topic.yaml",
        "weather:",
        "the weather:",
        "the weather:",
        "the weather",
        "an id is made of a-z, 0-9 and single hyphens",
    ),
    Broken(
        "a career that is covered",
        "other_careers.yaml",
        "id: nurse",
        "id: gardener",
        "- id: gardener",
        "[gardener]",
        "gardener is covered in roles/; remove it here",
    ),
    Broken(
        "another career without a name",
        "other_careers.yaml",
        "names: {en: [nurse]}",
        "names: {}",
        "names: {}",
        "[nurse].names",
        "has no names; add what the career is called",
    ),
    Broken(
        "an answer to distress not translated",
        "safety.yaml",
        ", ta: பேசுங்கள்}\n  gentle",
        "}\n  gentle",
        "being-hurt: {en: It",
        "answers.being-hurt.ta",
        "is missing; write this answer",
    ),
    Broken(
        "a kind of distress without signs",
        "safety.yaml",
        "  being-hurt: {en: [somebody hits me at home]}\n",
        "",
        "signs:",
        "signs.being-hurt",
        "has no signs; add some",
    ),
]

IDS = [
    Broken(
        "an id that is not listed",
        LOCK,
        "7k2tvt gardener/duties/weeding\n",
        "",
        "END",
        "gardener/duties/weeding",
        "is not listed; add the line: 7k2tvt gardener/duties/weeding",
    ),
    Broken(
        "an id that is gone",
        LOCK,
        "496x34",
        "mbnge3 bot/gone\n496x34",
        "mbnge3",
        "bot/gone",
        'was published and is gone; bring it back, or write " retired" behind its line',
    ),
    Broken(
        "a wrong code",
        LOCK,
        "7k2tvt",
        "7k2tvu",
        "7k2tvu",
        "gardener/duties/weeding",
        "has the wrong code 7k2tvu; codes never change, write 7k2tvt",
    ),
    Broken(
        "a retired id used again",
        LOCK,
        "gardener/duties/weeding",
        "gardener/duties/weeding retired",
        "7k2tvt",
        "gardener/duties/weeding",
        "is retired and used again; give the new thing a new id",
    ),
    Broken(
        "an id listed twice",
        LOCK,
        "7k2tvt",
        "7k2tvt gardener/duties/weeding\n7k2tvt",
        "7k2tvt gardener/duties/weeding\nywyg3h",
        "gardener/duties/weeding",
        "is listed twice (first in line 14)",
    ),
    Broken(
        "an id at the wrong place",
        LOCK,
        "496x34 bot/greeting\nptjdn6 bot/help",
        "ptjdn6 bot/help\n496x34 bot/greeting",
        "496x34",
        "bot/greeting",
        "stands after bot/help; keep the list sorted by id",
    ),
    Broken(
        "a line that is none",
        LOCK,
        "496x34 bot/greeting\n",
        "496x34 bot/greeting\nwhat is this line\n",
        "what is",
        "line",
        'must be "<code> <id>" or "<code> <id> retired"; it is "what is this line"',
    ),
    Broken(
        "two ids with the same code",
        LOCK,
        "8ttrhz pointers/visa\n",
        "8ttrhz pointers/visa\n65lgn8 z-13839 retired\n65lgn8 z-26788 retired\n",
        "65lgn8 z-26788",
        "z-26788",
        "has the same code as z-13839; choose another id",
    ),
    Broken("a tab in the list", LOCK, "496x34 ", "496x34\t", "", "file", "has a tab; write spaces instead"),
]

REPLACING = [
    Broken(
        "a step in place of one that is still there",
        ROLE,
        "hours: {least: 10",
        "replaces: [one-pot]\n        hours: {least: 10",
        "        replaces",
        "stages[later].steps[one-bed].replaces[1]",
        '"one-pot" is still in the roadmap; take it out there first, or remove it here',
    ),
    Broken(
        "a step in place of itself",
        ROLE,
        "hours: {least: 10",
        "replaces: [one-bed]\n        hours: {least: 10",
        "        replaces",
        "stages[later].steps[one-bed].replaces[1]",
        '"one-bed" is still in the roadmap',
    ),
    Broken(
        "a step in place of one that never was",
        ROLE,
        "hours: {least: 10",
        "replaces:\n          - one-leaf\n          - one-seeds\n        hours: {least: 10",
        "          - one-seeds",
        "stages[later].steps[one-bed].replaces[2]",
        '"one-seeds" was never an id of this roadmap: did you mean "one-seed"?',
    ),
    Broken(
        "a step in place of one unlike any that was",
        ROLE,
        "hours: {least: 10",
        "replaces: [compost-heap]\n        hours: {least: 10",
        "        replaces",
        "stages[later].steps[one-bed].replaces[1]",
        '"compost-heap" was never an id of this roadmap; correct it',
    ),
    Broken(
        "a step in place of one that is gone and not marked as retired",
        ROLE,
        "hours: {least: 10",
        "replaces: [one-tree]\n        hours: {least: 10",
        "        replaces",
        "stages[later].steps[one-bed].replaces[1]",
        '"one-tree" is not retired yet; write " retired" behind its line in ids.lock',
    ),
    Broken(
        "a step in place of the same one twice",
        ROLE,
        "hours: {least: 10",
        "replaces: [one-leaf, one-seed, one-leaf]\n        hours: {least: 10",
        "        replaces",
        "stages[later].steps[one-bed].replaces[3]",
        '"one-leaf" stands here twice; keep one',
    ),
    Broken(
        "a step in place of a task",
        ROLE,
        "hours: {least: 10",
        "replaces: [one-leaf/look]\n        hours: {least: 10",
        "        replaces",
        "stages[later].steps[one-bed].replaces[1]",
        'a task, and a step takes the place of steps only: did you mean "one-leaf"?',
    ),
    Broken(
        "a task in place of a step",
        ROLE,
        "{id: plan,",
        "{id: plan, replaces: [one-seed],",
        "          - {id: plan",
        "stages[later].steps[one-bed].tasks[plan].replaces[1]",
        '"one-seed" is written as a step, and a task takes the place of tasks only; '
        "write the step, a slash and the task",
    ),
    Broken(
        "a task in place of one written without its step",
        ROLE,
        "{id: plan,",
        "{id: plan, replaces: [look],",
        "          - {id: plan",
        "stages[later].steps[one-bed].tasks[plan].replaces[1]",
        'a step, and a task takes the place of tasks only: did you mean "one-leaf/look"?',
    ),
    Broken(
        "a task in place of one that is still there",
        ROLE,
        "{id: plan,",
        "{id: plan, replaces: [one-pot/choose],",
        "          - {id: plan",
        "stages[later].steps[one-bed].tasks[plan].replaces[1]",
        '"one-pot/choose" is still in the roadmap',
    ),
    Broken(
        "a task in place of one that never was",
        ROLE,
        "{id: plan,",
        "{id: plan, replaces: [one-leaf/lock],",
        "          - {id: plan",
        "stages[later].steps[one-bed].tasks[plan].replaces[1]",
        '"one-leaf/lock" was never an id of this roadmap: did you mean "one-leaf/look"?',
    ),
    Broken(
        "an id as the list has it",
        ROLE,
        "hours: {least: 10",
        "replaces: [gardener/roadmap/one-leaf]\n        hours: {least: 10",
        "        replaces",
        "stages[later].steps[one-bed].replaces[1]",
        '"gardener/roadmap/one-leaf" is too long; write only what stands behind "roadmap/"',
    ),
    Broken(
        "what is replaced is no list",
        ROLE,
        "hours: {least: 10",
        "replaces: one-leaf\n        hours: {least: 10",
        "        replaces",
        "stages[later].steps[one-bed].replaces",
        "must be a list: one line each that begins with '- '",
    ),
    Broken(
        "a retired step that is still there",
        ROLE,
        "\nresources:\n  - id",
        "\nretired:\n  - {id: one-pot, replaces: [one-leaf]}\nresources:\n  - id",
        "  - {id: one-pot",
        "retired[one-pot].id",
        '"one-pot" is still in the roadmap; take it out there first, or remove it here',
    ),
    Broken(
        "a retired step that never was",
        ROLE,
        "\nresources:\n  - id",
        "\nretired:\n  - {id: one-leave, replaces: [one-seed]}\nresources:\n  - id",
        "  - {id: one-leave",
        "retired[one-leave].id",
        '"one-leave" was never an id of this roadmap: did you mean "one-leaf"?',
    ),
    Broken(
        "a retired step that is not marked as retired",
        ROLE,
        "\nresources:\n  - id",
        "\nretired:\n  - {id: one-tree, replaces: [one-seed]}\nresources:\n  - id",
        "  - {id: one-tree",
        "retired[one-tree].id",
        '"one-tree" is not retired yet',
    ),
    Broken(
        "a retired step in place of a task",
        ROLE,
        "\nresources:\n  - id",
        "\nretired:\n  - {id: one-leaf, replaces: [one-leaf/look]}\nresources:\n  - id",
        "  - {id: one-leaf",
        "retired[one-leaf].replaces[1]",
        "a step takes the place of steps only",
    ),
    Broken(
        "a retired step in place of nothing",
        ROLE,
        "\nresources:\n  - id",
        "\nretired:\n  - {id: one-leaf, replaces: []}\nresources:\n  - id",
        "  - {id: one-leaf",
        "retired[one-leaf].replaces",
        "must have at least 1 items; it has 0",
    ),
    Broken(
        "a retired step twice",
        ROLE,
        "\nresources:\n  - id",
        "\nretired:\n  - {id: one-leaf, replaces: [one-seed]}\n  - {id: one-leaf, replaces: [one-bud]}"
        "\nresources:\n  - id",
        "  - {id: one-leaf, replaces: [one-bud]}",
        "retired[one-leaf].id",
        "stands here twice (first in line 108); keep one",
    ),
    Broken(
        "a circle of retired steps",
        ROLE,
        "\nresources:\n  - id",
        "\nretired:\n  - {id: one-bud, replaces: [one-seed]}\n  - {id: one-leaf, replaces: [one-bud]}"
        "\n  - {id: one-seed, replaces: [one-leaf]}\nresources:\n  - id",
        "  - {id: one-bud, replaces: [one-seed]}",
        "retired[one-bud]",
        "takes the place of itself, straight or by way of others; mend what replaces what",
    ),
    Broken(
        "a retired step in place of itself",
        ROLE,
        "\nresources:\n  - id",
        "\nretired:\n  - {id: one-leaf, replaces: [one-leaf]}\nresources:\n  - id",
        "  - {id: one-leaf",
        "retired[one-leaf]",
        "takes the place of itself",
    ),
]
"""Changes of a sample that had steps which are gone: see `with_gone`."""


def line_of(content, at):
    return content[: content.index(at)].count("\n") + 1


def broken(folder, case):
    """Change one thing of the sample; return the content of the changed file."""
    path = folder / case.file
    content = path.read_text("utf-8")
    assert case.old == "*" or case.old in content, "the case no longer fits the sample"
    changed = case.new if case.old == "*" else content.replace(case.old, case.new, 1)
    path.write_text(changed, "utf-8", newline="")
    return changed


def with_gone(folder):
    """Let the list of the sample have ids that are gone; of them one-tree is not marked as retired."""
    retired = lock_lines(
        f"gardener/roadmap/{one}" for one in ("one-bud", "one-leaf", "one-leaf/look", "one-seed")
    ).replace("\n", " retired\n")
    lines = [*(folder / LOCK).read_text("utf-8").splitlines(), *retired.splitlines()]
    lines += lock_lines(["gardener/roadmap/one-tree"]).splitlines()
    lines.sort(key=lambda line: line.split()[1])
    (folder / LOCK).write_text("\n".join(lines) + "\n", "utf-8")


def names(cases):
    return [pytest.param(case, id=case.what) for case in cases]


@pytest.mark.parametrize("case", names([*CHARACTERS, *FORM, *SLIPS, *FIELDS, *SCHEMA, *RULES]))
def test_one_broken_thing_gives_one_line_that_says_where_and_what_to_write_instead(folder, case):
    changed = broken(folder, case)
    # An id that is changed is gone from the list as well; the list has its own tests.
    faults = [fault for fault in check(folder).faults if fault.file != f"knowledge/{LOCK}"]
    assert len(faults) == 1, "\n".join(map(str, faults))
    place = f"knowledge/{case.file}:{line_of(changed, case.at)}: {case.field}: "
    assert str(faults[0]).startswith(place)
    assert case.message in faults[0].message
    assert str(faults[0]).isprintable()


@pytest.mark.parametrize("case", names(REPLACING))
def test_only_what_is_retired_can_be_replaced_and_only_by_its_own_kind(folder, case):
    with_gone(folder)
    changed = broken(folder, case)
    faults = [fault for fault in check(folder).faults if fault.file != f"knowledge/{LOCK}"]
    assert len(faults) == 1, "\n".join(map(str, faults))
    place = f"knowledge/{case.file}:{line_of(changed, case.at)}: {case.field}: "
    assert str(faults[0]).startswith(place)
    assert case.message in faults[0].message


@pytest.mark.parametrize("case", names([*SLIPS, *FIELDS]))
def test_a_machine_without_the_fast_parser_says_the_same(folder, case, monkeypatch):
    broken(folder, case)
    told = check(folder).faults
    monkeypatch.setattr(document, "_LOADER", yaml.SafeLoader)
    assert check(folder).faults == told


@pytest.mark.parametrize("case", names(IDS))
def test_the_list_of_ids_and_codes_is_permanent(folder, case):
    changed = broken(folder, case)
    faults = check(folder).faults
    assert len(faults) == 1, "\n".join(map(str, faults))
    line = changed.count("\n") + 1 if case.at == "END" else line_of(changed, case.at)
    assert str(faults[0]).startswith(f"knowledge/{LOCK}:{line}: {case.field}: ")
    assert case.message in faults[0].message


@pytest.mark.parametrize("case", names([*CHARACTERS, *FORM, *SLIPS, *FIELDS, *SCHEMA, *RULES, *IDS]))
def test_the_bot_does_not_start_on_broken_knowledge(folder, case):
    broken(folder, case)
    with pytest.raises(KnowledgeError) as raised:
        load(folder)
    assert raised.value.faults == check(folder).faults


def test_all_faults_are_listed_and_not_just_the_first(folder):
    by_name = {case.what: case for case in [*CHARACTERS, *FORM, *SCHEMA, *RULES]}
    cases = [
        by_name[what]
        for what in (
            "an alias",
            "no helpline",
            "a field called no",
            "a mark that turns the direction of text",
        )
    ]
    for case in cases:
        broken(folder, case)
    (folder / "extra.txt").write_text("x", "utf-8")
    told = "\n".join(map(str, check(folder).faults))
    assert all(case.message in told for case in cases)
    assert "extra.txt" in told


def test_a_career_that_cannot_be_read_is_not_also_reported_as_gone(folder):
    (folder / ROLE).write_text("title: [", "utf-8")
    assert [fault.file for fault in check(folder).faults] == [f"knowledge/{ROLE}"]


def test_a_career_whose_file_was_removed_is_reported_as_gone(folder):
    (folder / ASKS).unlink()
    (folder / ROLE).rename(folder / "roles" / "florist.yaml")
    told = "\n".join(map(str, check(folder).faults))
    assert 'knowledge/roles/florist.yaml:1: id: must be the name of its file, "florist"' in told


def test_two_careers_may_be_asked_about_in_the_same_words(folder):
    role = (folder / ROLE).read_text("utf-8").replace("gardener", "florist")
    role = role.replace("garden worker", "flower seller").replace("watte weda", "mal weda")
    (folder / "roles" / "florist.yaml").write_text(role, "utf-8")
    # What asks for one thing in one career may even ask for another in the next.
    (folder / "asks" / "florist.yaml").write_text("duties/selling: {en: [who cuts the roses]}\n", "utf-8")
    assert {fault.file for fault in check(folder).faults} == {f"knowledge/{LOCK}"}


def test_a_career_may_not_take_the_name_of_what_the_bot_keeps_for_itself(folder):
    (folder / ASKS).unlink()
    (folder / ROLE).unlink()
    role = (SAMPLE / ROLE).read_text("utf-8").replace("id: gardener", "id: pointers")
    (folder / "roles" / "pointers.yaml").write_text(role, "utf-8")
    told = "\n".join(map(str, check(folder).faults))
    assert '"pointers" is taken by the bot itself; choose another id' in told


def test_a_wrongly_written_id_is_not_offered_for_the_list(folder):
    talk = folder / "small_talk.yaml"
    talk.write_text(talk.read_text("utf-8").replace("bot/help", "\ud7fcbot/help"), "utf-8")
    told = [str(fault) for fault in check(folder).faults]
    assert len(told) == 2
    assert not any("is not listed" in line for line in told)


def test_phrasings_of_a_career_that_does_not_exist_are_told(folder):
    (folder / "asks" / "florist.yaml").write_text("fit: {en: [flowers]}\n", "utf-8")
    assert [str(fault) for fault in check(folder).faults] == [
        "knowledge/asks/florist.yaml:1: file: belongs to no career; name it like a file in roles/"
    ]
