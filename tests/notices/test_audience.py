"""Whom a letter reaches by which channel: the preview, the sending and the list by word of mouth go by one rule."""

import uuid

import pytest

from membership.models import Contact, ContactPurpose, Person, Role, User
from membership.registries.groups import Chosen
from notices.actions import choose, send_urgent, switch_on_device
from notices.actions.writing import write_to
from notices.audience import reach_of
from notices.channels import channels, reached, ways_to
from notices.models import Delivery, Device, Refusal
from notices.mouth import to_tell
from notices.notices import LETTER
from tests.factories.people import add_user, grant
from tests.notices.kinds import FRIDAY
from tests.queries import assert_constant_queries
from tests.work.push_service import KEY, Browser

pytestmark = pytest.mark.django_db
QUIET = {"quiet_from": "21:00", "quiet_until": "06:00", "is_subject_open": False}
ALL = list(channels)
BESIDE_MAIL = [key for key in ALL if key != "email"]


@pytest.fixture(autouse=True)
def all_on(settings):
    on = {"url": "https://cong.example.vn", "secret": "s", "a_minute": 0}
    settings.TEXT_CHANNELS, settings.PUSH_KEY = {"sms": on, "zalo": on}, KEY


@pytest.fixture
def hoa(standing):
    """Of the chapter, with an account that nothing reaches."""
    return member(standing, "hoa")


def member(standing, name):
    user = add_user(name, f"Lê Thị {name.title()}")
    User.objects.filter(pk=user.pk).update(email="")
    grant(user, Role.MEMBER, standing.chapter)
    return user


def give(user, key, number=0):
    if key == "email":
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.vn")
    elif key == "push":
        browser = Browser("https://day.example.vn", user.username)
        switch_on_device(person=user.person, name="Chrome", **browser.subscription, at=FRIDAY)
    else:
        phone = f"+8490512345{number}"
        Contact.objects.create(person=user.person, kind="phone", value=phone, purpose="sign_in", verified_at=FRIDAY)
        choose(person=user.person, wanted={key: {LETTER.key: True}}, **QUIET)


def people(*users):
    return Person.objects.filter(pk__in=[user.person_id for user in users])


def counted(*users):
    """Who is reached by some channel, on the site alone, and by word of mouth."""
    reach = reach_of(people(*users), LETTER)
    by_channel = zip(ALL, (count for _label, count in reach.by_channel), strict=True)
    return {key: count for key, count in by_channel if count}, reach.on_site, reach.by_mouth


def write(standing):
    return write_to(
        token=uuid.uuid4(), unit=standing.chapter, group=Chosen("unit:", "Cả chi hội"), subject="Họp", text="Mời.",
        by=standing.chi, at=FRIDAY,
    )  # fmt: skip


def listed(standing, user):
    return to_tell(standing.chi, FRIDAY).filter(pk=user.person_id).exists()


@pytest.mark.parametrize("key", ALL)
def test_who_is_reached_by_one_channel_alone_is_counted_there_and_told_there(standing, hoa, key):
    assert counted(hoa) == ({}, 0, 1)
    give(hoa, key)
    assert counted(hoa) == ({key: 1}, 0, 0)
    write(standing)
    send_urgent(at=FRIDAY)
    assert [one.channel for one in Delivery.objects.filter(person=hoa.person)] == [key]


@pytest.mark.parametrize("state", ["queued", "sent", "uncertain", "failed"])
@pytest.mark.parametrize("key", BESIDE_MAIL)
def test_only_what_a_channel_handed_over_is_not_told_at_the_door(standing, hoa, key, state):
    give(hoa, key)
    write(standing)
    assert listed(standing, hoa)
    send_urgent(at=FRIDAY)
    Delivery.objects.update(state=state)
    assert listed(standing, hoa) == (state != "sent")


def test_who_chose_silence_is_left_in_peace_and_who_is_counted_for_word_of_mouth_is_listed(standing, hoa):
    choose(person=standing.an.person, wanted={"email": {LETTER.key: False}}, **QUIET)
    assert counted(standing.an, hoa) == ({}, 1, 1)
    write(standing)
    send_urgent(at=FRIDAY)
    assert (listed(standing, standing.an), listed(standing, hoa)) == (False, True)


def refused(user, key, address):
    Refusal.objects.create(person=user.person, channel=key, address=address, is_off=True, letter="a", at=FRIDAY)


def gone(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def with_new_password(user):
    user.set_password("một mật khẩu khác hẳn")
    user.save()


LOST = [
    ("email", gone),
    ("email", lambda user: refused(user, "email", "hoa@example.vn")),
    ("sms", gone),
    ("sms", lambda user: refused(user, "sms", "+84905123450")),
    ("sms", lambda _user: Contact.objects.update(verified_at=None)),
    ("zalo", lambda _user: Contact.objects.update(purpose=ContactPurpose.REPRESENTATIVE)),
    ("zalo", lambda user: refused(user, "zalo", "+84905123450")),
    ("push", gone),
    ("push", with_new_password),
    ("push", lambda _user: Device.objects.update(ended_at=FRIDAY)),
]


@pytest.mark.parametrize(("key", "lose"), LOST)
def test_who_is_reached_is_read_alike_where_it_is_counted_and_where_it_is_sent(hoa, key, lose):
    give(hoa, key)
    assert _reached(hoa, key) == ({hoa.person_id}, {hoa.person_id})
    lose(hoa)
    assert _reached(hoa, key) == (set(), set())


def _reached(user, key):
    sent = reached(channels[key], people(user).select_related("user"))
    return set(sent), set(ways_to(people(user))[channels[key].key].values_list("pk", flat=True))


def test_another_ones_refusal_switches_nobody_off(standing, hoa):
    give(hoa, "sms")
    refused(standing.an, "sms", "+84905123450")
    assert counted(hoa) == ({"sms": 1}, 0, 0)


def test_more_people_by_all_channels_ask_no_more(standing, hoa):
    users = [hoa]

    def more():
        for key in ALL:
            users.append(member(standing, f"nguoi-{len(users)}"))
            give(users[-1], key, len(users))

    more()
    assert_constant_queries(lambda: reach_of(people(*users), LETTER), more)
    assert counted(*users) == (dict.fromkeys(ALL, 2), 0, 1)
