"""A course as what one can be called to; and what somebody is called to, for their own pages."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.calls.models import COURSE, Called
from learning.calls.registries import destinations
from learning.evidence.kinds import Kind
from learning.tracking.registries import dues
from membership.policy import AnyUser
from training_materials.models import CoursePage


def connect() -> None:
    destinations.register(
        destinations.Destination(
            kind=COURSE,
            label=_("Courses"),
            offered=_offered,
            proof=lambda key: Q(kind=Kind.COURSE_COMPLETED, page_key=key),
            addresses=_addresses,
        )
    )
    dues.register(_dues)


def _offered(_user: AnyUser) -> Sequence[tuple[UUID, str]]:
    return list(CoursePage.objects.live().public().order_by("path").values_list("translation_key", "title"))


def _addresses(keys: Collection[UUID]) -> Mapping[UUID, str]:
    slugs = CoursePage.objects.live().filter(translation_key__in=keys).values_list("translation_key", "slug")
    return {key: reverse("tracking:course", args=[slug]) for key, slug in slugs}


def _dues(person_id: int, day: datetime.date) -> list[dues.Due]:
    """One query for what is called, one or two for each kind of what it is."""
    rows = list(Called.objects.standing_of(person_id, day))
    addresses = destinations.addresses_of({(row.call.kind, row.call.key) for row in rows})
    return [
        dues.Due(
            key=row.call.key,
            title=row.call.title,
            day=row.due_on,  # type: ignore[attr-defined] # annotated there
            is_late=row.due_on < day,  # type: ignore[attr-defined]
            is_extended=row.last_day is not None,
            caller=row.call.unit.name,
            reason=row.call.reason,
            paper_number=row.call.paper_number,
            url=addresses.get(row.call.key, ""),
            teacher=row.call.teacher.person.full_name if row.call.teacher and row.call.teacher.person else "",
        )
        for row in rows
    ]
