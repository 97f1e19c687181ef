"""Times, days and pauses as students type them."""

import json
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.nudging import LONGEST_PAUSE_DAYS
from bot.matching.times import Said, is_only_a_time, said_of

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)  # a Sunday
WORDS = MappingProxyType(
    {
        meaning: tuple(word for listed in languages.values() for word in listed)
        for meaning, languages in yaml.safe_load((ROOT / "knowledge/times.yaml").read_text("utf-8")).items()
    }
)


def said(text):
    return said_of(text, WORDS, TODAY)


def told(found):
    """Everything that was understood, in one short line; '' for nothing."""
    parts = [
        *([] if found.minute is None else [_clock(found.minute)]),
        *(["/".join(map(_clock, found.either))] if found.either else []),
        *(["days " + "".join(map(str, sorted(found.days)))] if found.days else []),
        *(["pause"] if found.pauses else []),
        *([f"to {found.back_on}"] if found.back_on else []),
        *(["resume"] if found.resumes else []),
        *(["look back"] if found.look_back else []),
        *([f"in {found.once_in}"] if found.once_in is not None else []),
    ]
    return ", ".join(parts)


def _clock(minute):
    return f"{minute // 60}:{minute % 60:02}"


TIMES = """
7pm | 19:00
7 pm | 19:00
7PM | 19:00
7p.m. | 19:00
7.30pm | 19:30
7:30 p.m. | 19:30
7.30 p m | 19:30
730pm | 19:30
1030 am | 10:30
6am | 6:00
12am | 0:00
12pm | 12:00
12.15 am | 0:15
13pm | 13:00
19:00 | 19:00
19.30 | 19:30
20.00 daily | 20:00, days 1234567
1930 | 19:30
at 1930 | 19:30
at 1930 hrs | 19:30
1900hrs | 19:00
0700 | 7:00
remind me at 0630 | 6:30
07:15 | 7:15
00:30 | 0:30
at 19 | 19:00
half past six | 6:30/18:30
half past six in the evening | 18:30
half 7 works for me | 7:30/19:30
quarter to 7 | 6:45/18:45
quarter past 5 | 17:15
ten past six | 6:10/18:10
10 minutes to 7 | 6:50/18:50
six thirty | 6:30/18:30
six thirty pm | 18:30
at seven forty five | 7:45/19:45
6 30 pm | 18:30
seven in the evening | 19:00
seven o'clock | 7:00/19:00
seven oclock in the morning | 7:00
at 7 in the morning | 7:00
morning 6 | 6:00
in the mornin at 6 | 6:00
evning 7 | 19:00
noon | 12:00
at noon | 12:00
midnight | 0:00
at night at 8 | 20:00
at 10 at night | 22:00
2 at night | 2:00
11pm | 23:00
tonight at 8 | 20:00
tomorrow at 4 | 16:00
in the afternoon at 2 | 14:00
in the evening, 6.30 | 18:30
at 7 | 7:00/19:00
7 | 7:00/19:00
7:00 | 7:00/19:00
7.05 | 7:05/19:05
before 8pm | 19:00
before 8 | 7:00/19:00
remind me before 7.30 am | 6:30
before 6.30 am | 6:30
rae 8ta kalin | 19:00
இரவு 8 மணிக்கு முன்னாடி | 19:00
not before 8pm | 20:00
between 6 and 7 pm | 18:00
between 6pm and 7pm | 18:00
7 or 8 pm | 19:00
7 or 8 | 7:00/19:00
change it from 7 to 8 pm | 20:00
i wake up at 5 | 5:00
i get up at 5.30 | 5:30
can you send it at night | 20:00
@ 7 | 7:00/19:00
@7pm | 19:00
rem me @8 | 8:00/20:00
seven | 7:00/19:00
at seven | 7:00/19:00
7 please | 7:00/19:00
at 5 | 17:00
at 10 | 10:00
at 12 | 12:00
12.30 | 12:30
at 9 | 9:00
at 5.45 | 17:45
6ish | 6:00/18:00
around 8 | 8:00/20:00
by 4 | 16:00
in the morning | 6:30
every morning | 6:30, days 1234567
evenings ok | 19:00
at night | 20:00
before bed | 20:00
after dinner | 20:00
after school | 16:00
after school at 3 | 15:00
before bed at 10 | 22:00
in the morning and in the evening | 6:30/19:00
good evening, remind me at 8 am | 8:00
set a reminder for 8 | 8:00/20:00
change the time to 6 | 6:00/18:00
change it from 7 to 9 | 9:00
make it 7 instead | 7:00/19:00
text me at 6.15 | 6:15/18:15
7 to 7.30 | 7:00/19:00
6 - 6.30pm | 18:00
7-8pm | 19:00
6-30 pm | 18:30
6,30pm | 18:30
from 8 to 9 | 8:00/20:00
not 7, remind me at 9 | 9:00
6 instead of 8 | 6:00/18:00
do not text me at 7pm, at 8pm | 20:00
i come home at 2, tell me at 3 | 15:00
i have tuition till 1830 so remind me at 7pm | 19:00
i have tuition till 6 so remind me at 6.30 | 6:30/18:30
wake me up for python at 6.30am on weekdays | 6:30, days 12345
wake me up at 5 | 5:00
WAKE ME AT 6 | 6:00
tuition ends 6, i reach home 6.40. So 7.15 would be good | 7:15/19:15
hawasata mathak karanna | 19:00
hawasata | 19:00
hvasata | 19:00
havasa 6ta | 18:00
hawasa 6ta | 18:00
hawasa 6 ta | 18:00
hawasa 6.30ta | 18:30
ude 6ta | 6:00
udē 6ta | 6:00
udee 7ta | 7:00
ude 6.30ta | 6:30
udeta | 6:30
ra 7ta | 19:00
raa 8 ta | 20:00
rae 8ta | 20:00
rae 11ta msg eka dnna | 23:00
dawal 12ta | 12:00
dawal 2ta | 14:00
dawal 11ta | 11:00
hawasa hayata | 18:00
rae atata | 20:00
hawasa hayahamarata | 18:30
hawasa 6 hamarata | 18:30
pandara 5ta | 5:00
7ta | 7:00/19:00
7.30ta | 7:30/19:30
5ta | 17:00
8ta nemei 9ta mathak karanna | 9:00
kema kala 8ta | 20:00
iskole iwara wela 3ta | 15:00
nidaganna kalin 10.30ta | 22:30
18:30 ta msg ekak | 18:30
හවස 6ට | 18:00
හවසට | 19:00
හවස 6.30ට මතක් කරන්න | 18:30
උදේ 6.30ට | 6:30
උදේ හයට | 6:00
රෑ 8ට | 20:00
රෑ අටට | 20:00
රෑ 10ට | 22:00
දවල් 12ට | 12:00
7ට | 7:00/19:00
හතට | 7:00/19:00
6ට නෙවෙයි 7ට | 7:00/19:00
7pm ට remind කරන්න | 19:00
18:30ට මැසේජ් එකක් | 18:30
හවස හයහමාරට | 18:30
හවස හයයි තිහට | 18:30
හවස පහයි පහළොවට | 17:15
පාන්දර 5ට | 5:00
kaalai 6 mani | 6:00
kalaila 6 maniku | 6:00
kaalaila 6.30 ku | 6:30
maalai 6 maniku | 18:00
malai 6 manikku | 18:00
maalai 6 mani ku | 18:00
saayangalam 5 maniku | 17:00
sayanthiram 6 | 18:00
iravu 8 | 20:00
iravu 8 manikku | 20:00
iravu ettu manikku | 20:00
pinneram 5 manikku | 17:00
mathiyanam 2 manikku | 14:00
maalai aaru manikku | 18:00
maalai aararai | 18:30
7 maniku | 7:00/19:00
ezhu manikku | 7:00/19:00
5 manikku sollu | 17:00
8 vendam 9 manikku reminder vai | 9:00
kaalaiyum maalaiyum | 6:30/19:00
காலை 6 மணிக்கு | 6:00
காலை 6மணிக்கு | 6:00
மாலை 6.30க்கு | 18:30
மாலை 6.30 க்கு | 18:30
இரவு 8 மணிக்கு | 20:00
இரவு எட்டு மணிக்கு | 20:00
காலையில | 6:30
மாலை ஆறரை மணிக்கு | 18:30
7 மணிக்கு | 7:00/19:00
ஏழு மணிக்கு | 7:00/19:00
8 வேண்டாம், 9 மணிக்கு மாத்து | 9:00
மாலை 6 மணி reminder | 18:00
٧ pm | 19:00
７ｐｍ | 19:00
௭ pm | 19:00
"""

