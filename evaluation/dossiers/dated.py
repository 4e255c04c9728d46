"""The last day to hand in one's dossier, and the meetings to which one is called: in one's calendar, and in the letters
that tell of them."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.dossiers.models import Deadline, Dossier, Meeting
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from notices.registries.dated import Dated

_AHEAD = datetime.timedelta(days=400)


def last_days(person_id: int, day: datetime.date) -> Iterable[Dated]:
    """Of dossiers that are begun and not handed in."""
    drafts = Dossier.objects.filter(person=person_id, state=Dossier.State.DRAFT)
    return _last_days(drafts.due_between(day, day + _AHEAD)).values()


def dated_by_dossier(keys: Collection[int]) -> Mapping[int, Dated]:
    return _last_days(Dossier.objects.filter(pk__in=keys).due_between(datetime.date.min, datetime.date.max))


def meetings(person_id: int, day: datetime.date) -> Iterator[Dated]:
    called = Meeting.objects.filter(attendances__person=person_id, held_at__gte=_begin_of(day))
    return map(_meeting, called.select_related("step", "unit"))


def dated_by_meeting(keys: Collection[int]) -> Mapping[int, Dated]:
    return {one.pk: _meeting(one) for one in Meeting.objects.filter(pk__in=keys).select_related("step", "unit")}


def _last_days(drafts: DossierQuerySet[Dossier]) -> Mapping[int, Dated]:
    return {
        dossier.pk: Dated(
            key=f"dossier-{dossier.pk}",
            title=_("Last day to hand in your dossier for %(year)s") % {"year": dossier.year},
            begins=dossier.due_on,  # type: ignore[attr-defined]  # annotated
            address=reverse("dossiers:self_assessment", args=[dossier.year]),
            about=Deadline(pk=dossier.due_by),  # type: ignore[attr-defined]
        )
        for dossier in drafts
    }


def _meeting(meeting: Meeting) -> Dated:
    """Without its page, which is for officers: who is called may be none."""
    said = {"body": meeting.step.name, "unit": meeting.unit.name}
    return Dated(
        key=f"meeting-{meeting.pk}",
        title=_("%(body)s, %(unit)s, meets") % said,
        begins=meeting.held_at,
        place=meeting.place,
        about=meeting,
    )


def _begin_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
