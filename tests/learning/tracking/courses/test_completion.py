import pytest

from learning.tracking.actions import complete_step, enrol
from learning.tracking.courses.state import is_finished, open_requirements
from learning.tracking.models import Enrolment
from tests.factories.evidence import NOW
from tests.factories.pages import add_course, add_lesson


@pytest.fixture
def enrolment(an, school):
    return enrol(person=an.person, course=school.course, by=an, at=NOW)


def test_each_open_requirement_is_named_with_its_place(school, enrolment):
    assert [requirement.url for requirement in open_requirements(enrolment)] == [
        "/hoc-tap/ky-nang-so/mat-khau/",
        "/hoc-tap/ky-nang-so/thu-dien-tu/",
    ]
    assert "Mật khẩu mạnh" in open_requirements(enrolment)[0].text


def test_what_is_done_is_no_longer_asked_nor_what_is_optional(school, enrolment):
    complete_step(enrolment=enrolment, step=school.first, at=NOW)
    assert ["Gửi thư điện tử" in requirement.text for requirement in open_requirements(enrolment)] == [True]


def test_nothing_is_open_once_finished(school, enrolment):
    for step in (school.first, school.second):
        complete_step(enrolment=enrolment, step=step, at=NOW)
    assert open_requirements(Enrolment.objects.get()) == []


def test_course_that_is_no_longer_open_says_so(school, enrolment):
    school.course.unpublish()
    [requirement] = open_requirements(Enrolment.objects.get())
    assert requirement.url == ""


def test_course_without_steps_is_never_finished(school):
    assert not is_finished(add_course(school.index, "Trống").outline(), {})


def test_where_no_step_is_required_all_of_them_are(an, school):
    course = add_course(school.index, "Tự chọn")
    steps = [add_lesson(course, f"Bài {number}", is_required=False) for number in (1, 2)]
    enrolment = enrol(person=an.person, course=course, by=an, at=NOW)

    complete_step(enrolment=enrolment, step=steps[0], at=NOW)
    assert enrolment.completed_at is None
    complete_step(enrolment=enrolment, step=steps[1], at=NOW)
    assert enrolment.completed_at == NOW
