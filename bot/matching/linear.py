"""A linear classifier: one margin a label, each trained against everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Vector

Dense = NDArray[np.float32]
Weights = NDArray[np.float16]
Margins = NDArray[np.float32]

STRICTNESS = 0.5
"""C of the support vector machine; between 0.3 and 1 it made no difference beyond noise."""

_ROUNDS = 60
"""Steps of the dense fit; twice as many lower its loss by 2 in 100 and change no decision."""

_EVEN_SHARE = 60
"""A label with 1/60 of the rows gets weight one, a rarer one more."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of some labels over some features (a row a feature, a column a label).

    Half precision: it halves the memory and moves a margin by less than 0.01.
    """

    labels: tuple[str, ...]
    weights: Weights
    bias: Margins

    def margins(self, vector: Vector) -> Margins:
        """Return a margin a label for a sparse row: above 0 it speaks for the label, below against."""
        rows = self.weights[vector.columns].astype(np.float32)
        return np.asarray(vector.values @ rows + self.bias, dtype=np.float32)

    def margins_dense(self, vector: NDArray[np.float32]) -> Margins:
        """The same for a dense row."""
        return np.asarray(vector @ self.weights.astype(np.float32) + self.bias, dtype=np.float32)


def train(rows: Sequence[Vector] | Dense, labels: Sequence[str], wanted: Sequence[str], width: int) -> Linear:
    """Fit a support vector machine a wanted label against all rows that do not carry it.

    Labels are fitted independently of one another, so those of one career can be fitted beside the shared
    ones and their margins still compare.

    Args:
        rows: sparse rows, or a dense matrix.
        labels: the label of each row.
        wanted: the labels to fit; the other labels only serve as what they are told apart from. One that
            ends with a slash stands for all labels that begin with it.
        width: number of features.
    """
    names = np.array(labels)
    carries = np.stack([_carries(names, label) for label in wanted], axis=1)
    shares = len(names) / (_EVEN_SHARE * np.maximum(1, carries.sum(axis=0)))
    if isinstance(rows, np.ndarray):
        weights, bias = _fit_dense(rows, carries, shares)
    else:
        weights, bias = _fit_sparse(rows, carries, shares, width)
    return Linear(tuple(wanted), weights.astype(np.float16), bias.astype(np.float32))


def _carries(names: NDArray[np.str_], label: str) -> NDArray[np.bool_]:
    return np.char.startswith(names, label) if label.endswith("/") else names == label


def _fit_sparse(
    rows: Sequence[Vector], carries: NDArray[np.bool_], shares: NDArray[np.float64], width: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # Imported here: it costs 80 MB and a second that a start from the cache need not pay.
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    starts = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    matrix = csr_matrix((values, columns, starts), shape=(len(rows), width), dtype=np.float64)
    if carries.all():  # one label only: there is nothing to tell it from
        return np.zeros((width, carries.shape[1])), np.ones(carries.shape[1])
    fitted = [
        LinearSVC(C=STRICTNESS, class_weight={True: share, False: 1.0}, random_state=0).fit(
            matrix, carries[:, place]
        )
        for place, share in enumerate(shares)
    ]
    return np.stack([one.coef_[0] for one in fitted], axis=1), np.array([one.intercept_[0] for one in fitted])


def _fit_dense(
    rows: Dense, carries: NDArray[np.bool_], shares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit all labels at once; liblinear needs ten times as long on dense rows."""
    from scipy.optimize import minimize  # noqa: PLC0415 - not needed for a start from the cache

    width, count = rows.shape[1], carries.shape[1]
    matrix = np.hstack([rows, np.ones((len(rows), 1), dtype=np.float32)])
    signs = np.where(carries, 1, -1).astype(np.float32)
    costs = (STRICTNESS * np.where(carries, shares, 1)).astype(np.float32)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(width + 1, count).astype(np.float32)
        short = np.maximum(0, 1 - signs * (matrix @ weights))
        slope = weights - 2 * matrix.T @ (costs * short * signs)
        return float((weights**2).sum() / 2 + (costs * short**2).sum()), slope.astype(np.float64).ravel()

    start = np.zeros((width + 1) * count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    solved = found.reshape(width + 1, count)
    return solved[:-1], solved[-1]
