"""Thirty days of many students on SQLite."""

from pathlib import Path

from tests.scheduling.thirty_days import SEED, thirty_days


def test_thirty_days_of_reminders_go_as_the_rules_say_whatever_goes_wrong(tmp_path: Path):
    ended = thirty_days(f"sqlite:///{tmp_path / 'bot.db'}", SEED)
    assert {"sent", "done", "rested", "paused", "late", "blocked", "declined"} <= ended.keys()
