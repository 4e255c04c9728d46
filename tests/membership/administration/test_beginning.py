import pytest
from django.urls import reverse

from membership.models import Membership, Role
from membership.registries.beginning import steps
from tests.membership.administration.test_views import get, text


@pytest.fixture
def state(today):
    """Of the step that leads to the view."""

    def state(address):
        return next(step for step in steps if step.address == address).ask(today)

    return state


def test_guide_shows_each_step_and_leads_to_its_place(client, standing, administrator):
    shown = text(get(client, administrator, "beginning:guide"))
    assert "bước trước khi trang có thể hoạt động" in shown
    for step in steps:
        assert str(step.title) in shown
        assert not step.address or f'href="{reverse(step.address)}"' in shown


def test_units_and_officers_are_missing_by_name(standing, state):
    assert state("units:index").is_done
    assert state("roles:index").is_done
    standing.foreign_chapter.delete()
    Membership.objects.filter(role=Role.COMMUNE_OFFICER, unit=standing.association).delete()
    assert "Xã Tiên Phước" in state("units:index").told
    assert "Hội Khuyến học phường Hải Châu" in state("roles:index").told
    assert not state("units:index").is_done
    assert not state("roles:index").is_done


def test_consent_is_missing_until_a_text_is_published(standing, state, consent_text):
    assert state("consent_texts:index").is_done
    consent_text.delete()
    assert not state("consent_texts:index").is_done


def test_guide_is_open_to_administrators_alone(client, standing):
    assert get(client, standing.giang, "beginning:guide").status_code == 404
