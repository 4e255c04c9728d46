import pytest
from wagtail.models import PageViewRestriction

from tests.factories.pages import add_material, page_tree


@pytest.mark.django_db(transaction=True)
def test_publishing_shows_at_once_to_visitors(client):
    tree = page_tree()
    assert "Vừa đăng" not in client.get("/").content.decode()
    material = add_material(tree.materials, "Vừa đăng")
    assert "Vừa đăng" in client.get("/").content.decode()
    material.unpublish()
    assert "Vừa đăng" not in client.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_is_closed_is_closed_at_once_to_visitors(client):
    material = add_material(page_tree().materials, "Chỉ cho hội viên")
    assert client.get(material.get_url()).status_code == 200
    PageViewRestriction.objects.create(page=material, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(material.get_url()).status_code == 302
