import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from membership.admission import admit, highest_unit, person_of, private_form, private_post, user_of
from membership.models import Role
from membership.policy import Action
from tests.factories.people import add_user, grant


@pytest.fixture
def request_by(rf):
    def request_by(user):
        request = rf.get("/")
        request.user = user
        return request

    return request_by


@pytest.fixture
def reviewer(standing):
    user = add_user("reviewer", "Lê Thị Xét")
    grant(user, Role.CHAPTER_OFFICER, standing.chapter)
    return user


def test_who_may_is_admitted_anywhere_and_in_their_unit(standing, reviewer, request_by):
    assert admit(request_by(reviewer), Action.REVIEW) == reviewer
    assert admit(request_by(reviewer), Action.REVIEW, standing.chapter) == reviewer


def test_beyond_their_unit_nothing_is_there(standing, reviewer, request_by):
    with pytest.raises(Http404):
        admit(request_by(reviewer), Action.REVIEW, standing.foreign_chapter)


def test_for_who_may_not_nothing_is_there(standing, reviewer, request_by):
    for user in (standing.an, AnonymousUser()):
        with pytest.raises(Http404):
            admit(request_by(user), Action.REVIEW)
    with pytest.raises(Http404):
        admit(request_by(reviewer), Action.RECOGNISE)


def test_highest_unit_is_the_one_nearest_the_top(standing, reviewer, request_by):
    assert highest_unit(request_by(reviewer), Action.REVIEW) == standing.chapter
    grant(reviewer, Role.COMMUNE_OFFICER, standing.association)
    assert highest_unit(request_by(reviewer), Action.REVIEW) == standing.association
    with pytest.raises(Http404):
        highest_unit(request_by(standing.an), Action.REVIEW)


def test_who_is_not_signed_in_is_no_user(request_by):
    with pytest.raises(Http404):
        user_of(request_by(AnonymousUser()))


def test_an_account_that_is_nobodys_has_no_record(standing, request_by, django_user_model):
    assert person_of(request_by(standing.an)) == standing.an.person
    with pytest.raises(Http404):
        person_of(request_by(django_user_model.objects.create_user("may", "may@example.vn", "x")))


@pytest.mark.parametrize("door", [private_form, private_post])
def test_what_was_typed_outlives_the_session(rf, db, door):
    request = rf.post("/hoi-dap/", {"text": "Tôi viết đã lâu"}, headers={"Origin": "http://testserver"})
    request.user = AnonymousUser()
    response = door(lambda request: pytest.fail("nothing is saved of it"))(request)
    assert response.status_code == 401
    assert "Tôi viết đã lâu" in response.content.decode()