DAYS = """
every day | days 1234567
daily | days 1234567
everyday at 7 | 7:00/19:00, days 1234567
hamadama | days 1234567
hamadama 7ta | 7:00/19:00, days 1234567
hmdma | days 1234567
dawasa gane rae 8ta | 20:00, days 1234567
dhinamum | days 1234567
thinamum kaalai 6 ku | 6:00, days 1234567
හැමදාම | days 1234567
දිනපතා උදේ 6ට | 6:00, days 1234567
தினமும் | days 1234567
தினமும் காலை 6 க்கு | 6:00, days 1234567
weekdays | days 12345
only on school days | days 12345
weekdays 5 | 17:00, days 12345
satiye dawas wala | days 12345
weekend | days 67
on weekends at 10 | 10:00, days 67
sathi anthe | days 67
සති අන්තයේ | days 67
வார இறுதி | days 67
sat and sun | days 67
mon wed fri | days 135
mon, wed & fri 6pm | 18:00, days 135
monday to thursday | days 1234
from monday to friday at 7pm | 19:00, days 12345
mon-fri | days 12345
mon – thu | days 1234
friday to monday | days 1567
on sundays | days 7
sundays at 10 | 10:00, days 7
every sunday morning | 6:30, days 7
tuseday | days 2
wenesday and saterday | days 36
except sunday | days 123456
every day except sunday | days 123456
except wed and sat | days 12457
all days but not friday | days 123467
skip weekends, others 6pm | 18:00, days 12345
weekdays except friday | days 1234
not on sundays | days 123456
i have class on wed and sat so other days 8pm | 20:00, days 12457
tue/thu | days 24
alarm for cs50 saturday 3 | 15:00, days 6
coming friday | days 5
my exams are near so remind me only on sundays | days 7
till my A/L is over only sundays 3pm | 15:00, days 7
exam leave, kaalai 9 manikku nyabagam | 9:00
till my birthday every day at 6pm | 18:00, days 1234567
from monday onwards tell me each night | 20:00, days 1234567
sanduda | days 1
sandu da hawasa 7ta | 19:00, days 1
sandu da idan sikurada wenakan hawasa 7ta | 19:00, days 12345
angaharuwada | days 2
badada saha sikurada | days 35
brahaspathinda | days 4
senasurada ude 9ta | 9:00, days 6
irida | days 7
irida hara hamadama | days 123456
සඳුදා | days 1
අඟහරුවාදා | days 2
බදාදා | days 3
බ්‍රහස්පතින්දා | days 4
සිකුරාදා | days 5
සෙනසුරාදා උදේ 9ට | 9:00, days 6
ඉරිදා | days 7
ඉරිදා හැර | days 123456
සඳුදා ඉඳන් සිකුරාදා වෙනකං හවස 7ට | 19:00, days 12345
thingal | days 1
sevvai | days 2
pudhan | days 3
viyazhan | days 4
velli | days 5
sani kizhamai | days 6
nyayiru | days 7
sunday la mattum | days 7
thingal irunthu velli varai | days 12345
திங்கள் | days 1
செவ்வாய்க்கிழமை | days 2
புதன் | days 3
வியாழன் | days 4
வெள்ளி | days 5
சனி ஞாயிறு | days 67
ஞாயிறு மட்டும் | days 7
ஞாயிறு தவிர | days 123456
திங்கள் முதல் வெள்ளி வரை மாலை 6 மணிக்கு | 18:00, days 12345
"""

