import pytest
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from config import page_cache
from interface.models import SiteOwner
from interface.owner import owner
from tests.factories.pages import add_material, page_tree


@pytest.mark.django_db(transaction=True)
def test_publishing_shows_at_once_to_visitors(client):
    tree = page_tree()
    assert "Vừa đăng" not in client.get("/").content.decode()
    material = add_material(tree.materials, "Vừa đăng")
    assert "Vừa đăng" in client.get("/").content.decode()
    material.unpublish()
    assert "Vừa đăng" not in client.get("/").content.decode()


def test_who_answers_is_told_anew_before_pages_kept_with_the_old_are_forgotten(
    db, django_capture_on_commit_callbacks, monkeypatch
):
    told = []
    monkeypatch.setattr(page_cache, "clear", lambda: told.append(owner().name))
    owner()
    with django_capture_on_commit_callbacks(execute=True):
        SiteOwner.objects.create(pk=1, name="Hội Khuyến học Huế")
    assert told == ["Hội Khuyến học Huế"]


def test_logo_that_is_replaced_or_deleted_leaves_no_broken_picture(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        logo = Image.objects.create(title="Biểu trưng", file=get_test_image_file("cu.png", size=(20, 10)))
        SiteOwner.objects.create(pk=1, name="Hội", logo=logo)
    assert ".max-352x88" in owner().logo
    with django_capture_on_commit_callbacks(execute=True):
        logo.file = get_test_image_file("moi.png", size=(10, 10))
        logo.save()
        logo.renditions.all().delete()
    assert "/moi" in owner().logo
    with django_capture_on_commit_callbacks(execute=True):
        logo.delete()
    assert owner().logo == ""


@pytest.mark.django_db(transaction=True)
def test_what_is_closed_is_closed_at_once_to_visitors(client):
    material = add_material(page_tree().materials, "Chỉ cho hội viên")
    assert client.get(material.get_url()).status_code == 200
    PageViewRestriction.objects.create(page=material, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(material.get_url()).status_code == 302
