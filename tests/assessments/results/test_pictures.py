"""The pictures of a course and of a quiz against numbers that are counted here once more, person by person."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from assessments import actions
from assessments.models import Attempt, QuestionVersion
from assessments.results.attempts import Line, stuck_in
from assessments.results.pictures import course_picture, questions_picture, results_picture
from assessments.rules.statistics import Answered, item_of
from learning.tracking.actions import complete_step, enrol, visit
from learning.tracking.models import Enrolment
from tests.assessments.conftest import add_quiz, all_right
from tests.factories.evaluation import another_member
from tests.factories.pages import add_course, add_lesson
from tests.queries import assert_constant_queries
from training_materials.outlines import outline

LESSONS = 4


@pytest.fixture
def walked(classroom):
    """A course of four lessons and nine people, who came 0 to 4 lessons far; one has not begun."""
    course = add_course(classroom.course.get_parent().specific, "Bốn bài")
    lessons = [add_lesson(course, f"Bài {number}") for number in range(1, LESSONS + 1)]
    for number, far in enumerate((None, 0, 0, 1, 1, 1, 2, 3, 4)):
        user, at = another_member(classroom.standing.chapter, number), timezone.now()
        enrolment = enrol(person=user.person, course=course, by=user, at=at)
        if far is not None:
            visit(enrolment=enrolment, step=lessons[min(far, LESSONS - 1)], at=at)
        for lesson in lessons[: far or 0]:
            visit(enrolment=enrolment, step=lesson, at=at)
            complete_step(enrolment=enrolment, step=lesson, at=at)
    return course


def _picture(course, user):
    return course_picture(course, user, stuck_in(course, user))


def test_a_course_shows_how_far_its_people_come(walked, classroom):
    picture = _picture(walked, classroom.standing.binh)
    assert [stage.count for stage in picture.stages] == [9, 8, 3, 1]
    assert [stage.count for stage in picture.steps] == [6, 3, 2, 1]
    assert {stage.of for stage in (*picture.stages, *picture.steps)} == {9}
    enrolments = Enrolment.objects.filter(course_key=walked.translation_key)
    done = [[row for row in one.steps.all() if row.completed_at] for one in enrolments]
    assert [stage.count for stage in picture.stages] == [
        len(enrolments),
        sum(one.steps.exists() for one in enrolments),
        sum(len(rows) >= LESSONS / 2 for rows in done),
        sum(one.completed_at is not None for one in enrolments),
    ]


def test_a_sentence_says_where_the_largest_group_stops_unless_two_are_as_large(walked, classroom):
    said = _picture(walked, classroom.standing.binh).steps_said
    wanted = gettext("%(done)s of %(all)s people have finished “%(first)s”.")
    assert said == wanted % {"done": 6, "all": 9, "first": "Bài 1"}
    user = another_member(classroom.standing.chapter, 20)
    enrol(person=user.person, course=walked, by=user, at=timezone.now())
    said = _picture(walked, classroom.standing.binh).steps_said
    wanted = gettext(
        "%(done)s of %(all)s people have finished “%(first)s”; the largest group stops at “%(step)s”: %(count)s."
    )
    assert said == wanted % {"done": 6, "all": 10, "first": "Bài 1", "step": "Bài 1", "count": 4}


def test_who_finished_before_the_course_grew_came_through_all(walked, classroom):
    for number in range(3):
        add_lesson(walked, f"Thêm {number}")
    outline.forget(walked.pk)
    picture = _picture(walked, classroom.standing.binh)
    assert [stage.count for stage in picture.stages] == [9, 8, 1, 1]
    assert [stage.count for stage in picture.steps] == [6, 3, 2, 1, 0, 0, 0]


def test_only_those_whom_one_teaches_are_counted(walked, classroom):
    assert _picture(walked, classroom.standing.ha) is None
    assert _picture(walked, AnonymousUser()) is None


def test_the_page_of_a_course_takes_no_more_queries_for_more_people(binh, walked, classroom):
    def more():
        for number in range(20, 24):
            user = another_member(classroom.standing.chapter, number)
            enrol(person=user.person, course=walked, by=user, at=timezone.now())

    assert_constant_queries(lambda: binh.get(reverse("quiz_results:stuck", args=[walked.pk])), more)


@pytest.fixture
def answered(classroom):
    """Seven attempts at a quiz of six questions: so many of their questions answered rightly."""
    for number, right in enumerate((0, 1, 3, 5, 5, 6, 6)):
        user, at = another_member(classroom.standing.chapter, number), timezone.now()
        enrolment = enrol(person=user.person, course=classroom.course, by=user, at=at)
        begun = classroom.begin(enrolment=enrolment, by=user)
        actions.finish(attempt=begun, by=user, at=at, given=all_right(begun)[:right])
    return Attempt.objects.filter(quiz_key=classroom.quiz.translation_key).finished()


def test_a_quiz_shows_how_results_spread_around_the_mark(answered):
    picture = results_picture(answered, 80)
    counted = [0] * 10
    for attempt in answered:
        counted[min(int(attempt.points * 10 / attempt.max_points), 9)] += 1
    assert [column.count for column in picture.spread.columns] == counted == [1, 1, 0, 0, 0, 1, 0, 0, 2, 2]
    assert picture.said.startswith("4 ")
    assert picture.spread.mark == 80


def test_what_nobody_has_marked_is_in_no_picture(answered):
    Attempt.objects.filter(points=6).update(points=None)
    assert results_picture(answered, 80).spread.total == 5
    assert results_picture(answered.none(), 80) is None


def test_the_page_of_a_quiz_says_in_a_table_what_its_picture_shows(binh, classroom, answered):
    page = binh.get(reverse("quiz_results:quiz", args=[classroom.quiz.pk])).content.decode()
    assert re.search(r'<title id="results-title">\s*' + gettext("How results spread"), page)
    assert "80–89 %: 2. " in page
    drawn = [int(count) for count in re.findall(r'class="chart__number"[^>]*>\s*(\d+)', page)]
    table = page[page.index(gettext("The numbers in a table")) :]
    told = [int(count) for count in re.findall(r'<td class="number"[^>]*>(\d+)</td>', table[: table.index("</table>")])]
    assert drawn == [count for count in told if count]
    assert len(told) == 10


def test_one_who_may_not_read_keys_sees_results_and_no_question(client, classroom, answered):
    client.force_login(classroom.standing.chi)
    assert "cau-hoi-" not in client.get(reverse("quiz_results:quiz", args=[classroom.quiz.pk])).content.decode()


def _line(version, right, rest):
    answers = [Answered(float(one), other, (), None) for one, other in zip(right, rest, strict=True)]
    return Line(version, item_of(answers, []), None)


def test_each_question_is_a_point_that_leads_to_its_row(classroom):
    versions = list(QuestionVersion.objects.order_by("pk")[:3])
    rest = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0]
    lines = [
        _line(versions[0], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], rest),  # hard, and those who know least have it right
        _line(versions[1], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], rest),
        _line(versions[2], [1] * 10, rest),  # all alike: no discrimination
    ]
    picture = questions_picture(lines)
    hard, telling = (drawn.point for drawn in picture.field.points)
    assert (hard.number, hard.address, hard.is_marked) == (1, f"#cau-hoi-{versions[0].pk}", True)
    assert (telling.number, telling.across, telling.is_marked) == (2, 0.5, False)
    assert hard.up < 0 < telling.up
    assert f"{lines[0].item.discrimination:.2f}".replace(".", ",") in hard.label
    assert questions_picture(lines[2:]) is None


def test_a_point_says_the_same_number_as_its_row(classroom):
    line = _line(QuestionVersion.objects.first(), [1, 0] * 5, [number / 10 for number in range(10)])
    line = replace(line, item=replace(line.item, discrimination=-0.067))
    (drawn,) = questions_picture([line]).field.points
    row = render_to_string("assessments/admin/results_item.html", {"line": line, "quiz": classroom.quiz, "number": 1})
    assert "-0,07" in drawn.point.label
    assert "-0,07" in row


def test_a_quiz_without_attempts_draws_nothing(binh, classroom):
    quiz = add_quiz(classroom.course, "Chưa ai làm", [(classroom.topic, 2)])
    assert "chart__drawing" not in binh.get(reverse("quiz_results:quiz", args=[quiz.pk])).content.decode()
