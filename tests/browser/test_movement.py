"""The movement on its pages: a chapter plans its year and writes down what came of a task; the province sees who has a
plan. At both widths."""

import pytest
from django.utils import timezone

from movement.actions import load_template
from movement.models import PlanTask
from tests.browser.conftest import Visitor
from tests.factories.way import Way

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.7 bien ban"


@pytest.fixture(params=["held", "turned"])
def width(request):
    """Each at their own, and each at the other's."""
    return request.param


def test_a_chapter_plans_its_year_and_the_province_sees_it(way: Way, visitors):
    load_template(by=None, at=timezone.now())
    people = visitors({"chi": "phone", "giang": "desktop"})
    _plans(people["chi"], way)
    _looks(people["giang"], way)


def _plans(chi: Visitor, way: Way) -> None:
    chi.open("/ke-hoach/")
    chi.press("Open a work plan", role="link")
    chi.press("Open the plan")
    chi.press("Add a task", role="link")
    chi.page.locator("input[name=title]").fill("Mở lớp kỹ năng số buổi tối")
    chi.page.locator("input[name=due_on]").fill(timezone.localdate().isoformat())
    chi.press("Save")
    assert PlanTask.objects.filter(clause="V", plan__unit=way.standing.chapter).exists()
    chi.follow(chi.page.get_by_role("link", name="Mở lớp kỹ năng số buổi tối").first)
    chi.press("Add a paper", role="link")
    file = {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": PDF}
    chi.page.locator("input[type=file]").set_input_files(file)
    chi.press("Add")
    chi.open("/")
    chi.press("Open the tasks", role="link")
    chi.follow(chi.page.get_by_role("link", name="Mở lớp kỹ năng số buổi tối").first)
    chi.page.locator("input[name=act][value=finish]").check()
    chi.page.locator("textarea[name=words]").fill("Ba buổi, 40 người học")
    chi.press("Save")
    assert "Ba buổi, 40 người học" in chi.text()


def _looks(giang: Visitor, way: Way) -> None:
    giang.open("/ke-hoach/?co_ke_hoach=chua")
    assert way.standing.association.name in giang.text()
    giang.open("/ke-hoach/?co_ke_hoach=roi")
    giang.follow(giang.page.get_by_role("link", name=way.standing.chapter.name).first)
    giang.follow(giang.page.get_by_role("link", name="Mở lớp kỹ năng số buổi tối").first)
    assert "bien-ban.pdf" in giang.text()
    giang.open("/ke-hoach/mau/")
