from dataclasses import dataclass

import pytest
from django.utils import timezone

from learning.feedback.actions import answer, ask
from learning.feedback.models import Enquiry
from learning.tracking.actions import enrol
from learning.tracking.models import Enrolment
from membership.actions import sync_groups
from membership.models import User
from tests.factories.evidence import NOW
from tests.factories.pages import add_course, add_lesson, add_material, page_tree
from tests.factories.people import Standing, add_user
from tests.laid import laid_once
from training_materials.actions import set_up_publishing
from training_materials.models import CoursePage, LessonPage, MaterialPage


@dataclass
class School:
    """An and Hoa take a course that Bình may edit, and which Giang moderates."""

    standing: Standing
    course: CoursePage
    lesson: LessonPage
    material: MaterialPage
    hoa: User
    ans: Enrolment
    hoas: Enrolment

    def ask(self, text: str = "Mật khẩu bao nhiêu chữ là đủ?", *, by: User | None = None, agrees: bool = False):
        enrolment = self.hoas if by == self.hoa else self.ans
        page = (self.lesson.translation_key, self.lesson.title)
        return ask(enrolment=enrolment, page=page, text=text, can_be_shown=agrees, by=by or self.standing.an, at=NOW)

    def answered(self, text: str = "Mật khẩu bao nhiêu chữ là đủ?", *, by: User | None = None, agrees: bool = True):
        """Answered by Bình, who would show it to everybody."""
        enquiry = self.ask(text, by=by, agrees=agrees)
        return answer(enquiry=enquiry, text="Mười hai ký tự.", is_for_all=True, seen="", by=self.standing.binh, at=NOW)

    def fresh(self, enquiry: Enquiry) -> Enquiry:
        return Enquiry.objects.get(pk=enquiry.pk)


@pytest.fixture
@laid_once
def school(standing) -> School:
    tree = page_tree()
    set_up_publishing(library=tree.materials, course_index=tree.course_index)
    for user in (standing.binh, standing.giang):
        sync_groups(user=user, at=timezone.now())
    course = add_course(tree.course_index, "Kỹ năng số", slug="ky-nang-so")
    lesson = add_lesson(course, "Mật khẩu", slug="mat-khau")
    hoa = add_user("hoa", "Lê Thị Hoa")
    return School(
        standing=standing,
        course=course,
        lesson=lesson,
        material=add_material(tree.materials, "Sổ tay", slug="so-tay"),
        hoa=hoa,
        ans=enrol(person=standing.an.person, course=course, by=standing.an, at=NOW),
        hoas=enrol(person=hoa.person, course=course, by=hoa, at=NOW),
    )
