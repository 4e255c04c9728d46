"""A course goes the whole way: its trainer submits it, a moderator reads all of it on one page and publishes it, a
learner has it; counted in presses and in what is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from membership.actions import sync_groups
from notices.models import Notice
from tests.browser.conftest import Visitor, axe_violations, say
from tests.factories.way import Way
from training_materials import notices

pytestmark = pytest.mark.browser
TABLET = {"width": 768, "height": 1024}


@pytest.mark.parametrize("width", ["desktop"], indirect=True)
@pytest.mark.parametrize("size", [None, TABLET], ids=["1280", "768"])
def test_a_course_is_submitted_approved_and_seen_in_three_presses_and_two_notices(way: Way, visitor, size):
    for user in (way.standing.binh, way.standing.giang):
        sync_groups(user=user, at=timezone.now())
    binh, giang, an = (_come(visitor, name, size) for name in ("binh", "giang", "an"))
    binh.open(reverse("course_builder", args=[way.course.pk]))
    binh.press("Submit the course")
    assert say("Submitted as a whole. You are told when the moderators have decided.") in binh.page.content()
    giang.open("/thong-bao/")
    giang.follow(giang.page.locator("form[action$='/mo/'] button").first)
    assert axe_violations(giang.page, within="#main") == []
    giang.press("Publish all of it")
    an.open(f"/khoa-hoc/{way.course.slug}/")
    assert way.lessons[0].title in an.text()
    told = Notice.objects.filter(kind__in=[notices.MODERATE.key, notices.APPROVED.key])
    people = [way.standing.giang.person, way.standing.binh.person]
    assert [notice.person for notice in told.order_by("pk")] == people


def _come(visitor, name: str, size: dict[str, int] | None) -> Visitor:
    person = visitor()
    if size:
        person.page.set_viewport_size(size)
    person.come_back(name)
    return person
