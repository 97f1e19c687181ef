"""What the loader makes of a valid folder."""

import pytest

from bot.content import check, load, lock_lines, relist


def test_ids_are_made_whole(folder):
    knowledge = load(folder)
    role = knowledge.roles["gardener"]
    assert role.facets["fit"].id == "gardener/fit"
    assert role.duties[0].id == "gardener/duties/watering"
    assert role.stages[0].id == "gardener/stages/first"
    assert role.steps[0].id == "gardener/roadmap/one-pot"
    assert role.steps[0].tasks[0].id == "gardener/roadmap/one-pot/choose"
    assert role.steps[0].resources == ("gardener/resources/bean-book",)
    assert role.resources[0].id == "gardener/resources/bean-book"
    assert set(knowledge.pointers) == {"pointers/visa", "pointers/exam-dates"}
    assert [career.id for career in knowledge.other_careers] == ["pilot", "nurse"]


def test_every_id_can_be_found_by_its_code(folder):
    knowledge = load(folder)
    assert set(knowledge.by_code.values()) == knowledge.ids == check(folder).ids


def test_the_list_of_ids_is_what_would_be_written_for_a_new_folder(folder):
    assert lock_lines(check(folder).ids) == (folder / "ids.lock").read_text("utf-8")


def test_phrasings_kept_apart_join_those_in_the_career(folder):
    step = load(folder).roles["gardener"].steps[0]
    assert step.asks == {"en": ("how do i grow a bean", "what can i grow at home")}
    assert load(folder).entries["gardener/duties/pruning"].asks["si"] == ("මල් කපන්නේ කවුද",)


@pytest.mark.parametrize("date", ["2026-11", "2026-11-22", "'2026-11'", '"2026-11-22"'])
def test_a_date_is_kept_as_text_with_or_without_quotes(folder, date):
    role = folder / "roles" / "gardener.yaml"
    role.write_text(role.read_text("utf-8").replace("date: 2026-11", f"date: {date}"), "utf-8")
    claim = load(folder).roles["gardener"].facets["pay"].claim
    assert claim is not None
    assert claim.date == date.strip("'\"")


@pytest.mark.parametrize(
    "word", ["'no'", '"yes"', "'1929'", "12:30", "nobody", "2026-11-22", "C#", "0x1F", "1_000"]
)
def test_words_are_kept_as_they_are_written(folder, word):
    role = folder / "roles" / "gardener.yaml"
    role.write_text(role.read_text("utf-8").replace("title: Mowing", f"title: {word}"), "utf-8")
    assert load(folder).entries["gardener/duties/mowing"].title == word.strip("'\"")


def test_joiners_of_sinhala_letters_are_kept(folder):
    role = folder / "roles" / "gardener.yaml"
    role.write_text(role.read_text("utf-8").replace("title: Mowing", "title: ක්‍රමය"), "utf-8")
    assert load(folder).entries["gardener/duties/mowing"].title == "ක්\u200dරමය"


@pytest.mark.parametrize(
    "text", ["7 % 2 is 1.", "Is 50 the half of 100?", "Rs is short for rupees.", "The first 3 hrs."]
)
def test_numbers_that_claim_nothing_need_no_source(folder, text):
    role = folder / "roles" / "gardener.yaml"
    role.write_text(role.read_text("utf-8").replace("About mowing.", text), "utf-8")
    assert check(folder).faults == ()


def test_a_claim_with_its_source_may_say_numbers(folder):
    role = folder / "roles" / "gardener.yaml"
    role.write_text(
        role.read_text("utf-8").replace("told that it varies", "told it is Rs. 500 or 5%"), "utf-8"
    )
    assert check(folder).faults == ()


def test_students_may_write_insecure_addresses(folder):
    (folder / "off_topic.yaml").write_text("spam: {en: ['win at http://example.org']}", "utf-8")
    assert check(folder).faults == ()


def test_what_looks_like_distress_may_ask_for_something_too(folder):
    safety = folder / "safety.yaml"
    safety.write_text(safety.read_text("utf-8").replace("this weed is killing me", "is it for me"), "utf-8")
    assert check(folder).faults == ()


def test_an_id_that_was_given_up_stays_listed_as_retired(folder):
    lock = folder / "ids.lock"
    lock.write_text(lock.read_text("utf-8") + "z3ksrl zoo retired\n", "utf-8")
    assert [fault.message for fault in check(folder).faults] == [
        "has the wrong code z3ksrl; codes never change, write " + lock_lines(["zoo"]).split()[0]
    ]
    lock.write_text(lock.read_text("utf-8").replace("z3ksrl", lock_lines(["zoo"]).split()[0]), "utf-8")
    assert check(folder).faults == ()


