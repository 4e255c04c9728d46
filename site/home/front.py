"""What the home page shows: what is new, and for each kind of visitor the answer to "what now?"."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.query import PageQuerySet

from evaluation.dossiers.models import Dossier
from evaluation.recognition.models import Title
from home.navigation import ADDRESSES
from learning.tracking.models import Enrolment
from membership.models import User
from membership.policy import Action, AnyUser, may, reach, standing_roles
from training_materials.models import CoursePage, MaterialPage
from training_materials.querysets import FORMS

_NEWEST_COURSES = 3
_NEWEST_MATERIALS = 4
_FIGURES_KEPT_SECONDS = 600


@dataclass(frozen=True)
class Step:
    """Something to do now, as one card or, beside a more urgent one, as one line."""

    icon: str
    overline: str
    title: str
    text: str
    href: str
    label: str
    value: int | None = None
    maximum: int | None = None


def for_home(user: AnyUser, now: datetime.datetime) -> dict[str, Any]:
    first, *others = next_steps(user, now)
    return {
        "next": first,
        "others": others,
        "courses": _newest(CoursePage.objects.all(), _NEWEST_COURSES),
        "materials": _newest(MaterialPage.objects.all().defer("body"), _NEWEST_MATERIALS),
        "figures": figures(),
    }


def next_steps(user: AnyUser, now: datetime.datetime) -> list[Step]:
    """The most urgent first, and always one."""
    if not user.is_authenticated:
        return [_look_around()]
    steps = [
        _queue(user),
        _returned_dossier(user),
        _open_course(user),
        _open_dossier(user, timezone.localdate(now).year),
    ]
    return [step for step in steps if step] or [_choose_course()]


def figures() -> dict[str, int]:
    """A few figures that anyone may see; counted anew every ten minutes."""

    def count() -> dict[str, int]:
        return {
            "titles": Title.objects.standing().count(),
            "courses": CoursePage.objects.live().public().count(),
            "materials": MaterialPage.objects.live().public().count(),
        }

    return cache.get_or_set("home:figures", count, _FIGURES_KEPT_SECONDS)


def _look_around() -> Step:
    return Step(
        icon="list-checks",
        overline=_("Start here"),
        title=_("How much of a learning citizen are you already?"),
        text=_("Ten questions, five minutes, no account. What you enter is not stored."),
        href=f"{ADDRESSES['criteria']}#tu-kiem-tra",
        label=_("Check yourself"),
    )


def _queue(user: User) -> Step | None:
    """Dossiers that wait for this officer."""
    if not may(user, Action.REVIEW):
        return None
    roles = [role.role for role in standing_roles(user)]
    in_reach = reach(user, Action.REVIEW, "unit__")
    waiting = Dossier.objects.filter(in_reach, state=Dossier.State.IN_REVIEW, current_step__role__in=roles)
    count = waiting.exclude(person_id=user.person_id).count()
    if not count:
        return None
    text = ngettext("%(count)s dossier waits for you.", "%(count)s dossiers wait for you.", count)
    return Step(
        icon="inbox",
        overline=_("Waiting for you"),
        title=text % {"count": count},
        text=_("The one that has waited longest stands first."),
        href=ADDRESSES["review"],
        label=_("Open the queue"),
    )


def _returned_dossier(user: User) -> Step | None:
    dossier = _own_dossiers(user).filter(state=Dossier.State.RETURNED).order_by("-year").first()
    if dossier is None:
        return None
    return Step(
        icon="undo-2",
        overline=_("Returned to you"),
        title=_("Complete your dossier for %(year)s") % {"year": dossier.year},
        text=_("The reviewers ask for something more. Read their reason, complete it, and send it again."),
        href=f"/tu-danh-gia/{dossier.year}/",
        label=_("Complete it"),
    )


def _open_course(user: User) -> Step | None:
    """The course visited last that is not finished."""
    if not user.person_id:
        return None
    open_ones = Enrolment.objects.filter(person_id=user.person_id, completed_at=None, course__live=True).with_course()
    enrolment = open_ones.annotate(latest=Max("steps__visited_at")).order_by(F("latest").desc(nulls_last=True)).first()
    if enrolment is None:
        return None
    step = enrolment.steps.order_by("-visited_at").first()
    return Step(
        icon="book-open",
        overline=_("Go on learning"),
        title=enrolment.course_title,
        text=_("You left off at “%(step)s”.") % {"step": step.step_title} if step else "",
        href=f"/hoc-tap/{enrolment.course.slug}/",
        label=_("Go on"),
    )


def _open_dossier(user: User, year: int) -> Step | None:
    dossier = _own_dossiers(user).filter(state=Dossier.State.DRAFT, year__gte=year - 1).order_by("-year").first()
    if dossier is None:
        return None
    return Step(
        icon="folder-open",
        overline=_("Your dossier"),
        title=_("Your self-assessment for %(year)s is open") % {"year": dossier.year},
        text=_("Give yourself points for the ten indicators; the suggestions from your evidence stand beside."),
        href=f"/tu-danh-gia/{dossier.year}/",
        label=_("Continue"),
    )


def _choose_course() -> Step:
    return Step(
        icon="graduation-cap",
        overline=_("What now?"),
        title=_("Choose a course"),
        text=_("Half an hour is enough for a lesson. What you finish becomes evidence by itself."),
        href=ADDRESSES["courses"],
        label=_("See the courses"),
    )


def _newest(pages: PageQuerySet, limit: int) -> list[Any]:
    return list(pages.live().public().defer(*FORMS).order_by("-first_published_at", "-pk")[:limit])


def _own_dossiers(user: User) -> QuerySet[Dossier]:
    return Dossier.objects.filter(person_id=user.person_id) if user.person_id else Dossier.objects.none()
