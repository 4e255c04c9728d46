"""Importing and exporting in Wagtail's admin: the pages a trainer sees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.actions.importing import QuestionFile
from assessments.formats import FORMATS
from assessments.models import Question
from intake.models import Import, ImportLine
from tests.queries import assert_constant_queries

IMPORT = "question_exchange:import"
TEXT = "// [id:mot]\nMột?{T}\n\nHai?{=a ~b}\n\nBa? {~a ~b}\n\nBốn? {"


@pytest.fixture
def upload(binh, classroom):
    def upload(content=TEXT, name="de.txt", **values):
        file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
        sent = {"file": file, "format": "", "topic": classroom.topic.pk, "difficulty": "easy", **values}
        return binh.post(reverse(IMPORT), sent, follow=True)

    return upload


def test_a_file_goes_through_the_dry_run_into_the_bank(binh, upload):
    assert binh.get(reverse(IMPORT)).status_code == 200
    html = upload().content.decode()
    assert "Hai?" in html
    assert "dòng 8" in html
    batch = Import.objects.get()
    address = reverse("question_exchange:dry_run", args=[batch.pk])
    assert not Question.objects.filter(slug="mot").exists()
    done = binh.post(address, {"way": "apply"}, follow=True).content.decode()
    assert Question.objects.get(slug="mot").topic_id == batch.details["topic"]
    assert 'value="apply"' not in done
    assert "de.txt" in binh.get(reverse(IMPORT)).content.decode()


def test_lines_are_filtered_by_what_becomes_of_them(binh, upload):
    upload()
    address = reverse("question_exchange:dry_run", args=[Import.objects.get().pk])
    html = binh.get(address, {"outcome": "skip"}).content.decode()
    assert "Ba?" in html
    assert "Hai?" not in html
    assert binh.get(address, {"outcome": "nonsense", "p": "nonsense"}).status_code == 200


def test_a_dry_run_can_be_discarded(binh, upload):
    upload()
    address = reverse("question_exchange:dry_run", args=[Import.objects.get().pk])
    binh.post(address, {"way": "discard"})
    assert not Import.objects.exists()
    assert binh.get(address).status_code == 404


@pytest.mark.parametrize("state", ["waiting", "ordered"])
def test_a_page_at_work_shows_how_far_it_is_and_looks_again(binh, upload, state):
    upload()
    Import.objects.update(state=state)
    response = binh.get(reverse("question_exchange:dry_run", args=[Import.objects.get().pk]))
    assert response["Refresh"] == "2"
    assert 'value="apply"' not in response.content.decode()


@pytest.mark.parametrize(("content", "name"), [(b"\x00\x01", "a.bin"), (b"", "a.txt"), (b"<svg/>", "a.xml")])
def test_a_file_of_no_format_is_refused_on_the_form(upload, content, name):
    response = upload(content, name)
    assert response.context["form"].errors["file"]
    assert not Import.objects.exists()


def test_a_file_too_large_is_refused_in_words(upload, monkeypatch):
    monkeypatch.setattr(QuestionFile, "most_bytes", 1024**2)
    response = upload(b"a" * (1024**2 + 1))
    assert "1 MB" in str(response.context["form"].errors["file"])


def test_an_unreadable_file_says_why_on_its_page(upload):
    html = upload(b"M\xe1t{T}", format="gift").content.decode()
    assert "UTF-8" in html
    assert 'value="apply"' not in html


@pytest.mark.parametrize("key", FORMATS)
def test_each_format_is_downloaded(binh, classroom, key):
    html = binh.get(reverse("question_exchange:export"), {"topic": classroom.topic.pk}).content.decode()
    address = reverse("question_exchange:download")
    assert f"{address}?format={key}&amp;topic={classroom.topic.pk}" in html
    response = binh.get(address, {"format": key, "topic": classroom.topic.pk})
    assert response["Content-Disposition"] == f'attachment; filename="cau-hoi-ky-nang-so.{FORMATS[key].extension}"'
    assert list(FORMATS[key].read(response.content))


def test_the_template_is_downloaded_and_read_as_empty(binh, upload):
    response = binh.get(reverse("question_exchange:template"))
    assert response["Content-Disposition"] == 'attachment; filename="mau-cau-hoi.xlsx"'
    upload(response.content, "mau-cau-hoi.xlsx")
    assert Import.objects.get().state == "unreadable"


def test_unknown_formats_and_topics_are_unknown(binh):
    address = reverse("question_exchange:download")
    assert binh.get(address, {"format": "doc"}).status_code == 404
    assert binh.get(address, {"format": "gift", "topic": "99999"}).status_code == 404


@pytest.mark.parametrize(
    "name", [IMPORT, *(f"question_exchange:{page}" for page in ("export", "download", "template"))]
)
@pytest.mark.parametrize("who", ["an", "chi"])
def test_who_is_no_trainer_has_none_of_it(client, classroom, name, who):
    client.force_login(getattr(classroom.standing, who))
    assert client.get(reverse(name), {"format": "gift"}).status_code == 403


def test_another_trainer_does_not_know_of_the_import(binh, upload, classroom):
    upload()
    batch = Import.objects.get()
    Import.objects.update(created_by=classroom.an)
    assert binh.get(reverse("question_exchange:dry_run", args=[batch.pk])).status_code == 404


def test_pages_ask_as_much_for_many_lines(binh, upload):
    upload()
    address = reverse("question_exchange:dry_run", args=[Import.objects.get().pk])
    batch = Import.objects.get()

    def more():
        lines = [ImportLine(batch=batch, number=number, line=1, outcome="skip") for number in range(100, 140)]
        ImportLine.objects.bulk_create(lines)

    assert_constant_queries(lambda: binh.get(address), more)
    assert_constant_queries(lambda: binh.get(reverse(IMPORT)), upload)


def test_the_bank_links_to_both(binh):
    html = binh.get(reverse("question_bank:index")).content.decode()
    assert reverse(IMPORT) in html
    assert reverse("question_exchange:export") in html
