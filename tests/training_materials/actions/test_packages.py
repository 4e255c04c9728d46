"""From an uploaded file to a content that plays."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from membership.models import User
from tests.factories.packages import PARAMS, PNG, content, library, package, packed
from training_materials import actions
from training_materials.models import Library, Package, PackageUpload, PackageVersion
from training_materials.packages.storage import package_storage

State = PackageUpload.State
SCRIPT = "var x = 1;"


@pytest.fixture(autouse=True)
def _own_storage(private_files):
    pass


@pytest.fixture
def trainer(standing) -> User:
    return standing.binh


@pytest.fixture
def administrator(standing) -> User:
    return User.objects.create_superuser("quantri", password="x")


def upload(file, by, package=None) -> PackageUpload:
    size = len(file.getvalue())
    row = actions.upload_package(name="a.h5p", content=file, size=size, package=package, by=by, at=timezone.now())
    return actions.read_upload(upload=row, at=timezone.now())


def installed(file, trainer, administrator, package=None) -> PackageUpload:
    row = upload(file, trainer, package)
    row = actions.order_libraries(upload=row, by=administrator, at=timezone.now())
    return actions.read_upload(upload=row, at=timezone.now())


def test_a_trainers_package_with_unknown_libraries_waits_for_an_administrator(trainer, administrator):
    row = upload(package(), trainer)
    assert row.state == State.UNKNOWN
    assert row.report["unknown"] == ["H5P.MultiChoice 1.16.4"]
    assert not Library.objects.exists()
    assert not Package.objects.exists()
    with pytest.raises(PermissionDenied):
        actions.order_libraries(upload=row, by=trainer, at=timezone.now())
    row = actions.order_libraries(upload=row, by=administrator, at=timezone.now())
    row = actions.read_upload(upload=row, at=timezone.now())
    assert row.state == State.ACCEPTED
    assert Library.objects.get().installed_by == administrator
    version = PackageVersion.objects.get()
    assert version.params == PARAMS
    assert version.created_by == trainer


def test_with_known_libraries_a_package_comes_in_at_once_and_its_file_goes(trainer, administrator):
    installed(package(), trainer, administrator)
    row = upload(packed(content(title="Hai"), library(), {"content/images/a.png": PNG}), trainer)
    assert row.state == State.ACCEPTED
    version = row.package.versions.get()
    assert package_storage().exists(f"{version.stored_under}/images/a.png")
    assert package_storage().exists(f"packages/bundles/{version.bundle}.js.gz")
    assert row.file == ""


def test_who_is_no_trainer_uploads_nothing(standing):
    with pytest.raises(PermissionDenied):
        upload(package(), standing.an)


def test_a_file_that_is_empty_is_refused_at_the_door(trainer):
    with pytest.raises(ValidationError):
        actions.upload_package(name="a", content=package(), size=0, package=None, by=trainer, at=timezone.now())


def test_a_refused_package_says_why_and_keeps_nothing(trainer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = upload(packed(content(), library(), {"content/a.svg": "<svg/>"}), trainer)
    assert row.state == State.REFUSED
    assert "content/a.svg" in row.report["problem"]
    assert not package_storage().listdir("packages/uploads")[1]


def test_missing_libraries_are_named(trainer):
    row = upload(packed(content(), library(needs=["H5P.Question 1.5"])), trainer)
    assert row.state == State.INCOMPLETE
    assert row.report["missing"] == ["H5P.Question 1.5"]


def test_the_same_version_with_other_files_is_refused(trainer, administrator):
    installed(package(), trainer, administrator)
    row = upload(packed(content(), library(script="evil()")), trainer)
    assert row.state == State.REFUSED
    assert "H5P.MultiChoice 1.16.4" in row.report["problem"]
    assert Library.objects.count() == 1


def test_a_newer_patch_leaves_standing_contents_as_they_are(trainer, administrator):
    first = installed(package(), trainer, administrator).package.versions.get()
    newer = packed(content(), library(version=(1, 16, 5), script="// newer\nH5P.MultiChoice = 1;"))
    second = installed(newer, trainer, administrator).package.versions.get()
    assert (first.main.patch, second.main.patch) == (4, 5)
    assert first.bundle != second.bundle


def test_a_renewed_content_gets_another_version(trainer, administrator):
    first = installed(package(), trainer, administrator)
    second = upload(package(title="Danh hiệu, bản hai"), trainer, first.package)
    assert second.package == first.package
    assert [version.number for version in first.package.versions.order_by("number")] == [1, 2]


def test_reading_twice_changes_nothing(trainer, administrator):
    row = installed(package(), trainer, administrator)
    actions.read_upload(upload=row, at=timezone.now())
    assert PackageVersion.objects.count() == 1


def test_two_workers_with_the_same_upload_make_one_content(trainer, administrator):
    row = actions.order_libraries(upload=upload(package(), trainer), by=administrator, at=timezone.now())
    same = PackageUpload.objects.get(pk=row.pk)
    first, second = (actions.read_upload(upload=each, at=timezone.now()) for each in (row, same))
    assert (first.package, first.state) == (second.package, second.state)
    assert PackageVersion.objects.count() == Package.objects.count() == 1


def test_a_content_that_uses_what_it_does_not_declare_is_refused(trainer, administrator, private_files):
    semantics = [{"name": "inside", "type": "library"}]
    params = {"inside": {"library": "H5P.Hidden 1.0", "params": {}}}
    row = installed(packed(content(params), library(semantics=semantics)), trainer, administrator)
    assert row.state == State.REFUSED
    assert not Library.objects.exists()
    assert [file for file in (private_files / "packages" / "libraries").rglob("*") if file.is_file()] == []


def test_a_content_is_cleaned_as_its_library_says(trainer, administrator):
    params = {"question": "<p>a<script>b</script></p>", "stranger": 1}
    version = installed(packed(content(params), library()), trainer, administrator).package.versions.get()
    assert version.params == {"question": "<p>a</p>"}


def test_discarding_forgets_the_file_but_not_what_it_became(trainer, administrator):
    row = installed(package(), trainer, administrator)
    actions.discard_upload(upload=row, by=trainer, at=timezone.now())
    actions.discard_upload(upload=row, by=trainer, at=timezone.now())
    assert PackageVersion.objects.count() == 1


def test_deleting_a_content_takes_its_files(trainer, administrator, django_capture_on_commit_callbacks):
    row = installed(packed(content(), library(), {"content/images/a.png": PNG}), trainer, administrator)
    name = f"{row.package.versions.get().stored_under}/images/a.png"
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_package(package=row.package, by=trainer, at=timezone.now())
    assert not package_storage().exists(name)
    assert Library.objects.count() == 1


def test_styles_are_joined_with_their_links_turned(trainer, administrator):
    styled = library(style="a { background: url('img/x.png') } b { background: url(data:x) }")
    version = installed(packed(content(), styled), trainer, administrator).package.versions.get()
    with package_storage().open(f"packages/bundles/{version.bundle}.css") as file:
        text = file.read().decode()
    assert 'url("libraries/H5P.MultiChoice-1.16/img/x.png")' in text
    assert "url(data:x)" in text
