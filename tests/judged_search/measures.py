"""How good a list of answers is. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10


@dataclass(frozen=True)
class Quality:
    queries: int
    ndcg: float
    recall: float
    empty: float
    first: float  # share of queries whose first answer has the best grade


def quality(judged: Sequence[tuple[Mapping[str, int], Sequence[str]]]) -> Quality:
    """Over pairs of the grades of a query and the keys that were answered."""
    count = len(judged)
    return Quality(
        queries=count,
        ndcg=sum(ndcg(grades, keys) for grades, keys in judged) / count,
        recall=sum(recall(grades, keys) for grades, keys in judged) / count,
        empty=sum(not keys for _grades, keys in judged) / count,
        first=sum(bool(keys) and grades.get(keys[0], 0) == max(grades.values()) for grades, keys in judged) / count,
    )


def ndcg(grades: Mapping[str, int], keys: Sequence[str]) -> float:
    best = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return _gain([grades.get(key, 0) for key in keys[:DEPTH]]) / best if best else 0.0


def recall(grades: Mapping[str, int], keys: Sequence[str]) -> float:
    """Of the best-graded answers (of ten where there are more), how many are among the first ten."""
    best = {key for key, grade in grades.items() if grade == max(grades.values())}
    return len(best & set(keys[:DEPTH])) / min(len(best), DEPTH)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
