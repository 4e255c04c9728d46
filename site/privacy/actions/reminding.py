"""Officers are told of what runs out: requests by the day, breaches by the hour."""

import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from membership.models import Membership, Role, User
from membership.policy import ROLE_ACTIONS, Action
from privacy import notices
from privacy.models import Breach, Request

_DAYS_BEFORE = datetime.timedelta(days=2)


def remind(*, at: datetime.datetime) -> int:
    """To who can answer something that is due within two days, or was; how many notices."""
    day = timezone.localdate(at)
    pressing = Request.objects.pressing(day + _DAYS_BEFORE)
    officers = _officers(Action.MANAGE_PEOPLE, day) if pressing.exists() else []
    return sum(
        notices.due(requests=pressing.visible_to(officer), person_id=officer.person_id, at=at)
        for officer in officers
        if officer.person_id
    )


def remind_of_breaches(*, at: datetime.datetime) -> int:
    """To everyone who may tell the authority, as long as it is not told; how many notices. An administrator who is
    nobody on record has no bell, and gets a letter."""
    untold = list(Breach.objects.untold())
    officers = _officers(Action.PROTECT_DATA, timezone.localdate(at)) if untold else []
    for officer in officers:
        if officer.email and not officer.person_id:
            lines = [f"{one.number}: {settings.BASE_URL}{reverse('privacy:breach', args=[one.pk])}" for one in untold]
            send_mail(str(notices.UNTOLD.title), "\n".join(lines), None, [officer.email])
    people = [officer.person_id for officer in officers if officer.person_id]
    return notices.untold(breaches=untold, people=people, at=at)


def _officers(action: Action, day: datetime.date) -> list[User]:
    """Of the data of the whole province administrators too."""
    roles = [role for role in Role if action in ROLE_ACTIONS[role]]
    may = Q(person__in=Membership.objects.on(day).filter(role__in=roles).values("person"))
    if action == Action.PROTECT_DATA:
        may |= Q(is_superuser=True)
    return list(User.objects.filter(may, is_active=True).order_by("pk"))
