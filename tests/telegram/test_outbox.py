"""Calls wait for their turn, and are made again where that is safe. Time is the event loop's, run ahead."""

import asyncio
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.telegram.outbox import Limits, Outbox, Priority, Unasked
from bot.telegram.transport import NotSentError
from tests.telegram.fakes import clock

pytestmark = pytest.mark.looptime

FEW = settings(max_examples=20, deadline=None)
ONCE = ["sendMessage", "sendDocument", "copyMessage", "forwardMessage"]
AGAIN = ["editMessageText", "answerCallbackQuery", "deleteMessages", "setMyCommands", "getChatMember"]


class Line:
    """Where calls go out: notes when which was made. `ends` are the errors of the first calls of a chat."""

    def __init__(self, *ends, chat=None, outbox=None):
        self.outbox = outbox or Outbox()
        self.made = []
        self._ends = list(ends)
        self._chat = chat

    async def call(self, chat=1, endpoint="sendMessage", priority=None):
        data = {} if chat is None else {"chat_id": chat}
        return await self.outbox.process_request(self._go, (chat, endpoint), {}, endpoint, data, priority)

    async def _go(self, chat, endpoint):
        self.made.append((clock(), chat, endpoint))
        if self._ends and self._chat in {None, chat}:
            raise self._ends.pop(0)
        return {"chat": chat}

    def times(self, *chats):
        return [at for at, chat, _ in self.made if not chats or chat in chats]


def most_within(seconds, times):
    return max(sum(start <= other < start + seconds for other in times) for start in times)


def refused(chat, seconds):
    """A call that Telegram asks to wait with, from a chat's first call on."""
    return Line(RetryAfter(seconds), chat=chat)


# How fast


ARRIVALS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.0, 0.01, 0.3, 2.0]),
        st.integers(1, 40),
        st.sampled_from(["sendMessage", "editMessageText", "answerCallbackQuery"]),
    ),
    min_size=1,
    max_size=90,
)
ENDS = st.lists(st.sampled_from([NotSentError("no"), RetryAfter(1), RetryAfter(3)]), max_size=5)


@given(arrivals=ARRIVALS, ends=ENDS)
@FEW
async def test_no_second_sees_more_than_thirty_calls_whatever_arrives_and_fails(arrivals, ends):
    line, calls = Line(*ends), []
    for gap, chat, endpoint in arrivals:
        await asyncio.sleep(gap)
        calls.append(asyncio.create_task(line.call(chat, endpoint)))
    await asyncio.gather(*calls)
    await line.outbox.shutdown()
    assert most_within(1.0, line.times()) <= 30
    assert len(line.made) == len(arrivals) + len(ends) - len(line._ends)  # noqa: SLF001 - what was not used


async def test_ninety_calls_at_once_take_three_seconds_and_a_bit():
    line, begun = Line(), clock()
    await asyncio.gather(*(line.call(chat) for chat in range(1, 91)))
    assert most_within(1.0, line.times()) <= 30
    assert clock() - begun == pytest.approx(89 / 28.5, abs=0.01)


@given(gaps=st.lists(st.sampled_from([0.0, 0.0, 0.4, 1.0, 5.0]), max_size=30))
@FEW
async def test_a_chat_gets_three_at_once_and_then_one_a_second(gaps):
    line, calls = Line(), []
    for gap in gaps:
        await asyncio.sleep(gap)
        calls.append(asyncio.create_task(line.call(5)))
    await asyncio.gather(*calls)
    times = line.times()
    # A place in the row of all calls may move a call by that row's own pause.
    for first, start in enumerate(times):
        for last, end in enumerate(times[first:], start=first):
            assert last - first + 1 <= 3 + (end - start) + 3 / 28.5


