import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from membership.actions import (
    MOST_TRIES,
    confirm_slip,
    erase_person,
    forget_devices,
    grant_role,
    merge_people,
    print_slip,
    prove_slip,
    use_slip,
)
from membership.actions.slips import DEVICES_KEPT_FOR, GOOD_FOR
from membership.models import Membership, Role, Slip, SlipRefusal, User
from tests.factories.people import START, PersonFactory, grant

CODE, OTHER_CODE = "K7MN-3HPC-XA4T", "2222-3333-4444"
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def hoa(standing):
    """Has no account."""
    person = PersonFactory(full_name="Lê Thị Hòa", birth_year=1962)
    Membership.objects.create(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    return person


def used(slip, at, **changes):
    return use_slip(**{"slip": slip, "password": "ba bốn từ lạ", "browser": "b", "address": "a", "at": at} | changes)


def entries(name):
    return ModelLogEntry.objects.filter(action=f"membership.{name}")


def test_slip_is_printed_without_its_code_staying_anywhere(standing, hoa, at):
    slip = print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    assert (slip.office, slip.is_renewal) == (standing.chapter, False)
    assert CODE.replace("-", "") not in str(Slip.objects.values().get()).replace("-", "")
    assert CODE not in str(list(entries("print_slip").values()))


def test_newer_slip_ends_the_older_one(standing, hoa, at):
    print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    print_slip(person=hoa, code=OTHER_CODE, by=standing.dung, at=at)
    assert isinstance(prove_slip(code=CODE, birth_year=1962, at=at), SlipRefusal)
    assert prove_slip(code=OTHER_CODE.lower().replace("-", " "), birth_year=1962, at=at)


@pytest.mark.parametrize("who", ["an", "binh", "lan", "minh", "ha"])
def test_nobody_prints_outside_their_reach(standing, hoa, at, who):
    with pytest.raises(PermissionDenied):
        print_slip(person=hoa, code=CODE, by=getattr(standing, who), at=at)


@pytest.mark.parametrize(("who", "office"), [("chi", "chapter"), ("dung", "association"), ("giang", "province")])
def test_slip_is_printed_in_the_name_of_the_officers_unit(standing, hoa, at, who, office):
    slip = print_slip(person=hoa, code=CODE, by=getattr(standing, who), at=at)
    assert slip.office == getattr(standing, office)


def test_administrator_prints_in_the_name_of_the_whole(standing, administrator, hoa, at):
    assert print_slip(person=hoa, code=CODE, by=administrator, at=at).office == standing.province


def test_who_holds_an_office_gets_a_slip_from_the_province_alone(standing, at):
    with pytest.raises(PermissionDenied, match="giữ một chức vụ"):
        print_slip(person=standing.chi.person, code=CODE, by=standing.dung, at=at)
    assert print_slip(person=standing.chi.person, code=CODE, by=standing.giang, at=at).is_renewal


def test_office_ends_the_slip_that_the_chapter_printed_before_and_membership_does_not(standing, hoa, at):
    values = {"person": hoa, "valid_from": at.date(), "by": standing.giang, "at": at}
    slip = print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    grant_role(**values, unit=standing.other_chapter, role=Role.MEMBER)
    assert prove_slip(code=CODE, birth_year=1962, at=at) == slip
    grant_role(**values, unit=standing.association, role=Role.COMMUNE_OFFICER)
    assert isinstance(prove_slip(code=CODE, birth_year=1962, at=at), SlipRefusal)
    with pytest.raises(ValidationError):
        used(slip, at)


def test_office_that_comes_by_merging_ends_the_slip_too(standing, hoa, at):
    print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    merge_people(duplicate=standing.chi.person, into=hoa, by=standing.dung, at=at)
    assert Slip.objects.get().ended_at == at


@pytest.mark.parametrize(("field", "value"), [("birth_year", None), ("birth_year", 2025), ("erased_at", START)])
def test_no_slip_for_who_cannot_use_one(standing, hoa, at, field, value):
    type(hoa).objects.filter(pk=hoa.pk).update(**{field: at if field == "erased_at" else value})
    with pytest.raises(ValidationError):
        print_slip(person=hoa, code=CODE, by=standing.chi, at=at)


def test_no_slip_for_oneself_nor_for_an_administrator_nor_for_a_closed_account(standing, at):
    with pytest.raises(ValidationError, match="tự in phiếu cho mình"):
        print_slip(person=standing.chi.person, code=CODE, by=standing.chi, at=at)
    User.objects.filter(pk=standing.an.pk).update(is_superuser=True)
    with pytest.raises(PermissionDenied, match="quản trị viên"):
        print_slip(person=standing.an.person, code=CODE, by=standing.chi, at=at)
    User.objects.filter(pk=standing.an.pk).update(is_superuser=False, is_active=False)
    with pytest.raises(ValidationError, match="đã đóng"):
        print_slip(person=standing.an.person, code=CODE, by=standing.chi, at=at)


def test_slip_makes_an_account_without_address_once(standing, hoa, at):
    slip = print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    user = used(slip, at)
    assert (user.username, user.email, user.person, user.check_password("ba bốn từ lạ")) == (hoa.code, "", hoa, True)
    with pytest.raises(ValidationError):
        used(slip, at, password="một mật khẩu khác")
    assert isinstance(prove_slip(code=CODE, birth_year=1962, at=at), SlipRefusal)


@pytest.mark.parametrize("code", ["K7MN-3HPC-XA4U", "K7MN-3HPC", "", OTHER_CODE])
def test_altered_code_proves_nothing(standing, hoa, at, code):
    print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    assert isinstance(prove_slip(code=code, birth_year=1962, at=at), SlipRefusal)


def test_slip_proves_something_until_the_end_of_its_last_day(standing, hoa):
    noon = timezone.make_aware(datetime.datetime(2026, 3, 1, 12))
    over = timezone.make_aware(datetime.datetime(2026, 4, 1))
    slip = print_slip(person=hoa, code=CODE, by=standing.chi, at=noon)
    assert timezone.localdate(slip.expires_at) == datetime.date(2026, 3, 31)
    assert prove_slip(code=CODE, birth_year=1962, at=over - SECOND) == slip
    assert isinstance(prove_slip(code=CODE, birth_year=1962, at=over), SlipRefusal)
    with pytest.raises(ValidationError):
        used(slip, over)


def test_wrong_years_are_counted_and_logged_and_the_fifth_ends_the_slip(standing, hoa, at):
    print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    for _time in range(MOST_TRIES):
        assert isinstance(prove_slip(code=CODE, birth_year=1963, at=at), SlipRefusal)
    assert entries("refuse_slip").count() == MOST_TRIES
    assert Slip.objects.get().ended_at == at
    assert isinstance(prove_slip(code=CODE, birth_year=1962, at=at), SlipRefusal)


def test_new_password_waits_for_a_second_officer(standing, at):
    slip = print_slip(person=standing.an.person, code=CODE, by=standing.chi, at=at)
    assert isinstance(prove_slip(code=CODE, birth_year=1960, at=at), SlipRefusal)
    confirm_slip(slip=slip, by=standing.dung, at=at)
    user = used(prove_slip(code=CODE, birth_year=1960, at=at), at)
    assert (user, user.username) == (standing.an, "an")
    assert [letter.to for letter in mail.outbox] == [["an@example.vn"]]
    assert CODE not in mail.outbox[0].body


def test_slip_is_told_of_for_thirty_days_from_its_printing_and_from_its_use(standing, at):
    print_slip(person=standing.an.person, code=CODE, by=standing.chi, at=at)
    assert Slip.objects.to_tell(standing.an, at - SECOND).exists()
    assert not Slip.objects.to_tell(standing.an, at).exists()
    Slip.objects.update(used_at=at + GOOD_FOR)
    assert Slip.objects.to_tell(standing.an, at + GOOD_FOR - SECOND).exists()
    assert not Slip.objects.to_tell(standing.an, at + GOOD_FOR).exists()


def test_who_printed_cannot_confirm_nor_who_it_is_for_nor_one_beneath(standing, at):
    slip = print_slip(person=standing.an.person, code=CODE, by=standing.dung, at=at)
    with pytest.raises(ValidationError, match="tự in phiếu này"):
        confirm_slip(slip=slip, by=standing.dung, at=at)
    for beneath_or_beside in (standing.chi, standing.ha, standing.lan):
        with pytest.raises(PermissionDenied):
            confirm_slip(slip=slip, by=beneath_or_beside, at=at)
    grant(standing.an, Role.PROVINCE_OFFICER, standing.province)
    with pytest.raises(ValidationError, match="của chính bạn"):
        confirm_slip(slip=slip, by=standing.an, at=at)


def test_slip_that_ended_is_not_confirmed_any_more(standing, at):
    slip = print_slip(person=standing.an.person, code=CODE, by=standing.chi, at=at)
    print_slip(person=standing.an.person, code=OTHER_CODE, by=standing.chi, at=at)
    with pytest.raises(ValidationError, match="không còn chờ"):
        confirm_slip(slip=slip, by=standing.dung, at=at)


def test_account_that_came_meanwhile_is_not_opened_without_a_second_officer(standing, hoa, at):
    slip = print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    User.objects.create_user("hoa", password="mat-khau-rieng", person=hoa)
    with pytest.raises(ValidationError):
        used(slip, at)


def test_merging_ends_the_duplicates_slip_and_erasing_leaves_none(standing, hoa, at):
    slip = print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    merge_people(duplicate=hoa, into=standing.an.person, by=standing.dung, at=at)
    slip.refresh_from_db()
    assert (slip.person, slip.ended_at) == (standing.an.person, at)
    erase_person(person=standing.an.person, by=standing.an, at=at)
    assert not Slip.objects.exists()


def test_where_a_slip_was_used_is_forgotten_after_a_year(standing, hoa, at):
    used(print_slip(person=hoa, code=CODE, by=standing.chi, at=at), at)
    assert forget_devices(at=at + DEVICES_KEPT_FOR) == 0
    assert forget_devices(at=at + DEVICES_KEPT_FOR + SECOND) == 1
    assert Slip.objects.filter(browser_hash="", address_hash="").exists()
