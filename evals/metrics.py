"""Ranking metrics over one query's results; each is averaged over queries by the caller."""

from collections.abc import Collection, Sequence


def hit(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Hit@k: 1 when any of the first `k` results is relevant, else 0."""
    return float(any(r in relevant for r in ranked[:k]))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 / rank of the first relevant result within the first `k`, 0 without one; its mean is MRR@k."""
    return next((1.0 / rank for rank, r in enumerate(ranked[:k], 1) if r in relevant), 0.0)


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Recall@k: the share of the relevant that stands in the first `k`; 0 when nothing is relevant."""
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant)) if relevant else 0.0


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1) of the values do not exceed (nearest rank), 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))] if ordered else 0.0
