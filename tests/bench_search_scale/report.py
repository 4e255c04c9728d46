"""Rebuild rate, size, and how long searches and suggestions take, each beside the barest SQL of the same run."""

from __future__ import annotations

import datetime
import os
import random
import statistics
import time
from collections.abc import Callable

from django.db import connection

from search.actions import rebuild
from search.contract import Alternative, Clause, Phrase, SearchRequest, Viewer
from search.engines.database import DatabaseEngine, store
from search.engines.database.dialects import dialect
from search.language import fold_word, normalise
from search.models import IndexState, SearchDocument
from tests.bench_search_scale.bare import build_bare, search_bare, size_of_bare
from tests.bench_search_scale.documents import generate, words

_QUERIES = 240
_TARGET, _TARGET_SUGGEST = 120, 30
_TODAY = datetime.date(2026, 11, 25)

Say = Callable[[str], None]


def report(size: int, say: Say) -> None:
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    say(f"load of the machine at the start: {loads} on {os.cpu_count()} cores: wall-clock figures mean little above 1")
    say(f"\n{connection.vendor}, {size} documents of 200 words")
    if SearchDocument.objects.count() != size:
        _load(size, say)
    _searches(say)
    _suggestions(say)


def _load(size: int, say: Say) -> None:
    SearchDocument.objects.bulk_create(generate(size), batch_size=2_000)
    began = time.perf_counter()
    rebuild(progress=lambda _done, _total: None, from_sources=False)
    built = time.perf_counter() - began
    bare = build_bare(say)
    index = dialect().size(IndexState.objects.get().build)
    say(f"rebuild   {size / built:7.0f} documents/s ({built:.0f} s); the barest index {size / bare:.0f}/s, "
        f"ours takes {built / bare:.0f} times as long")  # fmt: skip
    say(f"size      {index / 1e6:7.0f} MB; the barest index {size_of_bare() / 1e6:.0f} MB")


def _searches(say: Say) -> None:
    engine, chance, known = DatabaseEngine(), random.Random(1), words()
    asked = [_request(chance, known) for _turn in range(_QUERIES)]
    store._open.clear()
    began = time.perf_counter()
    engine.search(asked[0])
    cold = time.perf_counter() - began
    taken: list[tuple[int, float]] = []
    bare, busy = [], []
    for request in asked[1:]:
        began, before = time.perf_counter(), time.process_time()
        response = engine.search(request)
        ended = time.perf_counter()
        busy.append((time.process_time() - before) * 1000)
        if response.total < 10:
            continue
        taken.append((response.total, (ended - began) * 1000))
        bare.append(search_bare([clause.alternatives[-1].term for clause in request.clauses]) * 1000)
    for least, most in ((10, 1_000), (1_000, 10_000), (10_000, 75_000), (10, 10**9)):
        here = [(milliseconds, plain) for (total, milliseconds), plain in zip(taken, bare, strict=True)
                if least <= total < most]  # fmt: skip
        if here:
            ours, plain = _p95([one for one, _ in here]), _p95([one for _, one in here])
            name = f"{least}–{most}" if most < 10**9 else "all"
            middle = statistics.median(one for one, _ in here)
            say(f"search    {name:14} matches: median {middle:5.1f} ms, "
                f"p95 {ours:5.1f} ms ({len(here)} queries); "
                f"barest SQL p95 {plain:.1f} ms, ratio {ours / plain:.2f}")  # fmt: skip
    say(f"search    processor time of this process: median {statistics.median(busy):.1f} ms, p95 {_p95(busy):.1f} ms")
    worst = _p95([milliseconds for _total, milliseconds in taken])
    say(f"search    {min(taken)[0]} to {max(taken)[0]} matches; the first query of a process {cold * 1000:.0f} ms; "
        f"p95 {worst:.1f} ms, target {_TARGET} ms: {'reached' if worst < _TARGET else 'MISSED'}")  # fmt: skip


def _suggestions(say: Say) -> None:
    engine, chance, known = DatabaseEngine(), random.Random(2), words()
    engine.suggest(["b"], Viewer(), 8)
    taken = []
    for _turn in range(200):
        whole = [fold_word(word) for word in chance.sample(known[:60], chance.randint(0, 2))]
        last = fold_word(chance.choice(known[:3_000]))
        began = time.perf_counter()
        engine.suggest([*whole, last[: chance.randint(1, 4)]], Viewer(), 8)
        taken.append((time.perf_counter() - began) * 1000)
    worst = _p95(taken)
    say(f"suggest   median {statistics.median(taken):.1f} ms, p95 {worst:.1f} ms, target {_TARGET_SUGGEST} ms: "
        f"{'reached' if worst < _TARGET_SUGGEST else 'MISSED'}")  # fmt: skip


def _request(chance: random.Random, known: list[str]) -> SearchRequest:
    """One to three words, from the commonest to seldom ones, toned and folded, each query another."""
    most = chance.choice([40, 200, 1_000, 4_000])
    chosen = [known[min(int(chance.paretovariate(0.6)) + chance.randint(0, most // 4), most)]
              for _word in range(chance.choice([1, 1, 2, 2, 3]))]  # fmt: skip
    clauses = tuple(
        Clause((Alternative(normalise(word), is_toned=True), Alternative(fold_word(word), 0.6))) for word in chosen
    )
    phrases = (Phrase(tuple(map(fold_word, chosen))),) if len(chosen) > 1 else ()
    return SearchRequest(clauses=clauses, phrases=phrases, today=_TODAY, boosts={"3": 0.5})


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
