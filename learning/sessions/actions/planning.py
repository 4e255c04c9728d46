"""What a unit plans to hold."""

import datetime
import uuid

from django.db import transaction
from wagtail.log_actions import log

from learning.evidence.actions import RecordRefusedError
from learning.sessions.models import Session
from membership.models import Unit, User
from membership.policy import Action, require


@transaction.atomic
def hold_session(
    *, token: uuid.UUID, unit: Unit, title: str, place: str, starts_at: datetime.datetime, ends_at: datetime.datetime,
    topics: list[str], by: User, at: datetime.datetime,
) -> Session:  # fmt: skip
    """A new session of the unit. ``token`` is made with the form: the same form sent twice is one session."""
    require(by, Action.ORGANISE, unit)
    if ends_at <= starts_at:
        raise RecordRefusedError("a session ends after it begins")
    values = {"unit": unit, "title": title, "place": place, "starts_at": starts_at, "ends_at": ends_at,
              "topics": topics, "created_at": at, "created_by": by}  # fmt: skip
    session, is_new = Session.objects.get_or_create(pk=token, defaults=values)
    if is_new:
        log(instance=session, action="sessions.hold_session", user=by, title=str(session.pk), data={"unit": unit.pk})
    return session
