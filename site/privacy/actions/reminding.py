"""E-mails to officers about requests whose days run out. They hold numbers and no names."""

import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from membership.models import Membership, Role, User
from membership.policy import ROLE_ACTIONS, Action
from privacy.models import Request

_DAYS_BEFORE = datetime.timedelta(days=2)


def remind(*, at: datetime.datetime) -> int:
    """To who can answer something that is due within two days; how many letters."""
    day = timezone.localdate(at)
    pressing = Request.objects.pressing(day + _DAYS_BEFORE)
    officers = _officers(day) if pressing.exists() else []
    counts = [(officer.email, pressing.visible_to(officer).count()) for officer in officers]
    due = [(address, count) for address, count in counts if count]
    for address, count in due:
        _send(address, count)
    return len(due)


def _officers(day: datetime.date) -> list[User]:
    roles = [role for role in Role if Action.MANAGE_PEOPLE in ROLE_ACTIONS[role]]
    held = Membership.objects.on(day).filter(role__in=roles)
    return list(User.objects.filter(is_active=True, person__in=held.values("person")).exclude(email=""))


def _send(address: str, count: int) -> None:
    told = ngettext(
        "%(count)d request about personal data waits and is due within two days, or was due.",
        "%(count)d requests about personal data wait and are due within two days, or were due.",
        count,
    )
    send_mail(told % {"count": count}, settings.BASE_URL + reverse("privacy:requests"), None, [address])