PAUSES = """
pause | pause
pause 2 weeks | pause, to 2026-12-06
pause for two weeks | pause, to 2026-12-06
pause for a month | pause, to 2026-12-22
pause a week | pause, to 2026-11-29
2 weeks | pause, to 2026-12-06
im away on a trip for 3 days | pause, to 2026-11-25
for 3 days | pause, to 2026-11-25
for one day | pause, to 2026-11-23
stop for a week | pause, to 2026-11-29
pause till 15 december | pause, to 2026-12-15
pause until 12/12 | pause, to 2026-12-12
until 12/12/2026 | pause, to 2026-12-12
until 12/25 | pause, to 2026-12-25
until 2027-01-05 | pause, to 2027-01-05
till 5.1.2027 | pause, to 2027-01-05
pause till dec 5 | pause, to 2026-12-05
dec 5 | pause, to 2026-12-05
december 5th | pause, to 2026-12-05
5th of december | pause, to 2026-12-05
till 5th of dec 2026 | pause, to 2026-12-05
till the 5th | pause, to 2026-12-05
until 25 | pause, to 2026-11-25
until 1 november | pause, to 2027-11-01
till 21 november | pause, to 2027-11-21
till 5 december 2027 | pause
stop until 2027 | pause, to 2027-01-01
stop till august | pause, to 2027-08-01
till monday | pause, to 2026-11-23
until next monday | pause, to 2026-11-23
untill sunday | pause, to 2026-11-29
till tomorrow | pause, to 2026-11-23
until next week | pause, to 2026-11-23
dont remind me this week | pause, to 2026-11-30
pause until yesterday | pause
pause till 31 february | pause
pause for 5 years | pause
how do i pause the reminders | pause
let me rest till sunday | pause, to 2026-11-29
not this week | pause, to 2026-11-30
no messages this month | pause, to 2026-12-01
me sathiye msg danna epa | pause, to 2026-11-30
intha vaaram vendam | pause, to 2026-11-30
මේ සතියේ මතක් කරන්න එපා | pause, to 2026-11-30
இந்த வாரம் msg அனுப்பாத | pause, to 2026-11-30
rendu vaarathukku niruthi vainga | pause, to 2026-12-06
සති දෙකකට නවත්වලා තියන්න | pause, to 2026-12-06
i need some weeks without your texts | pause
u can text me again now | resume
the pause is over | resume
stop the pause | resume
pause eka iwarai | resume
pause mudinjuthu | resume
සිකුරාදා වෙනකල් මැසේජ් එපා | pause, to 2026-11-27
thirumbavum nyabagam paduthunga | resume
till next month | pause, to 2026-12-01
until the weekend | pause, to 2026-11-28
pause until monday | pause, to 2026-11-23
for some days | pause
stop for now | pause
till my exams are over | pause
till my A/L is over | pause
exams are coming | pause
o/l exam time | pause
i have exams, dont message me | pause
stop till i come back | pause
during exams | pause
hold all your texts | pause
pause 2 years | pause
pause 400 days | pause
vibhage iwara wenakan | pause
exam iwara wenakan msg ewanna epa | pause
sathi 2k | pause, to 2026-12-06
sathi dekak | pause, to 2026-12-06
sathi 2kata epa | pause, to 2026-12-06
sathiyak | pause, to 2026-11-29
sumanayakata reminder epa | pause, to 2026-11-29
masayakata nawaththanna | pause, to 2026-12-22
dawas 3k | pause, to 2026-11-25
sanduda wenakan | pause, to 2026-11-23
desambar 15 weni da wenakan | pause, to 2026-12-15
desambar 15 wenakan | pause, to 2026-12-15
labana sathiya wenakan epa | pause, to 2026-11-23
danata epa | pause
සති 2ක් | pause, to 2026-12-06
සති දෙකක් නවත්තන්න | pause, to 2026-12-06
සතියකට එපා | pause, to 2026-11-29
දෙසැම්බර් 15 වෙනකං | pause, to 2026-12-15
සඳුදා වෙනකං එපා | pause, to 2026-11-23
විභාගේ ඉවර වෙනකම් | pause
දැනට එපා | pause
exam mudiyum varai | pause
2 vaaram | pause, to 2026-12-06
rendu vaaram vendam | pause, to 2026-12-06
oru maasam vendam | pause, to 2026-12-22
3 naal | pause, to 2026-11-25
thingal varai vendam | pause, to 2026-11-23
disambar 15 varai | pause, to 2026-12-15
konja naal msg vendam | pause
2 வாரம் | pause, to 2026-12-06
ஒரு மாதம் வேண்டாம் | pause, to 2026-12-22
டிசம்பர் 15 வரை | pause, to 2026-12-15
திங்கள் வரை வேண்டாம் | pause, to 2026-11-23
A/L முடியும் வரை msg பண்ணாத | pause
கொஞ்ச நாள் msg வேணாம் | pause
i had exams, now resume | resume
exam time is over, continue | resume
resume | resume
start it again, exams are over | resume
continue | resume
ayeth mathak karanna | resume
ආයෙත් පටන් ගන්න | resume
thirumba thodangu | resume
மீண்டும் தொடங்கு | resume
resume the 7pm ping | 19:00, resume
weekly summary | look back
look back every sunday | days 7, look back
සතියේ සාරාංශයක් | look back
vaara surukkam | look back
remind me in 2 hours | in 120
in 30 min | in 30
in an hour | in 60
in half an hour | in 30
after 20 minutes | in 20
ping me 15 mins later | in 15
paya 2kin | in 120
vinadi 30kin | in 30
පැය 2කින් | in 120
2 mani nerathula | in 120
30 நிமிடத்தில் | in 30
"""

