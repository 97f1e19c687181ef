"""One student on a roadmap that teachers change again and again: what was done stays done."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from bot.content import KnowledgeError, load, relist
from bot.domain.journey import Event, Journey

SAMPLE = Path(__file__).parents[1] / "content" / "sample"
CAREER = "gardener"
ROADMAP = f"{CAREER}/roadmap"


def task(name, *replaces):
    """A task for a phone."""
    made = {"id": name, "text": f"About {name}.", "minutes": 10, "needs": "phone", "data": "none"}
    return {**made, "language": "en", "replaces": list(replaces)}


def step(name, *tasks, replaces=()):
    """A step; a task without anything to replace may be only its name."""
    return {
        "id": name,
        "title": name.title(),
        "text": f"About {name}.",
        "why": "It helps.",
        "done_when": "it grows.",
        "hours": {"least": 1, "most": 2},
        "replaces": list(replaces),
        "tasks": [one if isinstance(one, dict) else task(one) for one in tasks],
    }


class Roadmap:
    """A folder of knowledge and what a teacher does to it; nothing counts before `publish`."""

    def __init__(self, folder: Path) -> None:
        self._folder = Path(shutil.copytree(SAMPLE, folder))
        self._file = self._folder / "roles" / f"{CAREER}.yaml"
        self._data = yaml.safe_load(self._file.read_text("utf-8"))
        self._gone: set[str] = set()
        (self._folder / "asks" / f"{CAREER}.yaml").unlink()
        (self._folder / "ids.lock").unlink()
        self.first, self.later = (stage["steps"] for stage in self._data["stages"])
        self.first[:] = [
            step("soil", "feel", "smell", "draw"),
            step("pot", "choose", "fill", "water"),
            step("tools", "name", "clean", "keep"),
        ]
        self.later[:] = [step("bed", "plan", "dig", "sow"), step("heap", "pile", "turn", "use")]

    def step(self, name):
        """The step of this name."""
        return next(one for one in (*self.first, *self.later) if one["id"] == name)

    def retire(self, *names):
        """Take steps out, or tasks written as `step/task`."""
        for name in names:
            owner, _, inner = name.partition("/")
            for items in (self.step(owner)["tasks"],) if inner else (self.first, self.later):
                items[:] = [one for one in items if one["id"] != (inner or owner)]
        self._gone |= {f"{ROADMAP}/{name}" for name in names}

    def remember(self, name, *replaced):
        """Say of a retired step or task what it had taken the place of."""
        self._data.setdefault("retired", []).append({"id": name, "replaces": list(replaced)})

    def publish(self):
        """Write the file and the list of ids, and return the knowledge as the bot loads it."""
        self._file.write_text(yaml.safe_dump(self._data, sort_keys=False), "utf-8")
        (self._folder / "ids.lock").write_text(relist(self._folder, self._gone), "utf-8")
        return load(self._folder)


class Student:
    """What a student did."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def does(self, *acts):
        """Do things, each written as `kind name` or `kind name: text`."""
        for act in acts:
            what, _, text = act.partition(": ")
            kind, name = what.split(" ")
            number = len(self.events)
            about = "" if kind == "undone" else f"{ROADMAP}/{name}"
            self.events.append(Event(kind, about, text, number, f"press-{number}", "button"))

    def takes_back(self, act):
        """Undo what was done once."""
        kind, name = act.split(" ")
        cause = next(one.cause for one in self.events if (one.kind, one.about) == (kind, f"{ROADMAP}/{name}"))
        self.does(f"undone it: {cause}")

    def sees(self, knowledge):
        """What their progress shows, a line a step: ticked tasks have a +, notes stand in brackets."""
        assert knowledge.unknown(event.about for event in self.events) == ()
        journey, role = Journey(self.events, knowledge), knowledge.roles[CAREER]
        tally, following = journey.tally(role), journey.next(role)
        lines = [f"{tally.done} of {tally.steps} done"]
        lines[0] += "".join(
            f", {count} {name}"
            for name, count in (
                ("known", tally.known),
                ("skipped", tally.skipped),
                ("begun", tally.begun),
                ("to do", tally.todo),
            )
            if count
        )
        for one in role.steps:
            ticks = (
                f"{inner.id.rsplit('/', 1)[-1]}{'+' * journey.is_ticked(inner, one)}" for inner in one.tasks
            )
            note = journey.note(one.id).replace("\n", "; ")
            lines.append(f"{one.title} {journey.status(one)}: {' '.join(ticks)}{note and f' ({note})'}")
        ticked = sum(line.count("+") for line in lines)
        # What came with a step that is done is shown as ticked, but not counted as ticked by itself.
        along = sum(line.count("+") for line in lines if " done: " in line)
        assert ticked - along <= tally.ticked <= ticked
        lines.append(f"next {following.task.id.removeprefix(ROADMAP + '/')}" if following else "nothing next")
        return lines


class Edit(NamedTuple):
    """A change by a teacher, what the student sees after it, and what they do then."""

    what: str
    change: Callable[[Roadmap], None]
    seen: list[str]
    does: tuple[str, ...] = ()


def nothing(_):
    """Leave everything."""


def rename_a_title(roadmap):
    roadmap.step("soil")["title"] = "Ground"


def reorder(roadmap):
    roadmap.first.reverse()


def add_a_step(roadmap):
    roadmap.first.insert(1, step("seeds", "buy", "sort", "dry"))


def move_to_another_stage(roadmap):
    moved = roadmap.step("tools")
    roadmap.first.remove(moved)
    roadmap.later.append(moved)


def retire_what_was_done(roadmap):
    roadmap.retire("soil")


def split_a_done_step(roadmap):
    roadmap.retire("pot")
    roadmap.first += [
        step("pick", task("choose", "pot/choose"), "shop", "compare", replaces=["pot"]),
        step("care", task("fill", "pot/fill"), task("water", "pot/water"), "watch", replaces=["pot"]),
    ]


def split_a_step_with_some_ticks(roadmap):
    roadmap.retire("bed")
    roadmap.later[:0] = [
        step("plan", task("paper", "bed/plan"), "measure", "ask", replaces=["bed"]),
        step("work", task("dig", "bed/dig"), task("sow", "bed/sow"), "weed", replaces=["bed"]),
    ]


def merge_a_done_and_a_known_step(roadmap):
    roadmap.retire("care", "tools")
    roadmap.remember("care", "pot")
    roadmap.first.append(
        step("kit", task("wet", "care/fill", "care/water"), "oil", "hang", replaces=["care", "tools"])
    )


def merge_a_done_and_an_open_step(roadmap):
    roadmap.retire("pick", "seeds")
    roadmap.remember("pick", "pot")
    inner = (task("choose", "pick/choose"), task("buy", "seeds/buy"), task("dry", "seeds/dry"))
    roadmap.first.insert(0, step("market", *inner, replaces=["pick", "seeds"]))


def replace_a_step(roadmap):
    roadmap.retire("plan")
    roadmap.remember("plan", "bed")
    roadmap.later.insert(0, step("map", "paper", "colour", "frame", replaces=["plan"]))


def replace_what_replaced_it(roadmap):
    roadmap.retire("map")
    roadmap.remember("map", "plan")
    roadmap.later.insert(0, step("drawing", "pencil", "colour", "frame", replaces=["map"]))


def give_a_task_another_id(roadmap):
    roadmap.retire("work/sow")
    roadmap.step("work")["tasks"].append(task("plant", "work/sow"))


def merge_two_tasks(roadmap):
    roadmap.retire("work/dig", "work/plant", "work/weed")
    roadmap.remember("work/plant", "work/sow")
    roadmap.step("work")["tasks"] += [
        task("both", "work/dig", "work/plant"),
        task("half", "work/dig", "work/weed"),
        task("rest"),
    ]


def split_a_skipped_step(roadmap):
    roadmap.retire("heap")
    roadmap.later += [
        step("pile", task("pile", "heap/pile"), "cover", "wet", replaces=["heap"]),
        step("compost", task("turn", "heap/turn"), task("use", "heap/use"), "sell", replaces=["heap"]),
    ]


