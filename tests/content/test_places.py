"""What a teacher is told when places.yaml is broken, and what becomes of it when it is not."""

import pytest

from bot.content import check, load

GOOD = """\
# A remark.
- {name: Sri Lanka, zones: [Asia/Colombo], also: [lanka, ශ්‍රී ලංකාව]}
- {name: Dubai, zones: [Asia/Dubai]}
- {name: Georgia, zones: [Asia/Tbilisi, America/New_York]}
"""


def _told(folder, text):
    (folder / "places.yaml").write_text(text, "utf-8")
    return [str(fault) for fault in check(folder).faults]


def test_places_are_loaded_in_the_order_of_the_file(folder):
    assert _told(folder, GOOD) == []
    places = load(folder).places
    assert [place.name for place in places] == ["Sri Lanka", "Dubai", "Georgia"]
    assert places[0].also == ("lanka", "ශ්‍රී ලංකාව")
    assert places[2].zones == ("Asia/Tbilisi", "America/New_York")


def test_without_the_file_there_are_no_places(folder):
    assert load(folder).places == ()


@pytest.mark.parametrize(
    ("line", "field", "message"),
    [
        (
            "- {name: Kandy, zones: [Asia/Columbo]}",
            "[4].zones[1]",
            '"Asia/Columbo" is no time zone: did you mean "Asia/Colombo"?',
        ),
        (
            "- {name: Kandy, zones: [zzz]}",
            "[4].zones[1]",
            '"zzz" is no time zone; write it as in Asia/Colombo',
        ),
        (
            "- {name: Kandy, zones: [Asia/Colombo, Asia/Colombo]}",
            "[4].zones[2]",
            '"Asia/Colombo" stands here twice; keep one',
        ),
        ("- {name: Kandy, zones: []}", "[4].zones", "must have at least 1 items; it has 0"),
        ("- {name: Kandy}", "[4].zones", "is missing; add it"),
        ("- {name: '!', zones: [Asia/Colombo]}", "[4].name", "has no letter; write a name"),
        ("- {name: Kandy, zones: [Asia/Colombo], also: ['?']}", "[4].also[1]", "has no letter; write a name"),
        (
            "- {name: LANKA, zones: [Asia/Dubai]}",
            "[4].name",
            '"LANKA" stands for Sri Lanka (line 2) too, in another zone; write one place with the zones',
        ),
        (
            "- {name: Kandy, zones: [Asia/Dubai], also: [hill, sri  lanka]}",
            "[4].also[2]",
            '"sri lanka" stands for Sri Lanka (line 2) too',
        ),
        (
            "- {name: Kandy, zones: [Asia/Colombo], alos: [x]}",
            "[4].alos",
            'unknown field "alos": did you mean "also"?',
        ),
        ("- {name: no, zones: [Asia/Colombo]}", "[4].name", "no without quotes is not read as text"),
    ],
)
def test_what_is_wrong_with_a_place_is_told_with_its_line_and_field(line, field, message, folder):
    told = _told(folder, f"{GOOD}{line}\n")
    assert [one for one in told if one.startswith(f"knowledge/places.yaml:5: {field}: {message}")], told
    assert len(told) == 1


def test_a_name_of_two_places_in_the_same_zone_does_no_harm(folder):
    assert _told(folder, f"{GOOD}- {{name: Kandy, zones: [Asia/Colombo], also: [lanka]}}\n") == []


def test_a_file_that_is_no_list_is_told(folder):
    assert _told(folder, "name: x\n") == [
        "knowledge/places.yaml:1: file: must be a list: one line each that begins with '- '"
    ]
