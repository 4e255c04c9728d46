"""Statements a second over HTTP at batches of 1, 50 and 500, and the barest INSERT of the same rows, in turns."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import psycopg
from django.db import connection

from tests.bench_records.population import a_statement
from tests.bench_records.wrk import requests_per_second

SLICE, PAIRS = 3, 5
_BARE = (
    "CREATE TABLE bare (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), stored timestamptz, body jsonb)",
    "CREATE INDEX ON bare (stored)",
    "CREATE INDEX ON bare ((body #>> '{actor,account,name}'), stored)",
    "CREATE INDEX ON bare ((body #>> '{verb,id}'), stored)",
)
_INSERT = "INSERT INTO bare (stored, body) SELECT now(), value FROM jsonb_array_elements(%s::jsonb)"


def report(authorization: str) -> Iterator[str]:
    chance = random.Random(3)
    with connection.cursor() as cursor:
        for statement in _BARE:
            cursor.execute(statement)
    for size in (1, 50, 500):
        body = json.dumps([a_statement(chance, 5000) for _ in range(size)])
        ours, bare = _in_turns(body, size, authorization)
        ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
        rate, barest = statistics.median(ours), statistics.median(bare)
        yield f"batches of {size:>3}: {rate:>8,.0f} statements/s, barest INSERT {barest:>8,.0f}, ratio {ratio:.3f}"


def _in_turns(body: str, size: int, authorization: str) -> tuple[list[float], list[float]]:
    ours, bare = [], []
    with NamedTemporaryFile("w", suffix=".json") as file:
        file.write(body)
        file.flush()
        for _pair in range(PAIRS):
            ours.append(size * requests_per_second(_script(file.name, authorization), SLICE))
            bare.append(size * _bare_per_second(body))
    return ours, bare


def _script(name: str, authorization: str) -> str:
    return f"""
        local file = io.open({json.dumps(str(Path(name)))}, "rb")
        wrk.method, wrk.body = "POST", file:read("*a")
        wrk.headers["Content-Type"] = "application/json"
        wrk.headers["X-Experience-API-Version"] = "2.0.0"
        wrk.headers["Authorization"] = "{authorization}"
        wrk.path = "/xapi/statements"
    """


def _bare_per_second(body: str) -> float:
    """Two connections, each a durable transaction for every batch."""
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(lambda _worker: _insert_for(SLICE, body), range(2)))


def _insert_for(seconds: float, body: str) -> float:
    values: dict[str, Any] = connection.settings_dict
    address = {"host": values["HOST"], "port": values["PORT"], "user": values["USER"], "dbname": values["NAME"]}
    with psycopg.connect(**address, autocommit=True) as own:
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            own.execute(_INSERT, [body])
            count += 1
        return count / (time.perf_counter() - start)
