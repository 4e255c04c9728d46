"""What goes along with a session: links and files kept by who holds it, shown to whoever sees it; papers of the office
to its officers alone."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.evidence.files import inspect
from learning.evidence.models import private_storage
from learning.sessions.actions import add_material, materials, remove_material, sweep_materials
from learning.sessions.models import Material
from tests.learning.sessions.test_planning import go, planned

SAID = {"stage": "before", "title": "Bộ tiêu chí", "link": "https://thu-vien.example.vn/bo-tieu-chi"}


@pytest.fixture
def session(standing):
    return planned(standing, is_public=True)


def add(session, by, **changes):
    return add_material(session=session, **SAID | changes, by=by, at=timezone.now())


def add_file(session, by, stage="before", content=b"%PDF-1.7 slides"):
    upload = inspect(ContentFile(content, name="a.pdf"), limit=1000)
    return add(session, by, stage=stage, link="", upload=upload)


def opened(client, material):
    """The answer, and what came with it: an open file is read to its end."""
    answer = client.get(reverse("sessions:material_file", args=[material.session_id, material.pk]))
    answer.body = b"".join(answer.streaming_content) if answer.streaming else b""
    return answer


def test_the_same_link_twice_is_there_once_and_is_taken_away_once(session, standing):
    material = add(session, standing.dung)
    assert add(session, standing.dung) == material
    for _twice in range(2):
        remove_material(material=material, by=standing.dung, at=timezone.now())
    assert not Material.objects.exists()
    assert ModelLogEntry.objects.filter(action__endswith="_material").count() == 2


def test_there_are_not_endlessly_many(session, standing, monkeypatch):
    monkeypatch.setattr(materials, "MOST", 1)
    add(session, standing.dung)
    with pytest.raises(ValidationError):
        add(session, standing.dung, stage="after")


@pytest.mark.parametrize("who", ["an", "ha", "minh", "lan"])
def test_refused_to_who_may_not_organise_there(session, standing, client, who):
    material, user = add(session, standing.dung), getattr(standing, who)
    with pytest.raises(PermissionDenied):
        add(session, user, stage="after")
    with pytest.raises(PermissionDenied):
        remove_material(material=material, by=user, at=timezone.now())
    client.force_login(user)
    assert client.post(reverse("sessions:materials", args=[session.pk]), SAID).status_code == 404
    assert client.post(reverse("sessions:remove_material", args=[session.pk, material.pk])).status_code == 404


def test_an_officer_adds_and_takes_away_and_everybody_reads_them_on_an_open_session(session, standing, client):
    client.force_login(standing.dung)
    address = reverse("sessions:materials", args=[session.pk])
    assert client.post(address, SAID | {"link": "javascript:alert(1)"}).status_code == 422
    assert client.post(address, SAID).status_code == 302
    assert client.post(address, SAID | {"stage": "after", "title": "Bài trình bày"}).status_code == 302
    go(session, "announce", standing.dung)
    client.logout()
    page = client.get(reverse("sessions:page", args=[session.pk])).text
    assert page.index("Đọc trước") < page.index("Bộ tiêu chí") < page.index("Bài trình bày")
    client.force_login(standing.dung)
    last = Material.objects.get(stage="after")
    assert client.post(reverse("sessions:remove_material", args=[session.pk, last.pk])).status_code == 302
    assert "Bài trình bày" not in client.get(address).text


def test_a_file_stands_on_the_page_and_is_opened_by_whoever_sees_the_session(session, standing, client):
    client.force_login(standing.dung)
    address = reverse("sessions:materials", args=[session.pk])
    said = SAID | {"link": "", "title": "Bài trình bày 1/2", "upload": SimpleUploadedFile("x.exe", b"%PDF-1.7 slides")}
    assert client.post(address, said).status_code == 302
    client.logout()
    kept = Material.objects.get()
    assert opened(client, kept).status_code == 404  # planned still: nobody else knows of it
    go(session, "announce", standing.dung)
    assert reverse("sessions:material_file", args=[session.pk, kept.pk]) in client.get(session_page(session)).text
    answer = opened(client, kept)
    assert answer.body == b"%PDF-1.7 slides"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert ".pdf" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "said",
    [
        {"upload": SimpleUploadedFile("a.pdf", b"%PDF-1.7")},
        {"link": ""},
        {"link": "", "upload": SimpleUploadedFile("a.pdf", b"MZ not a paper")},
    ],
    ids=["link and file", "neither", "what is no paper"],
)
def test_what_is_not_one_link_or_one_paper_is_refused_and_what_was_typed_is_kept(session, standing, client, said):
    client.force_login(standing.dung)
    answer = client.post(reverse("sessions:materials", args=[session.pk]), SAID | said)
    assert answer.status_code == 422
    assert SAID["title"] in answer.text
    assert not Material.objects.exists()


def test_on_a_session_of_the_unit_files_are_for_its_people_alone(standing, client):
    session = planned(standing)
    kept = add_file(session, standing.dung)
    go(session, "announce", standing.dung)
    assert opened(client, kept).status_code == 404  # a visitor
    client.force_login(standing.ha)
    assert opened(client, kept).status_code == 404  # of another commune
    client.force_login(standing.an)
    assert opened(client, kept).status_code == 200
    Material.objects.filter(pk=kept.pk).update(session=planned(standing, is_public=True))
    assert opened(client, kept).status_code == 404  # by the address of a session that it is not of


def test_what_the_office_keeps_only_who_holds_the_session_opens_and_it_stands_in_the_log(session, standing, client):
    kept = add_file(session, standing.dung, stage="office")
    go(session, "announce", standing.dung)
    for who in (None, standing.an, standing.ha, standing.minh, standing.lan):
        client.logout() if who is None else client.force_login(who)
        assert opened(client, kept).status_code == 404
        assert SAID["title"] not in client.get(session_page(session)).text
    client.force_login(standing.dung)
    assert opened(client, kept).status_code == 200
    assert SAID["title"] in client.get(reverse("sessions:materials", args=[session.pk])).text
    assert ModelLogEntry.objects.get(action="sessions.open_paper").user == standing.dung


def test_a_file_goes_with_its_row_and_what_a_dead_process_left_is_swept(
    session, standing, django_capture_on_commit_callbacks
):
    kept, other = add_file(session, standing.dung), add_file(session, standing.dung, stage="after")
    assert add_file(session, standing.dung) == kept  # the same twice is there once
    lost = private_storage().save("sessions/2026/05/lost.pdf", ContentFile(b"%PDF"))
    with django_capture_on_commit_callbacks(execute=True):
        remove_material(material=kept, by=standing.dung, at=timezone.now())
    assert not private_storage().exists(kept.file.name)
    assert sweep_materials(at=timezone.now()) == 0
    assert sweep_materials(at=timezone.now() + datetime.timedelta(days=2)) >= 1
    assert not private_storage().exists(lost)
    assert private_storage().exists(other.file.name)


def session_page(session):
    return reverse("sessions:page", args=[session.pk])
