"""A word of the back office's menu leads to what it names: a list where there is one."""

from django.urls import resolve
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet


def test_no_menu_leads_into_a_form_instead_of_its_list(db):
    viewsets.populate()
    ours = [each for each in viewsets.viewsets if isinstance(each, ModelViewSet)]
    assert len(ours) > 5
    places = {each.name: resolve(each.menu_url).url_name for each in ours}
    assert {name: place for name, place in places.items() if place not in ("index", "list")} == {}
