"""Starting the bot: without a token, with one, and with something wrong."""

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.settings import HOME
from tests.cli.running import call, run

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"  # noqa: S105 - nobody's


def test_without_a_token_it_says_so_in_two_lines_and_answers_what_is_piped_in(garden):
    ran = run(garden, typed=b"what does a gardener do\nhow to become a pilot\n", DEFAULT_ROLE="gardener")
    assert ran.returncode == 0, ran.stderr
    shown = ran.stdout.decode("utf-8")
    first, second = shown.splitlines()[:2]
    assert "TELEGRAM_BOT_TOKEN" in first
    assert "no account needed" in f"{first} {second}"
    assert "Ctrl-D" in shown
    hello, does, pilot = (shown.index(part) for part in ("Hello", "Gardeners grow plants", "Pilot"))
    assert hello < does < pilot
    assert b"Traceback" not in ran.stderr


def test_the_two_lines_are_two_on_a_narrow_pipe_too(in_the_garden):
    assert in_the_garden
    lines = call(typed="").stdout.splitlines()
    assert lines[0].startswith("No TELEGRAM_BOT_TOKEN set")
    assert lines[1].startswith("Type a question")
    assert lines[1].endswith("Ctrl-D ends the chat.")


@pytest.fixture
def refusing():
    """The address of a Telegram that knows no token."""

    class Refusing(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            refusal = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
            self.send_response(401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(refusal)))
            self.end_headers()
            self.wfile.write(refusal)

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_with_a_token_that_telegram_does_not_know_it_ends_and_does_not_show_it(garden, refusing, tmp_path):
    ran = run(
        garden,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=refusing,
        DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
        DEFAULT_ROLE="gardener",
    )
    assert ran.returncode == 2, ran.stderr
    assert b"TELEGRAM_BOT_TOKEN" in ran.stderr.splitlines()[-1]
    assert b"Traceback" not in ran.stderr
    assert TOKEN.split(":")[1].encode() not in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "typed",
    [
        b"",
        b"\n\n \n",
        b"no line end",
        b"what does\r\na gardener do\r\n",
        b"\xff\xfe\x00broken\xe2\x82 utf-8\n\x1b[2J\x07\n",
        b"99999999999999999999999\n0\n-1\n1\n2\n3\n",
        "1\n\u0663\n\u00b2\n".encode(),
        b"a" * 200_000 + b"\n",
    ],
    ids=["nothing", "empty lines", "no line end", "windows", "not text", "numbers", "odd digits", "long"],
)
def test_whatever_is_piped_in_the_chat_ends_with_it(typed, in_the_garden):
    assert in_the_garden
    result = call("chat", "--engine", "lexical", typed=typed)
    assert result.exit_code == 0
    assert "Hello" in result.stdout
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout


def test_the_start_says_which_engine_runs_and_warns_when_nobody_is_named(in_the_garden, monkeypatch):
    assert in_the_garden
    shown = call("chat", "--engine", "lexical").stdout
    assert "Engine: lexical" in shown
    assert "OPERATOR_NAME" in shown
    monkeypatch.setenv("OPERATOR_NAME", "Coding Club")
    monkeypatch.setenv("OPERATOR_CONTACT", "club@example.org")
    assert "OPERATOR_NAME" not in call("chat", "--engine", "lexical").stdout


@pytest.mark.parametrize(
    "words", [(), ("chat",), ("ask", "what does a gardener do"), ("check",), ("prepare",), ("lock",)]
)
def test_a_wrong_setting_stops_every_command_with_one_line_and_status_two(words, monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    result = call(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("LOG_LEVEL: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("TIMEZONE", "Mars/Olympus"), ("TELEGRAM_BOT_TOKEN", "hunter2"), ("KNOWLEDGE_DIR", "gone")],
)
def test_the_program_itself_stops_with_one_line_and_no_traceback(name, value, garden):
    ran = run(garden, **{name: value})
    assert ran.returncode == 2
    assert ran.stdout == b""
    assert ran.stderr.startswith(name.encode() + b": ")
    assert ran.stderr.count(b"\n") == 1
    assert b"hunter2" not in ran.stderr


def test_a_setting_of_the_env_file_is_read_at_the_start(garden, tmp_path):
    folder = shutil.copytree(garden, tmp_path / "project")
    (folder / ".env").write_text("TIMEZONE=Nowhere\nTELEGRAM_BOT_TOKEN=\n", encoding="utf-8")
    ran = run(folder, "check")
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"TIMEZONE: Nowhere ")


def test_a_default_career_that_is_not_there_stops_the_start_in_one_line(in_the_garden, monkeypatch):
    assert in_the_garden
    monkeypatch.setenv("DEFAULT_ROLE", "astronaut")
    result = call("chat", "--engine", "lexical")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("DEFAULT_ROLE: astronaut ")
    assert "gardener" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [(), ("chat",), ("ask", "what does a gardener do"), ("prepare",)])
def test_broken_knowledge_stops_the_start_with_the_places_that_are_broken(words, tmp_path, monkeypatch):
    folder = shutil.copytree(HOME / "tests" / "content" / "sample", tmp_path / "knowledge")
    (folder / "pointers.yaml").write_text("- id: x\n  id: y\n", encoding="utf-8")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    monkeypatch.setenv("DEFAULT_ROLE", "gardener")
    result = call(*words)
    assert result.exit_code == 2
    assert "knowledge/pointers.yaml:2: " in result.stderr
    assert "fault(s)" in result.stderr
    assert "Hello" not in result.stdout


def test_a_long_list_of_faults_is_cut_at_the_start(tmp_path, monkeypatch):
    folder = shutil.copytree(HOME / "tests" / "content" / "sample", tmp_path / "knowledge")
    (folder / "small_talk.yaml").write_text("".join(f"nothing{n}: 1\n" for n in range(200)), encoding="utf-8")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    result = call("chat")
    assert result.exit_code == 2
    assert result.stderr.count("\n") <= 25


def test_prepare_learns_and_says_which_engine_is_ready(in_the_garden):
    result = call("prepare", "--engine", "lexical")
    assert result.exit_code == 0
    assert result.stdout.startswith("Ready: lexical")
    assert list((in_the_garden / "data" / "cache").glob("learnt-*.npz"))


def test_an_engine_that_does_not_run_here_is_refused_in_one_line(in_the_garden, monkeypatch):
    assert in_the_garden
    monkeypatch.setattr("bot.bootstrap.runs_here", lambda: False)
    result = call("chat", "--engine", "embeddings")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("--engine embeddings: ")
    assert result.stderr.count("\n") == 1


def test_with_little_memory_the_lexical_engine_runs_and_says_why(in_the_garden, monkeypatch):
    assert in_the_garden
    monkeypatch.setattr("bot.bootstrap.runs_here", lambda: True)
    monkeypatch.setattr("bot.bootstrap.LEAST_MEMORY", 1 << 62)
    assert "lexical (less than 1 GB of memory)" in call("chat").stdout
