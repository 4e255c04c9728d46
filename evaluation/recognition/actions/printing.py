"""All certificates of a decision in one file."""

import datetime
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.recognition.actions.decisions import locked
from evaluation.recognition.certificate import PAPER, Certificate, certificate_of, inputs_of
from evaluation.recognition.models import Decision, PrintRun, Title
from membership.models import User
from membership.policy import Action, require
from papers.files import FONTS
from papers.typesetting import Inputs, drawn

KEPT = datetime.timedelta(days=7)
_LOST = datetime.timedelta(minutes=15)
_REPORTED = 200  # certificates between two reports of progress


@transaction.atomic
def order_certificates(*, decision: Decision, by: User, at: datetime.datetime) -> PrintRun:
    """Asks for the file; a worker draws it. Idempotent while one is at work: that run is the answer. One that has been
    at work for a quarter of an hour was lost with its worker and is given up."""
    decision = locked(decision)
    require(by, Action.VIEW_DOSSIERS, decision.unit)
    total = Title.objects.for_printing(decision).count()
    if not total:
        raise ValidationError(_("No certificate of this decision stands."))
    PrintRun.objects.at_work().filter(decision=decision, asked_at__lt=at - _LOST).update(state=PrintRun.State.FAILED)
    at_work = PrintRun.objects.at_work().filter(decision=decision).first()
    if at_work is not None:
        return at_work
    run = PrintRun.objects.create(decision=decision, asked_by=by, asked_at=at, total=total)
    log(instance=decision, action="recognition.order_certificates", user=by, data={"certificates": total})
    return run


def print_certificates(*, run: PrintRun, at: datetime.datetime) -> PrintRun:
    """The worker's part; not one transaction, so that its progress can be watched. Done already: nothing happens.

    Drawn in a process of its own, which gives back at its end the memory that drawing takes (0.4 MB for each page).
    """
    started = PrintRun.objects.filter(pk=run.pk, state=PrintRun.State.WAITING)
    if not started.update(state=PrintRun.State.PREPARING):
        return run
    try:
        certificates = list(_prepared(run))
        PrintRun.objects.filter(pk=run.pk).update(state=PrintRun.State.DRAWING)
        content = _drawn_apart(inputs_of(certificates))
        run.refresh_from_db()
        run.file.save(f"{run.decision_id}-{run.pk}.pdf", ContentFile(content), save=False)
        run.state, run.finished_at, run.done = PrintRun.State.READY, at, len(certificates)
        run.save(update_fields=["file", "state", "finished_at", "done"])
    except BaseException:
        PrintRun.objects.filter(pk=run.pk).update(state=PrintRun.State.FAILED)
        raise
    return run


def drop_certificate_files(*, at: datetime.datetime) -> int:
    """Deletes the files of runs older than a week; tells how many. They can be drawn again."""
    old = PrintRun.objects.filter(asked_at__lt=at - KEPT).exclude(file="")
    return _drop(list(old))


def drop_files_naming(person_ids: list[int]) -> int:
    """Part of an erasure: files that show a certificate of one of these people."""
    about = Decision.objects.filter(titles__person__in=person_ids)
    return _drop(list(PrintRun.objects.filter(decision__in=about).exclude(file="")))


def _prepared(run: PrintRun) -> Iterator[Certificate]:
    address = settings.BASE_URL + reverse("recognition:verify_form")
    titles = Title.objects.for_printing(run.decision).iterator(chunk_size=500)
    for number, title in enumerate(titles, start=1):
        yield certificate_of(title, address)
        if number % _REPORTED == 0:
            PrintRun.objects.filter(pk=run.pk).update(done=number)


def _drawn_apart(inputs: Inputs) -> bytes:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as apart:
        return apart.submit(drawn, PAPER, FONTS, inputs).result()


def _drop(runs: list[PrintRun]) -> int:
    for run in runs:
        run.file.delete(save=False)
        PrintRun.objects.filter(pk=run.pk).update(file="")
    return len(runs)
