from learning.tracking.actions import complete_step, enrol
from tests.factories.evidence import NOW
from training_materials.registries.page_uses import of_pages


def test_what_hangs_on_a_course_is_counted_before_it_goes(an, school):
    enrolment = enrol(person=an.person, course=school.course, by=an, at=NOW)
    for step in (school.first, school.second):
        complete_step(enrolment=enrolment, step=step, at=NOW)

    assert [dependants.count for dependants in of_pages([school.course])] == [1, 2, 1]
    assert [dependants.count for dependants in of_pages([school.first])] == [1]


def test_nothing_hangs_on_what_nobody_took(school):
    assert of_pages([school.extra]) == []
