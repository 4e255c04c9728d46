"""How long a filtered GET takes, over all kinds of filters, one after the other and four at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from tempfile import NamedTemporaryFile

from tests.bench_records.wrk import latencies


def report(authorization: str, paths: list[str]) -> Iterator[str]:
    with NamedTemporaryFile("w", suffix=".json") as file:
        file.write("\n".join(paths))
        file.flush()
        script = f"""
            local paths, next = {{}}, 0
            for line in io.lines({json.dumps(file.name)}) do paths[#paths + 1] = line end
            wrk.headers["X-Experience-API-Version"] = "2.0.0"
            wrk.headers["Authorization"] = "{authorization}"
            request = function()
                next = next % #paths + 1
                return wrk.format("GET", paths[next])
            end
        """
        for at_once in (1, 4):
            found = latencies(script, 15, at_once)
            yield (
                f"filtered GET, {at_once} at once: {found.per_second:,.0f}/s, median {found.median:.1f} ms, "
                f"p95 {found.p95:.1f} ms, p99 {found.p99:.1f} ms"
            )
