"""The pages of an import: upload, dry run, work, outcome, undoing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from intake.lists import LINES_PER_PAGE
from intake.models import Import, ImportLine
from tests.factories.people import give_second_factor
from tests.intake.conftest import TEXT
from tests.queries import assert_constant_queries
from training_materials.models import Topic

pytestmark = pytest.mark.urls("tests.intake.topics")


@pytest.fixture
def visitor(client, owner):
    give_second_factor(owner)
    client.force_login(owner)
    return client


def upload(visitor, content=TEXT, page="topics:upload"):
    file = SimpleUploadedFile("chu-de.csv", content if isinstance(content, bytes) else content.encode())
    return visitor.post(reverse(page), {"file": file}, follow=True)


def plan(batch=None):
    return reverse("topics:plan", args=[(batch or Import.objects.get()).pk])


def test_a_file_goes_through_its_plan_and_back(visitor):
    assert "Nhập chủ đề" in visitor.get(reverse("topics:upload")).content.decode()
    page = upload(visitor)
    assert page.redirect_chain == [(plan(), 302)]
    assert "Nhập 6 chủ đề" in page.content.decode()
    done = visitor.post(plan(), {"way": "apply"}, follow=True).content.decode()
    assert Topic.objects.count() == 6
    assert "Đã nhập xong" in done
    assert 'value="apply"' not in done
    assert 'value="discard"' not in done
    undone = visitor.post(plan(), {"way": "undo"}, follow=True).content.decode()
    assert not Topic.objects.exists()
    assert 'value="undo"' not in undone
    assert "chu-de.csv" in visitor.get(reverse("topics:upload")).content.decode()


def test_lines_are_shown_by_outcome_and_page_by_page(visitor):
    upload(visitor, "\n".join(["Mã,Chủ đề", *(f"m{n},Dòng số {n}." for n in range(LINES_PER_PAGE * 2 + 1)), "?,Sai"]))
    first = visitor.get(plan()).content.decode()
    assert ("Dòng số 49." in first, "Dòng số 50." in first, 'rel="prev"' in first) == (True, False, False)
    assert f"after={LINES_PER_PAGE}" in first
    second = visitor.get(plan(), {"after": LINES_PER_PAGE}).content.decode()
    assert ("Dòng số 50." in second, f"before={LINES_PER_PAGE + 1}" in second) == (True, True)
    back = visitor.get(plan(), {"before": LINES_PER_PAGE + 1}).content.decode()
    assert ("Dòng số 0." in back, "Dòng số 49." in back, 'rel="prev"' in back) == (True, True, False)
    refused = visitor.get(plan(), {"outcome": "skip"}).content.decode()
    assert ("Sai" in refused, "Dòng số" in refused, "after=" in refused) == (True, False, False)
    assert visitor.get(plan(), {"outcome": "x", "after": "x", "before": "-1"}).status_code == 200
    taken = visitor.get(plan(), {"outcome": "skip", "export": "csv"}).getvalue().decode("utf-8-sig").splitlines()
    assert len(taken) == 2
    assert "Sai" in taken[1]


@pytest.mark.parametrize("state", ["waiting", "ordered", "undoing"])
def test_a_page_at_work_looks_again_and_one_whose_worker_is_gone_can_be_gone_on_with(visitor, state):
    upload(visitor)
    Import.objects.update(state=state)
    response = visitor.get(plan())
    assert response["Refresh"] == "2"
    assert 'value="apply"' not in response.content.decode()
    assert 'value="resume"' not in response.content.decode()
    Import.objects.update(moved_at=timezone.now() - timezone.timedelta(minutes=11), content=TEXT.encode())
    assert 'value="resume"' in visitor.get(plan()).content.decode()
    after = visitor.post(plan(), {"way": "resume"}, follow=True)
    assert not after.has_header("Refresh")


def test_an_unreadable_file_says_why_on_its_page(visitor):
    html = upload(visitor, b"M\xe1,B").content.decode()
    assert "UTF-8" in html
    assert 'value="apply"' not in html


def test_a_dry_run_can_be_discarded(visitor):
    upload(visitor)
    address = plan()
    visitor.post(address, {"way": "discard"})
    assert not Import.objects.exists()
    assert visitor.get(address).status_code == 404


def test_an_empty_file_is_refused_on_the_form(visitor):
    response = upload(visitor, "")
    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_the_pages_are_there_for_nobody_else(client, visitor, standing):
    upload(visitor)
    for who in ("giang", "an"):
        client.force_login(getattr(standing, who))
        assert client.get(plan()).status_code == 404
        assert client.get(reverse("topics:upload")).status_code == 404
        assert client.post(plan(), {"way": "apply"}).status_code == 404
    client.logout()
    assert client.get(plan()).url.startswith("/tai-khoan/")
    assert not Topic.objects.exists()


def test_a_small_file_is_read_and_written_at_once_and_not_kept(visitor):
    wrong = upload(visitor, "x", "topics:small_upload")
    assert (wrong.status_code, Import.objects.count()) == (422, 0)
    upload(visitor, page="topics:small_upload")
    assert Import.objects.get().state == "read"
    address = reverse("topics:small_plan", args=[Import.objects.get().pk])
    visitor.post(address, {"way": "apply"})
    assert (Topic.objects.count(), Import.objects.count(), ImportLine.objects.count()) == (6, 0, 0)


def test_pages_ask_as_much_for_many_lines(visitor):
    upload(visitor)
    batch = Import.objects.get()

    def more():
        lines = [ImportLine(batch=batch, number=number, line=1, outcome="skip") for number in range(100, 140)]
        ImportLine.objects.bulk_create(lines)

    address = plan()
    assert_constant_queries(lambda: visitor.get(address), more)
    assert_constant_queries(lambda: visitor.get(reverse("topics:upload")), lambda: upload(visitor))