@pytest.mark.parametrize("group", [-1001234567890, "@school_club"])
async def test_no_minute_of_a_group_sees_more_than_twenty(group):
    line = Line()
    await asyncio.gather(*(line.call(group) for _ in range(70)))
    times = line.times()
    assert most_within(60.0, times) <= 20
    assert times[2] - times[0] < 1.0
    assert most_within(60.0, times[20:]) >= 14


async def test_answers_to_presses_and_deletions_are_no_messages_of_a_chat():
    line, begun = Line(), clock()
    await asyncio.gather(*(line.call(3, "deleteMessages") for _ in range(20)))
    assert clock() - begun < 1.0


async def test_one_chat_s_flood_delays_another_chat_s_message_by_less_than_a_second():
    line = Line()
    flood = [asyncio.create_task(line.call(1)) for _ in range(300)]
    await asyncio.sleep(0.5)
    for _ in range(20):
        asked = clock()
        await line.call(2)
        assert clock() - asked < 1.0
        await asyncio.sleep(1.5)
    for one in flood:
        one.cancel()
    await asyncio.gather(*flood, return_exceptions=True)


async def test_a_chat_is_free_again_when_a_message_would_go_out_at_once():
    line = Line()
    await line.outbox.until_free(4)
    await asyncio.gather(*(line.call(4) for _ in range(5)))
    await line.outbox.until_free(4)
    asked = clock()
    await line.call(4)
    assert clock() - asked < 0.1


async def test_a_chat_that_telegram_holds_is_not_free():
    line, begun = refused(4, 20), clock()
    call = asyncio.create_task(line.call(4))
    await asyncio.sleep(1)
    await line.outbox.until_free(4)
    assert clock() - begun >= 20
    await call


async def test_limits_can_be_lifted():
    line = Line(outbox=Outbox(Limits(1e-6, 1e-6, 1, 1e-6, 1)))
    begun = clock()
    await asyncio.gather(*(line.call(chat % 7) for chat in range(2_000)))
    assert clock() - begun < 1.0
    assert len(line.made) == 2_000


# Whose turn


async def test_a_waiting_phone_goes_before_an_answer_and_an_answer_before_what_nobody_asked_for():
    line = Line()
    unasked = [line.call(number, priority=Priority.UNASKED) for number in range(1, 21)]
    answers = [line.call(number) for number in range(21, 41)]
    presses = [line.call(None, "answerCallbackQuery") for _ in range(20)]
    await asyncio.gather(*unasked, *answers, *presses)
    chats = [chat for _, chat, _ in line.made]
    assert chats[:40:2] == [None] * 20  # taken in turn with answers, beginning with a phone
    assert chats[1:40:2] == [*range(21, 41)]
    assert chats[40:] == [*range(1, 21)]


async def test_phones_that_are_tapped_without_end_do_not_silence_the_bot():
    line, begun = Line(), clock()
    presses = [asyncio.create_task(line.call(None, "answerCallbackQuery")) for _ in range(500)]
    await asyncio.sleep(1)
    await line.call(1)
    assert clock() - begun < 1.2
    await asyncio.gather(*presses)


@given(given_up=st.sets(st.integers(1, 30), max_size=25), after=st.sampled_from([0.0, 0.01, 0.5]))
@FEW
async def test_who_gives_up_waiting_loses_nobody_s_place(given_up, after):
    line, begun = Line(), clock()
    calls = {chat: asyncio.create_task(line.call(chat)) for chat in range(1, 31)}
    await asyncio.sleep(after)
    for chat in given_up:
        calls[chat].cancel()
    await asyncio.gather(*calls.values(), return_exceptions=True)
    went = [chat for _, chat, _ in line.made]
    assert went == sorted(went)
    assert set(went) >= set(range(1, 31)) - given_up
    assert clock() - begun <= after + len(went) / 28.5 + 2 / 28.5


async def test_a_row_whose_waiters_have_all_gone_still_serves_the_next():
    line = Line()
    calls = [asyncio.create_task(line.call(chat)) for chat in range(10)]
    await asyncio.sleep(0.05)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    asked = clock()
    await line.call(99)
    assert clock() - asked < 0.1


