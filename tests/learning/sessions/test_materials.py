"""Links that go along with a session: kept by who holds it, shown to whoever sees it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.sessions.actions import add_material, materials, remove_material
from learning.sessions.models import Material
from tests.learning.sessions.test_planning import go, planned

SAID = {"stage": "before", "title": "Bộ tiêu chí", "link": "https://thu-vien.example.vn/bo-tieu-chi"}


@pytest.fixture
def session(standing):
    return planned(standing, is_public=True)


def add(session, by, **changes):
    return add_material(session=session, **SAID | changes, by=by, at=timezone.now())


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
