"""Which teaching serves which indicator: by rules, by topics, for whom; and who may look."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Pool, Question, QuizDraw, QuizPage
from evaluation.criteria.models import CriteriaSet, EvidenceRule, Indicator
from evaluation.criteria.teaching import Wanted, Wish
from home.coverage import READING, Taught, coverage, everything_taught, offers, rows_of, served_indicators
from membership.models import TargetGroup
from tests.assessments.conftest import save
from tests.factories.pages import publish
from tests.factories.way import lay_way
from tests.queries import count_queries
from training_materials.models import Audience, Topic
from work import kept

GROUPS = list(TargetGroup.values)


def wanted(number=1, wishes=(), topics=(), support="yes"):
    return Wanted(number, f"Chỉ số {number}", support, tuple(wishes), frozenset(topics))


def taught(kind="course_completed", topics=(), audience=Audience.EVERYONE, key="k", title="Khóa"):
    return Taught(kind, title, "/khoa-hoc/", key, audience, frozenset(topics))


def cells(one, *teaching):
    [row] = rows_of({group: [one] for group in GROUPS}, list(teaching))
    return [cell for _label, cell in row.by_group]


def test_a_rule_counts_what_is_of_its_kind_topic_and_page():
    rule = wanted(wishes=[Wish("course_completed", "so", "k")], topics=["so"])

    assert cells(rule, taught(topics=["so"]))[0].counted
    assert cells(rule, taught(topics=["so"], key="another"))[0].counted == []
    assert cells(rule, taught(kind="quiz_passed", topics=["so"]))[0].counted == []
    assert cells(rule, taught(topics=["khac"]))[0].is_empty


def test_a_material_on_the_topic_serves_without_being_counted():
    [cell, *_others] = cells(wanted(wishes=[Wish("course_completed", "so")], topics=["so"]), taught(READING, ["so"]))

    assert (len(cell.counted), len(cell.on_topic)) == (0, 1)


def test_a_rule_on_any_topic_counts_every_course_and_no_material():
    [cell, *_others] = cells(wanted(wishes=[Wish("course_completed")]), taught(), taught(READING, ["so"]))

    assert (len(cell.counted), len(cell.on_topic)) == (1, 0)


def test_what_is_for_one_group_serves_no_other():
    found = cells(wanted(topics=["so"]), taught(READING, ["so"], audience=Audience.STUDENTS))

    assert [not cell.is_empty for cell in found] == [group == TargetGroup.STUDENTS for group in GROUPS]


def test_a_group_without_the_indicator_has_no_cell():
    rows = rows_of({"residents": [wanted(1)], "workers": [wanted(2)], "officials": [], "students": []}, [])

    assert [row.number for row in rows] == [1, 2]
    assert [[cell is None for _label, cell in row.by_group] for row in rows] == [
        [False, True, True, True],
        [True, False, True, True],
    ]


@pytest.fixture
def way(standing):
    laid = lay_way(standing)
    laid.course.topics.add(laid.topic)
    laid.course.save_revision().publish()
    return laid


def test_published_teaching_stands_in_the_matrix_and_gaps_are_counted(way):
    found = coverage(None, timezone.localdate())

    assert [row.number for row in found.rows] == list(range(1, 11))
    fifth = dict(found.rows[4].by_group)[TargetGroup.RESIDENTS.label]
    assert way.course.title in [one.title for one in fifth.counted]
    assert found.gaps == sum(cell.is_empty for row in found.rows for _label, cell in row.by_group) > 0


def test_a_quiz_is_on_the_topics_of_what_it_may_ask_and_no_question_is_read_for_that(way):
    pool = Pool.objects.create(course=way.course, name="Kiểm tra")
    for slug in ("dang-hoi", "thoi-hoi"):
        topic = Topic.objects.create(name=slug, slug=slug)
        save("true_false", topic, way.standing.binh, slug=f"cau-{slug}", prompt=slug, pool=pool)
    Question.objects.filter(slug="cau-thoi-hoi").update(retired_at=timezone.now())
    quiz = QuizPage(title="Rút từ nhóm câu hỏi", pass_mark=80)
    quiz.draws = [QuizDraw(pool=pool, count=1)]
    publish(way.course, quiz)

    with CaptureQueriesContext(connection) as captured:
        [found] = [one for one in everything_taught() if one.title == quiz.title]

    assert found.topics == {"dang-hoi"}
    assert not any("folded_text" in query["sql"] and "pool_id" in query["sql"] for query in captured.captured_queries
                   if "quizpick" not in query["sql"])  # fmt: skip


def test_a_locality_s_own_set_is_shown_for_that_locality(way):
    national = CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)
    own = CriteriaSet.objects.create(
        name="Riêng", version="1", group=national.group, unit=way.standing.commune, parent=national,
        status=CriteriaSet.Status.IN_FORCE, valid_from=datetime.date(2025, 1, 1),
    )  # fmt: skip

    at_commune = coverage(way.standing.commune, timezone.localdate())

    assert dict(at_commune.sets)[TargetGroup.RESIDENTS.label] == own
    assert dict(coverage(None, timezone.localdate()).sets)[TargetGroup.RESIDENTS.label] == national


def test_a_topic_that_nobody_can_tag_with_is_named(way, client):
    Indicator.objects.filter(number=9).update(topics="hoa-giai\nhoa-thuan")
    client.force_login(way.standing.giang)

    page = client.get(reverse("home:coverage")).content.decode()

    assert "hoa-giai, hoa-thuan" in page


def test_it_is_for_who_manages_criteria_or_publishes(way, client):
    address = reverse("home:coverage")
    for user, status in ((way.standing.giang, 200), (way.standing.binh, 200), (way.standing.chi, 404)):
        client.force_login(user)
        assert client.get(address).status_code == status, user.username
    client.logout()
    assert client.get(address).status_code == 302


def test_queries_do_not_grow_with_topics_and_courses(way, client):
    client.force_login(way.standing.giang)
    address = reverse("home:coverage")
    client.get(address)
    before = count_queries(lambda: client.get(address))
    for number in range(5):
        way.course.topics.add(Topic.objects.create(name=f"Chủ đề {number}", slug=f"chu-de-{number}"))
    way.course.save_revision().publish()
    client.get(address)

    assert count_queries(lambda: client.get(address)) <= before


def test_a_course_whose_quiz_alone_serves_an_indicator_stands_under_it(way, client):
    way.course.topics.clear()
    way.course.save_revision().publish()
    Indicator.objects.update(topics="")
    EvidenceRule.objects.all().delete()
    fifth = Indicator.objects.get(criteria_set__group=TargetGroup.RESIDENTS, number=5)
    EvidenceRule.objects.create(indicator=fifth, kind="quiz_passed", topic=way.topic.slug, points=2, cap=4)
    index = way.tree.course_index.url

    assert way.course.title in client.get(index, {"chi-so": "5"}).content.decode()
    assert way.course.title not in client.get(index, {"chi-so": "4"}).content.decode()


def test_lists_take_what_is_taught_from_what_is_kept(way):
    offers()
    kept.forget("served-indicators")

    with CaptureQueriesContext(connection) as captured:
        served_indicators()

    assert captured.captured_queries
    assert not any("coursepage" in query["sql"] for query in captured.captured_queries)
