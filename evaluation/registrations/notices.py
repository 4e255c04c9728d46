"""What people are told of registrations."""

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluation.registrations.models import Registration
from membership.models import User
from notices.actions import Told, tell
from notices.registries.kinds import Kind, declare

NOTED = declare(
    Kind(
        key="registration-noted",
        title=_("An officer noted that I strive for the title"),
        words=_("It was noted that you strive for the title of %(year)s. If that is wrong, take it back."),
        why=_("It is said in your name."),
        still_due=lambda: Registration.objects.exclude(noted_by=None),
    )
)  # fmt: skip


def noted(*, people: Sequence[int], year: int, by: User, at: datetime.datetime) -> None:
    rows = Registration.objects.filter(person__in=people, year=year, noted_by=by, registered_at=at)
    address = reverse("registrations:own")
    told = [
        Told(person_id=row.person_id, key=str(row.pk), subject=row.pk, values={"year": str(year)}, address=address)
        for row in rows
    ]
    tell(kind=NOTED, told=told, at=at)
