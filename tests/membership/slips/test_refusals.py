"""Slips altered, used, expired, foreign: each is refused by a page that says what to do, and logged."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from membership.actions import MOST_TRIES, print_slip, use_slip
from membership.models import Membership, Person, Role, Slip, SlipRefusal
from membership.slips import activating
from tests.factories.people import START, PersonFactory

PROVE, PASSWORD = "/tai-khoan/phieu/", "/tai-khoan/phieu/mat-khau/"
PRINT, USE = "/phieu-dang-nhap/in/", "/phieu-dang-nhap/da-dung/"
CODE = "K7MN-3HPC-XA4T"
NOT_PROVEN = "Hãy xem lại cả hai"
pytestmark = pytest.mark.usefixtures("one_rate_period")


@pytest.fixture
def world(standing, at):
    """Hòa, who has no account, and her slip that Chi printed."""
    hoa = PersonFactory(full_name="Lê Thị Hòa", birth_year=1962)
    Membership.objects.create(person=hoa, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    slip = print_slip(person=hoa, code=CODE, by=standing.chi, at=at)
    return SimpleNamespace(standing=standing, at=at, hoa=hoa, slip=slip)


def tried(code=CODE, birth_year=1962, client=None):
    return (client or Client()).post(PROVE, {"code": code, "birth_year": birth_year})


def altered(world):
    return tried(CODE[:-1] + "U")


def anothers_year(world):
    return tried(birth_year=1963)


def used(world):
    use_slip(slip=world.slip, password="bốn từ lạ lùng", browser="b", address="a", at=world.at)
    return tried()


def used_meanwhile(world):
    tried(client=(client := Client()))
    use_slip(slip=world.slip, password="bốn từ lạ lùng", browser="b", address="a", at=world.at)
    client.post(PASSWORD, {"password1": "một mật khẩu khác"})
    return client.get(PROVE)


def expired(world):
    Slip.objects.update(expires_at=world.at - datetime.timedelta(seconds=1))
    return tried()


def of_a_run_that_was_printed_anew(world):
    print_slip(person=world.hoa, code="2222-3333-4444", by=world.standing.chi, at=world.at)
    return tried()


def of_a_unit_that_the_person_left(world):
    Membership.objects.filter(person=world.hoa).update(unit=world.standing.foreign_chapter)
    return tried()


def unconfirmed(world):
    print_slip(person=world.standing.an.person, code="2222-3333-4444", by=world.standing.chi, at=world.at)
    return tried("2222-3333-4444", 1960)


def tried_too_often(world):
    for _time in range(MOST_TRIES):
        tried(birth_year=1963)
    return tried()


def tried_from_one_address(world):
    activating._MISSES["rate"] = "2/h"
    for _time in range(3):
        tried(birth_year=1963)
    return tried()


@pytest.mark.parametrize(
    ("shown", "told", "reason"),
    [
        (altered, NOT_PROVEN, "unknown"),
        (anothers_year, NOT_PROVEN, "year"),
        (tried_too_often, NOT_PROVEN, "tried"),
        (used, "đã mở tài khoản rồi", "used"),
        (used_meanwhile, "đã mở tài khoản rồi", "used"),
        (expired, "đã quá 30 ngày", "expired"),
        (of_a_run_that_was_printed_anew, "phiếu mới hơn", "ended"),
        (of_a_unit_that_the_person_left, "không còn thuộc", "foreign"),
        (unconfirmed, "cán bộ thứ hai xác nhận", "waiting"),
        (tried_from_one_address, "một giờ", "address"),
    ],
)
def test_a_slip_that_does_not_hold_is_refused_told_and_logged(world, monkeypatch, shown, told, reason):
    monkeypatch.setitem(activating._MISSES, "rate", "60/h")
    page = shown(world)
    assert told in page.text
    assert page.status_code in (200, 422)
    entry = ModelLogEntry.objects.filter(action="membership.refuse_slip").latest("pk")
    refusal = SlipRefusal.objects.latest("pk")
    assert (entry.object_id, entry.data["reason"], refusal.reason) == (str(refusal.pk), reason, reason)
    assert (refusal.slip is None) is (reason == "unknown")
    logged = f"{list(ModelLogEntry.objects.values())} {list(SlipRefusal.objects.values())}"
    assert not any(typed in logged for typed in (CODE, CODE.replace("-", ""), CODE[:-1] + "U", "1963"))
    label = f"{SlipRefusal.Reason(reason).label}: "
    readers = {"giang"} if refusal.slip is None else {"dung", "giang"}
    for who in ("dung", "giang", "chi", "ha", "an", "lan", "minh"):
        (client := Client()).force_login(getattr(world.standing, who))
        assert (label in client.get(USE).text) is (who in readers), who


def test_a_slip_holds_where_its_unit_lives_on_after_a_decree(world, today):
    heir = Membership.objects.get(person=world.hoa)
    world.standing.chapter.successions.create(new=world.standing.foreign_chapter, extent="whole")
    type(world.standing.chapter).objects.filter(pk=world.standing.chapter.pk).update(valid_to=today)
    Membership.objects.filter(pk=heir.pk).update(unit=world.standing.foreign_chapter)
    assert tried().url == PASSWORD


def test_an_officer_of_another_unit_prints_nothing_and_that_they_asked_is_logged(world):
    (client := Client()).force_login(world.standing.ha)
    page = client.post(PRINT, {"person": [world.hoa.pk]}, follow=True)
    assert "Chưa in phiếu nào" in page.text
    assert Slip.objects.get().printed_by == world.standing.chi
    entry = ModelLogEntry.objects.get(action="membership.refuse_printing")
    assert (entry.user, entry.object_id) == (world.standing.ha, str(world.hoa.pk))
    assert Person.objects.get(pk=world.hoa.pk).full_name not in entry.label


def test_a_slip_that_was_tried_says_nothing_of_its_person_until_both_halves_are_right(world):
    use_slip(slip=world.slip, password="bốn từ lạ lùng", browser="b", address="a", at=world.at)
    for _time in range(MOST_TRIES):
        assert NOT_PROVEN in tried(birth_year=1963).text
    assert NOT_PROVEN in tried().text
