"""How print runs are ordered, drawn and let go of."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db import models

from papers.files import FONTS
from papers.models import AT_WORK, PrintRun
from papers.typesetting import Inputs, drawn

KEPT = datetime.timedelta(days=7)
_LOST = datetime.timedelta(minutes=15)
_REPORTED = 200  # papers between two reports of progress
Row = TypeVar("Row", bound=PrintRun)
Sheet = TypeVar("Sheet")


def order(model: type[Row], about: models.Model, *, total: int, by: Any, at: datetime.datetime) -> tuple[Row, bool]:
    """The run, and whether it is new; while one is at work it is the answer. One that has been at work for a quarter of
    an hour was lost with its worker and is given up. Whoever calls holds ``about`` locked."""
    of_it: models.QuerySet[Row] = model._default_manager.filter(**{model.about: about}, state__in=AT_WORK)
    of_it.filter(asked_at__lt=at - _LOST).update(state=PrintRun.State.FAILED)
    if (at_work := of_it.first()) is not None:
        return at_work, False
    return model._default_manager.create(**{model.about: about}, asked_by=by, asked_at=at, total=total), True


def carry_out(
    run: Row, sheets: Iterable[Sheet], template: Path, inputs_of: Callable[[Sequence[Sheet]], Inputs],
    at: datetime.datetime,
) -> Row:  # fmt: skip
    """The worker's part; not one transaction, so that its progress can be watched. Done already: nothing happens; left
    by a worker that was killed, it begins anew.

    Drawn in a process of its own, which gives back at its end the memory that drawing takes (0.4 MB for each page).
    """
    itself: models.QuerySet[Row] = type(run)._default_manager.filter(pk=run.pk)
    if not itself.filter(state__in=AT_WORK).update(state=PrintRun.State.PREPARING):
        return run
    try:
        prepared = []
        for number, sheet in enumerate(sheets, start=1):
            prepared.append(sheet)
            if number % _REPORTED == 0:
                itself.update(done=number)
        itself.update(state=PrintRun.State.DRAWING)
        content = _drawn_apart(template, inputs_of(prepared))
        run.refresh_from_db()
        run.file.save(f"{getattr(run, f'{run.about}_id')}-{run.pk}.pdf", ContentFile(content), save=False)
        run.state, run.finished_at, run.done = PrintRun.State.READY, at, len(prepared)
        run.save(update_fields=["file", "state", "finished_at", "done"])
    except BaseException:
        itself.update(state=PrintRun.State.FAILED)
        raise
    return run


def drop_old_files(model: type[Row], *, at: datetime.datetime) -> int:
    """Deletes the files of runs older than a week; tells how many. They can be drawn again."""
    return drop_files(model._default_manager.filter(asked_at__lt=at - KEPT))


def drop_files(runs: models.QuerySet[Row]) -> int:
    kept = list(runs.exclude(file=""))
    for run in kept:
        run.file.delete(save=False)
    runs.model._default_manager.filter(pk__in=[run.pk for run in kept]).update(file="")
    return len(kept)


def _drawn_apart(template: Path, inputs: Inputs) -> bytes:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as apart:
        return apart.submit(drawn, template, FONTS, inputs).result()
