"""The invitations to a session as one file: drawn at once, or where they are many by a worker."""

import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from learning.sessions.models import Invitee, PrintRun, Session
from learning.sessions.papers import invitation
from membership.models import User
from membership.policy import Action, require
from papers import actions as printing
from papers.files import TEMPLATE, inputs_of_all

AT_ONCE = 200  # people; two or three seconds


@transaction.atomic
def order_invitations(*, session: Session, by: User, at: datetime.datetime) -> PrintRun:
    """Asks for the file; a worker draws it. Idempotent while one is at work."""
    current = Session.objects.select_for_update(of=("self",)).select_related("unit").get(pk=session.pk)
    require(by, Action.ORGANISE, current.unit)
    total = Invitee.objects.of_session(current).count()
    run, is_new = printing.order(PrintRun, current, total=total, by=by, at=at)
    if is_new:
        data = {"papers": total}
        log(instance=current, action="sessions.print_invitations", user=by, title=str(current.pk), data=data)
    return run


def draw_invitations(*, run: PrintRun, at: datetime.datetime) -> PrintRun:
    """The worker's part."""
    session, day = run.session, timezone.localdate(at)
    people = Invitee.objects.of_session(session).iterator(chunk_size=500)
    papers = (invitation(session, one.person.full_name, day) for one in people)
    inputs_of = partial(inputs_of_all, title=f"Giấy mời {session.title}")
    return printing.carry_out(run, papers, TEMPLATE, inputs_of, at)


def drop_invitation_files(*, at: datetime.datetime) -> int:
    """Deletes the files of runs older than a week; tells how many."""
    return printing.drop_old_files(PrintRun, at=at)


def drop_invitations_naming(*, person_ids: list[int]) -> None:
    """Part of an erasure, before the invitations go: files that show one of these people."""
    printing.drop_files(PrintRun.objects.filter(session__invitees__person__in=person_ids))
