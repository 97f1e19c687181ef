"""Whatever a student did and whatever replaces whatever, what is derived from it holds together."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.journey import NOTE_LIMIT, Event, Journey
from bot.domain.knowledge import Hours, KnowledgeBase, Retired, Role, Stage, Step, Task

ROLE = "role"
STEPS = tuple(f"{ROLE}/roadmap/{name}" for name in "abcde")
TASKS = tuple(f"{step}/{name}" for step in STEPS for name in "xyz")
MARKS = ("done", "skipped", "known", "cleared")
KINDS = (*MARKS, "ticked", "unticked", "noted", "undone", "restarted", "kept", "has")
CAUSES = tuple(f"cause-{number}" for number in range(8))

# A slow machine is no fault of the rules.
UNHURRIED = settings(deadline=None)


def one_task(whole, graph):
    return Task.model_construct(
        id=whole,
        text="About it.",
        minutes=10,
        needs="phone" if whole.endswith("x") else "computer",
        data="none",
        language="en",
        replaces=graph.get(whole, ()),
    )


def one_step(whole, graph):
    return Step.model_construct(
        id=whole,
        title="A step",
        text="About it.",
        why="It helps.",
        done_when="it is done.",
        hours=Hours(least=1, most=2),
        beside=whole.endswith("e"),
        replaces=graph.get(whole, ()),
        tasks=tuple(one_task(f"{whole}/{name}", graph) for name in "xyz"),
    )


def base(present, graph):
    """Knowledge with these steps; all others are retired."""
    gone = {one for one in (*STEPS, *TASKS) if not one.startswith(tuple(present))}
    role = Role.model_construct(
        id=ROLE,
        stages=(
            Stage.model_construct(
                id=f"{ROLE}/stages/first", steps=tuple(one_step(one, graph) for one in present)
            ),
        ),
        facets={},
        duties=(),
        resources=(),
        retired=tuple(Retired(id=one, replaces=olds) for one, olds in graph.items() if one in gone),
    )
    return KnowledgeBase.model_construct(
        roles={ROLE: role}, pointers={}, small_talk={}, retired=frozenset(gone)
    )


@st.composite
def graphs(draw, *, circles):
    """Who takes the place of whom, steps of steps and tasks of tasks."""
    made = {}
    for names in (STEPS, TASKS):
        for place, one in enumerate(names):
            olds = names if circles else names[:place]
            found = draw(st.lists(st.sampled_from(olds), unique=True, max_size=2)) if olds else []
            if found:
                made[one] = tuple(found)
    return made


@st.composite
def events(draw):
    """What a student did, in order; several events may have one cause."""
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=25))
    return [
        Event(
            kind=kind,
            about=draw(st.sampled_from({"restarted": (ROLE,)}.get(kind, TASKS if "tick" in kind else STEPS))),
            value=draw(
                st.sampled_from({"undone": CAUSES, "has": ("phone", "always")}.get(kind, ("note", "")))
            ),
            at=at,
            cause=draw(st.sampled_from(CAUSES)),
            way="button",
        )
        for at, kind in enumerate(kinds)
    ]


PRESENT = st.lists(st.sampled_from(STEPS), unique=True, max_size=5)


def since_the_beginning(journey) -> list[Event]:
    """What counts: not taken back, and after the last time the student began again."""
    counted = list(journey.effective)
    restarts = [place for place, one in enumerate(counted) if one.kind == "restarted"]
    return counted[restarts[-1] + 1 :] if restarts else counted


def last(counted, whole, kinds):
    """The last event about this of one of these kinds."""
    return next((one for one in reversed(counted) if one.about == whole and one.kind in kinds), None)


def with_all_before(whole, graph) -> Iterator[str]:
    """The id, and whatever it took the place of, straight or by way of others."""
    waiting, met = [whole], set()
    while waiting:
        one = waiting.pop()
        if one not in met:
            met.add(one)
            waiting += graph.get(one, ())
            yield one


@UNHURRIED
@given(events(), PRESENT, graphs(circles=True), st.integers(0, 30))
def test_deriving_never_fails_and_the_counts_add_up(happened, present, graph, at):
    knowledge = base(present, graph)
    journey, role = Journey(happened, knowledge), knowledge.roles[ROLE]
    tally = journey.tally(role)
    assert tally.done + tally.known + tally.skipped + tally.begun + tally.todo == tally.steps == len(present)
    shown = sum(journey.is_ticked(one, step) for step in role.steps for one in step.tasks)
    assert tally.ticked <= shown
    assert tally.ticked == shown or tally.done, "only what came with a step that is done is not counted"
    following = journey.next(role)
    if following:
        assert journey.status(following.step) in {"todo", "begun"}
        assert not journey.is_ticked(following.task, following.step)
    for step in role.steps:
        assert len(journey.note(step.id)) <= NOTE_LIMIT
        assert (journey.marked_at(step) is None) == (journey.status(step) in {"todo", "begun"})
    assert journey.since(role, at).tasks <= journey.since(role, 0).tasks <= len(TASKS)
    assert knowledge.unknown(one.about for one in happened if one.about != ROLE) == ()


@UNHURRIED
@given(events(), PRESENT, graphs(circles=True))
def test_an_own_mark_beats_an_inherited_one(happened, present, graph):
    knowledge = base(present, graph)
    journey = Journey(happened, knowledge)
    counted = since_the_beginning(journey)
    for step in knowledge.roles[ROLE].steps:
        mark = last(counted, step.id, MARKS)
        if mark is None:
            continue
        later = [one for one in counted[counted.index(mark) :] if one.about.startswith(f"{step.id}/")]
        if mark.kind == "cleared" or (mark.kind == "skipped" and any(one.kind == "ticked" for one in later)):
            assert journey.status(step) in {"todo", "begun"}
        else:
            assert journey.status(step) == mark.kind
        for task in step.tasks:
            tick = last(counted, task.id, ("ticked", "unticked"))
            if tick:
                assert journey.is_ticked(task, step) == (tick.kind == "ticked" or mark.kind == "done")


@UNHURRIED
@given(events(), PRESENT, graphs(circles=True))
def test_nothing_is_done_that_was_not_done_and_replaced_nothing_done(happened, present, graph):
    knowledge = base(present, graph)
    journey = Journey(happened, knowledge)
    counted = since_the_beginning(journey)
    for step in knowledge.roles[ROLE].steps:
        marked = {one.kind for one in counted if one.about in set(with_all_before(step.id, graph))}
        if journey.status(step) in {"done", "known", "skipped"}:
            assert journey.status(step) in marked
        for task in step.tasks:
            before = set(with_all_before(task.id, graph))
            owners = {old for one in before for old in with_all_before(one.rpartition("/")[0], graph)}
            if journey.is_ticked(task, step):
                assert any(
                    (one.kind == "ticked" and one.about in before)
                    or (one.kind == "done" and one.about in owners)
                    for one in counted
                )


@UNHURRIED
@given(graphs(circles=False), st.sampled_from(["done", "known", "skipped"]))
def test_whoever_marked_all_that_is_replaced_has_all_that_is_new_marked(graph, kind):
    first = [one for one in STEPS if one not in graph]
    present = [one for one in STEPS if one in graph and not any(one in olds for olds in graph.values())]
    knowledge = base(present, graph)
    marks = [Event(kind, one, "", at, f"press-{at}", "button") for at, one in enumerate(first)]
    journey = Journey(marks, knowledge)
    assert {journey.status(step) for step in knowledge.roles[ROLE].steps} <= {kind}


@UNHURRIED
@given(events(), PRESENT, graphs(circles=True))
def test_whoever_begins_again_is_as_one_who_begins(happened, present, graph):
    knowledge = base(present, graph)
    journey = Journey(happened, knowledge)
    fresh = Journey(since_the_beginning(journey), knowledge)
    for step in knowledge.roles[ROLE].steps:
        assert journey.status(step) == fresh.status(step)
        assert journey.ticked(step) == fresh.ticked(step)


def test_a_task_unticked_before_beginning_again_is_ticked_by_what_it_replaces():
    new, old = f"{STEPS[0]}/x", f"{STEPS[1]}/x"
    knowledge = base([STEPS[0]], {new: (old,)})
    acts = (("unticked", new), ("restarted", ROLE), ("ticked", old))
    journey = Journey(
        [Event(kind, about, "", at, f"press-{at}", "button") for at, (kind, about) in enumerate(acts)],
        knowledge,
    )
    assert [task.id for task in journey.ticked(knowledge.roles[ROLE].steps[0])] == [new]


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ("done", "done", "done"),
        ("done", "known", "done"),
        ("known", "known", "known"),
        ("skipped", "skipped", "skipped"),
        ("done", "skipped", "todo"),
        ("known", "skipped", "todo"),
        ("done", "cleared", "todo"),
        ("done", None, "todo"),
        ("known", None, "todo"),
    ],
)
def test_what_two_steps_that_are_merged_amount_to(first, second, merged):
    knowledge = base([STEPS[2]], {STEPS[2]: STEPS[:2]})
    marks = [
        Event(kind, step, "", at, f"press-{at}", "button")
        for at, (kind, step) in enumerate(((first, STEPS[0]), (second, STEPS[1])))
        if kind
    ]
    assert Journey(marks, knowledge).status(knowledge.roles[ROLE].steps[0]) == merged
