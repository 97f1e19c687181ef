"""The same thirty days on PostgreSQL, with two processes."""

import os

from tests.scheduling.thirty_days import SEED, thirty_days
from tests.storage import conftest as databases

server = databases.server

STUDENTS = int(os.environ.get("NUDGED_STUDENTS", "30"))
"""Half as many as on SQLite: two processes that wait for a server take twice the time."""


def test_thirty_days_of_reminders_go_as_the_rules_say_with_two_processes(server: databases.Server):
    ended = thirty_days(databases.shown(server.make()), SEED, STUDENTS)
    assert {"sent", "done", "rested", "paused"} <= ended.keys()
