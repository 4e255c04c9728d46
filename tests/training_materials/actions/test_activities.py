from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.factories import own_activities as written
from tests.factories.people import add_user
from training_materials.actions import publish_activity, upload_package
from training_materials.activities.packing import unpack
from training_materials.models import Library, Package, PackageVersion

pytestmark = pytest.mark.django_db


def publish(activity, by):
    revision = written.saved(activity)
    return publish_activity(activity=revision.as_object(), revision=revision, by=by, at=timezone.now())


@pytest.mark.parametrize("make", written.ALL.values(), ids=written.ALL)
def test_publishing_makes_a_version_that_the_gate_let_in(standing, make):
    activity = make()
    version = publish(activity, standing.binh)
    activity.refresh_from_db()
    assert (version.number, version.title) == (1, activity.title)
    assert activity.live
    assert activity.package == version.package
    assert version.main.name == f"{activity.written.content.machine_name} 1.0"
    assert sorted(library.machine_name for library in version.libraries.all())[0].startswith("LearningCitizen.")
    # What the gate cleans is what was written: nothing was dropped.
    assert type(activity.written.content).read(version.params) == activity.written.content


def test_publishing_again_adds_a_version_and_leaves_the_first(standing):
    activity = written.flash_cards()
    first = publish(activity, standing.binh)
    activity.refresh_from_db()
    activity.title = "Mười chỉ số, bản mới"
    second = publish(activity, standing.binh)
    activity.refresh_from_db()
    assert (first.package, second.number) == (second.package, 2)
    assert PackageVersion.objects.get(number=1).title == "Mười chỉ số"
    assert activity.package.title == "Mười chỉ số, bản mới"
    assert Library.objects.count() == 2


def test_publishing_the_same_again_adds_no_version(standing):
    activity = written.flash_cards()
    publish(activity, standing.binh)
    activity.refresh_from_db()
    assert publish(activity, standing.binh) is None
    activity.refresh_from_db()
    assert activity.package.versions.count() == 1


def test_its_package_is_renewed_by_publishing_alone(standing):
    activity = written.flash_cards()
    package = publish(activity, standing.binh).package
    for user in (standing.binh, add_user("quantri", "Quản Trị", is_superuser=True)):
        assert not Package.objects.renewable_by(user).exists()
        with pytest.raises(PermissionDenied):
            upload_package(name="x.h5p", content=BytesIO(b"x"), size=1, package=package, by=user, at=timezone.now())


def test_members_cannot_publish(standing):
    with pytest.raises(PermissionDenied):
        publish(written.flash_cards(), standing.an)
    assert not PackageVersion.objects.exists()


@pytest.mark.parametrize(
    "activity",
    [
        lambda: written.knowledge_check(questions=written.stream("question", {
            "text": "?", "picture": written.NO_PICTURE, "explanation": "",
            "answers": [{"text": "a", "is_right": False}, {"text": "b", "is_right": False}]})),
        lambda: written.hotspot_picture(alt=" "),
        lambda: written.flash_cards(cards=written.stream("card", {
            "front": "a", "back": "b", "picture": {"image": written.add_image().pk, "alt": ""}})),
    ],
    ids=["no right answer", "undescribed hotspots", "undescribed card"],
)  # fmt: skip
def test_what_is_wrong_with_it_stops_the_publishing(standing, activity):
    with pytest.raises(ValidationError):
        publish(activity(), standing.binh)
    assert not PackageVersion.objects.exists()


def test_pictures_travel_in_the_package_no_wider_than_needed(standing):
    activity = written.hotspot_picture()
    version = publish(activity, standing.binh)
    assert list(version.media) == ["images/hinh-1.png"]
    content = unpack(BytesIO(activity.written.packed("Tờ giấy")))
    assert (content.picture.width, content.picture.alt) == (1200, "Giấy công nhận")
