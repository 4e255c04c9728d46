"""The dictionary, the picks and the report in Wagtail's admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

from search.actions import count_missed, load_terms
from search.models import Pick, TermGroup
from tests.factories.pages import add_material
from training_materials.actions import set_up_publishing


@pytest.fixture
def trainer(client, standing, tree):
    set_up_publishing(library=tree.materials, course_index=tree.course_index)
    load_terms(by=None, at=timezone.now())
    client.force_login(standing.binh)
    return client


def test_a_trainer_changes_a_row_of_the_dictionary(trainer):
    row = TermGroup.objects.get(terms__startswith="công nghệ thông tin")
    address = reverse("wagtailsnippets_search_termgroup:edit", args=[row.pk])
    assert trainer.get(address).status_code == 200
    response = trainer.post(address, {"terms": "công nghệ thông tin\nCNTT\nICT", "is_in_use": "on"})
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.lines() == ["công nghệ thông tin", "CNTT", "ICT"]


def test_what_the_action_refuses_is_said_in_the_form(trainer):
    response = trainer.post(reverse("wagtailsnippets_search_termgroup:add"), {"terms": "?!"})
    assert response.status_code == 200
    assert "Hãy viết ít nhất một từ." in response.content.decode()


def test_a_trainer_puts_a_page_first(trainer, tree):
    material = add_material(tree.materials, "Mười chỉ số")
    assert trainer.get(reverse("wagtailsnippets_search_pick:list")).status_code == 200
    values = {"queries": "chỉ số", "page": material.pk, "reason": "", "is_in_use": "on"}
    assert trainer.post(reverse("wagtailsnippets_search_pick:add"), values).status_code == 302
    assert Pick.objects.get().page_id == material.pk


def test_the_report_lists_what_several_looked_for(trainer):
    for _time in range(3):
        count_missed(words="trồng nấm", at=timezone.now())
    count_missed(words="chuyện riêng", at=timezone.now())
    content = trainer.get(reverse("search_missed")).content.decode()
    assert "trồng nấm" in content
    assert "chuyện riêng" not in content
    assert trainer.get(reverse("search_missed"), {"export": "csv"}).status_code == 200


def test_members_and_officers_are_kept_out(client, standing, trainer):
    for user in (standing.an, standing.chi):
        client.force_login(user)
        for name in ("search_missed", "wagtailsnippets_search_pick:list", "wagtailsnippets_search_termgroup:add"):
            assert client.get(reverse(name)).status_code == 403
