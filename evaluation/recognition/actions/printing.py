"""All certificates of a decision in one file."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.recognition.actions.decisions import locked
from evaluation.recognition.certificate import PAPER, certificate_of, inputs_of
from evaluation.recognition.models import Decision, PrintRun, Title
from membership.models import User
from membership.policy import Action, require
from papers import actions as printing


@transaction.atomic
def order_certificates(*, decision: Decision, by: User, at: datetime.datetime) -> PrintRun:
    """Asks for the file; a worker draws it. Idempotent while one is at work."""
    decision = locked(decision)
    require(by, Action.VIEW_DOSSIERS, decision.unit)
    total = Title.objects.for_printing(decision).count()
    if not total:
        raise ValidationError(_("No certificate of this decision stands."))
    run, is_new = printing.order(PrintRun, decision, total=total, by=by, at=at)
    if is_new:
        log(instance=decision, action="recognition.order_certificates", user=by, data={"certificates": total})
    return run


def print_certificates(*, run: PrintRun, at: datetime.datetime) -> PrintRun:
    """The worker's part."""
    address = settings.BASE_URL + reverse("recognition:verify_form")
    titles = Title.objects.for_printing(run.decision).iterator(chunk_size=500)
    return printing.carry_out(run, (certificate_of(title, address) for title in titles), PAPER, inputs_of, at)


def drop_certificate_files(*, at: datetime.datetime) -> int:
    """Deletes the files of runs older than a week; tells how many."""
    return printing.drop_old_files(PrintRun, at=at)


def drop_files_naming(person_ids: list[int]) -> int:
    """Part of an erasure: files that show a certificate of one of these people."""
    about = Decision.objects.filter(titles__person__in=person_ids)
    return printing.drop_files(PrintRun.objects.filter(decision__in=about))
