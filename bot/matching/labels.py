"""The labels that phrasings are learnt under."""

from __future__ import annotations

from bot.domain.knowledge import FACETS, Role

FACET = "facet/"
"""A side that every career has: learnt once for all of them."""

FUNCTION = "bot/"
POINTER = "pointers/"
OFF_TOPIC = "off-topic/"
UNKNOWN_ROLE = "unknown-role"
LOOKALIKE = "lookalike"
DISTRESS = "distress/"
SELF_HARM = "distress/self-harm"
BEING_HURT = "distress/being-hurt"
UNCLEAR = "distress/unclear"


def label_of(entry_id: str, role: Role) -> str:
    """Return the label an entry is learnt under: the sides that every career has share theirs."""
    local = entry_id.removeprefix(role.id + "/")
    return FACET + local if local in FACETS else entry_id


def own_labels(role: Role) -> list[str]:
    """Return the labels that only this career has."""
    return [entry.id for entry in role.entries() if label_of(entry.id, role) == entry.id and entry.asks]
