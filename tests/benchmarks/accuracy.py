"""Prints how well questions are understood, beside well-known ways of matching on the same phrasings.

python -m tests.benchmarks.accuracy QUESTIONS.jsonl OFF_TOPIC.txt [--misses] [--engines-only]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.bootstrap import EngineChoice, StartError, open_bot
from bot.domain.knowledge import KnowledgeBase
from bot.matching.labels import FACET
from bot.matching.normalise import clean, words_of
from bot.matching.training import Reader
from bot.settings import read_settings
from tests.benchmarks.figures import CAREER, NamingRow, Row, tabulate, tabulate_namings
from tests.benchmarks.questions import Question, read_namings, read_off_topic, read_questions

NAMINGS = Path(__file__).resolve().parent.parent / "questions" / "steps.jsonl"

AIMS = {
    "english": "helped 95, right 80, wrong at most 4",
    "lk languages": "helped 88, right 70, wrong at most 5",
    "unknown-role": "helped 95, right 85, wrong at most 5",
    "none": "wrong at most 4",
    "off-topic": "wrong at most 1.5, choices at most 25",
    "distress": "helped 100, right 90",
    "lookalike": "right 100",
}

Scores = Callable[[Sequence[str]], Iterable[np.ndarray]]


def main() -> None:
    """Print all tables."""
    arguments = argparse.ArgumentParser(description="How well questions are understood.")
    arguments.add_argument("questions", type=Path)
    arguments.add_argument("off_topic", type=Path)
    arguments.add_argument("--misses", action="store_true", help="list what went wrong")
    arguments.add_argument("--engines-only", action="store_true", help="leave out the peers")
    given = arguments.parse_args()
    questions = [*read_questions(given.questions), *read_off_topic(given.off_topic)]
    settings = read_settings()
    knowledge = None
    for choice in (EngineChoice.EMBEDDINGS, EngineChoice.LEXICAL):
        try:
            bot = open_bot(settings, choice)
        except StartError as error:
            print(f"\n{error}")
            continue
        knowledge = bot.snapshot.knowledge
        rows = tabulate((one, bot.snapshot.matcher.match(one.text, CAREER)) for one in questions)
        show(f"Engine: {bot.engine}", rows, misses=given.misses)
    if knowledge:
        find = bot.snapshot.matcher.steps
        row = tabulate_namings((one, find(one.text, CAREER, one.shown)) for one in read_namings(NAMINGS))
        show_namings(row, misses=given.misses)
    if knowledge and not given.engines_only:
        peers(knowledge, [one for one in questions if one.kind in {"english", "lk languages"}])


def show(title: str, rows: dict[str, Row], *, misses: bool) -> None:
    """Print one table."""
    print(f"\n{title}")
    print(f"{'kind':14}{'n':>6}{'helped':>8}{'right':>8}{'wrong':>8}{'choices':>9}  to reach, in per cent")
    for kind, aim in AIMS.items():
        row = rows.get(kind)
        if row:
            shares = (row.share(count) for count in (row.helped, row.right, row.wrong))
            cells = "".join(f"{100 * share:8.1f}" for share in shares)
            print(f"{kind:14}{row.asked:6}{cells}{100 * row.share(row.choices):9.1f}  {aim}")
    if misses:
        for row in rows.values():
            for question, match in row.misses:
                found = ", ".join(f"{one.id} {one.confidence}" for one in match.candidates)
                asked = f"{question.labels[0]} | {question.style} | {question.text[:100]!r}"
                print(f"  {asked} -> {match.outcome} {found}")


def show_namings(row: NamingRow, *, misses: bool) -> None:
    """Print how well steps are found that a sentence names; both engines find the same."""
    counts = f"{row.naming} sentences, in {row.silent} others none, in {row.unsure} unsure"
    print(f"\nSteps named in {counts}; in per cent")
    shares = [100 * count / row.naming for count in (row.helped, row.right)]
    print(f"helped {shares[0]:.1f} (to reach: 95), right {shares[1]:.1f} (85), ", end="")
    print(f"wrong {100 * row.wrong / (row.naming + row.silent + row.unsure):.1f} (at most 2), ", end="")
    print(f"none found where there is none {100 * row.empty / row.silent:.1f} (95), ", end="")
    print(f"marked though unsure {100 * row.marked / row.unsure:.1f} (at most 3)")
    if misses:
        for naming, found in row.misses:
            print(f"  {'ask ' * naming.unsure}{sorted(naming.steps)} | {naming.text!r} -> {found}")


def peers(knowledge: KnowledgeBase, questions: Sequence[Question]) -> None:
    """Print how often the nearest phrasing of each way of matching carries a right id; they never decline."""
    reader = Reader(knowledge)
    listed = [one for one in reader.phrasings(knowledge) if one.label.startswith((FACET, CAREER, "bot/"))]
    texts = [one.text for one in listed]
    ids = [one.label.replace(FACET, CAREER + "/") for one in listed]
    asked = [
        " ".join(reader.careers.name(reader.spelling.mend(words_of(clean(one.text)))).words)
        for one in questions
    ]
    ways: dict[str, Scores] = {
        "WRatio": lambda queries: _rapidfuzz(queries, texts, fuzz.WRatio),
        "token_set_ratio": lambda queries: _rapidfuzz(queries, texts, fuzz.token_set_ratio),
        "BM25 (bm25s)": lambda queries: _bm25(queries, texts),
        "char TF-IDF": lambda queries: _tfidf(queries, texts),
    }
    print(f"\nPeers, nearest of the same {len(texts)} phrasings (in scope only, they never decline)")
    print(f"{'way':18}{'first':>8}{'first 3':>9}")
    for name, scores in ways.items():
        first = third = 0
        for question, row in zip(questions, scores(asked), strict=True):
            found = list(dict.fromkeys(ids[place] for place in np.argsort(-row, kind="stable")[:60]))[:3]
            first += found[0] in question.labels
            third += any(one in question.labels for one in found)
        print(f"{name:18}{100 * first / len(questions):8.1f}{100 * third / len(questions):9.1f}")


def _rapidfuzz(
    queries: Sequence[str], texts: Sequence[str], scorer: Callable[..., float]
) -> Iterable[np.ndarray]:
    return process.cdist(queries, texts, scorer=scorer, workers=-1, dtype=np.float32)


def _bm25(queries: Sequence[str], texts: Sequence[str]) -> Iterable[np.ndarray]:
    index = bm25s.BM25()
    index.index([text.split() for text in texts], show_progress=False)
    return (index.get_scores(query.split() or [""]) for query in queries)


def _tfidf(queries: Sequence[str], texts: Sequence[str]) -> Iterable[np.ndarray]:
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    matrix = vectors.fit_transform(texts)
    return (row.toarray().ravel() for row in vectors.transform(queries) @ matrix.T)


if __name__ == "__main__":
    main()