NOTHING = """
hello
what is python
24:00
25 pm
7:75
7.5
99
0
grade 10
i am in grade 10
step 2
task 3
task 3 done
for 20 minutes
learn for 20 minutes
i studied 2 hours
cs50
python 3.12
what does o/l 2027 need
o/l 2027
3 times a week
twice a week
once in 3 days
every two weeks
i have 2 questions
one step
set one reminder
two or three of us
0 messages pls
stop
epa
නවත්තන්න
niruthu
in 48 hours
i am 16 years old
page 7
7 steps
version 2.10
from 1st of next month
what is a 10 minute video
my exam is on 5 december and i am scared
i can wait for one more
7 percent
remind me when i get to step 7
rs 500
i did cs50 week 2 today
my father locked me in for 2 days
12345678901234567890
"""


def rows(table):
    return [pytest.param(*map(str.strip, row.split("|"))) for row in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), rows(TIMES))
def test_a_time_is_understood(text, expected):
    assert told(said(text)) == expected


@pytest.mark.parametrize(("text", "expected"), rows(DAYS))
def test_days_are_understood(text, expected):
    assert told(said(text)) == expected


@pytest.mark.parametrize(("text", "expected"), rows(PAUSES))
def test_pauses_and_what_ends_them_are_understood(text, expected):
    assert told(said(text)) == expected


