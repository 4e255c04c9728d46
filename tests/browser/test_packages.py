"""Interactive contents in a real browser: played, kept, resumed; and hostile ones that get nowhere."""

import pytest
from wagtail.models import Page as WagtailPage

from membership.models import User
from tests.factories.packages import let_in, package
from tests.factories.pages import publish
from tests.factories.people import add_user
from training_materials.models import LessonPage

pytestmark = pytest.mark.browser


@pytest.fixture
def width() -> str:
    return "phone"


@pytest.fixture
def administrator(way) -> User:
    return add_user("quantri", "Quản Trị", is_superuser=True)


@pytest.fixture
def version(way, administrator, private_files):
    return let_in(package(), by=way.standing.binh, administrator=administrator)


def stage(visitor):
    return visitor.page.frame_locator("[data-package] iframe")


def open_course(way) -> None:
    WagtailPage.objects.get(pk=way.course.pk).specific.save_revision().publish()


def test_an_exercise_in_a_lesson_plays_for_guests_and_stores_nothing(way, version, visitor):
    block = ("package", {"title": "Thử sức", "package": version.package})
    lesson = publish(way.course, LessonPage(title="Thực hành", slug="thuc-hanh", is_open=True, body=[block]))
    open_course(way)
    guest = visitor()
    guest.open(lesson.get_url())
    answer = stage(guest).locator(".tiny-answer").first
    answer.click()
    stage(guest).locator(".tiny-check").click()
    assert answer.get_attribute("aria-pressed") == "true"
    frame = guest.page.locator("[data-package] iframe")
    assert frame.get_attribute("sandbox") == "allow-scripts allow-forms"
    guest.check()
