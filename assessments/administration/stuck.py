"""How far the learners of a course come, who stops where, and why, as far as the site knows it."""

from collections import Counter
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assessments.administration.lists import StuckTable
from assessments.administration.results import ResultsPage
from assessments.results.attempts import Stuck, stuck_in
from assessments.results.pictures import course_picture
from assessments.results.reasons import Known, Reason, Told, reasons_for, reasons_in
from interface.tables.office import OfficeTableView
from learning.calls.models import COURSE, Call, Called
from learning.tracking.courses.blocked import blocked_in
from membership.models import Person, User
from membership.policy import Action, may, reach
from training_materials.models import CoursePage
from training_materials.outlines.outline import Step


class StuckView(ResultsPage, OfficeTableView):
    table_class = StuckTable
    template_name = "assessments/admin/results_stuck.html"

    @cached_property
    def course(self) -> CoursePage:
        return get_object_or_404(CoursePage.objects.defer(*CoursePage.searched_columns), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Who is stuck where: %(course)s") % {"course": self.course.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "course": self.course,
            "may_write": may(self.request.user, Action.ORGANISE),
            "places": self.places,
            "called": len(self.called),
            "blocked": self.blocked,
            "reasons": self.counted_reasons,
            "calls": self.calls,
            "picture": course_picture(self.course, self.request.user, self.places, len(self.called)),
        }

    @cached_property
    def places(self) -> list[Stuck]:
        return stuck_in(self.course, self.request.user)

    @cached_property
    def called(self) -> list[Called]:
        """Whose learning the user may view, each once: by the last of their days, where several calls wait."""
        day, user = timezone.localdate(), self.request.user
        theirs = Person.objects.listed().within(reach(user, Action.VIEW_LEARNING, "unit__"), day)
        rows: Any = Called.objects.yet_to_enrol(self.course.translation_key, day).filter(person__in=theirs)
        if isinstance(user, User) and user.person_id:
            rows = rows.exclude(person=user.person_id)
        each = {row.person_id: row for row in rows.select_related("person").order_by("due_on")}
        return sorted(each.values(), key=lambda row: row.person.sort_key)

    @property
    def blocked(self) -> list[tuple[Step, str, bool]]:
        """What nobody can finish, why, and whether the user may mend it."""
        steps = {step.key: step for step in self.course.outline().needed}
        may_mend = may(self.request.user, Action.MANAGE_QUESTIONS)
        return [(steps[key], str(block.label), may_mend) for key, block in blocked_in(self.course.outline()).items()]

    @cached_property
    def reasons(self) -> dict[int, Told]:
        return reasons_in(self.course, [one for place in self.places for one in place.waiting], timezone.now())

    @property
    def counted_reasons(self) -> list[tuple[str, int]]:
        """How many people each concerns, what to do about first first."""
        counts = Counter(reason for told in self.reasons.values() for reason in {reason for reason, _words in told})
        return [(str(reason.label), counts[reason]) for reason in Reason if counts[reason]]

    @property
    def calls(self) -> Any:
        """Those to the course in which the user may give people longer."""
        theirs = Call.objects.organised_by(self.request.user).filter(kind=COURSE, key=self.course.translation_key)
        return theirs.filter(state__in=Call.STANDING).select_related("unit")

    def get_rows(self) -> list[tuple[Any, ...]]:
        now = timezone.now()
        called = [(None, row, None, reasons_for(Known(None, row.due_on), now)) for row in self.called]  # type: ignore[attr-defined] # annotated
        return called + [
            (place.step, *waiting, self.reasons[waiting[0].pk]) for place in self.places for waiting in place.waiting
        ]
