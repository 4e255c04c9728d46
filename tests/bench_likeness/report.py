"""Looks through everybody as the nightly search does, and says how many doubles it found, how long and with what."""

import resource
import sys
import time

import django

from tests.bench.server import ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from django.utils import timezone  # noqa: E402

from membership.likeness.everybody import search_all  # noqa: E402
from tests.bench_likeness.quality import recall_at  # noqa: E402
from tests.membership.likeness.crowd import crowd  # noqa: E402

SECONDS, MEGABYTES = 600, 700
# Which share of the doubles is found at so many false candidates for each true one.
PROMISED = {"day": {1: 0.9}, "year": {1: 0.65, 3: 0.78}}


def report(size: int, known: str) -> bool:
    begin = time.perf_counter()
    found = [frozenset({one.one - 1, one.other - 1}) for one in search_all(timezone.localdate())]
    seconds, peak = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    entries = crowd(size)
    recalls = {false: recall_at(found, entries, false) for false in (0.1, 1, 3)}
    print(f"{size} people, {known} of birth known: {len(found)} candidates")
    print(f"looked through in {seconds:.0f} s (at most {SECONDS}), {peak:.0f} MB at the highest (at most {MEGABYTES})")
    for false, recall in recalls.items():
        print(f"at {false} false candidates for each true one {recall:.3f} of the doubles are found")
    is_found = all(recalls[false] >= share for false, share in PROMISED[known].items())
    return is_found and seconds <= SECONDS and peak <= MEGABYTES


if __name__ == "__main__":
    sys.exit(0 if report(int(sys.argv[1]), sys.argv[2]) else 1)
