"""Signs of distress are noticed before anything else."""

import pytest

from bot.domain.knowledge import Safety
from bot.matching.careers import Named
from bot.matching.decision import Board
from bot.matching.distress import CLEAR, POSSIBLE, Distress
from bot.matching.normalise import clean, words_of
from tests.matching.boards import BOARD, piece, weighed
from tests.samples import knowledge


@pytest.fixture
def distress():
    phrases = {
        "self-harm": {"en": ("kill myself", "want to die"), "si": ("මැරෙන්න හිතෙනවා",)},
        "being-hurt": {"en": ("hits me",), "ta": ("அப்பா அடிக்கிறார்",)},
    }
    safety: Safety = knowledge().safety.model_copy(update={"phrases": phrases})
    return Distress(safety)


def said(text: str, **margins: float):
    words = tuple(words_of(clean(text)))
    return piece(
        {name.replace("__", "/").replace("_", "-"): margin for name, margin in margins.items()},
        Named(words, (), ()),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I want to KILL MYSELF", "self-harm"),
        ("i wanna kill   my\u200bself tonight", "self-harm"),
        ("k1ll mys3lf", "self-harm"),
        ("they say i want to die!!! and sql", "self-harm"),
        ("මට මැරෙන්න හිතෙනවා", "self-harm"),
        ("my uncle hits me", "being-hurt"),
        ("அப்பா அடிக்கிறார்", "being-hurt"),
    ],
)
def test_a_phrase_is_a_sign_wherever_it_stands(text, kind, distress):
    assert distress.notice(weighed(said(text)), BOARD).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "skill myself up",
        "overkill myself",
        "kill myselfie",
        "hits meat",
        "hits melody",
        "kill the process myself",
        "die",
    ],
)
def test_a_phrase_is_found_as_whole_words_only(text, distress):
    signs = distress.notice(weighed(said(text)), BOARD)
    assert (signs.kind, signs.gentle) == (None, False)


def test_a_phrase_in_any_part_of_a_long_message_is_noticed(distress):
    story = [said("how do i learn sql", facet__pay=2.0) for _ in range(10)]
    assert distress.notice(weighed(*story, said("he hits me")), BOARD).kind == "being-hurt"


def test_a_phrase_goes_before_however_clear_a_question(distress):
    found = distress.notice(weighed(said("salary, i kill myself", facet__pay=2.5)), BOARD)
    assert found.kind == "self-harm"


@pytest.mark.parametrize("kind", ["self-harm", "being-hurt"])
def test_the_learnt_labels_alone_are_a_sign_of_their_kind(kind, distress):
    strong = {"distress__": 1.0, f"distress__{kind.replace('-', '_')}": 1.0}
    assert distress.notice(weighed(said("nobody would notice", **strong)), BOARD).kind == kind


def test_unclear_signs_ask_for_a_gentle_line_only(distress):
    # Nothing else counts as -1, and half of it is taken off.
    between = (CLEAR + POSSIBLE) / 2 - 0.5
    found = distress.notice(weighed(said("everything is too much", distress__=between)), BOARD)
    assert (found.kind, found.gentle) == (None, True)


def test_a_clear_question_speaks_against_faint_signs(distress):
    found = distress.notice(weighed(said("how do i start", distress__=-0.3, facet__roadmap=1.5)), BOARD)
    assert (found.kind, found.gentle) == (None, False)


def test_a_lookalike_speaks_against_faint_signs(distress):
    found = distress.notice(weighed(said("this bug is killing me", distress__=0.2, lookalike=1.5)), BOARD)
    assert found.kind is None


def test_a_knowledge_without_signs_notices_nothing():
    board = Board(("facet/pay", "off-topic/"), "backend-developer")
    assert Distress(knowledge().safety).notice(weighed(said("i want to die")), board).kind is None


def test_every_phrase_of_the_shipped_knowledge_is_noticed_with_its_kind(knowledge):
    noticing = Distress(knowledge.safety)
    missed = [
        phrase
        for kind, asks in knowledge.safety.phrases.items()
        for listed in asks.values()
        for phrase in listed
        if noticing.notice(weighed(said(f"please {phrase} now")), BOARD).kind != kind
    ]
    assert missed == []


def test_no_phrase_of_the_shipped_knowledge_stands_in_a_lookalike_or_an_ordinary_question(knowledge):
    noticing = Distress(knowledge.safety)
    ordinary = [
        *(asks for asks in knowledge.questions.values()),
        *(asks for asks in knowledge.small_talk.values()),
        *(asks for asks in knowledge.off_topic.values()),
        *(entry.asks for entry in knowledge.entries.values()),
        knowledge.safety.lookalikes,
    ]
    taken = [
        asked
        for asks in ordinary
        for listed in asks.values()
        for asked in listed
        if words_of(clean(asked)) and noticing.notice(weighed(said(asked)), BOARD).kind
    ]
    assert taken == []