@pytest.mark.parametrize("text", NOTHING.strip().splitlines())
def test_numbers_and_words_that_say_no_time_are_left_alone(text):
    assert told(said(text)) == ""


@pytest.mark.parametrize(
    "text",
    "7|7pm|at 7 please|hawasa 6ta|maalai 6 maniku|හවස 6ට|காலை 6 மணிக்கு|every day at 7|weekends|"
    "half past six|in the evening|set it to 8pm|tomorrow at 4|mon wed fri 6pm|ok 7.30|remind me at 7".split(
        "|"
    ),
)
def test_a_text_of_nothing_but_a_time_is_known_as_such(text):
    assert is_only_a_time(said(text))


@pytest.mark.parametrize(
    "text",
    "|hello|25 pm|cs50 at 7|dont text at 7|pause 2 weeks|till monday|in 2 hours|resume at 7|what is an api|"
    "stop the 7pm thing|i failed at 7|grade 10|7 is my lucky number|what do developers do at night|"
    "weekly summary on sunday|not 7".split("|"),
)
def test_a_text_that_says_more_or_something_else_is_not_only_a_time(text):
    assert not is_only_a_time(said(text))


@pytest.mark.parametrize(
    "text",
    [
        "will you send me messages at night",
        "will you send me messages at night?",
        "do you remind me at weekends",
        "are you going to text me every day",
        "do u send on sundays",
        "not at night",
        "how do i pause a python loop",
        "what is a pause in java",
        "life sucks",
        "athawara",
        "mata athawara kala",
        "athata gahuwa",
        "wada denawa",
        "hamoma mata wada denawa",
        "mage angata atha danawa",
        "mage photo danawa",
        "i want to disappear for a while",
    ],
)
def test_what_is_asked_or_told_of_something_else_sets_nothing(text):
    assert told(said(text)) == ""


def test_no_sign_of_distress_is_read_as_an_answer_to_when():
    safety = yaml.safe_load((ROOT / "knowledge/safety.yaml").read_text("utf-8"))
    asks = [*safety["signs"].values(), *safety["phrases"].values(), safety["unclear"]]
    lines = [line for languages in asks for listed in languages.values() for line in listed]
    short = [line for line in lines if len(line) <= 100]
    assert len(short) > 2000
    found = {line: said(line) for line in short}
    taken = [line for line, one in found.items() if is_only_a_time(one) or one.pauses or one.back_on]
    assert taken == []


def test_what_was_not_understood_is_handed_back():
    assert said("knock me at 4 when van drops me").rest == "knock van drops"


def test_without_words_only_figures_are_understood():
    assert told(said_of("19:30", {}, TODAY)) == "19:30"
    assert said_of("every day", {}, TODAY) == Said(rest="every day")


@pytest.mark.parametrize("ahead", range(1, 8))
def test_a_pause_until_a_day_of_the_week_ends_on_the_next_such_day(ahead):
    day = TODAY + timedelta(days=ahead)
    assert said(f"pause until {day:%A}").back_on == day


