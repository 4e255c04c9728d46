import datetime
import uuid
from dataclasses import dataclass

import pytest
from django.utils import timezone

from learning.calls.actions import call_out, prepare
from learning.calls.actions.calls import Terms
from learning.calls.models import Call
from learning.tracking.actions import complete_step, enrol
from membership.registries.groups import Chosen
from tests.factories.pages import add_course, add_lesson, page_tree
from tests.factories.people import Standing
from tests.laid import laid_once
from training_materials.models import CoursePage, LessonPage, Topic

TODAY = timezone.localdate()


@dataclass
class School:
    standing: Standing
    course: CoursePage
    lesson: LessonPage

    def prepare(self, *, by=None, unit=None, group="unit:", days=(0, 10), token=None) -> Call:
        first, last = (TODAY + datetime.timedelta(days=count) for count in days)
        return prepare(
            token=token or uuid.uuid4(),
            unit=unit or self.standing.chapter,
            kind="course",
            key=self.course.translation_key,
            group=Chosen(group, "Cả chi hội"),
            terms=Terms(first, last, "Trước kỳ xét", "12/KH-HKH"),
            by=by or self.standing.chi,
            at=timezone.now(),
        )

    def call(self, **said) -> Call:
        call = self.prepare(**said)
        call_out(call=call, by=said.get("by") or self.standing.chi, at=timezone.now())
        return Call.objects.get(pk=call.pk)

    def finish(self, user):
        enrolment = enrol(person=user.person, course=self.course, by=user, at=timezone.now())
        complete_step(enrolment=enrolment, step=self.lesson, at=timezone.now())


@pytest.fixture
@laid_once
def school(standing) -> School:
    topic = Topic.objects.create(name="Tiêu chí", slug="tieu-chi-cong-dan-hoc-tap")
    course = add_course(page_tree().course_index, "Học bộ tiêu chí", slug="bo-tieu-chi", topics=[topic])
    return School(standing, course, add_lesson(course, "Mười chỉ số", slug="muoi-chi-so"))
