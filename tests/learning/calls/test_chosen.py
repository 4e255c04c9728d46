"""People whom an officer chooses in a list of them: onto a call that is there, or a new one with them alone."""

import pytest
from django.urls import reverse

from learning.calls.models import OWN_LIST, Call
from tests.learning.calls.test_actions import names
from tests.learning.calls.test_views import as_user, form

NEW, ONTO = "/loi-goi-hoc/moi/", "/loi-goi-hoc/nguoi/"


@pytest.fixture
def everybody(school):
    """Two of the chapter, and one of another commune."""
    return [getattr(school.standing, name).person_id for name in ("an", "chi", "ha")]


def test_a_new_call_with_those_who_are_ones_own_alone(client, school, everybody):
    officer = as_user(client, school.standing.chi)
    page = officer.post(ONTO, {"person": everybody}).content.decode()
    assert f'formaction="{NEW}"' in page
    assert 'name="call"' not in page  # there is none to put them on
    page = officer.post(NEW, {"person": everybody})
    assert (page.status_code, page.context["form"].is_bound) == (200, False)
    assert "2 người bạn đã chọn" in page.content.decode()
    said = form(school, group=OWN_LIST, person=everybody)
    bad = officer.post(NEW, said | {"last_day": "2020-01-01"})
    assert bad.status_code == 422
    assert bad.content.decode().count('name="person"') == 2  # whom one chose is not lost
    for _twice in range(2):
        officer.post(NEW, said)
    call = Call.objects.get()
    assert (names(call), call.group_name) == ({"Trần Thị An", "Phạm Thị Chi"}, "Danh sách riêng")


def test_of_a_unit_to_which_none_of_them_belongs_there_is_no_call(client, school, everybody):
    officer = as_user(client, school.standing.giang)
    said = form(
        school, group=OWN_LIST, person=everybody[:1], unit=school.standing.ha.person.memberships.first().unit_id
    )
    assert officer.post(NEW, said).status_code == 422
    assert not Call.objects.exists()


@pytest.mark.parametrize("who", ["an", "lan"])
def test_who_calls_nobody_has_no_such_page(client, school, everybody, who):
    somebody = as_user(client, getattr(school.standing, who))
    assert somebody.post(NEW, form(school, group=OWN_LIST, person=everybody)).status_code == 404
    assert not Call.objects.exists()


def test_the_list_of_who_has_been_trained_hands_people_over(client, school):
    officer = as_user(client, school.standing.chi)
    page = officer.get(reverse("reporting:trained", args=[school.standing.chapter.code])).content.decode()
    assert f'id="choose-{school.standing.an.person_id}"' in page
    assert f'formaction="{ONTO}"' in page
    assert f'formaction="{reverse("notices:write")}"' in page
    assert reverse("membership:print_slips") not in page
