"""The figures of an engine on a set of questions, as the project states its aims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.matching.match import Match, Outcome
from tests.benchmarks.questions import Naming, Question

CAREER = "backend-developer"
AT_ONCE = frozenset({Outcome.ANSWER, Outcome.ACTION, Outcome.SAFETY})


@dataclass
class Row:
    """One row of the table: counts of questions."""

    asked: int = 0
    helped: int = 0
    right: int = 0
    wrong: int = 0
    choices: int = 0
    misses: list[tuple[Question, Match]] = field(default_factory=list)

    def add(self, question: Question, match: Match) -> None:
        """Count one question."""
        right, offered = _right(question, match), _offered(question, match)
        wrong = match.outcome in AT_ONCE and not right
        self.asked += 1
        self.right += right
        self.helped += right or offered
        self.wrong += wrong
        self.choices += match.outcome is Outcome.CHOICES
        if wrong or not (right or offered or question.kind in {"none", "off-topic"}):
            self.misses.append((question, match))

    def share(self, count: int) -> float:
        """Return a count as a share of what was asked."""
        return count / self.asked if self.asked else 0.0


def _right(question: Question, match: Match) -> bool:
    labels = question.labels
    if match.outcome in {Outcome.ANSWER, Outcome.ACTION}:
        return match.candidates[0].id in labels
    declined = match.outcome not in {*AT_ONCE, Outcome.CHOICES}
    return (
        (match.outcome is Outcome.SAFETY and "distress" in labels)
        or (match.outcome is Outcome.UNKNOWN_ROLE and "unknown-role" in labels)
        or (declined and ("none" in labels or "off-topic" in labels))
    )


def _offered(question: Question, match: Match) -> bool:
    if "distress" in question.labels:
        return match.gentle
    if match.outcome is not Outcome.CHOICES:
        return False
    return "unknown-role" in question.labels or any(one.id in question.labels for one in match.candidates)


@dataclass
class NamingRow:
    """The figures of finding steps: of sentences that name some, or none, or must be asked about."""

    naming: int = 0
    right: int = 0
    helped: int = 0
    wrong: int = 0
    silent: int = 0
    empty: int = 0
    unsure: int = 0
    marked: int = 0
    misses: list[tuple[Naming, tuple[tuple[str, ...], ...]]] = field(default_factory=list)

    def add(self, naming: Naming, found: tuple[tuple[str, ...], ...]) -> None:
        """Count one sentence; wrong is one step taken for sure that is not meant, named or not.

        An empty group asks, and one that stands alone names nothing.
        """
        is_asked = () in found
        sure = {one[0] for one in found if len(one) == 1 and not is_asked}
        offered = {step for one in found for step in one}
        if naming.unsure:
            self.unsure += 1
            # Where nothing is named, what was shown last would be marked.
            is_right = is_asked or not (sure or not found)
            self.marked += not is_right
        elif naming.steps:
            self.naming += 1
            is_right = sure == offered == naming.steps
            self.right += is_right
            self.helped += not sure - naming.steps and naming.steps <= offered
        else:
            self.silent += 1
            is_right = not offered
            self.empty += is_right
        self.wrong += bool(sure - naming.steps)
        if not is_right:
            self.misses.append((naming, found))


def tabulate_namings(pairs: Iterable[tuple[Naming, tuple[tuple[str, ...], ...]]]) -> NamingRow:
    """Count sentences that may name steps."""
    row = NamingRow()
    for naming, found in pairs:
        row.add(naming, found)
    return row


def tabulate(pairs: Iterable[tuple[Question, Match]]) -> dict[str, Row]:
    """Count questions by kind; look-alikes of distress are counted a second time as such."""
    rows: dict[str, Row] = defaultdict(Row)
    for question, match in pairs:
        rows[question.kind].add(question, match)
        if question.style == "lookalike":
            row = rows["lookalike"]
            row.asked += 1
            row.right += match.outcome is not Outcome.SAFETY
            row.wrong += match.outcome is Outcome.SAFETY
    return dict(rows)
