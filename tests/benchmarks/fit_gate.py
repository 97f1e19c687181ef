"""Fits the gates of bot/matching/decision.py and prints them, to be written down there.

    python -m tests.benchmarks.fit_gate [OFF_TOPIC.txt ...]

In scope are the questions of tests/questions/own.jsonl, out of scope the off-topic lines of tests/questions
and of the files named. None of them is a phrasing. Run it after large changes of the phrasings.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bot.bootstrap import EngineChoice, open_bot
from bot.matching.decision import SIGNALS, Verdict, judge, signals
from bot.matching.engine import Engine
from bot.settings import read_settings
from tests.benchmarks.figures import CAREER
from tests.benchmarks.questions import Question, read_off_topic, read_questions

HERE = Path(__file__).resolve().parent.parent / "questions"

FOR, AGAINST, EITHER = (0, None), (None, 0), (None, None)
BOUNDS = [FOR, EITHER, AGAINST, AGAINST, FOR, AGAINST, AGAINST, EITHER, FOR]
"""What each of `SIGNALS` may speak for: more of what is off topic never makes an answer likelier."""

ANSWERED = 0.008
"""Share of off-topic lines that may be answered; the aim is 0.015, and other lines will be worse."""

OFFERED = 0.15
"""Share of off-topic lines that may be offered choices; the aim is 0.25."""


def main() -> None:
    """Print both gates."""
    foreign = [
        one for path in (HERE / "off_topic.txt", *map(Path, sys.argv[1:])) for one in read_off_topic(path)
    ]
    asked = [one for one in read_questions(HERE / "own.jsonl") if one.kind not in {"none", "distress"}]
    for choice in (EngineChoice.LEXICAL, EngineChoice.EMBEDDINGS):
        engine = open_bot(read_settings(), choice).snapshot.matcher
        if isinstance(engine, Engine):
            print(choice.value, fit(engine, asked, foreign))


def fit(engine: Engine, asked: Sequence[Question], foreign: Sequence[Question]) -> str:
    """Return one gate as it is written down."""
    inside, outside = _signals(engine, asked), _signals(engine, foreign)
    rows = np.array([row for row, _ in (*inside, *outside)])
    in_scope = np.array([True] * len(inside) + [False] * len(outside))
    weights, bias = _logistic(rows, in_scope)
    likely = 1 / (1 + np.exp(-(np.array([row for row, _ in outside]) @ weights + bias)))
    board = engine.board(CAREER)
    wanted = np.array([board.wanted[verdict.best] for _, verdict in outside])
    leads = np.array([verdict.leads for _, verdict in outside])
    answer = np.quantile(np.where(wanted & leads, likely, 0), 1 - ANSWERED)
    offer = np.quantile(np.where(wanted, likely, 0), 1 - OFFERED)
    listed = ", ".join(f"{weight:.2f}" for weight in weights)
    return f"Gate(({listed}), {bias:.2f}, {answer:.2f}, {offer:.2f})  # {len(SIGNALS)} signals"


def _logistic(rows: np.ndarray, in_scope: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit a logistic regression (L2, C = 1, scaled signals) whose weights keep the signs they must have."""
    scale = np.where(rows.std(axis=0) > 0, rows.std(axis=0), 1)
    centre = rows.mean(axis=0)
    scaled = (rows - centre) / scale
    signs = np.where(in_scope, 1, -1)

    def loss(found: np.ndarray) -> float:
        margins = signs * (scaled @ found[:-1] + found[-1])
        return float(np.logaddexp(0, -margins).sum() + (found[:-1] ** 2).sum() / 2)

    found = minimize(loss, np.zeros(rows.shape[1] + 1), bounds=[*BOUNDS, (None, None)]).x
    weights = found[:-1] / scale
    return weights, float(found[-1] - weights @ centre)


def _signals(engine: Engine, questions: Sequence[Question]) -> list[tuple[np.ndarray, Verdict]]:
    board = engine.board(CAREER)
    found = []
    for question in questions:
        weighed = engine.weigh(question.text, CAREER)
        if weighed:
            verdict = judge(board, weighed.question)
            found.append((signals(board, weighed.question, *verdict.columns[:2]), verdict))
    return found


if __name__ == "__main__":
    main()
