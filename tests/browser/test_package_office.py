"""A trainer's way through interactive contents and own activities in the back office. What is ours is looked at by axe
and fits the screen; around it stands Wagtail."""

import pytest
from django.urls import reverse
from django.utils import timezone

from membership.actions import sync_groups
from tests.browser.conftest import Visitor, axe_violations
from tests.factories import own_activities as written
from tests.factories.packages import package
from training_materials import tasks
from training_materials.actions import publish_activity
from training_materials.models import Package, PackageUpload

pytestmark = pytest.mark.browser

# What a phone cannot reach: Wagtail cuts off what is wider than the screen.
_CUT_OFF = """[...document.querySelectorAll('#main table, #main select')].some(part =>
  part.getBoundingClientRect().right > innerWidth && !part.closest('.w-overflow-x-auto, #listing-results'))"""


@pytest.fixture
def binh(way, private_files, visitor) -> Visitor:
    sync_groups(user=way.standing.binh, at=timezone.now())
    own = visitor()
    own.come_back("binh")
    return own


@pytest.mark.slow(reason="One browser asks axe about every screen there is.")
def test_every_screen_of_contents_and_activities_can_be_read_by_everybody(binh, way):
    activities = []
    for make in written.ALL.values():
        activity = make()
        revision = written.saved(activity)
        publish_activity(activity=revision.as_object(), revision=revision, by=way.standing.binh, at=timezone.now())
        activities.append(activity)
    pages = [
        reverse("packages:index"),
        reverse("packages:libraries"),
        reverse("packages:content", args=[Package.objects.latest("pk").pk]),
        _upload(binh),
        *(reverse(one.snippet_viewset.get_url_name("edit"), args=[one.pk]) for one in activities),
        reverse(activities[0].snippet_viewset.get_url_name("unpublish"), args=[activities[0].pk]),
    ]
    found = [problem for page in pages for problem in _problems(binh, page)]
    assert "\n".join(found) == ""


def _upload(binh: Visitor) -> str:
    """Through the form, with a library that is not here yet: the address of what was found."""
    binh.open(reverse("packages:index"))
    file = {"name": "bai.h5p", "mimeType": "application/zip", "buffer": package().getvalue()}
    binh.page.locator("input[type=file]").set_input_files(file)
    binh.page.get_by_role("button", name="Tải lên và kiểm tra").click()
    binh.page.wait_for_url("**/tai-len/**")
    upload = PackageUpload.objects.get()
    tasks.read_upload.func(str(upload.pk))
    return reverse("packages:upload", args=[upload.pk])


def _problems(binh: Visitor, address: str) -> list[str]:
    """The map of a form's parts beside it is Wagtail's own."""
    binh.open(address)
    binh.page.wait_for_load_state("load")
    part = ".w-form-width" if "/edit/" in address else "#main"
    too_wide = [f"{address}: something is cut off"] if binh.page.evaluate(_CUT_OFF) else []
    return too_wide + axe_violations(binh.page, within=part)
