import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from evaluation.dossiers.actions import return_to_person
from home import landing
from home.models import PlainPage
from learning.tracking.actions import complete_step, enrol
from membership.models import User
from tests.factories.evaluation import AT, draft_dossier, sample_criteria, submitted_dossier
from tests.factories.pages import add_course, add_lesson, add_material, page_tree, publish
from tests.queries import count_queries

NOW = AT


def hrefs(user):
    return [step.href for step in landing.next_steps(User.objects.get(pk=user.pk), NOW)]


@pytest.fixture
def tree(db):
    return page_tree()


@pytest.fixture
def course(tree):
    course = add_course(tree.course_index, "Kỹ năng số", slug="ky-nang-so")
    add_lesson(course, "Bài một", slug="bai-mot")
    add_lesson(course, "Bài hai", slug="bai-hai")
    return course


def test_a_visitor_finds_three_doors_and_who_runs_the_site(client, tree, settings):
    settings.CONTACT = {"name": "Hội Khuyến học tỉnh", "email": "", "phone": ""}
    publish(tree.home, PlainPage(title="Tự kiểm tra", slug="tu-kiem-tra", body=[], offers_self_check=True))
    page = client.get("/").content.decode()
    assert "Hội Khuyến học tỉnh" in page.split("<h1")[0]
    for door in ("/khoa-hoc/", "/tu-kiem-tra/#tu-kiem-tra", "/ket-qua/"):
        assert f'href="{door}"' in page
    assert landing.next_steps(AnonymousUser(), NOW) == []


def test_a_member_with_nothing_begun_is_sent_to_the_courses(standing):
    assert hrefs(standing.an) == ["/khoa-hoc/"]


def test_a_learner_resumes_at_the_step_where_they_left_off(standing, course):
    enrolment = enrol(person=standing.an.person, course=course, by=standing.an, at=NOW)
    first = course.get_children().first().specific
    complete_step(enrolment=enrolment, step=first, at=NOW)
    step = landing.next_steps(standing.an, NOW)[0]
    assert step.href == "/hoc-tap/ky-nang-so/bai-hai/"
    assert (step.value, step.maximum) == (1, 2)


def test_a_finished_course_is_not_resumed(standing, course):
    enrolment = enrol(person=standing.an.person, course=course, by=standing.an, at=NOW)
    for step in course.get_children().specific():
        complete_step(enrolment=enrolment, step=step, at=NOW)
    assert hrefs(standing.an) == ["/khoa-hoc/"]


def test_an_open_dossier_waits_beside_an_open_course(standing, course):
    sample_criteria()
    enrol(person=standing.an.person, course=course, by=standing.an, at=NOW)
    draft_dossier(standing.an)
    assert hrefs(standing.an) == ["/hoc-tap/ky-nang-so/bai-mot/", "/tu-danh-gia/2026/"]


def test_an_officer_with_a_queue_is_sent_there_first(standing):
    sample_criteria()
    submitted_dossier(standing.an)
    assert hrefs(standing.chi)[0] == "/danh-gia/"
    assert hrefs(standing.ha) == ["/khoa-hoc/"]


def test_a_returned_dossier_comes_before_learning(standing, course):
    sample_criteria()
    enrol(person=standing.an.person, course=course, by=standing.an, at=NOW)
    dossier = submitted_dossier(standing.an)
    return_to_person(dossier=dossier, reason="Thiếu minh chứng", by=standing.chi, at=NOW)
    assert hrefs(standing.an)[0] == "/tu-danh-gia/2026/"


def test_the_page_shows_the_first_courses_and_the_newest_materials(client, tree):
    for number in range(6):
        add_course(tree.course_index, f"Khóa {number}")
        add_material(tree.materials, f"Tài liệu {number}")
    html = client.get("/").content.decode()
    assert "Khóa 0<" in html
    assert "Khóa 3<" not in html
    assert "Tài liệu 2" in html
    assert "Tài liệu 1<" not in html


def test_queries_do_not_grow_with_what_is_published(client, standing, tree):
    client.force_login(standing.an)

    def visit():
        assert client.get("/").status_code == 200

    add_course(tree.course_index, "Khóa đầu")
    add_material(tree.materials, "Tài liệu đầu")
    visit()
    before = count_queries(visit)
    for number in range(5):
        add_course(tree.course_index, f"Khóa {number}")
        add_material(tree.materials, f"Tài liệu {number}")
    landing.figures()
    assert count_queries(visit) <= before


def test_a_visitor_gets_no_cookie(client, tree):
    response = client.get("/")
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_figures_are_counted_and_kept(tree, standing, django_assert_num_queries):
    add_course(tree.course_index, "Khóa")
    assert landing.figures()["courses"] == 1
    with django_assert_num_queries(0):
        landing.figures()


def test_there_is_always_one_thing_to_do(standing):
    for user in (standing.an, standing.binh, standing.giang, standing.minh):
        assert landing.next_steps(user, timezone.now())
