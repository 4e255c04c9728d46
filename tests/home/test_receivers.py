import pytest

from tests.factories.pages import add_material, page_tree


@pytest.mark.django_db(transaction=True)
def test_publishing_shows_at_once_to_visitors(client):
    tree = page_tree()
    assert "Vừa đăng" not in client.get("/").content.decode()
    material = add_material(tree.materials, "Vừa đăng")
    assert "Vừa đăng" in client.get("/").content.decode()
    material.unpublish()
    assert "Vừa đăng" not in client.get("/").content.decode()