EDITS = [
    Edit(
        "before all edits",
        nothing,
        [
            "1 of 5 done, 1 known, 1 skipped, 2 begun",
            "Soil done: feel+ smell+ draw+ (red earth)",
            "Pot begun: choose+ fill+ water",
            "Tools known: name clean keep",
            "Bed begun: plan+ dig sow",
            "Heap skipped: pile turn use",
            "next pot/water",
        ],
    ),
    Edit(
        "a title is renamed",
        rename_a_title,
        [
            "1 of 5 done, 1 known, 1 skipped, 2 begun",
            "Ground done: feel+ smell+ draw+ (red earth)",
            "Pot begun: choose+ fill+ water",
            "Tools known: name clean keep",
            "Bed begun: plan+ dig sow",
            "Heap skipped: pile turn use",
            "next pot/water",
        ],
        ("done pot", "noted pot: by the window"),
    ),
    Edit(
        "steps are put in another order",
        reorder,
        [
            "2 of 5 done, 1 known, 1 skipped, 1 begun",
            "Tools known: name clean keep",
            "Pot done: choose+ fill+ water+ (by the window)",
            "Ground done: feel+ smell+ draw+ (red earth)",
            "Bed begun: plan+ dig sow",
            "Heap skipped: pile turn use",
            "next bed/dig",
        ],
        ("ticked bed/dig",),
    ),
    Edit(
        "a step is added",
        add_a_step,
        [
            "2 of 6 done, 1 known, 1 skipped, 1 begun, 1 to do",
            "Tools known: name clean keep",
            "Seeds todo: buy sort dry",
            "Pot done: choose+ fill+ water+ (by the window)",
            "Ground done: feel+ smell+ draw+ (red earth)",
            "Bed begun: plan+ dig+ sow",
            "Heap skipped: pile turn use",
            "next seeds/buy",
        ],
        ("ticked seeds/buy",),
    ),
    Edit(
        "a step moves to another stage",
        move_to_another_stage,
        [
            "2 of 6 done, 1 known, 1 skipped, 2 begun",
            "Seeds begun: buy+ sort dry",
            "Pot done: choose+ fill+ water+ (by the window)",
            "Ground done: feel+ smell+ draw+ (red earth)",
            "Bed begun: plan+ dig+ sow",
            "Heap skipped: pile turn use",
            "Tools known: name clean keep",
            "next seeds/sort",
        ],
        ("noted tools: from grandfather",),
    ),
    Edit(
        "a step that was done is retired",
        retire_what_was_done,
        [
            "1 of 5 done, 1 known, 1 skipped, 2 begun",
            "Seeds begun: buy+ sort dry",
            "Pot done: choose+ fill+ water+ (by the window)",
            "Bed begun: plan+ dig+ sow",
            "Heap skipped: pile turn use",
            "Tools known: name clean keep (from grandfather)",
            "next seeds/sort",
        ],
    ),
    Edit(
        "a step that was done is split",
        split_a_done_step,
        [
            "2 of 6 done, 1 known, 1 skipped, 2 begun",
            "Seeds begun: buy+ sort dry",
            "Pick done: choose+ shop+ compare+ (by the window)",
            "Care done: fill+ water+ watch+ (by the window)",
            "Bed begun: plan+ dig+ sow",
            "Heap skipped: pile turn use",
            "Tools known: name clean keep (from grandfather)",
            "next seeds/sort",
        ],
        ("noted care: every morning",),
    ),
    Edit(
        "a step with two tasks ticked is split",
        split_a_step_with_some_ticks,
        [
            "2 of 7 done, 1 known, 1 skipped, 3 begun",
            "Seeds begun: buy+ sort dry",
            "Pick done: choose+ shop+ compare+ (by the window)",
            "Care done: fill+ water+ watch+ (every morning)",
            "Plan begun: paper+ measure ask",
            "Work begun: dig+ sow weed",
            "Heap skipped: pile turn use",
            "Tools known: name clean keep (from grandfather)",
            "next seeds/sort",
        ],
        ("unticked work/dig", "done plan"),
    ),
    Edit(
        "a step that was done and one that was known are merged",
        merge_a_done_and_a_known_step,
        [
            "3 of 6 done, 1 skipped, 1 begun, 1 to do",
            "Seeds begun: buy+ sort dry",
            "Pick done: choose+ shop+ compare+ (by the window)",
            "Kit done: wet+ oil+ hang+ (every morning; from grandfather)",
            "Plan done: paper+ measure+ ask+",
            "Work todo: dig sow weed",
            "Heap skipped: pile turn use",
            "next seeds/sort",
        ],
    ),
    Edit(
        "a step that was done and one that is open are merged",
        merge_a_done_and_an_open_step,
        [
            "2 of 5 done, 1 skipped, 1 begun, 1 to do",
            "Market begun: choose+ buy+ dry (by the window)",
            "Kit done: wet+ oil+ hang+ (every morning; from grandfather)",
            "Plan done: paper+ measure+ ask+",
            "Work todo: dig sow weed",
            "Heap skipped: pile turn use",
            "next market/dry",
        ],
        ("ticked market/dry",),
    ),
    Edit(
        "a step gets another id",
        replace_a_step,
        [
            "2 of 5 done, 1 skipped, 1 begun, 1 to do",
            "Market begun: choose+ buy+ dry+ (by the window)",
            "Kit done: wet+ oil+ hang+ (every morning; from grandfather)",
            "Map done: paper+ colour+ frame+",
            "Work todo: dig sow weed",
            "Heap skipped: pile turn use",
            "next work/dig",
        ],
    ),
    Edit(
        "the same step gets a third id",
        replace_what_replaced_it,
        [
            "2 of 5 done, 1 skipped, 1 begun, 1 to do",
            "Market begun: choose+ buy+ dry+ (by the window)",
            "Kit done: wet+ oil+ hang+ (every morning; from grandfather)",
            "Drawing done: pencil+ colour+ frame+",
            "Work todo: dig sow weed",
            "Heap skipped: pile turn use",
            "next work/dig",
        ],
        ("ticked work/sow",),
    ),
    Edit(
        "a task gets another id",
        give_a_task_another_id,
        [
            "2 of 5 done, 1 skipped, 2 begun",
            "Market begun: choose+ buy+ dry+ (by the window)",
            "Kit done: wet+ oil+ hang+ (every morning; from grandfather)",
            "Drawing done: pencil+ colour+ frame+",
            "Work begun: dig weed plant+",
            "Heap skipped: pile turn use",
            "next work/dig",
        ],
        ("ticked work/dig", "cleared drawing"),
    ),
    Edit(
        "two tasks that are ticked are merged, and one of them with one that is not",
        merge_two_tasks,
        [
            "1 of 5 done, 1 skipped, 2 begun, 1 to do",
            "Market begun: choose+ buy+ dry+ (by the window)",
            "Kit done: wet+ oil+ hang+ (every morning; from grandfather)",
            "Drawing todo: pencil colour frame",
            "Work begun: both+ half rest",
            "Heap skipped: pile turn use",
            "next drawing/pencil",
        ],
        ("done drawing",),
    ),
    Edit(
        "a step that was skipped is split",
        split_a_skipped_step,
        [
            "2 of 6 done, 2 skipped, 2 begun",
            "Market begun: choose+ buy+ dry+ (by the window)",
            "Kit done: wet+ oil+ hang+ (every morning; from grandfather)",
            "Drawing done: pencil+ colour+ frame+",
            "Work begun: both+ half rest",
            "Pile skipped: pile cover wet",
            "Compost skipped: turn use sell",
            "next work/half",
        ],
        ("ticked compost/turn",),
    ),
    Edit(
        "nothing; what was skipped was begun after all",
        nothing,
        [
            "2 of 6 done, 1 skipped, 3 begun",
            "Market begun: choose+ buy+ dry+ (by the window)",
            "Kit done: wet+ oil+ hang+ (every morning; from grandfather)",
            "Drawing done: pencil+ colour+ frame+",
            "Work begun: both+ half rest",
            "Pile skipped: pile cover wet",
            "Compost begun: turn+ use sell",
            "next work/half",
        ],
    ),
]


