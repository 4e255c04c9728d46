"""What people are told of their requests about personal data: that they came, and that they are answered."""

import datetime
from collections.abc import Collection

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare
from privacy.models import Request

_OWN = _("It is your request.")


def _while_open(requests: Collection[int]) -> Collection[int]:
    return Request.objects.open().filter(pk__in=requests).values_list("pk", flat=True)


ACKNOWLEDGED = declare(
    Kind(
        key="request-acknowledged",
        title=_("My request about personal data has come"),
        words=_("Your request about your personal data has come. It is answered by %(day)s."),
        why=_OWN,
        is_owed=True,
        still_due=_while_open,
    )
)
ANSWERED = declare(
    Kind(
        key="request-answered",
        title=_("My request about personal data is answered"),
        words=_("Your request about your personal data is answered. Read the answer."),
        why=_OWN,
        urgency=Urgency.AT_ONCE,
        is_owed=True,
    )
)


def acknowledged(*, request: Request, at: datetime.datetime) -> None:
    tell(kind=ACKNOWLEDGED, told=[_of_own(request, str(request.pk), day=date_format(request.due_on, "d/m/Y"))], at=at)


def answered(*, request: Request, at: datetime.datetime) -> None:
    """Granted or refused, or lifted later on."""
    tell(kind=ANSWERED, told=[_of_own(request, f"{request.pk}:{request.state}")], at=at)


def _of_own(request: Request, key: str, **values: str) -> Told:
    address = reverse("privacy:own")
    return Told(person_id=request.person_id, key=key, subject=request.pk, values=values, address=address)
