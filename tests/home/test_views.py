import datetime

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from home import health
from home.demo.content import read
from interface.templatetags import site_tags
from tests.factories.pages import add_course, add_lesson, add_material, page_tree
from tests.factories.people import add_user
from work import clock


@pytest.fixture
def tree(db):
    return page_tree()


class TestLanguage:
    def test_the_choice_is_kept_in_a_cookie_of_its_own(self, client, tree):
        response = client.post("/ngon-ngu/", {"language": "en", "next": "/khoa-hoc/"})
        assert (response.status_code, response["Location"]) == (302, "/khoa-hoc/")
        assert response.cookies["django_language"].value == "en"
        assert "Courses" in client.get("/").content.decode()

    @pytest.mark.parametrize("onward", ["https://xau.example/", "//xau.example", "javascript:alert(1)", ""])
    def test_it_never_leads_elsewhere(self, client, db, onward):
        assert client.post("/ngon-ngu/", {"language": "en", "next": onward})["Location"] == "/"

    def test_an_unknown_language_changes_nothing(self, client, db):
        assert not client.post("/ngon-ngu/", {"language": "xx"}).cookies

    def test_only_a_button_changes_it(self, client, db):
        assert client.get("/ngon-ngu/").status_code == 405


class TestHealth:
    @pytest.fixture(autouse=True)
    def _a_worker_runs(self):
        clock.show_life()

    def test_all_is_well(self, client, db):
        response = client.get("/healthz")
        assert response.status_code == 200
        assert response.json()["is_well"]
        assert set(response.json()["parts"]) == {
            "database",
            "cache",
            "worker",
            "recurring",
            "mail",
            "storage",
            "search",
            "signatures",
        }

    def test_without_a_sign_of_life_no_worker_runs(self, client, db):
        cache.clear()
        response = client.get("/healthz")
        assert response.status_code == 503
        assert "no worker runs" in response.json()["parts"]["worker"]["detail"]

    def test_a_task_that_waits_too_long_says_that_workers_do_not_keep_up(self, client, db):
        add_task(minutes_ago=10)
        response = client.get("/healthz")
        assert response.status_code == 503
        assert not response.json()["parts"]["worker"]["is_well"]

    def test_a_task_that_just_came_is_no_trouble(self, client, db):
        add_task(minutes_ago=1)
        assert client.get("/healthz").status_code == 200

    def test_a_part_that_fails_is_named_and_the_rest_still_asked(self, db, settings, tmp_path):
        blocked = tmp_path / "file"
        blocked.touch()
        settings.STORAGES = {
            **settings.STORAGES,
            "private": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(blocked / "inside")},
            },
        }
        storages._storages = {}
        report = health.report()
        assert not report["storage"].is_well
        assert report["database"].is_well
        storages._storages = {}


def add_task(*, minutes_ago):
    now = timezone.now()
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="a.b", backend_name="default", run_after=now
    )
    came = now - datetime.timedelta(minutes=minutes_ago)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=came, run_after=came)


def test_robots_are_told_what_is_not_for_them(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /danh-gia/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_sitemap_lists_what_anyone_can_read(client, tree):
    add_material(tree.materials, "Đọc được", slug="doc-duoc")
    add_material(tree.materials, "Nháp", slug="nhap", is_live=False)
    course = add_course(tree.course_index, "Khóa", slug="khoa")
    add_lesson(course, "Mở", slug="mo", is_open=True)
    add_lesson(course, "Đóng", slug="dong", is_open=False)
    xml = client.get("/sitemap.xml").content.decode()
    for path in ("/", "/tai-lieu/doc-duoc/", "/khoa-hoc/khoa/", "/khoa-hoc/khoa/mo/"):
        assert f"<loc>http://testserver{path}</loc>" in xml
    assert "nhap" not in xml
    assert "/dong/" not in xml


def test_contact_stands_at_the_foot_of_pages_and_on_a_page_of_its_own(client, db, settings):
    settings.CONTACT = {"name": "Hội Khuyến học thành phố", "email": "hoi@example.vn", "phone": "0236 123 456"}
    site_tags._part.cache_clear()
    page = client.get("/lien-he/").content.decode()
    assert page.count('href="mailto:hoi@example.vn"') == 2
    assert 'href="tel:0236123456"' in page
    assert "mật khẩu" in page
    site_tags._part.cache_clear()


def test_nothing_is_promised_where_no_contact_is_told(client, db):
    page = client.get("/lien-he/").content.decode()
    assert "chưa ghi địa chỉ" in page
    assert "mailto:" not in page


def test_help_promises_what_there_is(tree, client):
    """Its links lead somewhere, and it says how one signs up; the address at the foot may not have been told."""
    for page in read("pages.toml")["pages"]:
        words = str(page)
        assert "ở cuối trang" not in words
        assert "ở cuối mỗi trang" not in words
    told = str(next(page for page in read("pages.toml")["pages"] if page["slug"] == "tro-giup"))
    for address in ("/tai-khoan/signup/", "/lien-he/"):
        assert address in told
        assert client.get(address).status_code == 200


def test_the_page_of_components_is_for_the_back_office(client, standing, tree):
    client.force_login(standing.an)
    assert client.get("/giao-dien/").status_code == 404
    client.force_login(add_user("quantri", "Quản Trị", is_superuser=True))
    assert "<svg" in client.get("/giao-dien/").content.decode()
