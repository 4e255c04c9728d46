"""What people are told of their titles."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluation.recognition.models import Title
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

_OWN = _("It is your title.")

AWARDED = declare(
    Kind(
        key="title-awarded",
        title=_("A title is given to me"),
        words=_("You are recognised as a Learning Citizen for %(year)s. Your certificate is ready to be printed."),
        why=_OWN,
        urgency=Urgency.AT_ONCE,
        still_due=Title.objects.standing,
    )
)
ENTERED = declare(
    Kind(
        key="title-entered",
        title=_("A title of an earlier year is entered"),
        words=_("Your title of %(year)s, number %(number)s, was entered from the register. See whether all is right."),
        why=_OWN,
        still_due=Title.objects.standing,
    )
)
REVOKED = declare(
    Kind(
        key="title-revoked",
        title=_("My title is revoked"),
        words=_("Your title of %(year)s, number %(number)s, is revoked. Read why."),
        why=_OWN,
        urgency=Urgency.AT_ONCE,
    )
)


def awarded(*, titles: Iterable[Title], at: datetime.datetime) -> None:
    tell(kind=AWARDED, told=[_of_own(title) for title in titles], at=at)


def entered(*, titles: Iterable[Title], at: datetime.datetime) -> None:
    tell(kind=ENTERED, told=[_of_own(title) for title in titles], at=at)


def revoked(*, title: Title, at: datetime.datetime) -> None:
    tell(kind=REVOKED, told=[_of_own(title)], at=at)


def _of_own(title: Title) -> Told:
    said = {"year": str(title.year), "number": title.number}
    address = reverse("recognition:mine")
    return Told(person_id=title.person_id, key=str(title.pk), subject=title.pk, values=said, address=address)
