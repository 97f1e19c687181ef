"""What --help says."""

import pytest

from tests.cli.running import call

SAID = {
    (): ["Without a command it starts the bot", "chat", "ask", "check", "prepare", "lock", "backup"],
    ("chat",): ["number", "piped in", "--engine", "lexical", "embeddings"],
    ("ask",): ["--file", "--role", "--json", '"q"', "standard input", "--engine"],
    ("check",): ["fault", "file, line and field"],
    ("prepare",): ["before the first start", "--engine"],
    ("lock",): ["permanent short code"],
    ("backup",): ["BACKUP_KEY", "the bot may run"],
    ("restore",): ["FILE", "the bot must not run", "kept aside"],
    ("stats",): ["without names", "the bot may run"],
    ("doctor",): ["a line each", "the bot may run"],
}


@pytest.fixture(autouse=True)
def wide_screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("TERMINAL_WIDTH", "300")


@pytest.mark.parametrize("command", SAID, ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_help_of_a_command_names_what_one_needs(command, flag):
    result = call(*command, flag)
    assert result.exit_code == 0
    for part in SAID[command]:
        assert part in result.stdout


def test_every_command_is_described_in_the_help():
    described = {command[0] for command in SAID if command}
    from bot.cli import app  # noqa: PLC0415 - only this test looks inside

    assert {command.name or command.callback.__name__ for command in app.registered_commands} == described


@pytest.mark.parametrize(
    "words", [("answer",), ("ask", "--jsno"), ("check", "here"), ("chat", "--engine", "magic")]
)
def test_what_does_not_exist_is_refused_without_a_traceback(words):
    result = call(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "run_bot.py" in result.output
    assert "for help" in result.output
