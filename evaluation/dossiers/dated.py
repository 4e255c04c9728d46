"""The last day to hand in one's dossier, the meetings to which one is called, and by when an office answers an appeal:
in one's calendar, and in the letters that tell of them."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.dossiers.models import Appeal, Deadline, Dossier, Meeting
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from membership.models import User
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


def answers(person_id: int, day: datetime.date) -> Iterable[Dated]:
    """By when appeals are answered: one's own, and those of others that one may answer."""
    ahead = Appeal.objects.open().filter(due_on__gte=day).select_related("dossier")
    own = [_own_answer(appeal) for appeal in ahead.filter(dossier__person=person_id)]
    user = User.objects.filter(person=person_id, is_active=True).first()
    heard = ahead.for_list(user).exclude(dossier__person=person_id) if user else ahead.none()
    return [*own, *_answers(heard).values()]


def dated_by_appeal(keys: Collection[int]) -> Mapping[int, Dated]:
    return _answers(Appeal.objects.filter(pk__in=keys))


def dated_by_own_appeal(keys: Collection[int]) -> Mapping[int, Dated]:
    return {one.pk: _own_answer(one) for one in Appeal.objects.filter(pk__in=keys).select_related("dossier")}


def _answers(appeals: Iterable[Appeal]) -> Mapping[int, Dated]:
    return {
        appeal.pk: Dated(
            key=f"appeal-{appeal.pk}",
            title=_("Last day to answer an appeal"),
            begins=appeal.due_on,
            address=reverse("dossiers:appeal", args=[appeal.pk]),
            about=appeal,
        )
        for appeal in appeals
    }


def _own_answer(appeal: Appeal) -> Dated:
    return Dated(
        key=f"my-appeal-{appeal.pk}",
        title=_("By this day my appeal is answered"),
        begins=appeal.due_on,
        address=reverse("dossiers:self_assessment", args=[appeal.dossier.year]),
        about=appeal,
    )


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