def test_the_29th_of_february_is_a_date_only_in_its_years():
    assert said_of("till 29 february", WORDS, date(2027, 12, 1)).back_on == date(2028, 2, 29)
    assert told(said("till 29 february")) == "pause"


def test_the_first_of_the_next_month_is_found_from_any_day():
    for ahead in range(400):
        day = date(2027, 1, 1) + timedelta(days=ahead)
        expected = date(day.year + (day.month == 12), day.month % 12 + 1, 1)
        assert said_of("till next month", WORDS, day).back_on == expected


def _all_ways(minute):
    hour, rest = divmod(minute, 60)
    twelve, half = (hour % 12) or 12, "pm" if hour >= 12 else "am"
    yield from (f"{hour:02}:{rest:02}", f"at {hour:02}.{rest:02}", f"{hour:02}{rest:02}")
    yield from (
        f"{twelve}:{rest:02}{half}",
        f"{twelve}.{rest:02} {half[0]}.m.",
        f"at {twelve}{rest:02} {half}",
    )
    if 17 <= hour < 24:
        yield f"rae {twelve}.{rest:02}ta"
        yield f"இரவு {twelve}.{rest:02} மணிக்கு"
    if 1 <= hour < 12:
        yield f"උදේ {twelve}.{rest:02}ට"


@pytest.mark.parametrize("minute", range(0, 1440, 7))
def test_every_way_of_writing_a_minute_is_read_as_that_minute(minute):
    assert {way: said(way).minute for way in _all_ways(minute)} == dict.fromkeys(_all_ways(minute), minute)


SIGNS = st.sampled_from(
    [
        *[word for listed in WORDS.values() for word in listed[:3]],
        *(
            "7",
            "7:30",
            "19.30",
            "0700",
            "12/12",
            "31/2",
            "2026-02-30",
            "29",
            "4000000000",
            "½",
            "٧",
            "௭",
            "\0",
        ),
        *("\ud800", "pm", "ta", "ට", "க்கு", ",", ".", "-", "to", "\n", "@", "a/l", "2k", "9" * 5000, "1st"),
    ]
)
TEXTS = st.text(max_size=200) | st.lists(SIGNS, max_size=30).map(" ".join)


def _assert_sound(found):
    assert found.minute is None or 0 <= found.minute < 1440
    assert found.minute is None or not found.either
    assert len(found.either) in {0, 2}
    assert all(0 <= minute < 1440 for minute in found.either)
    assert found.days <= set(range(1, 8))
    assert found.once_in is None or 0 < found.once_in <= 1440
    assert found.back_on is None or 0 < (found.back_on - TODAY).days <= LONGEST_PAUSE_DAYS
    assert found.pauses or found.back_on is None


@given(TEXTS)
@settings(max_examples=400, deadline=None)
@example("\ud800\0")
@example("until 31/2")
@example("in 999999999 hours for 999999999 years")
def test_whatever_is_typed_is_read_without_failing(text):
    _assert_sound(said(text))


@pytest.mark.parametrize(
    "piece",
    [
        "7 ",
        "7",
        "7.",
        "mon to ",
        "until ",
        "not ",
        "a",
        "හවස ",
        "7pm,",
        "12/",
        "\0",
        "\ud800",
        "in 2 ",
        "<",
        "x ",
    ],
)
def test_of_a_very_long_text_only_the_beginning_is_read(piece):
    long = (piece * 50_000)[:50_000]
    _assert_sound(said(long))
    assert said(f"7pm {long}") == said(f"7pm {long}"[:3000])


def test_questions_that_are_no_wish_for_nudges_ask_for_no_pause():
    lines = (ROOT / "tests/questions/own.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    others = [
        one["q"] for one in questions if not any(label.startswith("bot/nudge") for label in one["labels"])
    ]
    assert len(others) > 500
    for one in others:
        _assert_sound(said(one))
    assert [one for one in others if said(one).back_on] == []


def test_most_ways_of_asking_for_a_time_are_understood():
    talk = yaml.safe_load((ROOT / "knowledge/small_talk.yaml").read_text("utf-8"))
    phrasings = [line for lines in talk["bot/nudge-set"].values() for line in lines]
    with_digits = [line for line in phrasings if any(one.isdigit() for one in line) and "cs50" not in line]
    missed = [line for line in with_digits if not told(said(line))]
    assert len(missed) * 50 < len(with_digits), missed