# What is better not sent than sent late


@pytest.mark.parametrize("ends", [[RetryAfter(3600)], [NotSentError("no")] * 99], ids=["told", "refused"])
async def test_what_nobody_waits_for_is_given_up_in_time_as_surely_not_sent(ends):
    line, begun = Line(*ends), clock()
    with pytest.raises(NotSentError):
        await line.call(priority=Unasked(begun + 25))
    assert clock() - begun <= 25
    assert all(at < begun + 25 for at in line.times())


async def test_a_chat_that_must_wait_for_longer_is_given_up_at_once():
    line = refused(1, 3600)
    first = asyncio.create_task(line.call(1))
    await asyncio.sleep(1)
    asked = clock()
    with pytest.raises(NotSentError):
        await line.call(1, priority=Unasked(asked + 25))
    assert clock() - asked < 0.1
    first.cancel()


@pytest.mark.parametrize("chats", [[1] * 60, range(1, 900)], ids=["the chat's pace", "the row of all calls"])
async def test_what_gets_no_place_in_time_does_not_go_out_later(chats):
    line, begun = Line(), clock()
    calls = [line.call(chat, priority=Unasked(begun + 25)) for chat in chats]
    ends = await asyncio.gather(*calls, return_exceptions=True)
    assert clock() - begun == pytest.approx(25, abs=0.1)
    assert max(line.times()) <= begun + 25
    assert len(line.made) == sum(isinstance(end, dict) for end in ends)
    assert {type(end) for end in ends} == {dict, NotSentError}


async def test_a_call_that_is_under_way_is_not_ended_by_its_time():
    async def go():
        await asyncio.sleep(20)
        return {"at": clock()}

    begun = clock()
    urgency = Unasked(begun + 1)
    end = await Outbox().process_request(go, (), {}, "sendMessage", {"chat_id": 1}, urgency)
    assert end["at"] == pytest.approx(begun + 20)


async def test_what_has_a_time_goes_behind_answers_like_all_that_nobody_asked_for():
    line = Line()
    unasked = [line.call(number, priority=Unasked(clock() + 25)) for number in range(1, 21)]
    answers = [line.call(number) for number in range(21, 41)]
    await asyncio.gather(*unasked, *answers)
    assert [chat for _, chat, _ in line.made] == [*range(21, 41), *range(1, 21)]


async def test_a_flood_of_what_nobody_asked_for_delays_no_answer_by_a_second():
    line = Line()
    flood = [asyncio.create_task(line.call(chat, priority=Unasked(clock() + 25))) for chat in range(100, 800)]
    for chat in range(1, 21):
        asked = clock()
        await line.call(chat)
        assert clock() - asked < 0.1
        await asyncio.sleep(0.5)
    for one in flood:
        one.cancel()
    await asyncio.gather(*flood, return_exceptions=True)


# Places that several processes share


class Shared:
    """A row of places that takes `seconds` to ask, and refuses until it is `back`."""

    def __init__(self, *, seconds=0.0, back=float("-inf"), far=0.0):
        self.seconds = seconds
        self.back = back
        self.far = far
        self.taken = 0
        self._free = float("-inf")

    async def reserve(self, _now):
        await asyncio.sleep(self.seconds)
        if clock() < self.back:
            message = "no answer"
            raise OSError(message)
        self.taken += 1
        place = max(self._free, clock())
        self._free = place + 1 / 28.5
        return place - clock() + self.far


async def test_two_processes_that_share_a_row_of_places_keep_to_the_limit_together():
    shared = Shared(seconds=0.005)
    lines = [Line(outbox=Outbox(slots=shared)) for _ in range(2)]
    begun = clock()
    await asyncio.gather(*(line.call(chat) for line in lines for chat in range(1, 101)))
    assert most_within(1.0, sorted(lines[0].times() + lines[1].times())) <= 30
    assert clock() - begun == pytest.approx(200 / 28.5, rel=0.02)


