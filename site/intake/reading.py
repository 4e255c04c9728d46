"""The rows of a file, so many at a time, within the limits of its kind."""

import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from intake.kinds import Kind
from intake.plan import UnreadableError


def chunks(run: Kind[Any], content: bytes) -> Iterator[list[Any]]:
    """Raises UnreadableError for more rows than the kind takes, or where reading takes longer."""
    end = time.monotonic() + run.most_seconds
    for part in (run.rows(content), run.rest()):
        rows = _limited(run, part, end)
        while chunk := list(islice(rows, run.chunk)):
            yield chunk


def _limited(run: Kind[Any], rows: Iterator[Any], end: float) -> Iterator[Any]:
    for count, row in enumerate(rows, start=1):
        if count > run.most_rows:
            raise UnreadableError(str(run.too_many) % {"count": run.most_rows})
        if time.monotonic() > end:
            raise UnreadableError(_("Reading the file takes too long. Split it."))
        yield row
