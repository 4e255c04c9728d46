"""What the home page shows: what is new, and for each kind of visitor the answer to "what now?"."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from evaluation.dossiers.models import Dossier
from evaluation.recognition.models import Title
from interface.owner import owner
from interface.places import ADDRESSES
from learning.feedback.models import Enquiry
from learning.tracking.courses.state import state_of
from learning.tracking.models import Enrolment
from membership.models import User
from membership.policy import Action, AnyUser, is_staff_member, may
from movement.models import PlanTask
from privacy.models import Breach, Request
from training_materials.models import CoursePage, MaterialPage
from work.kept import kept

_COURSES = 3
_MATERIALS = 4


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
    steps = next_steps(user, now)
    return {
        "owner": owner().name,
        "next": steps[0] if steps else None,
        "others": steps[1:],
        "courses": list(CoursePage.objects.for_list()[:_COURSES]),
        "materials": _newest_materials(),
        "figures": figures(),
    }


def next_steps(user: AnyUser, now: datetime.datetime) -> list[Step]:
    """The most urgent first, and always one; a visitor has the three doors instead."""
    if not user.is_authenticated:
        return []
    steps = [
        _breach(user, now),
        _queue(user),
        _enquiries(user),
        _requests(user),
        _tasks(user, timezone.localdate(now)),
        _returned_dossier(user),
        _open_course(user),
        _open_dossier(user, timezone.localdate(now).year),
    ]
    return [step for step in steps if step] or [_choose_course()]


def figures() -> dict[str, int | str]:
    """A few figures that anyone may see; counted anew every ten minutes."""
    return kept("home-doors", _count, seconds=600)


def _count() -> dict[str, int | str]:
    year = timezone.localdate().year
    check = Page.objects.live().public().filter(plainpage__offers_self_check=True).first()
    return {
        "check_url": f"{(check and check.url) or ADDRESSES['criteria']}#tu-kiem-tra",
        "titles": Title.objects.standing().count(),
        "courses": CoursePage.objects.live().public().count(),
        "dossiers": Dossier.objects.filter(year=year).exclude(submitted_at=None).count(),
        "year": year,
    }


def _breach(user: User, now: datetime.datetime) -> Step | None:
    """A breach of which the authority is still to hear, for who may tell it: it runs by the hour."""
    untold = list(Breach.objects.visible_to(user).untold())
    if not untold:
        return None
    hours = untold[0].hours_left(now) or 0
    left = ngettext(
        "%(hours)d hour is left to tell the authority.", "%(hours)d hours are left to tell the authority.", hours
    )
    late = ngettext(
        "The authority should have been told %(hours)d hour ago.",
        "The authority should have been told %(hours)d hours ago.",
        -hours,
    )
    title = ngettext(
        "%(count)s breach of personal data is not told yet.",
        "%(count)s breaches of personal data are not told yet.",
        len(untold),
    )
    return Step(
        icon="triangle-alert",
        overline=_("Waiting for you"),
        title=title % {"count": len(untold)},
        text=(left if hours >= 0 else late) % {"hours": abs(hours)},
        href=reverse("privacy:breaches"),
        label=_("Open the register of breaches"),
    )


def _queue(user: User) -> Step | None:
    """Dossiers that wait for this officer."""
    if not may(user, Action.REVIEW):
        return None
    waiting = Dossier.objects.for_queue(user)
    count = waiting.filter(is_own=False, has_judged=False).count()  # type: ignore[misc] # both are annotated there
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


def _enquiries(user: User) -> Step | None:
    """What learners ask in the courses that the user teaches, and what was reported to whom moderates them."""
    count = Enquiry.objects.waiting_for(user).count() if is_staff_member(user) else 0
    if not count:
        return None
    text = ngettext(
        "%(count)s question of a learner waits for you.", "%(count)s questions of learners wait for you.", count
    )
    return Step(
        icon="message-circle",
        overline=_("Waiting for you"),
        title=text % {"count": count},
        text=_("To be answered, or to be looked at since somebody reported it."),
        href=reverse("feedback:desk"),
        label=_("Open the questions"),
    )


def _requests(user: User) -> Step | None:
    """What people ask about their data, for who answers it; what is late or due soon is said."""
    if not may(user, Action.MANAGE_PEOPLE):
        return None
    waiting = Request.objects.visible_to(user).open()
    count = waiting.count()
    if not count:
        return None
    text = ngettext(
        "%(count)s request about personal data waits for you.",
        "%(count)s requests about personal data wait for you.",
        count,
    )
    late = waiting.pressing(timezone.localdate()).count()
    told = ngettext("%(count)s is due today or late.", "%(count)s are due today or late.", late) % {"count": late}
    return Step(
        icon="shield-check",
        overline=_("Waiting for you"),
        title=text % {"count": count},
        text=told if late else _("The law gives days for each; what is due next stands first."),
        href=reverse("privacy:requests"),
        label=_("Open the requests"),
    )


def _tasks(user: User, day: datetime.date) -> Step | None:
    """Of the work plans of the units in which the user holds an office: what is late or due within two weeks."""
    due = PlanTask.objects.due_to(user, day)
    count = due.count() if may(user, Action.SEND_REPORTS) else 0
    if not count:
        return None
    title = ngettext(
        "%(count)s task of your unit's plan is due.", "%(count)s tasks of your unit's plan are due.", count
    )
    late = due.late(day).count()
    told = ngettext("%(count)s is late.", "%(count)s are late.", late) % {"count": late}
    return Step(
        icon="calendar",
        overline=_("Waiting for you"),
        title=title % {"count": count},
        text=told if late else _("Within the next two weeks."),
        href=reverse("movement:due"),
        label=_("Open the tasks"),
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
    """The course visited last that is not finished, at the step where it was left."""
    if user.person is None:
        return None
    unfinished = Enrolment.objects.for_today(user.person).filter(completed_at=None, course__live=True)
    enrolment = unfinished.first()
    if enrolment is None or enrolment.course is None:
        return None
    state = state_of(enrolment, enrolment.course)
    step = state.resume
    if step is None:
        return None
    return Step(
        icon="book-open",
        overline=_("Go on learning"),
        title=enrolment.course.title,
        text=_("Next: “%(step)s”.") % {"step": step.title},
        href=reverse("tracking:step", args=[enrolment.course.slug, step.slug]),
        label=_("Go on"),
        value=state.done,
        maximum=state.total,
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


def _newest_materials() -> list[MaterialPage]:
    shown = MaterialPage.objects.live().public().defer("body", *MaterialPage.searched_columns)
    return list(shown.order_by("-first_published_at", "-pk")[:_MATERIALS])


def _own_dossiers(user: User) -> QuerySet[Dossier]:
    return Dossier.objects.filter(person=user.person) if user.person else Dossier.objects.none()