@pytest.fixture
def roadmap(tmp_path):
    return Roadmap(tmp_path / "knowledge")


@pytest.fixture
def student():
    one = Student()
    one.does("noted soil: red earth", "done soil", "ticked pot/choose", "ticked pot/fill")
    one.does("known tools", "ticked bed/plan", "skipped heap")
    return one


def test_a_students_progress_follows_every_edit_of_the_roadmap(roadmap, student):
    for edit in EDITS:
        edit.change(roadmap)
        assert student.sees(roadmap.publish()) == edit.seen, edit.what
        student.does(*edit.does)


def test_a_step_done_and_then_retired_stays_in_the_history(roadmap, student):
    roadmap.publish()
    roadmap.retire("soil")
    knowledge = roadmap.publish()
    journey = Journey(student.events, knowledge)
    assert [event.about for event in journey.effective if event.kind == "done"] == [f"{ROADMAP}/soil"]
    assert journey.since(knowledge.roles[CAREER], 0).steps == 1
    assert journey.tally(knowledge.roles[CAREER]).done == 0
    assert f"{ROADMAP}/soil/feel" in knowledge.retired


def test_what_was_done_before_a_split_can_be_taken_back_after_it(roadmap, student):
    roadmap.publish()
    student.does("done pot")
    split_a_done_step(roadmap)
    knowledge = roadmap.publish()
    student.takes_back("done pot")
    assert student.sees(knowledge)[3:5] == [
        "Pick begun: choose+ shop compare",
        "Care begun: fill+ water watch",
    ]


def test_whoever_begins_again_begins_with_nothing_from_before_the_edits(roadmap, student):
    roadmap.publish()
    student.does("done pot")
    split_a_done_step(roadmap)
    split_a_step_with_some_ticks(roadmap)
    knowledge = roadmap.publish()
    student.does("unticked work/dig")
    student.events.append(Event("restarted", CAREER, "", 99, "press-99", "button"))
    assert student.sees(knowledge)[0] == "0 of 7 done, 7 to do"


def test_an_edit_that_forgets_to_retire_what_it_replaces_does_not_load(roadmap):
    roadmap.publish()
    roadmap.step("bed")["replaces"] = ["pot"]
    with pytest.raises(KnowledgeError, match='"pot" is still in the roadmap'):
        roadmap.publish()
