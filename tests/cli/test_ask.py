"""`ask`: one question or a file of them, for people and as JSON."""

import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.match import Outcome
from tests.cli.running import call, run

QUESTIONS = ["what does a gardener do", "how to become a pilot", "will it rain today", "what can you do"]
KEYS = {"q", "outcome", "matches", "text"}


def lines_of(*questions: str) -> str:
    return "".join(json.dumps({"q": question}, ensure_ascii=False) + "\n" for question in questions)


def objects(printed: str) -> list[dict]:
    return [json.loads(line) for line in printed.removesuffix("\n").split("\n")]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(lines_of(*QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def lexical(in_the_garden):
    """All of these ask the small knowledge."""


def ask(*words: str, typed: str | bytes = ""):
    return call("ask", "--engine", "lexical", *words, typed=typed)


def test_a_question_is_answered_as_a_student_would_read_it():
    result = ask("what does a gardener do")
    assert result.exit_code == 0
    assert "> what does a gardener do\n" in result.stdout
    assert "Gardeners grow plants for people." in result.stdout
    assert "[Roadmap]" in result.stdout
    assert "{" not in result.stdout


def test_a_question_as_json_is_one_line_with_exactly_the_agreed_keys():
    (answer,) = objects(ask("--json", "what does a gardener do").stdout)
    assert set(answer) == KEYS
    assert answer["q"] == "what does a gardener do"
    assert answer["outcome"] == "answer"
    assert answer["matches"][0]["id"] == "gardener/overview"
    assert answer["matches"][0]["title"] == "What a gardener does"
    assert "Gardeners grow plants" in answer["text"]


def test_matches_are_at_most_three_with_a_confidence_from_zero_to_one_the_best_first(file):
    for answer in objects(ask("--json", "--file", str(file)).stdout):
        sure = [match["confidence"] for match in answer["matches"]]
        assert len(sure) <= 3
        assert sure == sorted(sure, reverse=True)
        assert all(0 <= one <= 1 for one in sure)
        assert all(set(match) == {"id", "title", "confidence"} for match in answer["matches"])
        assert all(match["title"] for match in answer["matches"])


def test_a_file_is_answered_in_its_order_a_line_each(file):
    result = ask("--json", "--file", str(file))
    assert result.exit_code == 0
    assert [answer["q"] for answer in objects(result.stdout)] == QUESTIONS
    assert {answer["outcome"] for answer in objects(result.stdout)} <= {outcome.value for outcome in Outcome}
    assert result.stderr == ""


def test_the_outcome_and_the_matches_fit_together(file):
    named = {answer["q"]: answer for answer in objects(ask("--json", "--file", str(file)).stdout)}
    assert named["how to become a pilot"]["outcome"] == "unknown_role"
    assert named["how to become a pilot"]["matches"] == []
    assert "Pilot" in named["how to become a pilot"]["text"]
    assert named["will it rain today"]["outcome"] == "off_topic"
    assert named["will it rain today"]["matches"] == []


def test_distress_has_the_outcome_safety_and_no_matches():
    (answer,) = objects(ask("--json", "i want to kill myself").stdout)
    assert (answer["outcome"], answer["matches"]) == ("safety", [])
    assert "1929" in answer["text"]


def test_the_same_file_can_come_from_standard_input(file):
    from_file = ask("--json", "--file", str(file)).stdout
    assert ask("--json", "--file", "-", typed=file.read_bytes()).stdout == from_file


def test_without_json_a_file_is_printed_for_reading(file):
    result = ask("--file", str(file))
    assert [line for line in result.stdout.splitlines() if line.startswith("> ")] == [
        f"> {q}" for q in QUESTIONS
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + lines_of(*QUESTIONS).encode(),
        lines_of(*QUESTIONS).replace("\n", "\r\n").encode(),
        b"\n  \n" + lines_of(*QUESTIONS).replace("\n", "\n\n\t\r\n").encode(),
        lines_of(*QUESTIONS).rstrip("\n").encode(),
        json.dumps({"q": QUESTIONS[0], "more": [1], "style": "x"}).encode()
        + b"\n"
        + lines_of(*QUESTIONS[1:]).encode(),
    ],
    ids=["byte order mark", "windows line ends", "empty lines", "no last line end", "more keys"],
)
@pytest.mark.parametrize("source", ["file", "standard input"])
def test_files_of_every_editor_are_read(content, source, tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    result = (
        ask("--json", "--file", str(path))
        if source == "file"
        else ask("--json", "--file", "-", typed=content)
    )
    assert result.exit_code == 0
    assert [answer["q"] for answer in objects(result.stdout)] == QUESTIONS


def test_a_question_keeps_its_line_breaks_and_line_separators_on_one_line(tmp_path):
    question = "what does\na gardener\u2028do\u0085?\r\n"
    path = tmp_path / "questions.jsonl"
    path.write_text(lines_of(question), encoding="utf-8", newline="")
    result = ask("--json", "--file", str(path))
    assert result.stdout.count("\n") == 1
    assert objects(result.stdout)[0]["q"] == question


def test_sinhala_and_tamil_are_printed_as_they_are():
    result = ask("--json", "ගෙවතු වගාව කියන්නේ මොකක්ද")
    assert "ගෙවතු වගාව කියන්නේ මොකක්ද" in result.stdout


def test_an_empty_file_gives_no_line(tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"")
    result = ask("--json", "--file", str(path))
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("question", ["", "   ", "\x00\x1b[2J", "🔥", "--"])
def test_a_question_without_words_is_answered_all_the_same(question):
    result = ask("--json", "--", question)
    assert result.exit_code == 0
    (answer,) = objects(result.stdout)
    assert answer["q"] == question
    assert answer["text"]


@pytest.mark.parametrize(
    "line",
    [
        '{"q": "unfinished',
        '"only a text"',
        '{"question": "what"}',
        '{"q": 7}',
        '{"q": null}',
        "[]",
        "null",
        "what does a gardener do",
        "[" * 100_000,
    ],
    ids=range(9),
)
def test_a_broken_line_is_named_by_file_and_line_and_nothing_else_is_printed(line, tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(
        lines_of(*QUESTIONS[:2]) + "\n" + line + "\n" + lines_of(*QUESTIONS[2:]), encoding="utf-8"
    )
    result = ask("--json", "--file", str(path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"--file {path}, line 4: ")
    assert result.stderr.count("\n") == 1
    assert '"q"' in result.stderr


@pytest.mark.parametrize("content", [b'{"q": "caf\xe9"}\n', '{"q": "what"}\n'.encode("utf-16")])
@pytest.mark.parametrize("source", ["file", "standard input"])
def test_a_file_that_is_not_utf_8_is_refused_in_one_line(content, source, tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    result = ask("--file", str(path)) if source == "file" else ask("--file", "-", typed=content)
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr
    assert (result.stdout, result.stderr.count("\n")) == ("", 1)


def test_a_file_that_is_not_there_or_is_a_folder_is_refused_in_one_line(tmp_path):
    for path in (tmp_path / "gone.jsonl", tmp_path):
        result = ask("--file", str(path))
        assert result.exit_code == 2
        assert result.stderr.startswith(f"--file {path}: ")
        assert (result.stdout, result.stderr.count("\n")) == ("", 1)


@pytest.mark.parametrize("both", [True, False])
def test_a_question_and_a_file_at_once_or_neither_is_refused(both, file):
    words = ("--file", str(file), "what does a gardener do") if both else ()
    result = ask(*words)
    assert result.exit_code == 2
    assert "either a question or --file" in result.stderr
    assert result.stdout == ""


def test_an_unknown_career_is_refused_and_those_that_are_there_are_named(file):
    result = ask("--json", "--file", str(file), "--role", "astronaut")
    assert result.exit_code == 2
    assert "'astronaut'" in result.stderr
    assert "gardener" in result.stderr
    assert result.stdout == ""


def test_the_career_chosen_is_the_one_asked_about_where_none_is_named():
    (answer,) = objects(ask("--json", "--role", "gardener", "how much do they earn").stdout)
    assert answer["matches"][0]["id"] == "gardener/pay"


def test_questions_of_a_file_do_not_influence_each_other(file):
    together = objects(ask("--json", "--file", str(file)).stdout)
    backwards = ask("--json", "--file", "-", typed=lines_of(*reversed(QUESTIONS))).stdout
    assert objects(backwards) == together[::-1]


def test_hostile_questions_are_each_answered_on_one_line():
    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20))
    @settings(max_examples=8, deadline=None)
    def answered(questions):
        result = ask("--json", "--file", "-", typed=lines_of(*questions).encode())
        assert [answer["q"] for answer in objects(result.stdout)] == questions

    answered()


def test_half_a_character_in_a_question_does_not_stop_the_file(garden):
    typed = b'{"q": "\\ud83d what does a gardener do"}\n' + lines_of(QUESTIONS[1]).encode()
    ran = run(
        garden, "ask", "--json", "--engine", "lexical", "--file", "-", typed=typed, DEFAULT_ROLE="gardener"
    )
    assert ran.returncode == 0, ran.stderr
    answers = objects(ran.stdout.decode("utf-8"))
    assert [answer["q"] for answer in answers] == ["\ud83d what does a gardener do", QUESTIONS[1]]


def test_output_is_utf_8_whatever_the_system_speaks(garden):
    ran = run(
        garden,
        "ask",
        "--json",
        "--engine",
        "lexical",
        "සම්බළම කීයද",
        DEFAULT_ROLE="gardener",
        PYTHONIOENCODING="latin-1",
    )
    assert ran.returncode == 0, ran.stderr
    assert objects(ran.stdout.decode("utf-8"))[0]["q"] == "සම්බළම කීයද"


def test_the_shipped_knowledge_answers_from_the_command_line(shipped):
    words = ("ask", "--json", "--engine", "lexical", "--role", "backend-developer")
    ran = run(shipped, *words, "how much do backend developers earn")
    assert ran.returncode == 0, ran.stderr
    (answer,) = objects(ran.stdout.decode("utf-8"))
    assert answer["outcome"] == "answer"
    assert answer["matches"][0]["id"] == "backend-developer/pay"


def test_the_same_program_and_knowledge_give_the_same_answers_on_any_machine(garden, tmp_path):
    printed = []
    for seed in ("0", "4711"):
        # Learnt anew each time, with words hashed differently.
        folder = shutil.copytree(garden, tmp_path / seed, ignore=shutil.ignore_patterns("data"))
        words = ("ask", "--json", "--engine", "lexical", "--file", "-")
        typed = lines_of(*QUESTIONS, "gardener pay", "patan ganne kohomada", "soil").encode()
        ran = run(folder, *words, typed=typed, DEFAULT_ROLE="gardener", PYTHONHASHSEED=seed)
        assert ran.returncode == 0, ran.stderr
        printed.append(ran.stdout)
    assert printed[0] == printed[1]
    assert printed[0].count(b"\n") == 7
