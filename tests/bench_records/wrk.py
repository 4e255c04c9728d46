"""Driving wrk with a script, and reading what it found. An answer outside 2xx is an error of the measurement."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from tempfile import NamedTemporaryFile

from tests.bench.server import ADDRESS

_DONE = """
done = function(summary, latency, requests)
    io.write(string.format("found %d %d %d %d\\n", latency:percentile(50), latency:percentile(95),
        latency:percentile(99), summary.errors.status))
end
"""


@dataclass(frozen=True)
class Latencies:
    """In milliseconds."""

    per_second: float
    median: float
    p95: float
    p99: float


def latencies(script: str, seconds: float, at_once: int) -> Latencies:
    with NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + _DONE)
        file.flush()
        command = ["wrk", "-t1", f"-c{at_once}", f"-d{seconds}s", "-s", file.name, ADDRESS]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"found (\d+) (\d+) (\d+) (\d+)", told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if found is None or rate is None or int(found[4]):
        raise SystemExit(f"Some requests were refused:\n{told}")
    median, p95, p99 = (int(found[place]) / 1000 for place in (1, 2, 3))
    return Latencies(float(rate[1]), median, p95, p99)


def requests_per_second(script: str, seconds: float) -> float:
    return latencies(script, seconds, 4).per_second
