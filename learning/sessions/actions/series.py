"""A session that is held again and again."""

import datetime
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.sessions.actions.days import days_of
from learning.sessions.actions.planning import SessionRefusedError
from learning.sessions.duration import Period
from learning.sessions.models import Day, Session, State
from learning.sessions.recurrence import MOST, Every, days_after
from membership.models import User
from membership.policy import Action, require

REPEATED = ("unit", "title", "place", "way", "map_link", "online_link", "agenda", "trainers", "capacity", "is_public",
            "topics")  # fmt: skip


@transaction.atomic
def repeat(
    *, session: Session, every: Every, until: datetime.date, by: User, at: datetime.datetime
) -> list[Session]:  # fmt: skip
    """Plans the same for each week or month that follows, until and including that day: each is planned, announced and
    held for itself. A day that has one of the series already keeps it: twice is once. Raises SessionRefusedError."""
    current = Session.objects.select_for_update(of=("self",)).select_related("unit").get(pk=session.pk)
    require(by, Action.ORGANISE, current.unit)
    days = days_after(timezone.localdate(current.starts_at), every, until)
    if not days:
        raise SessionRefusedError(_("No such day comes before the end. Choose a later last day."))
    if len(days) > MOST:
        raise SessionRefusedError(
            _("That is more than %(most)s sessions. Choose an earlier last day.") % {"most": MOST}
        )
    if current.series is None:
        current.series = current.pk
        current.save(update_fields=["series"])
    rows = [_on(current, day, by, at) for day in days]
    taken = set(Session.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    new = Session.objects.bulk_create(row for row in rows if row.pk not in taken)
    own = days_of(current)
    Day.objects.bulk_create(day for one in new for day in _moved(own, one, one.starts_at - current.starts_at))
    if new:
        data = {"every": every, "sessions": len(new)}
        log(instance=current, action="sessions.repeat", user=by, title=str(current.pk), data=data)
    return new


def _on(session: Session, day: datetime.date, by: User, at: datetime.datetime) -> Session:
    """At the same time of day, as long."""
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    moved = day - begins.date()
    key = uuid.uuid5(session.series or session.pk, day.isoformat())
    same = {name: getattr(session, name) for name in REPEATED}
    return Session(
        pk=key, series=session.series, state=State.PLANNED, starts_at=begins + moved, ends_at=ends + moved,
        created_by=by, created_at=at, **same,
    )  # fmt: skip


def _moved(days: list[Period], session: Session, later: datetime.timedelta) -> list[Day]:
    return [Day(session=session, starts_at=begins + later, ends_at=ends + later) for begins, ends in days]
