"""What was learnt from the knowledge, kept in files so that the next start is quick.

Every file is named by what it was made from (the knowledge's digest, the matching code, the embedding), so a
stale one is never read; one that is broken is made again.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import bot.matching
from bot.matching.embedding import Embedder
from bot.matching.features import Features
from bot.matching.linear import Linear
from bot.matching.training import Heads, Learnt

Arrays = Mapping[str, NDArray[Any]]

_LEARNING = ("careers", "features", "labels", "linear", "normalise", "spelling", "training")
"""The modules of bot/matching that what is learnt depends on."""

_BATCH = 256
"""Texts embedded between two reports of progress."""

_KEPT = 2
"""Files of each kind that are kept: the present one and the one before."""


def fingerprint(digest: str, embedding: str) -> str:
    """Return a name for what is learnt from a knowledge digest by this code with an embedding."""
    made = hashlib.blake2b(f"{digest} {embedding}".encode(), digest_size=12)
    matching = Path(next(iter(bot.matching.__path__)))
    for module in _LEARNING:
        made.update((matching / f"{module}.py").read_bytes())
    return made.hexdigest()


def load_learnt(folder: Path, name: str) -> tuple[Learnt, Mapping[str, int]] | None:
    """Return what was kept under a name with the word counts it came with, or None."""
    arrays = _read(folder / f"learnt-{name}.npz")
    if arrays is None:
        return None
    try:
        about = json.loads(arrays["about"].tobytes())
        features = Features(about["features"], arrays["rarity"])
        lexical = _heads(arrays, about, "lexical")
        languages = _linear(arrays, about["languages"], "languages")
        if not about["meaning"]:
            return Learnt(features, lexical, languages, about["exact"]), about["words"]
        meaning = _heads(arrays, about, "meaning")
        learnt = Learnt(features, lexical, languages, about["exact"], arrays["centre"], meaning)
        return learnt, about["words"]
    except (KeyError, ValueError, TypeError):
        return None


def save_learnt(folder: Path, name: str, learnt: Learnt, words: Mapping[str, int]) -> None:
    """Keep what was learnt, and the word counts of the same knowledge, under a name."""
    about: dict[str, Any] = {
        "features": learnt.features.names,
        "words": dict(words),
        "exact": dict(learnt.exact),
        "languages": learnt.languages.labels,
        "lexical": _labels(learnt.lexical),
        "meaning": _labels(learnt.meaning) if learnt.meaning else None,
    }
    arrays: dict[str, NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8),
        "rarity": learnt.features.rarity,
        **_arrays("languages", learnt.languages),
        **_all_arrays("lexical", learnt.lexical),
    }
    if learnt.meaning is not None and learnt.centre is not None:
        arrays |= {"centre": learnt.centre, **_all_arrays("meaning", learnt.meaning)}
    _write(folder / f"learnt-{name}.npz", arrays)


def embed_all(
    folder: Path, embedder: Embedder, texts: Sequence[str], progress: Callable[[int, int], None]
) -> NDArray[np.float32]:
    """Return a vector a text, embedding only those that no earlier knowledge had.

    Args:
        folder: where vectors are kept.
        embedder: makes those that are missing, about 10 ms each.
        texts: the texts.
        progress: told how many of the missing ones are done, and how many there are.
    """
    path = folder / f"vectors-{embedder.name}.npz"
    kept = _read(path) or {}
    known: dict[str, NDArray[np.float16]] = {}
    if "texts" in kept and "vectors" in kept:
        known = dict(zip(json.loads(kept["texts"].tobytes()), kept["vectors"], strict=True))
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    for start in range(0, len(missing), _BATCH):
        progress(start, len(missing))
        batch = missing[start : start + _BATCH]
        known.update(zip(batch, embedder.embed(batch).astype(np.float16), strict=True))
    if missing:
        progress(len(missing), len(missing))
        used = list(dict.fromkeys(texts))
        listed = np.frombuffer(json.dumps(used, ensure_ascii=False).encode(), dtype=np.uint8)
        _write(path, {"texts": listed, "vectors": np.stack([known[text] for text in used])})
    return np.stack([known[text] for text in texts]).astype(np.float32)


def _labels(heads: Heads) -> dict[str, Any]:
    return {"shared": heads.shared.labels, "roles": {role: one.labels for role, one in heads.roles.items()}}


def _all_arrays(kind: str, heads: Heads) -> dict[str, NDArray[Any]]:
    arrays = _arrays(f"{kind}/shared", heads.shared)
    for role, linear in heads.roles.items():
        arrays |= _arrays(f"{kind}/roles/{role}", linear)
    return arrays


def _arrays(name: str, linear: Linear) -> dict[str, NDArray[Any]]:
    return {f"{name}/weights": linear.weights, f"{name}/bias": linear.bias}


def _heads(arrays: Arrays, about: Mapping[str, Any], kind: str) -> Heads:
    labels = about[kind]
    roles = {role: _linear(arrays, own, f"{kind}/roles/{role}") for role, own in labels["roles"].items()}
    return Heads(_linear(arrays, labels["shared"], f"{kind}/shared"), roles)


def _linear(arrays: Arrays, labels: Sequence[str], name: str) -> Linear:
    return Linear(tuple(labels), arrays[f"{name}/weights"], arrays[f"{name}/bias"])


def _read(path: Path) -> dict[str, NDArray[Any]] | None:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None


def _write(path: Path, arrays: Arrays) -> None:
    """Write a file so that it is there whole or not at all, and let go of the oldest of its kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        np.savez(part, **arrays)  # type: ignore[arg-type]
    Path(part.name).replace(path)
    kind = path.name.split("-", 1)[0]
    ours = sorted(path.parent.glob(f"{kind}-*.npz"), key=lambda one: one.stat().st_mtime)
    for old in ours[:-_KEPT]:
        old.unlink(missing_ok=True)
