import datetime

import pytest
from django.utils import timezone

from learning.tracking.actions import enrol
from search.actions import note_the_day
from search.contract import QUESTION
from search.models import MissedSearch, SearchDocument
from search.periodic import search_daily
from tests.assessments.conftest import add_quiz, save
from tests.factories.pages import add_course
from tests.search.asking import index_now
from training_materials.models import Topic

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_a_course_that_many_took_is_counted_anew_and_only_then(tree, standing):
    course = add_course(tree.course_index, "Kỹ năng số")
    add_course(tree.course_index, "Khóa khác")
    index_now()
    assert note_the_day(at=NOW) == 0
    enrol(person=standing.an.person, course=course, by=standing.an, at=NOW)
    assert note_the_day(at=NOW) == 1
    index_now()
    assert SearchDocument.objects.get(title="Kỹ năng số").popularity == 1
    assert note_the_day(at=NOW) == 0


def test_practice_brings_its_questions_on_the_day_that_it_opens(tree, standing):
    topic = Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")
    save("true_false", topic, standing.binh)
    opens = NOW + datetime.timedelta(days=1)
    quiz = add_quiz(add_course(tree.course_index, "Khóa"), "Luyện", [(topic, 1)], purpose="practice", opens_at=opens)
    index_now()
    assert not SearchDocument.objects.filter(kind=QUESTION).exists()
    type(quiz).objects.filter(pk=quiz.pk).update(opens_at=NOW - datetime.timedelta(hours=1))
    search_daily(NOW)
    index_now()
    assert SearchDocument.objects.filter(kind=QUESTION).exists()


def test_the_day_forgets_what_is_old(db):
    MissedSearch.objects.create(words="cũ lắm", day=timezone.localdate(NOW) - datetime.timedelta(days=400), count=9)
    search_daily(NOW)
    assert not MissedSearch.objects.exists()
