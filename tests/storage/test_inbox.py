"""The inbox, on both kinds of database."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from bot.domain.inbox import KEPT_ASIDE, KEPT_KNOWN, Arrived
from bot.storage.database import Database, StoreError
from bot.storage.inbox import Inbox
from bot.storage.tables import INBOX


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


def update(number: int, chat: str = "7", words: str = "hello") -> Arrived:
    return Arrived(number, chat, "message", json.dumps({"text": words}), at=1_800_000_000)


async def rows(database: Database) -> dict[int, dict]:
    async def work(connection):
        found = await connection.execute(select(INBOX))
        return {row["update_id"]: dict(row) for row in found.mappings()}

    return await database.read(work)


async def test_what_is_new_comes_back_in_the_order_given(inbox: Inbox):
    assert await inbox.put([update(3), update(1), update(2)]) == [update(3), update(1), update(2)]
    assert await inbox.put([update(5), update(1), update(4)]) == [update(5), update(4)]
    assert await inbox.put([]) == []


async def test_the_same_update_twice_in_one_delivery_counts_once(inbox: Inbox):
    assert await inbox.put([update(1), update(2), update(1)]) == [update(1), update(2)]


async def test_what_waits_comes_by_number_with_all_it_came_with(inbox: Inbox):
    large = replace(update(2**62), chat="-1001234567890")
    await inbox.put([large, update(2), update(1)])

    assert await inbox.waiting() == [update(1), update(2), large]


async def test_what_is_done_or_aside_is_known_and_waits_no_more(inbox: Inbox):
    await inbox.put([update(1), update(2), update(3)])
    await inbox.finish([1], at=10)
    await inbox.set_aside([2], at=10)

    assert await inbox.put([update(1), update(2), update(3)]) == []
    assert await inbox.waiting() == [update(3)]


async def test_what_is_done_has_lost_its_words_and_its_chat(inbox: Inbox, database: Database):
    await inbox.put([update(1), update(2)])
    await inbox.finish([1], at=10)
    await inbox.set_aside([2], at=11)

    kept = await rows(database)
    assert (kept[1]["payload"], kept[1]["chat"], kept[1]["ended_at"]) == (None, None, 10)
    assert (kept[2]["payload"], kept[2]["chat"], kept[2]["ended_at"]) == (update(2).payload, "7", 11)


async def test_failures_and_messages_sent_are_remembered(inbox: Inbox):
    await inbox.put([update(1), update(2)])
    await inbox.fail([1, 2])
    await inbox.fail([1])
    await inbox.sent([2], 1)
    await inbox.sent([2], 2)

    assert await inbox.waiting() == [replace(update(1), failures=2), replace(update(2), failures=1, sent=2)]


async def test_what_is_over_is_not_brought_back(inbox: Inbox, database: Database):
    await inbox.put([update(1), update(2)])
    await inbox.finish([1], at=10)
    await inbox.set_aside([2], at=10)
    before = await rows(database)

    await inbox.finish([1, 2], at=99)
    await inbox.set_aside([1, 2], at=99)
    await inbox.fail([1, 2])
    await inbox.sent([1], 5)

    assert await rows(database) == before


@pytest.mark.parametrize("end", [Inbox.finish, Inbox.set_aside])
async def test_a_number_is_known_for_two_days_and_then_forgotten(inbox: Inbox, end):
    await inbox.put([update(1), update(2)])
    await end(inbox, [1], at=100)

    assert await inbox.prune(100 + KEPT_KNOWN) == 0
    assert await inbox.put([update(1)]) == []
    assert await inbox.prune(100 + KEPT_KNOWN + 1) == 1
    assert await inbox.put([update(1)]) == [update(1)]


async def test_the_words_of_what_was_set_aside_go_after_a_day(inbox: Inbox, database: Database):
    await inbox.put([update(1)])
    await inbox.set_aside([1], at=100)

    await inbox.prune(100 + KEPT_ASIDE)
    assert (await rows(database))[1]["payload"] == update(1).payload
    await inbox.prune(100 + KEPT_ASIDE + 1)
    kept = (await rows(database))[1]
    assert (kept["payload"], kept["chat"], kept["state"]) == (None, None, "aside")


async def test_what_waits_is_never_pruned(inbox: Inbox):
    await inbox.put([update(1)])

    assert await inbox.prune(10**12) == 0
    assert await inbox.waiting() == [update(1)]


async def test_a_delivery_is_kept_whole_or_not_at_all(inbox: Inbox):
    too_large = replace(update(2), at=2**70)
    with pytest.raises((StoreError, OverflowError)):
        await inbox.put([update(1), too_large])

    assert await inbox.waiting() == []


async def test_no_state_but_the_three_is_stored(database: Database):
    row = {"update_id": 1, "kind": "message", "arrived_at": 0, "state": "lost", "failures": 0, "sent": 0}
    with pytest.raises(StoreError):
        await database.write(lambda connection: connection.execute(insert(INBOX).values(row)))


@dataclass
class Model:
    """What the inbox should hold, as a dictionary."""

    rows: dict[int, list] = field(default_factory=dict)

    def put(self, numbers: list[int]) -> list[int]:
        new = [one for one in dict.fromkeys(numbers) if one not in self.rows]
        self.rows |= {one: ["waiting", 0, None] for one in new}
        return new

    def end(self, numbers: list[int], state: str, at: int) -> None:
        for one in numbers:
            if self.rows.get(one, [""])[0] == "waiting":
                self.rows[one] = [state, self.rows[one][1], at]

    def fail(self, numbers: list[int]) -> None:
        for one in set(numbers):
            if self.rows.get(one, [""])[0] == "waiting":
                self.rows[one][1] += 1

    def prune(self, at: int) -> int:
        old = [
            one for one, (_, _, ended) in self.rows.items() if ended is not None and ended < at - KEPT_KNOWN
        ]
        for one in old:
            del self.rows[one]
        return len(old)

    def waiting(self) -> list[tuple[int, int]]:
        return sorted((one, row[1]) for one, row in self.rows.items() if row[0] == "waiting")


NUMBERS = st.lists(st.integers(1, 6), max_size=5)
CALLS = st.tuples(
    st.sampled_from(["put", "put", "finish", "aside", "fail", "prune"]),
    NUMBERS,
    st.integers(0, 2 * KEPT_KNOWN),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=st.lists(CALLS, min_size=3, max_size=12))
async def test_any_calls_in_any_order_do_what_a_dictionary_would(inbox: Inbox, database: Database, calls):
    await database.write(lambda connection: connection.execute(delete(INBOX)))
    model = Model()
    for call, numbers, at in calls:
        match call:
            case "put":
                new = await inbox.put([update(one) for one in numbers])
                assert [one.update_id for one in new] == model.put(numbers)
            case "finish":
                await inbox.finish(numbers, at)
                model.end(numbers, "done", at)
            case "aside":
                await inbox.set_aside(numbers, at)
                model.end(numbers, "aside", at)
            case "fail":
                await inbox.fail(numbers)
                model.fail(numbers)
            case "prune":
                assert await inbox.prune(at) == model.prune(at)
        waiting = await inbox.waiting()
        assert [(one.update_id, one.failures) for one in waiting] == model.waiting()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=[]), max_size=200))
async def test_any_text_as_json_comes_back_as_it_was(inbox: Inbox, database: Database, words: str):
    await database.write(lambda connection: connection.execute(delete(INBOX)))
    await inbox.put([update(1, words=words)])

    (back,) = await inbox.waiting()
    assert json.loads(back.payload) == {"text": words}
