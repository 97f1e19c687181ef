"""What the tests of the front door share."""

import pytest

from bot.conversation import Conversation, Snapshot
from bot.functions import FUNCTIONS
from bot.texts.catalogue import load_catalogues
from tests.samples import ROLE, CountedMisses, keeping


@pytest.fixture
def shipped(snapshot: Snapshot) -> Conversation:
    """The front door over the shipped knowledge and its matcher."""
    return Conversation(
        snapshot=lambda: snapshot,
        texts=load_catalogues(),
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )
