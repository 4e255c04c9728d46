"""The back office of packages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from membership.models import User
from tests.factories.activities import add_activity
from tests.factories.packages import PARAMS, content, let_in, library, package, packed
from tests.factories.pages import add_course
from tests.factories.people import add_user, give_second_factor
from tests.queries import assert_constant_queries
from training_materials import tasks
from training_materials.models import Package, PackageUpload


@pytest.fixture(autouse=True)
def _own_storage(private_files):
    pass


@pytest.fixture
def administrator(standing) -> User:
    return add_user("quantri", "Quản Trị", is_superuser=True)


@pytest.fixture
def trainer(client, standing, tree):
    give_second_factor(standing.binh)
    client.force_login(standing.binh)
    return client


def send(client, file, **more):
    upload = SimpleUploadedFile("bai.h5p", file.getvalue())
    return client.post(reverse("packages:index"), {"file": upload, **more})


def work(upload) -> None:
    """What the worker does."""
    tasks.read_upload.func(str(upload.pk))


def test_from_the_form_to_a_content(trainer, client, administrator, standing, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(trainer, package())
    upload = PackageUpload.objects.get()
    assert answer.url == reverse("packages:upload", args=[upload.pk])
    assert upload.state == PackageUpload.State.UNKNOWN
    page = trainer.get(answer.url).content.decode()
    assert "H5P.MultiChoice 1.16.4" in page
    assert 'value="install"' not in page
    assert trainer.post(answer.url, {"way": "install"}).status_code == 404
    client.force_login(administrator)
    assert 'value="install"' in client.get(answer.url).content.decode()
    client.post(answer.url, {"way": "install"})
    work(upload)
    found = Package.objects.get()
    client.force_login(standing.binh)
    shown = client.get(reverse("packages:content", args=[found.pk])).content.decode()
    assert 'data-package="/goi/' in shown
    assert "H5P.MultiChoice" in client.get(reverse("packages:libraries")).content.decode()


def test_who_waited_for_the_same_libraries_need_not_ask_again(
    trainer, client, administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(trainer, package())
        send(trainer, package(title="Bài khác"))
        rare = packed(content(main="H5P.Rare 1.0"), library("H5P.Rare", (1, 0, 0)))
        send(trainer, rare)
    assert set(PackageUpload.objects.values_list("state", flat=True)) == {"unknown"}
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        first = PackageUpload.objects.earliest("pk")
        client.post(reverse("packages:upload", args=[first.pk]), {"way": "install"})
    states = list(PackageUpload.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["accepted", "accepted", "unknown"]


def test_the_page_of_a_file_that_waits_looks_again_by_itself(trainer):
    send(trainer, package())
    page = trainer.get(reverse("packages:upload", args=[PackageUpload.objects.get().pk]))
    assert page["Refresh"] == "2"
    assert "<progress" in page.content.decode()


def test_a_refusal_says_why(trainer, django_capture_on_commit_callbacks):
    send(trainer, packed(content(), library(), {"content/x.svg": "<svg/>"}))
    upload = PackageUpload.objects.get()
    work(upload)
    assert "content/x.svg" in trainer.get(reverse("packages:upload", args=[upload.pk])).content.decode()


def test_a_file_with_another_ending_is_not_taken(trainer):
    answer = trainer.post(reverse("packages:index"), {"file": SimpleUploadedFile("a.exe", b"MZ")})
    assert answer.status_code == 200
    assert not PackageUpload.objects.exists()


def test_a_content_names_the_pages_that_play_it(trainer, administrator, standing, tree):
    found = let_in(package(), by=standing.binh, administrator=administrator).package
    address = reverse("packages:content", args=[found.pk])
    assert "Chưa trang nào" in trainer.get(address).content.decode()
    page = add_activity(add_course(tree.course_index, "Kỹ năng số"), found)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in trainer.get(address).content.decode()


def test_of_many_versions_the_parameters_of_the_newest_alone_are_read(trainer, administrator, standing):
    found = let_in(package(), by=standing.binh, administrator=administrator).package
    with CaptureQueriesContext(connection) as captured:
        trainer.get(reverse("packages:content", args=[found.pk]))
    reading = [query["sql"] for query in captured.captured_queries if '_packageversion"."params"' in query["sql"]]
    assert len(reading) == 1
    assert "LIMIT 21" in reading[0]


def test_what_was_removed_is_only_told_of_what_is_in(trainer, administrator, standing):
    let_in(package(), by=standing.binh, administrator=administrator)
    unsafe = PARAMS | {"question": "<p>?<script>alert(1)</script></p>"}
    send(trainer, packed(content(unsafe), library()))
    send(trainer, packed(content(unsafe, main="H5P.Other 1.0"), library()))
    said = {}
    for upload in PackageUpload.objects.filter(name="bai.h5p"):
        work(upload)
        page = trainer.get(reverse("packages:upload", args=[upload.pk])).content.decode()
        said[PackageUpload.objects.get(pk=upload.pk).state] = "1 phần của nội dung" in page
    assert said == {"accepted": True, "incomplete": False}


def test_kinds_that_trainers_know_have_names_in_their_language(trainer, administrator, standing):
    let_in(package(), by=standing.binh, administrator=administrator)
    rare = packed(content(main="H5P.Rare 1.0"), library("H5P.Rare", (1, 0, 0), title="A rare one"))
    let_in(rare, by=standing.binh, administrator=administrator)
    page = trainer.get(reverse("packages:index")).content.decode()
    assert "Câu hỏi trắc nghiệm" in page
    assert "A rare one" in page


def test_many_contents_stand_on_several_pages(trainer, administrator, standing):
    moment = timezone.now()
    Package.objects.bulk_create(Package(title=f"Bài {number}", created_at=moment) for number in range(60))
    first, second = (trainer.get(reverse("packages:index"), {"p": page}).context["page_obj"] for page in (1, 2))
    assert [len(first), len(second)] == [50, 10]


def test_others_see_neither_the_office_nor_ones_uploads(trainer, client, standing):
    send(trainer, package())
    upload = PackageUpload.objects.get()
    for person, status in ((standing.an, 403), (standing.dung, 404)):  # at the door of the office, and within it
        client.force_login(person)
        for address in (reverse("packages:index"), reverse("packages:upload", args=[upload.pk])):
            assert client.get(address).status_code == status


def test_deleting_asks_whose_it_is(trainer, administrator, standing):
    mine = let_in(package(), by=standing.binh, administrator=administrator).package
    theirs = let_in(package(), by=administrator, administrator=administrator).package
    assert trainer.post(reverse("packages:content", args=[theirs.pk])).status_code == 404
    assert trainer.post(reverse("packages:content", args=[mine.pk])).status_code == 302
    assert list(Package.objects.all()) == [theirs]


def test_one_renews_what_one_uploaded_and_administrators_what_anybody_did(trainer, client, administrator, standing):
    mine = let_in(package(), by=standing.binh, administrator=administrator).package
    theirs = let_in(package(), by=administrator, administrator=administrator).package

    def offered(visitor):
        return set(visitor.get(reverse("packages:index")).context["form"].fields["package"].queryset)

    assert offered(trainer) == {mine}
    file = SimpleUploadedFile("bai.h5p", package().getvalue())
    assert trainer.post(reverse("packages:index"), {"file": file, "package": theirs.pk}).status_code == 200
    assert not PackageUpload.objects.filter(name="bai.h5p").exists()
    client.force_login(administrator)
    assert offered(client) == {mine, theirs}


def test_trainers_choose_a_content_in_their_forms(trainer, administrator, standing):
    let_in(package(), by=standing.binh, administrator=administrator)
    let_in(package(title="Bài khác"), by=standing.binh, administrator=administrator)
    everything = trainer.get(reverse("package_chooser:choose")).json()["html"]
    assert "Danh hiệu" in everything
    assert "Câu hỏi trắc nghiệm" in everything
    for typed in ("bài khác", "BAI KHAC", "khac bai"):
        found = trainer.get(reverse("package_chooser:choose_results"), {"q": typed}).content.decode()
        assert "Bài khác" in found
        assert "Danh hiệu" not in found


@pytest.mark.parametrize("name", ["packages:index", "packages:libraries"])
def test_lists_do_not_ask_more_for_more_rows(trainer, administrator, standing, name):
    let_in(package(), by=standing.binh, administrator=administrator)

    def more() -> None:
        for patch in (5, 6):
            newer = packed(content(), library(version=(1, 16, patch), script=f"// {patch}"))
            let_in(newer, by=standing.binh, administrator=administrator)

    assert_constant_queries(lambda: trainer.get(reverse(name)), more)