async def test_a_row_of_places_that_is_out_of_reach_slows_the_calls_and_stops_none(caplog):
    back = clock() + 5
    line = Line(outbox=Outbox(slots=Shared(back=back)))
    await asyncio.gather(*(line.call(chat) for chat in range(1, 201)))
    before = [at for at in line.times() if at < back]
    assert most_within(1.0, before) <= 15
    assert len(before) >= 65
    assert most_within(1.0, line.times()) <= 30
    assert len(line.made) == 200
    assert len(caplog.records) == 1


async def test_a_place_hours_away_is_not_believed():
    line, begun = Line(outbox=Outbox(slots=Shared(far=3600))), clock()
    await asyncio.gather(*(line.call(chat) for chat in range(1, 30)))
    assert clock() - begun < 3


async def test_no_place_is_taken_for_those_who_gave_up_waiting():
    shared = Shared(seconds=0.005)
    line = Line(outbox=Outbox(slots=shared))
    calls = [asyncio.create_task(line.call(chat, priority=Unasked(clock() + 0.5))) for chat in range(100)]
    await asyncio.gather(*calls, return_exceptions=True)
    await asyncio.sleep(5)
    assert shared.taken <= len(line.made) + 1
    asked = clock()
    await line.call(999)
    assert clock() - asked < 0.05


# Pauses that Telegram asks for


async def test_a_pause_told_to_one_chat_holds_that_chat_alone_and_as_long_as_told():
    line, begun = refused(1, 30), clock()
    held = [asyncio.create_task(line.call(1)) for _ in range(3)]
    await asyncio.sleep(5)
    held += [asyncio.create_task(line.call(1, "editMessageText"))]
    for chat in range(2, 12):
        asked = clock()
        await line.call(chat)
        assert clock() - asked < 0.1
    await asyncio.gather(*held)
    told, *again = line.times(1)
    # The first two went out together, before Telegram had said anything.
    early = [at for at in again if at < told + 30]
    assert all(at - told < 1.0 for at in early)
    assert len(line.times(1)) == 5
    assert clock() - begun < 40


@given(told=st.integers(1, 90), others=st.integers(0, 10))
@FEW
async def test_no_call_to_a_chat_goes_out_before_its_pause_is_over(told, others):
    line = refused(1, told)
    first = asyncio.create_task(line.call(1))
    await asyncio.sleep(0.01)
    begun = line.times(1)[0]
    more = [asyncio.create_task(line.call(1, "deleteMessages")) for _ in range(others)]
    await asyncio.gather(first, *more)
    assert min(line.times(1)[1:]) >= begun + told
    assert len(line.times(1)) == 2 + others


async def test_a_pause_told_while_a_call_waits_for_its_place_holds_it_too():
    line = refused(1, 10)
    before = [asyncio.create_task(line.call(chat)) for chat in range(2, 7)]
    first = asyncio.create_task(line.call(1))
    waiting = [asyncio.create_task(line.call(chat)) for chat in range(7, 30)]
    second = asyncio.create_task(line.call(1))
    await asyncio.gather(first, second, *before, *waiting)
    told, *later = line.times(1)
    assert len(later) == 2
    assert min(later) >= told + 10
    assert max(line.times(*range(7, 30))) < told + 2


async def test_three_chats_told_one_after_the_other_hold_everything():
    line, begun = Line(RetryAfter(5), RetryAfter(7), RetryAfter(6)), clock()
    told = [asyncio.create_task(line.call(chat)) for chat in (1, 2, 3)]
    await asyncio.sleep(1)
    asked = clock()
    await asyncio.gather(line.call(4), line.call(None, "answerCallbackQuery"))
    assert asked - begun < 2
    assert clock() - begun >= 6
    await asyncio.gather(*told)
    assert len(line.made) == 8


