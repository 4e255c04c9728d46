"""E-mails to officers about what runs out: requests by the day, breaches by the hour. They hold numbers, no names."""

import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from membership.models import Membership, Role, User
from membership.policy import ROLE_ACTIONS, Action
from privacy.models import Breach, Request

_DAYS_BEFORE = datetime.timedelta(days=2)


def remind(*, at: datetime.datetime) -> int:
    """To who can answer something that is due within two days; how many letters."""
    day = timezone.localdate(at)
    pressing = Request.objects.pressing(day + _DAYS_BEFORE)
    officers = _officers(Action.MANAGE_PEOPLE, day) if pressing.exists() else []
    counts = [(officer.email, pressing.visible_to(officer).count()) for officer in officers]
    due = [(address, count) for address, count in counts if count]
    for address, count in due:
        _send(address, count)
    return len(due)


def remind_of_breaches(*, at: datetime.datetime) -> int:
    """To everyone who may tell the authority, as long as it is not told: which entries, and how many hours there are;
    how many letters."""
    untold = list(Breach.objects.untold())
    officers = _officers(Action.PROTECT_DATA, timezone.localdate(at)) if untold else []
    for officer in officers:
        _send_hours(officer.email, untold, at)
    return len(officers)


def _officers(action: Action, day: datetime.date) -> list[User]:
    """With an address; of the data of the whole province administrators too."""
    roles = [role for role in Role if action in ROLE_ACTIONS[role]]
    may = Q(person__in=Membership.objects.on(day).filter(role__in=roles).values("person"))
    if action == Action.PROTECT_DATA:
        may |= Q(is_superuser=True)
    return list(User.objects.filter(may, is_active=True).exclude(email="").order_by("pk"))


def _send(address: str, count: int) -> None:
    told = ngettext(
        "%(count)d request about personal data waits and is due within two days, or was due.",
        "%(count)d requests about personal data wait and are due within two days, or were due.",
        count,
    )
    send_mail(told % {"count": count}, settings.BASE_URL + reverse("privacy:requests"), None, [address])


def _send_hours(address: str, untold: list[Breach], at: datetime.datetime) -> None:
    hours = untold[0].hours_left(at) or 0
    told = gettext("A breach of personal data: the authority is to be told within %(hours)d hours.")
    late = gettext("A breach of personal data: the authority should have been told %(hours)d hours ago.")
    subject = (told if hours >= 0 else late) % {"hours": abs(hours)}
    lines = [f"{breach.number}: {settings.BASE_URL}{reverse('privacy:breach', args=[breach.pk])}" for breach in untold]
    send_mail(subject, "\n".join(lines), None, [address])
