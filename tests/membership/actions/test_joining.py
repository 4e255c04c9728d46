import pytest
from django.core.exceptions import ValidationError

from membership.actions import join_record, may_join, print_slip
from membership.belonging import unit_of
from membership.models import Membership, Role, Slip
from tests.factories.people import START, PersonFactory, add_user

CODE = "K7MN-3HPC-XA4T"


@pytest.fixture
def citizen(standing):
    """Signed up by themselves, before the roster came."""
    user = add_user("hoa", "Lê Thị Hòa")
    place = {"person": user.person, "unit": standing.association, "role": Role.MEMBER}
    Membership.objects.create(**place, valid_from=START, is_self_declared=True)
    return user


@pytest.fixture
def listed(standing):
    person = PersonFactory(full_name="Lê Thị Hòa", birth_year=1960)
    Membership.objects.create(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    return person


@pytest.fixture
def slip(standing, listed, at):
    return print_slip(person=listed, code=CODE, by=standing.chi, at=at)


def join(slip, user, at):
    return join_record(slip=slip, by=user, browser="b", address="a", at=at)


def test_self_declared_record_becomes_the_rosters(standing, citizen, listed, slip, at, today):
    own = citizen.person
    assert join(slip, citizen, at) == listed
    citizen.refresh_from_db()
    own.refresh_from_db()
    assert (citizen.person, own.merged_into) == (listed, listed)
    assert unit_of(listed, today) == standing.chapter
    with pytest.raises(ValidationError):
        join(slip, citizen, at)


@pytest.mark.parametrize(
    "changes", [{"folded_name": "le thi hoa hong"}, {"birth_year": 1961}], ids=["another name", "another year"]
)
def test_who_is_not_surely_the_same_is_left_to_an_officer(citizen, slip, at, changes):
    for field, value in changes.items():
        setattr(citizen.person, field, value)
    citizen.person.save()
    with pytest.raises(ValidationError, match="cán bộ"):
        join(slip, citizen, at)
    assert Slip.objects.get(used_at=None) == slip


def test_who_was_confirmed_or_holds_an_office_joins_nothing(standing, citizen, listed):
    assert may_join(citizen, listed)
    Membership.objects.filter(person=citizen.person).update(is_self_declared=False)
    assert not may_join(citizen, listed)
    assert not may_join(standing.chi, listed)


def test_page_asks_first_and_keeps_the_password(client, citizen, listed, slip):
    client.force_login(citizen)
    client.post("/tai-khoan/phieu/", {"code": CODE, "birth_year": "1960"})
    assert listed.code in client.get("/tai-khoan/phieu/mat-khau/").content.decode()
    assert client.post("/tai-khoan/phieu/mat-khau/").url == "/tai-khoan/"
    citizen.refresh_from_db()
    assert citizen.person == listed
    assert citizen.check_password("mat-khau-thu-1")