async def test_what_gets_through_between_shows_that_not_all_are_to_wait():
    line = Line()
    begun = clock()
    told = []
    for chat in (1, 2, 3):
        line._ends = [RetryAfter(60)]  # noqa: SLF001 - the next call is told to wait
        told.append(asyncio.create_task(line.call(chat)))
        await asyncio.sleep(0.2)
        await line.call(chat + 10)
    assert clock() - begun < 2
    await asyncio.gather(*told)


# What is made again


async def test_what_surely_did_not_go_out_is_made_again_until_it_does_be_it_ten_minutes(caplog):
    outage = clock() + 600

    async def go():
        if clock() < outage:
            message = "no connection"
            raise NotSentError(message)
        return {"at": clock()}

    outbox = Outbox()
    with caplog.at_level(logging.INFO):
        calls = [outbox.process_request(go, (), {}, "sendMessage", {"chat_id": n}, None) for n in range(5)]
        ends = await asyncio.gather(*calls)
    assert all(outage <= end["at"] < outage + 20 for end in ends)
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


@pytest.mark.parametrize("endpoint", ONCE)
@pytest.mark.parametrize("error", [TimedOut(), NetworkError("Bad Gateway"), NetworkError("Internal (500)")])
async def test_a_message_that_may_have_arrived_is_never_sent_again(endpoint, error):
    line = Line(error)
    with pytest.raises(NetworkError):
        await line.call(endpoint=endpoint)
    assert len(line.made) == 1


@pytest.mark.parametrize("endpoint", AGAIN)
async def test_what_does_the_same_when_made_twice_is_made_again_three_times_at_most(endpoint):
    line = Line(TimedOut(), NetworkError("Bad Gateway"), TimedOut())
    assert await line.call(endpoint=endpoint) == {"chat": 1}
    assert len(line.made) == 4

    line = Line(*[TimedOut()] * 9)
    with pytest.raises(TimedOut):
        await line.call(endpoint=endpoint)
    assert len(line.made) == 4


@pytest.mark.parametrize("endpoint", ONCE + AGAIN)
@pytest.mark.parametrize("error", [BadRequest("chat not found"), Forbidden("blocked"), InvalidToken()])
async def test_a_refusal_is_handed_on_at_once(endpoint, error):
    line, begun = Line(error), clock()
    with pytest.raises(type(error)):
        await line.call(endpoint=endpoint)
    assert len(line.made) == 1
    assert clock() - begun < 0.1


@pytest.mark.parametrize(("endpoint", "seconds"), [("answerCallbackQuery", 150), ("answerInlineQuery", 30)])
@pytest.mark.parametrize("error", [NotSentError("no"), RetryAfter(20), RetryAfter(3600)])
async def test_an_answer_that_nobody_waits_for_any_more_is_given_up(endpoint, seconds, error):
    line, begun = Line(*[error] * 500), clock()
    with pytest.raises(NotSentError):
        await line.call(None, endpoint)
    assert clock() - begun <= seconds


async def test_a_call_made_again_waits_for_its_turn_like_any_other():
    line = Line(*[NotSentError("no")] * 40)
    await asyncio.gather(*(line.call(chat) for chat in range(1, 41)))
    assert len(line.made) == 80
    assert most_within(1.0, line.times()) <= 30


async def test_the_log_tells_of_pauses_without_naming_a_chat(caplog):
    with caplog.at_level(logging.DEBUG):
        await refused(123456789, 2).call(123456789)
        line = Line(TimedOut())
        with pytest.raises(TimedOut):
            await line.call(123456789)
    assert len(caplog.records) == 2
    assert "123456789" not in caplog.text


async def test_nothing_is_left_running_after_the_end():
    line = Line()
    calls = [asyncio.create_task(line.call(chat)) for chat in range(50)]
    await asyncio.sleep(0.2)
    await line.outbox.shutdown()
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == {asyncio.current_task()}
