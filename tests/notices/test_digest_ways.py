"""The weekly letter by another way than e-mail: one line, one way, once a week, for who chose so."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from membership.models import Contact
from notices.actions import choose, send_digests
from notices.models import Delivery
from tests.notices.kinds import MONDAY, told_about
from work.letters import opened_note
from work.models import Letter

pytestmark = pytest.mark.django_db
CHOICES, PHONE = "/thong-bao/cach-bao/", "+84905123456"
HOURS = {"quiet_from": "21:00", "quiet_until": "06:00"}


@pytest.fixture
def an(standing, settings):
    on = {"url": "https://cong.example.vn", "secret": "s", "a_minute": 0}
    settings.TEXT_CHANNELS = {"sms": on, "zalo": on}
    Contact.objects.create(
        person=standing.an.person, kind="phone", value=PHONE, purpose="sign_in", verified_at=timezone.now()
    )
    return standing.an


def by(person, *ways):
    wanted = {way: {"digest": way in ways} for way in ("email", "sms", "zalo")}
    choose(person=person, wanted=wanted, is_subject_open=False, **HOURS)


def sent():
    return list(Letter.objects.values_list("channel", flat=True))


def test_who_chose_sms_gets_one_line_and_no_letter(client, an, weekly, tell_an):
    client.force_login(an)
    said = {**HOURS, "is_digest_wanted": "on", "digest_by": "sms", "weekly": [weekly.key]}
    assert client.post(CHOICES, said).status_code == 302
    assert 'value="sms" id="id_digest_by_1" checked' in " ".join(client.get(CHOICES).text.split()).replace(
        "required ", ""
    )
    tell_an(weekly)
    tell_an(weekly, 2)
    assert (send_digests(at=MONDAY), send_digests(at=MONDAY)) == (1, 0)
    letter = Letter.objects.get()
    text = opened_note(bytes(letter.content))["text"]
    assert (letter.channel, letter.address, letter.is_urgent) == ("sms", PHONE, False)
    assert "2" in text
    assert text.endswith("/thong-bao/")
    assert "Điều" not in text
    assert Delivery.objects.get().notices.count() == 2


def test_who_chose_nothing_gets_the_letter_and_who_wants_none_none(an, weekly, standing):
    told_about(weekly, [an, standing.chi])
    by(standing.chi.person)
    assert send_digests(at=MONDAY) == 1
    assert sent() == ["mail"]


def test_what_two_records_chose_never_comes_twice(an, weekly, tell_an):
    by(an.person, "email", "sms", "zalo")
    tell_an(weekly)
    assert send_digests(at=MONDAY) == 1
    tell_an(weekly, 2)
    assert send_digests(at=MONDAY) == 0
    week = Delivery.objects.get().week
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(person=an.person, channel="zalo", week=week, at=MONDAY)


def test_a_kind_that_is_not_wanted_in_the_letter_is_not_counted_elsewhere(an, weekly, tell_an):
    choose(
        person=an.person, wanted={"email": {"digest": False, weekly.key: False}, "sms": {"digest": True}},
        is_subject_open=False, **HOURS,
    )  # fmt: skip
    tell_an(weekly)
    assert send_digests(at=MONDAY) == 0


@pytest.mark.parametrize(("away", "first"), [("sms", ["mail"]), ("mail", ["sms"])])
def test_a_way_that_is_away_holds_the_other_not_up_and_comes_later(an, standing, weekly, away, first):
    by(an.person, "sms")
    told_about(weekly, [an, standing.chi])
    cache.set(f"work.{away}-is-away", True)
    assert (send_digests(at=MONDAY), send_digests(at=MONDAY)) == (1, 0)
    assert sent() == first
    cache.delete(f"work.{away}-is-away")
    assert (send_digests(at=MONDAY), send_digests(at=MONDAY)) == (1, 0)
    assert sorted(sent()) == ["mail", "sms"]