@pytest.fixture
def succeeded(folder):
    """The folder after its last step got a new id twice, and one of its tasks a third name."""
    role, lock = folder / "roles" / "gardener.yaml", folder / "ids.lock"
    text = role.read_text("utf-8")
    text = text.replace("id: one-bed\n", "id: two-beds\n        beside: true\n        replaces: [a-bed]\n")
    text = text.replace("{id: plan,", "{id: plan, replaces: [one-bed/plan, a-bed/plan],")
    text = text.replace("\nresources:", "\nretired:\n  - {id: a-bed, replaces: [one-bed]}\nresources:")
    role.write_text(text, "utf-8")
    lock.write_text(lock.read_text("utf-8") + lock_lines(["gardener/roadmap/a-bed/plan"]), "utf-8")
    lock.write_text(lock.read_text("utf-8") + lock_lines(["gardener/roadmap/a-bed"]), "utf-8")
    lock.write_text(relist(folder, {"gardener/roadmap/a-bed", "gardener/roadmap/one-bed"}), "utf-8")
    return folder


def test_what_is_replaced_is_named_by_whole_ids(succeeded):
    knowledge = load(succeeded)
    assert knowledge.replaced == {
        "gardener/roadmap/two-beds": ("gardener/roadmap/a-bed",),
        "gardener/roadmap/a-bed": ("gardener/roadmap/one-bed",),
        "gardener/roadmap/two-beds/plan": (
            "gardener/roadmap/one-bed/plan",
            "gardener/roadmap/a-bed/plan",
        ),
    }
    assert [step.beside for step in knowledge.roles["gardener"].steps] == [False, True]


def test_what_is_retired_is_known_as_such_and_all_else_that_is_stored_is_unknown(succeeded):
    knowledge = load(succeeded)
    old = "gardener/roadmap/one-bed"
    assert knowledge.retired == {
        "gardener/roadmap/a-bed",
        "gardener/roadmap/a-bed/plan",
        *(old, f"{old}/plan", f"{old}/dig", f"{old}/sow"),
    }
    assert knowledge.retired.isdisjoint(knowledge.ids)
    assert knowledge.unknown([*knowledge.ids, *knowledge.retired, ""]) == ()
    assert knowledge.unknown(["zoo", old, "gardener", "gardener/roadmap/cat", "zoo"]) == (
        "gardener/roadmap/cat",
        "zoo",
    )


def test_the_report_counts_what_is_there(folder):
    report = check(folder)
    assert (report.careers, report.entries) == (1, 25)
    assert report.phrasings == {"en": 32, "ta": 1, "si": 1, "si-Latn": 1}
    assert report.phone_tasks == {"gardener/roadmap/one-pot": 3, "gardener/roadmap/one-bed": 0}


def test_what_can_be_read_is_counted_beside_what_is_broken(folder):
    (folder / "pointers.yaml").write_text("[", "utf-8")
    assert check(folder).careers == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Mowing", "# a remark: of its own\n    title: Mowing"),
        ("title: Mowing", "title: 'Mowing'  # a remark"),
        ("title: Mowing", 'title: "Mowing" # a remark'),
        ("duties:\n  - id", "duties:  # a remark\n  - id"),
        ("minutes: 30\n", "minutes: 30  # a remark\n"),
        ("hours: {least: 2, most: 5}", "hours: {least: 2, most: 5}  # a remark"),
        ("title: Mowing", "title: Mowing#1"),
        ("text: About mowing.", "text: |  # a remark\n      Mow # the lawn\n      # or not"),
    ],
)
def test_remarks_that_cut_no_text_are_allowed(folder, old, new):
    role = folder / "roles" / "gardener.yaml"
    text = role.read_text("utf-8")
    assert old in text
    role.write_text(text.replace(old, new, 1), "utf-8")
    assert check(folder).faults == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mow\n      the lawn", "Mow the lawn"),
        ("'Mow: the\n      lawn'", "Mow: the lawn"),
        ('"{role} \'tis # x"', "{role} 'tis # x"),
        ("|\n      - Mow\n      title: x", "- Mow\ntitle: x"),
        ("what's on", "what's on"),
        ("at 10:30", "at 10:30"),
    ],
)
def test_texts_that_yaml_reads_as_they_are_meant_are_left_alone(folder, written, read):
    role = folder / "roles" / "gardener.yaml"
    role.write_text(role.read_text("utf-8").replace("About mowing.", written), "utf-8")
    assert load(folder).entries["gardener/duties/mowing"].text == read


def test_what_is_an_amount_of_money_is_said_by_the_knowledge(folder):
    role = folder / "roles" / "gardener.yaml"
    role.write_text(role.read_text("utf-8").replace("About mowing.", "It brings 500 baht."), "utf-8")
    assert check(folder).faults == ()
    (folder / "rules.yaml").write_text("amounts: [baht]", "utf-8")
    assert ['the text says "500 baht"' in str(fault) for fault in check(folder).faults] == [True]


def test_without_rules_no_word_makes_an_amount_but_signs_and_percentages_do(folder):
    role = folder / "roles" / "gardener.yaml"
    text = role.read_text("utf-8")
    (folder / "rules.yaml").unlink()
    role.write_text(text.replace("About mowing.", "It brings Rs. 500."), "utf-8")
    assert check(folder).faults == ()
    for figure in ("5%", "$500"):
        role.write_text(text.replace("About mowing.", f"It brings {figure}"), "utf-8")
        assert [fault.field for fault in check(folder).faults] == ["duties[mowing].claim"]
