"""What the knowledge that is shipped must hold."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content import check
from bot.domain.knowledge import FACETS, LANGUAGES
from bot.domain.reply import MESSAGE_LIMIT
from bot.functions import FUNCTIONS
from bot.matching.normalise import clean, words_of
from bot.settings import HOME

FOLDER = HOME / "knowledge"
ROLE = "backend-developer"

PERMANENT = {
    f"{ROLE}/{name}"
    for name in (
        "overview vs-frontend pay employers languages fundamentals fit duties roadmap resources"
        " duties/apis duties/business-logic duties/database-schemas duties/auth duties/integrations"
        " duties/background-jobs duties/monitoring duties/testing duties/code-review duties/devops"
        " roadmap/python-basics roadmap/cs50 roadmap/systems-thinking roadmap/basic-sql roadmap/cli-program"
        " resources/cs50-weeks resources/sqliteonline resources/contact-book resources/codeorg"
    ).split()
}
"""Ids of the first career: progress and old buttons point at them."""

FUNCTION_IDS = {
    f"bot/{name}"
    for name in (
        "greeting thanks help roles next-step mark-done progress nudge-set nudge-stop undo forget-me"
        " about-bot"
    ).split()
}
"""Functions that students reach with a sentence."""

HOSTS = {
    "code.org",
    "cs50.harvard.edu",
    "docs.python.org",
    "sqliteonline.com",
    "www.doenets.lk",
    "www.nvq.gov.lk",
    "www.ugc.ac.lk",
}
"""Sites that were looked at and found fit for children."""


@pytest.fixture(scope="module")
def report():
    return check(FOLDER)


@pytest.fixture
def role(knowledge):
    return knowledge.roles[ROLE]


def shown_texts(knowledge) -> Iterator[str]:
    """Everything of the knowledge that a student can read."""
    for role in knowledge.roles.values():
        yield from (role.title, role.tagline, role.summary)
        for stage in role.stages:
            yield from (stage.title, stage.text)
        for step in role.steps:
            yield from (step.why, step.done_when, *(task.text for task in step.tasks))
        for resource in role.resources:
            yield resource.url or ""
            yield resource.cost
    for entry in knowledge.entries.values():
        yield from (entry.title, entry.text)
    for answers in knowledge.safety.answers.values():
        yield from answers.values()
    for line in knowledge.safety.helplines:
        yield from (line.name, line.about)


def test_the_shipped_knowledge_has_no_faults(report):
    assert [str(fault) for fault in report.faults] == []


def test_every_permanent_id_of_the_first_career_is_there(knowledge):
    assert set(knowledge.entries) >= PERMANENT


def test_the_functions_that_a_sentence_reaches_are_there(knowledge):
    assert set(knowledge.small_talk) >= FUNCTION_IDS
    assert {function.id for function in FUNCTIONS} >= FUNCTION_IDS


def test_the_first_career_has_ten_duties_five_first_steps_and_four_resources(role):
    assert [len(role.duties), len(role.stages[0].steps), len(role.resources)] == [10, 5, 4]
    assert "Grade 8" in role.stages[0].title
    assert [step.id.rsplit("/", 1)[-1] for step in role.stages[0].steps] == [
        "python-basics",
        "cs50",
        "systems-thinking",
        "basic-sql",
        "cli-program",
    ]


def test_every_step_has_three_to_seven_tasks_of_ten_to_thirty_minutes(role):
    for step in role.steps:
        assert 3 <= len(step.tasks) <= 7, step.id
        assert all(10 <= task.minutes <= 30 for task in step.tasks), step.id


def test_every_step_of_the_first_stage_has_three_tasks_for_a_phone_with_little_data(role, report):
    for step in role.stages[0].steps:
        counted = [task for task in step.tasks if task.needs == "phone" and task.data in {"none", "little"}]
        assert len(counted) >= 3, step.id
        assert report.phone_tasks[step.id] == len(counted)


def test_a_task_for_a_phone_asks_for_no_computer_and_one_without_data_for_no_page(role):
    for task in (task for step in role.steps for task in step.tasks):
        if task.needs == "phone":
            assert "on a computer" not in task.text.lower(), task.id
        if task.data == "none":
            assert "https://" not in task.text, task.id
        if re.search(r"\b(watch|video)\b", task.text, re.IGNORECASE):
            assert task.data == "video", task.id


def test_every_facet_and_function_has_phrasings_in_all_five_languages(knowledge):
    for name in FACETS:
        assert {language for language in LANGUAGES if knowledge.questions[name].get(language)} == set(
            LANGUAGES
        ), name
    for function in FUNCTIONS:
        asks = knowledge.small_talk.get(function.id)
        if asks is not None:
            assert {language for language in LANGUAGES if asks.get(language)} == set(LANGUAGES), function.id


def test_every_function_is_reached_by_a_command_a_facet_or_a_sentence(knowledge):
    reached = {f"bot/{name}" for name in FACETS} | set(knowledge.small_talk)
    assert [one.id for one in FUNCTIONS if not one.command and one.id not in reached] == []


def test_every_entry_of_the_career_has_phrasings_of_its_own_in_all_five_languages(role):
    for entry in role.entries():
        if entry.id.removeprefix(f"{ROLE}/") not in FACETS:
            assert {language for language in LANGUAGES if entry.asks.get(language)} == set(LANGUAGES), (
                entry.id
            )


def test_every_pointer_says_whom_to_ask_in_few_lines_and_has_phrasings(knowledge):
    assert len(knowledge.pointers) >= 5
    for pointer in knowledge.pointers.values():
        assert len(pointer.text) <= 300, pointer.id
        assert set(pointer.asks) == set(LANGUAGES), pointer.id


def test_there_are_at_least_150_other_careers_each_with_several_names(knowledge):
    others = knowledge.other_careers
    assert len({other.id for other in others}) == len(others) >= 150
    assert sum(len(other.names["en"]) >= 2 for other in others) >= 150
    assert not {other.id for other in others} & set(knowledge.roles)


def test_no_other_career_has_a_name_of_a_known_one(knowledge):
    def keys(asks):
        return {tuple(words_of(clean(name))) for listed in asks.values() for name in listed}

    known = {key for role in knowledge.roles.values() for key in keys(role.names)}
    assert {other.id for other in knowledge.other_careers if keys(other.names) & known} == set()


def test_local_claims_carry_their_source_and_read_as_told(role):
    for name in ("pay", "employers", "languages"):
        claim = role.facets[name].claim
        assert (claim.source, claim.date) == ("career sheet of this project, November 2026", "2026-11")
        assert (
            "We were told" in role.facets[name].text
            or "We were told".lower() in role.facets[name].text.lower()
        )
        assert "may have changed" in role.facets[name].text


def test_pay_names_no_figure(role):
    assert not re.search(r"\d{4,}|\bRs\b|\bLKR\b|\d,\d{3}", role.facets["pay"].text)


def test_helplines_carry_source_and_date(knowledge):
    lines = {line.number: line for line in knowledge.safety.helplines}
    assert set(lines) == {"1926", "1929"}
    for line in lines.values():
        assert line.claim.source
        assert re.fullmatch(r"20\d\d-\d\d(-\d\d)?", line.claim.date)


@pytest.mark.parametrize("kind", ["self-harm", "being-hurt", "gentle"])
@pytest.mark.parametrize("language", ["en", "si", "ta"])
def test_answers_to_distress_stand_in_three_languages_with_both_numbers(kind, language, knowledge):
    answer = knowledge.safety.answers[kind][language]
    assert "1929" in answer
    assert "1926" in answer
    script = {"en": r"[a-z]", "si": r"[\u0d80-\u0dff]", "ta": r"[\u0b80-\u0bff]"}[language]
    assert len(re.findall(script, answer)) > len(answer) / 3
    assert len(answer) < MESSAGE_LIMIT / 2


def test_answers_to_distress_say_what_the_bot_is_and_no_word_of_careers(knowledge):
    for kind in ("self-harm", "being-hurt"):
        answer = knowledge.safety.answers[kind]["en"]
        assert "program" in answer
        assert "nobody reads this" in answer
        assert not re.search(r"career|backend|job|study", answer, re.IGNORECASE)
    assert "not your fault" in knowledge.safety.answers["being-hurt"]["en"]


def test_signs_of_distress_are_known_in_all_five_languages(knowledge):
    for asks in (*knowledge.safety.signs.values(), *knowledge.safety.phrases.values()):
        assert {language for language in LANGUAGES if asks.get(language)} == set(LANGUAGES)


def test_every_link_leads_to_a_site_that_was_looked_at(knowledge):
    catalogues = [path.read_text(encoding="utf-8") for path in (HOME / "bot" / "texts").glob("*.ftl")]
    text = "\n".join([*shown_texts(knowledge), *catalogues])
    assert set(re.findall(r"https?://([^/\s)\"']+)", text)) <= HOSTS
    assert "http://" not in text
    assert not re.search(r"\bwww\.", re.sub(r"https://\S+", "", text))


def test_the_resources_lead_to_the_sites_they_are_named_after(role):
    hosts = {one.id.rsplit("/", 1)[-1]: re.match(r"https://([^/]+)", one.url)[1] for one in role.resources}
    assert hosts["cs50-weeks"] == "cs50.harvard.edu"
    assert hosts["sqliteonline"] == "sqliteonline.com"
    assert hosts["codeorg"] == "code.org"
    assert all("free" in one.cost for one in role.resources)


@pytest.mark.parametrize("name", ["roadmap/cs50", "resources/cs50-weeks"])
def test_cs50_says_honestly_what_its_first_weeks_are(name, knowledge):
    text = knowledge.entries[f"{ROLE}/{name}"].text
    for topic in ("Scratch", "C", "arrays", "algorithms", "memory"):
        assert re.search(rf"(?<!\w){topic}(?!\w)", text), topic
    assert re.search(r"Python in Week 6.*SQL.*in Week 7|Python and SQL.*Weeks 6 and 7", text, re.DOTALL)


def test_cs50_says_that_the_whole_takes_months_and_more_than_its_first_weeks(knowledge):
    step = knowledge.entries[f"{ROLE}/roadmap/cs50"]
    assert "months" in step.text
    assert "Weeks 0-4" in step.text
    assert step.hours.least >= 30


def test_code_in_a_task_is_indented_so_that_it_keeps_its_shape(role):
    for task in (task for step in role.steps for task in step.tasks):
        for line in task.text.splitlines():
            if re.match(r"(for|while|if|def|print|SELECT|INSERT|CREATE)\b.*[:;)]$", line):
                pytest.fail(f"{task.id}: {line!r} is not indented")


def test_what_the_programs_of_the_tasks_print_is_what_the_tasks_say(role, capsys):
    tasks = {task.id.removeprefix(f"{ROLE}/roadmap/"): task for step in role.steps for task in step.tasks}
    for name in (
        "python-basics/predict-variables",
        "python-basics/predict-loop",
        "python-basics/write-function",
    ):
        lines = tasks[name].text.splitlines()
        program = "\n".join(line[4:] for line in lines if line.startswith("    "))
        exec(compile(program, name, "exec"), {})  # noqa: S102 - our own three programs
        told = next(line for line in lines if line.startswith("Check afterwards"))
        assert capsys.readouterr().out.split() == re.findall(r"\d+", told), name


def test_the_folder_holds_nothing_but_knowledge():
    names = {path.name for path in Path(FOLDER).rglob("*") if path.is_file()}
    assert {name.rsplit(".", 1)[-1] for name in names} <= {"yaml", "lock", "md"}
